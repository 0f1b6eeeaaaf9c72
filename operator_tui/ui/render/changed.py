"""Which cells of a painting differ from the one before: only these are sent to the terminal."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from operator_tui.ui.render.signs import clusters

Sign = tuple[str, Style | None, int]
"""What stands in one place, how, and how many cells it takes."""


def changed(before: Sequence[Strip], after: Sequence[Strip]) -> Iterator[Region]:
    """For each line of `after` that differs, the cells from the first that does to the last.

    (Textual 8 sends such a line from the left edge of its widget up to the last of them.)
    """
    for y, new in enumerate(after):
        old = before[y] if y < len(before) else None
        if old is None or old.cell_length != new.cell_length:
            yield Region(0, y, new.cell_length, 1)
        elif old != new:
            yield _between(_signs(old), _signs(new), y)


def _between(old: list[Sign], new: list[Sign], y: int) -> Region:
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    width = sum(cells for *_, cells in new[head : len(new) - tail])
    return Region(sum(cells for *_, cells in new[:head]), y, width, 1)


def _signs(strip: Strip) -> list[Sign]:
    """The signs as a terminal sees them: a letter and its accents are one."""
    text = strip.text
    styles = [segment.style for segment in strip for _ in segment.text]
    return [(text[one.start : one.end], styles[one.start], one.cells) for one in clusters(text)]


def _alike(left: list[Sign], right: list[Sign]) -> int:
    """How many signs from the start on are the same."""
    pairs = zip(left, right, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
