"""Spans of time as people write them: `4s`, `2m`, `1h30m`, `0.5s`, `2d`."""

import re

from operator_tui.desk.time import DAY, HOUR, MINUTE, SECOND, Millis

UNITS = {"ms": 1, "s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY}
HOW = "Write 4s, 2m, 1h30m or 2d."
LONGEST: Millis = 366 * DAY

_PART = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)(ms|[smhd])")
_WHOLE = re.compile(rf"(?:{_PART.pattern})+")


class Span(int):
    """Milliseconds, written `40s` or `1h30m`."""


class Offset(int):
    """Milliseconds from the start of the session, written `25s` or, before it, `-4m`."""


def written(millis: Millis) -> str:
    """A span as people write it: `1h30m`."""
    parts, rest = "", millis
    for unit, size in reversed(UNITS.items()):
        number, rest = divmod(rest, size)
        parts += f"{number}{unit}" if number else ""
    return parts or "0s"


def span(text: str) -> Millis | None:
    """`text` in milliseconds; None when it is not a span, or longer than a year."""
    if not _WHOLE.fullmatch(text):
        return None
    total = sum(float(number) * UNITS[unit] for number, unit in _PART.findall(text))
    return round(total) if total <= LONGEST else None
