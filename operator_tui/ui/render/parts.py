"""One line put together from parts, the least important of which go when there is no room."""

from collections.abc import Sequence

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from operator_tui.ui.render.strips import cells
from operator_tui.ui.widths import LIST_FROM


def gap_at(width: int) -> int:
    """Blanks between two parts of a line of `width` cells."""
    return 2 if width < LIST_FROM else 3


class Part(Struct, frozen=True, eq=False):
    """Some words of a line, shown whole, short or not at all."""

    segments: tuple[Segment, ...]
    rank: int = 0
    """The highest rank goes first; 0 stays."""
    short: tuple[Segment, ...] | None = None
    """What to say with less room."""
    short_rank: int = 0
    """The rank of what is said then; 0: from then on it stays."""


def folded(
    left: Sequence[Part], right: Sequence[Part], gap: int, width: int, blank: Style
) -> Strip:
    """`left` flush left and `right` flush right, a blank at either end, `gap` between parts.

    Parts are made short and left out until all fit; what still does not is cut at the right.
    """
    sides = (list(left), list(right))
    while sum(_width(side, gap) for side in sides) + gap > width and _less(sides):
        pass
    segments = [Segment(" ", blank), *_joined(sides[0], gap, blank)]
    behind = [*_joined(sides[1], gap, blank), Segment(" ", blank)]
    room = max(1, width - cells(segments) - cells(behind))
    return Strip([*segments, Segment(" " * room, blank), *behind]).adjust_cell_length(width, blank)


def _less(sides: tuple[list[Part], list[Part]]) -> bool:
    """Take the part of the highest rank away, or make it short; False when nothing may go."""
    last = max((*sides[0], *sides[1]), key=lambda part: part.rank, default=None)
    if last is None or last.rank == 0:
        return False
    side = next(side for side in sides if last in side)
    at = side.index(last)
    side[at : at + 1] = [] if last.short is None else [Part(last.short, last.short_rank)]
    return True


def _joined(parts: Sequence[Part], gap: int, blank: Style) -> list[Segment]:
    joined: list[Segment] = []
    for part in parts:
        if joined:
            joined.append(Segment(" " * gap, blank))
        joined += part.segments
    return joined


def _width(parts: Sequence[Part], gap: int) -> int:
    """With the blank at the line's end."""
    words = sum(cells(part.segments) for part in parts)
    return words + gap * max(0, len(parts) - 1) + 1
