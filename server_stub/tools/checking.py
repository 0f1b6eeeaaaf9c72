"""`server-stub check`: everything that is wrong with plays, sessions and intents, at once."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import structs

from server_stub.plays import checking, intents, reading
from server_stub.plays.file_kinds import KINDS, SESSION, other_kind
from server_stub.plays.problems import Problem, ProblemsError
from server_stub.sessions import session_file
from server_stub.told import Exit, say


def check(names: Sequence[str]) -> int:
    """Tell every mistake in these files, and in those of these folders. 1 when there is any."""
    wrong = 0
    paths = list(dict.fromkeys(path for name in names for path in _files(Path(name))))
    checked = {path.resolve() for path in paths}
    for path in paths:
        for problem in _problems(path, checked):
            wrong += 1
            say(str(problem))
    say(_summary(len(checked), wrong))
    return Exit.WRONG if wrong or not paths else Exit.FINE


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(one for one in path.iterdir() if one.suffix in KINDS)
        yield from sorted((path / "intents").glob("*.toml"))
    elif not path.exists() and (reading.FOLDER / f"{path.name}.play").is_file():
        yield reading.FOLDER / f"{path.name}.play"
    else:
        yield path


def _problems(path: Path, checked: set[Path]) -> list[Problem]:
    """With the file as it was named on the command line, or a play of a session as it is called."""
    if (wrong := other_kind(path, *KINDS)) is not None:
        found = [wrong]
    else:
        found = _toml(path, checked) if path.suffix == SESSION else checking.check(path)
    told = [structs.replace(p, file=str(path)) if p.file == path.name else p for p in found]
    return sorted(told)


def _toml(path: Path, checked: set[Path]) -> list[Problem]:
    try:
        if path.parent.name == "intents":
            intents.read(path, intents.built_in())
            return []
        session = session_file.read(path)
    except ProblemsError as error:
        return list(error.problems)
    plays = [path.parent / f"{name}.play" for name in session.plays]
    own = [play for play in plays if play.is_file() and play.resolve() not in checked]
    checked |= {play.resolve() for play in own}
    return [problem for play in own for problem in checking.check(play)]


def _summary(files: int, wrong: int) -> str:
    if not files:
        return "There is nothing to check here: no .play and no .toml."
    looked = "1 file" if files == 1 else f"{files} files"
    if not wrong:
        return f"{looked}: nothing wrong."
    return f"{looked}: {'1 mistake' if wrong == 1 else f'{wrong} mistakes'}."
