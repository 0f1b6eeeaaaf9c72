"""Segments put together to lines of an exact width."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip


def cells(segments: Sequence[Segment]) -> int:
    """How many cells the segments take together."""
    return sum(segment.cell_length for segment in segments)


def filled(segments: Sequence[Segment], width: int, blank: Style) -> Strip:
    """A strip of exactly `width` cells: blanks added at the right, or the rest cut off."""
    return Strip(segments).adjust_cell_length(width, blank)


def apart(
    left: Sequence[Segment], right: Sequence[Segment], width: int, blank: Style
) -> list[Segment]:
    """`left` flush left and `right` flush right in `width` cells; `right` goes when it must."""
    room = width - cells(left) - cells(right)
    if room < 1 or not right:
        return list(left)
    return [*left, Segment(" " * room, blank), *right]
