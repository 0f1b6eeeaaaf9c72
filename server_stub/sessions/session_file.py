"""Reading a session: every mistake at once, each with file and key."""

import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from operator_tui.desk.policy import Policy
from operator_tui.desk.text import decode_hook
from server_stub.plays import intents, reading
from server_stub.plays.file_kinds import SESSION, other_kind
from server_stub.plays.play import Play
from server_stub.plays.problems import Problem, ProblemsError, did_you_mean
from server_stub.plays.spans import HOW, Offset, Span, meant, span
from server_stub.plays.toml_lines import line_at, lines_of
from server_stub.sessions.session import FOLDER, Arrivals, Session, SessionFile
from server_stub.sessions.session_check import complaints
from server_stub.sessions.session_mending import mended
from server_stub.sessions.session_wording import keys_of, shown, wording

_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_MISSING = re.compile(r'missing required field "([^"]*)"')
NO_TIMES = ("reply_clock", "places", "automatic_acceptance", "typing_preview")
"""What the policy says that is no span of time."""
_LINE = re.compile(r" \(at line (\d+), column \d+\)")
_QUOTES = 'Texts and times stand in quotation marks: at = "5s".'


def names() -> tuple[str, ...]:
    """The sessions that come with the program."""
    return tuple(path.stem for path in sorted(FOLDER.glob("*.toml")))


def load(name: str | Path) -> Session:
    """A built-in session by its name, or a file by its path. Raises `ProblemsError`."""
    if isinstance(name, str) and name in names():
        return read(FOLDER / f"{name}.toml")
    path = Path(name)
    if not path.is_file():
        known = ", ".join(names())
        what = f"there is no such session. Built in: {known}. Or give the path of a file."
        raise ProblemsError([Problem(str(name)[:200], 0, what, where="session")])
    if (wrong := other_kind(path, SESSION)) is not None:
        raise ProblemsError([wrong])
    return read(path)


def read(path: Path) -> Session:
    """The session in a file; its plays from its own folder first, then from the library."""
    text = reading.text_of(path)
    mending = mended(_content(text, path.name), _converted)
    lines = lines_of(text)
    told = [_told(path.name, *mistake, lines) for mistake in mending.mistakes]
    problems = _not_misspelt(told)
    if (file := mending.file) is None:
        raise ProblemsError(problems)
    known, wrong = _intents(path)
    plays, unread = _plays(path, file, intents.names(known))
    traces, missing = _traces(path, file)
    problems += [*wrong, *unread, *missing]
    beside = [play.stem for play in path.parent.glob("*.play")]
    for key, what, hint in complaints(file, plays, beside, mending):
        if not any(one.where.startswith(key) for one in told):  # what stands there now is ours
            problems.append(Problem(path.name, line_at(key, lines), what, hint, key))
    if problems:
        raise ProblemsError(problems)
    raw = structs.asdict(file)
    return Session(**raw | {"arrivals": traces}, plays=plays, intents=known)


