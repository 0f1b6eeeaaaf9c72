"""A session file with mistakes of its form, mended in memory so that all of them can be told."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import msgspec
from msgspec import Struct

from server_stub.sessions.session import SessionFile
from server_stub.sessions.session_wording import STAND_IN, kind_of, stand_in, steps_of

MOST = 200
"""So many mistakes of one file are told."""
_FIELD = re.compile(r"(unknown|missing required) field `([^`]*)`")
_PATH = re.compile(r" - at `\$\.?([^`]*)`")
_MISSING = object()
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
    mistakes: list[tuple[str, str, object]] = []
    """Key, what msgspec says of it, and what stands there."""
    nameless: set[str] = set()
    """Tables some of which have no id: others may call them by it."""
    misnamed: set[str] = set()
    """Ids that are none. Who is called so is there."""


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
    stands = _at(content, path)
    if whole not in taken:
        found.mistakes.append((path, _PATH.sub("", message), stands))
    if field and field.group(1) == "unknown":
        taken.add(whole)
        return _without(content, path, field.group(2))
    if field:
        if field.group(2) == "id" and whole not in taken:
            found.nameless.add(path.partition("[")[0])
        return _put(content, path, field.group(2), count)
    if steps_of(path)[-1:] == ["id"] and isinstance(stands, str):
        found.misnamed.add(stands)
    return _replace(content, whole) or _take_once(content, whole, taken)


def _without(content: dict[str, Any], path: str, key: str) -> bool:
    """Take away a key that means nothing here: it may hold dots or brackets of its own."""
    table = _at(content, path)
    return isinstance(table, dict) and table.pop(key, _MISSING) is not _MISSING


def _take_once(content: dict[str, Any], path: str, taken: set[str]) -> bool:
    """Take away what the path leads to, and know that it stood there."""
    taken.add(path)
    return _take(content, path)


def _replace(content: dict[str, Any], path: str) -> bool:
    """Put what is possible for something in a list, so that the places of the others stay."""
    steps = steps_of(path)
    above, instead = _walk(content, steps[:-1]), stand_in(kind_of(steps))
    last = steps[-1] if steps else None
    if not isinstance(above, list) or not isinstance(last, int) or instead is None:
        return False
    if last >= len(above) or above[last] == instead:
        return False
    above[last] = instead
    return True


def _put(content: dict[str, Any], path: str, key: str, count: int) -> bool:
    table = _at(content, path)
    if not isinstance(table, dict) or key in table:
        return False
    table[key] = _STAND_INS.get(key, f"{STAND_IN}{count}")
    return True


def _take(content: dict[str, Any], path: str) -> bool:
    """Take away what the path leads to; whether something was there."""
    steps = steps_of(path)
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
    return _walk(content, steps_of(path))


def _walk(content: Any, steps: list[str | int]) -> Any:  # noqa: ANN401
    for step in steps:
        if isinstance(content, dict):
            content = content.get(step)
        elif isinstance(content, list) and isinstance(step, int) and step < len(content):
            content = content[step]
        else:
            return None
    return content
