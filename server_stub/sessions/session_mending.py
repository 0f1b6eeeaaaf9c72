"""A session file with mistakes of its form, mended in memory so that all of them can be told."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import msgspec
from msgspec import Struct

from server_stub.sessions.session import SessionFile

MOST = 200
"""So many mistakes of one file are told."""
_FIELD = re.compile(r"(unknown|missing required) field `([^`]*)`")
_PATH = re.compile(r" - at `\$\.?([^`]*)`")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_STAND_INS: dict[str, Any] = {
    "name": "-",
    "about": "-",
    "play": "late_parcel",
    "plays": ["late_parcel"],
    "at": "0s",
    "ago": "0s",
    "by": "visitor",
    "n": 1,
    "per_hour": 1,
    "note": {},
}


class Mended(Struct):
    """The file as far as it could be read, and every mistake of its form."""

    file: SessionFile | None = None
    mistakes: list[tuple[str, str]] = []
    """Key, and what msgspec says of it."""
    named: bool = True
    """Everybody still has the name that others call them by."""


def mended(content: dict[str, Any], read: Callable[[dict[str, Any]], SessionFile]) -> Mended:
    """Read, and take out what is wrong until the rest can be read."""
    content, found, tries = deepcopy(content), Mended(), 0
    taken = set[str]()
    while found.file is None and len(found.mistakes) < MOST:
        tries += 1
        try:
            found.file = read(content)
        except msgspec.ValidationError as error:
            if not _mend(content, str(error), found, taken, tries):
                break
    return found


def _mend(
    content: dict[str, Any], message: str, found: Mended, taken: set[str], count: int
) -> bool:
    """Keep one mistake and mend it; whether that was possible."""
    place, field = _PATH.search(message), _FIELD.search(message)
    path = place.group(1) if place else ""
    whole = f"{path}.{field.group(2)}".lstrip(".") if field else path
    if whole not in taken:
        found.mistakes.append((path, _PATH.sub("", message)))
    if field and field.group(1) != "unknown":
        found.named = found.named and field.group(2) in _STAND_INS
        return _put(content, path, field.group(2), count)
    taken.add(whole)
    return _take(content, whole)


def _put(content: dict[str, Any], path: str, key: str, count: int) -> bool:
    table = _at(content, path)
    if not isinstance(table, dict) or key in table:
        return False
    table[key] = _STAND_INS.get(key, f"stand-in-{count}")
    return True


def _take(content: dict[str, Any], path: str) -> bool:
    """Take away what the path leads to; whether something was there."""
    steps = _steps(path)
    for length in range(len(steps), 0, -1):
        above = _walk(content, steps[: length - 1])
        last = steps[length - 1]
        if isinstance(above, dict) and last in above:
            del above[last]
            return True
        if isinstance(above, list) and isinstance(last, int) and last < len(above):
            del above[last]
            return True
    return False


def _at(content: dict[str, Any], path: str) -> Any:  # noqa: ANN401
    return _walk(content, _steps(path))


def _steps(path: str) -> list[str | int]:
    return [int(place) if place else name for name, place in _STEP.findall(path)]


def _walk(content: Any, steps: list[str | int]) -> Any:  # noqa: ANN401
    for step in steps:
        if isinstance(content, dict):
            content = content.get(step)
        elif isinstance(content, list) and isinstance(step, int) and step < len(content):
            content = content[step]
        else:
            return None
    return content