def _content(text: str, file: str) -> dict[str, Any]:
    """The file as tables. Raises `ProblemsError`, always with the first mistake alone."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = int(place.group(1)) if (place := _LINE.search(str(error))) else 0
        what = f"{_LINE.sub('', str(error))}."
        hint = _QUOTES if "Invalid value" in what else ""
        raise ProblemsError([Problem(file, line, what, hint, "file")]) from error


def _converted(content: dict[str, Any]) -> SessionFile:
    if isinstance(policy := content.get("policy"), dict):
        content = content | {"policy": _in_millis(policy)}
    return msgspec.convert(content, SessionFile, dec_hook=_hook)


def _in_millis(policy: Mapping[str, Any]) -> dict[str, Any]:
    """The policy with spans as the desk counts them; what is no span is left to the types."""
    known = {one.name for one in structs.fields(Policy)}
    for key in sorted(policy.keys() - known):
        raise msgspec.ValidationError(f"Object contains unknown field `{key}` - at `$.policy`")
    return {key: value if key in NO_TIMES else _span(value, key) for key, value in policy.items()}


def _span(value: object, key: str) -> int:
    if not isinstance(value, str) or (millis := span(value)) is None:
        raise msgspec.ValidationError(f"{_no_time(value)} - at `$.policy.{key}`")
    return millis


def _no_time(value: object) -> str:
    return f"{shown(value)} is no time. {meant(str(value))}"


def _hook(kind: type, value: object) -> object:
    if issubclass(kind, (Span, Offset)):
        text = value if isinstance(value, str) else ""
        negative = issubclass(kind, Offset) and text.startswith("-")
        millis = 0 if text == "0" else span(text.removeprefix("-") if negative else text)
        if millis is None:
            raise ValueError(_no_time(value))
        return kind(-millis if negative else millis)
    return decode_hook(kind, value)


def _told(file: str, key: str, error: str, value: object, lines: Mapping[str, int]) -> Problem:
    """The message of the type check in the words of the file."""
    if (told := wording(value, key, error)) is not None:
        return Problem(file, line_at(key, lines), *told, key or "file")
    table = "the table" if key else "the file"
    what = error.replace("Object missing", f"{table} is missing").replace("Object", table)
    unknown = _UNKNOWN.search(error)
    hint = _place_of(unknown.group(1), key) if unknown else ""
    line = line_at(f"{key}.{unknown.group(1)}".lstrip(".") if unknown else key, lines)
    what = what.replace("`", '"').rstrip(".")
    return Problem(file, line, what if what.endswith("?") else f"{what}.", hint, key or "file")


def _place_of(name: str, table: str) -> str:
    """What to do with a name that means nothing in this table."""
    if name in keys_of(""):
        return "Put it above the first [ or [[."
    return did_you_mean(name, keys_of(table))


def _not_misspelt(problems: list[Problem]) -> list[Problem]:
    """Without what is missing only because its name is misspelt in the same table."""
    meant_here = {(one.where, one.suggestion) for one in problems}
    return [
        one
        for one in problems
        if not (field := _MISSING.search(one.what))
        or (one.where, f'Did you mean "{field.group(1)}"?') not in meant_here
    ]


def _intents(path: Path) -> tuple[intents.Known, list[Problem]]:
    """The intents, with what the team keeps in the folder `intents` beside the session."""
    try:
        return intents.extended(path.parent / "intents"), []
    except ProblemsError as error:
        return intents.built_in(), list(error.problems)


def _traces(path: Path, file: SessionFile) -> tuple[tuple[Arrivals, ...], list[Problem]]:
    """The arrivals with the moments of their trace files."""
    arrivals, problems = list[Arrivals](), list[Problem]()
    for one in file.arrivals:
        times: tuple[Offset, ...] = ()
        try:
            times = _times(path.parent / one.trace_file) if one.trace_file else ()
        except ProblemsError as error:
            problems += error.problems
        arrivals.append(structs.replace(one, trace=(*one.trace, *times)))
    return tuple(arrivals), problems


def _times(path: Path) -> tuple[Offset, ...]:
    times = list[Offset]()
    for number, line in enumerate(reading.text_of(path).splitlines(), start=1):
        bare = line.partition("#")[0].strip()
        if bare and (millis := 0 if bare == "0" else span(bare)) is None:
            what = f'"{bare[:40]}" is not a time.'
            raise ProblemsError([Problem(path.name, number, what, HOW)])
        if bare:
            times.append(Offset(millis or 0))
    return tuple(times)


def _plays(
    path: Path, file: SessionFile, known: Collection[str]
) -> tuple[dict[str, Play], list[Problem]]:
    plays: dict[str, Play] = {}
    problems: list[Problem] = []
    used = [visitor.play for visitor in file.visitors]
    used += [play for one in file.arrivals for play in one.plays]
    for name in dict.fromkeys(used):
        own = path.parent / f"{name}.play"
        found = own if own.is_file() else reading.FOLDER / f"{name}.play"
        if not re.fullmatch(r"[\w-]+", name) or not found.is_file():
            continue
        try:
            plays[name] = reading.read(found, known)
        except ProblemsError as error:
            problems += error.problems
    return plays, problems
