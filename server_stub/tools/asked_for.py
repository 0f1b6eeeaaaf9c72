"""The play that somebody asked for, and the language."""

from pathlib import Path

from operator_tui.desk.entries import Language
from server_stub.plays.file_kinds import PLAY, other_kind
from server_stub.plays.play import Play
from server_stub.plays.problems import Problem, ProblemsError, one_of
from server_stub.plays.reading import FOLDER


def file_of(name: str) -> Path:
    """The file of that name, with or without its ending, or the play of the library.

    Raises `ProblemsError` for a session, and for what is neither.
    """
    path = Path(name)
    if (wrong := other_kind(path, PLAY)) is not None:
        raise ProblemsError([wrong])
    own, built_in = Path(f"{name}.play"), FOLDER / f"{path.name.removesuffix('.play')}.play"
    there = (one for one in (path, own, built_in) if one.is_file())
    return next(there, path)


def language_of(play: Play, wanted: str | None) -> Language:
    """The language that is wanted, or the play's first. Raises `ProblemsError`."""
    spoken = play.languages
    if wanted and spoken and wanted not in spoken:
        what = f'it does not speak "{wanted}".'
        raise ProblemsError([Problem(f"{play.id}.play", 0, what, one_of(wanted, spoken), "lang")])
    return wanted or next(iter(spoken), "en")
