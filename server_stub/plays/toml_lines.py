"""In which line of a TOML file a key stands: its parser does not tell."""

import re
from collections.abc import Mapping

_TABLE = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w.-]+)\s*=")
_QUOTES = re.compile("\"\"\"|'''")


def lines_of(text: str) -> dict[str, int]:
    """The line of each table and key, by paths as `visitor[0].at`."""
    found = {"": 1}
    counts: dict[str, int] = {}
    table, inside = "", False
    for number, line in enumerate(text.split("\n"), start=1):
        if not inside and (header := _TABLE.match(line)):
            table = _entered(header.group(2), counts, again=header.group(1) == "[[")
            found.setdefault(table, number)
        elif not inside and (key := _KEY.match(line)):
            found.setdefault(f"{table}.{key.group(1)}".lstrip("."), number)
        inside ^= len(_QUOTES.findall(line)) % 2 == 1
    return found


def line_at(path: str, lines: Mapping[str, int]) -> int:
    """The line of what a path leads to, or of the nearest thing around it."""
    while path and path not in lines:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines[path]


def _entered(name: str, counts: dict[str, int], *, again: bool) -> str:
    """The path of a table; those that come several times are counted."""
    path = ""
    parts = name.split(".")
    for place, part in enumerate(parts):
        path = f"{path}.{part}".lstrip(".")
        if again and place == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path
