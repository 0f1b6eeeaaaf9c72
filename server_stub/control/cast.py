"""The plays that a trainer can have come, word for word."""

from collections.abc import Mapping
from pathlib import Path

from server_stub.control.errors import OrderError
from server_stub.plays import intents, reading
from server_stub.plays.intents import Known
from server_stub.plays.play import Play
from server_stub.plays.problems import ProblemsError, one_of


class Cast:
    """The plays beside a session's file, then those of the library."""

    def __init__(self, session: str, known: Known) -> None:
        """`session` as it was asked for: a file, or the name of one that is built in."""
        beside = Path(session).parent if Path(session).is_file() else reading.FOLDER
        self._folders = (reading.FOLDER, beside)
        self._known = intents.names(known)

    def names(self) -> Mapping[str, Path]:
        """The file of every play there is."""
        return {path.stem: path for one in self._folders for path in sorted(one.glob("*.play"))}

    def play(self, name: str) -> tuple[Play, str]:
        """A play and its text. OrderError: there is none, or it has mistakes."""
        files = self.names()
        if name not in files:
            raise OrderError(f'There is no play "{name[:40]}".', one_of(name, files))
        try:
            source = reading.text_of(files[name])
            return reading.parse(source, files[name].name, name, self._known), source
        except ProblemsError as error:
            raise OrderError(str(error)) from error
