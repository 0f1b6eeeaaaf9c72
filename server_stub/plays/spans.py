"""Spans of time as people write them: `4s`, `2m`, `1h30m`, `0.5s`, `2d`."""

import re

from operator_tui.desk.time import DAY, HOUR, MINUTE, SECOND, Millis

UNITS = {"ms": 1, "s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY}
HOW = "Write 4s, 2m, 1h30m or 2d."
LONGEST: Millis = 366 * DAY

_PART = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?)(ms|[smhd])")
_WHOLE = re.compile(rf"(?:{_PART.pattern})+")
_LOOSE = re.compile(r"-?([0-9]{1,9})(|ms|[smhd]|secs?|seconds?|mins?|minutes?|hours?|hrs?|days?)")


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
    """`text` in milliseconds; None when it is not a span, or longer than a year.

    The parts go down in size, and what is left over is less than the part before it: `1h30m`.
    """
    if not _WHOLE.fullmatch(text):
        return None
    total = 0.0
    above: float = LONGEST + 1
    for number, unit in _PART.findall(text):
        if (part := float(number) * UNITS[unit]) and part >= above:
            return None
        total, above = total + part, UNITS[unit]
    return round(total) if total <= LONGEST else None


def meant(text: str) -> str:
    """The sentence that offers what an unreadable span was probably meant to be; else `HOW`."""
    bare = "".join(text.casefold().split())
    if loose := _LOOSE.fullmatch(bare):
        number, unit = loose.groups()
        sure = f"{number}{'ms' if unit == 'ms' else unit[:1] or 's'}"
        return f'Did you mean "{sure}"?' if span(sure) else HOW
    parts = _PART.findall(bare) if _WHOLE.fullmatch(bare) else ()
    total = round(sum(float(number) * UNITS[unit] for number, unit in parts))
    return f'Did you mean "{written(total)}"?' if 0 < total <= LONGEST else HOW
