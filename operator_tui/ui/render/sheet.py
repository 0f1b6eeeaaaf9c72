"""The one form of all sheets: a rule with a title, a list with a bar, sentences, `↓ 2 more`."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from operator_tui.ui.look import Look
from operator_tui.ui.render.signs import cells_of, cut
from operator_tui.ui.render.strips import apart, cells, filled
from operator_tui.ui.render.wrap import wrap
from operator_tui.ui.words import tr

GROUND = "ground.raised"
SELECTED = "ground.selection"
INDENT = 3
"""Column of every text; the bar stands at 1."""
MARGIN = 1
"""Cells that stay empty at the right."""


class Painted(Struct, frozen=True, eq=False):
    """The lines of a sheet, and which row of its list stands on which of them."""

    strips: tuple[Strip, ...]
    rows: Mapping[int, int] = {}


class Listed(Struct, frozen=True, eq=False):
    """The lines of a list; `rows` counts from its first line."""

    strips: tuple[Strip, ...]
    rows: Mapping[int, int]


def measure(width: int) -> int:
    """Cells for a text in a sheet of `width` cells."""
    return max(1, width - INDENT - MARGIN)


def rule(title: str, count: str, width: int, look: Look) -> Strip:
    """` ─ canned replies, Dutch ──────── 6 of 32 ── `: the title in accent, the count muted."""
    accent = look.style("ink.accent", GROUND, bold=True)
    line, muted = look.style("ink.accent", GROUND), look.style("ink.muted", GROUND)
    sign = look.icons.rule
    right = [Segment(f" {count} ", muted), Segment(sign * 2, line)] if count else []
    room = max(0, width - 2 * MARGIN - cells(right) - 4)
    left = [Segment(sign, line), Segment(f" {cut(title, room, look.icons.cut)} ", accent)]
    between = sign * (width - 2 * MARGIN - cells(left) - cells(right))
    segments = [Segment(" " * MARGIN, line), *left, Segment(between, line), *right]
    return filled(segments, width, muted)


def blank(width: int, look: Look) -> Strip:
    """An empty line."""
    return Strip.blank(width, look.style("ink.text", GROUND))


def said(segments: Sequence[Segment], width: int, look: Look) -> Strip:
    """A line of text at its column."""
    ink = look.style("ink.text", GROUND)
    return filled([Segment(" " * INDENT, ink), *segments], width, ink)


def sentence(
    text: str, width: int, look: Look, ink: str, *, bold: bool = False, italic: bool = False
) -> list[Strip]:
    """A sentence in as many lines as it takes."""
    style = look.style(ink, GROUND, bold=bold, italic=italic)
    return [said([Segment(piece.text, style)], width, look) for piece in wrap(text, measure(width))]


def row(segments: Sequence[Segment], width: int, look: Look, *, selected: bool) -> Strip:
    """A row of the list; `segments` must stand on `row_ground(selected)`."""
    ground = row_ground(selected)
    ink = look.style("ink.text", ground)
    bar = look.icons.cursor if selected else " "
    lead = [
        Segment(" ", look.style("ink.text", GROUND)),
        Segment(bar, look.style("ink.accent", ground)),
        Segment(" " * (INDENT - 2), ink),
    ]
    return filled([*lead, *segments], width, ink)


def row_ground(selected: bool) -> str:
    """The ground of a row."""
    return SELECTED if selected else GROUND


def columns(parts: Sequence[tuple[Segment, int]], look: Look, ground: str) -> list[Segment]:
    """Segments in columns of a given width: cut with a mark, or filled up."""
    laid = []
    for part, width in parts:
        text = cut(part.text, width, look.icons.cut)
        laid.append(Segment(text + " " * (width - cells_of(text)), part.style))
    return [*laid, Segment("", look.style("ink.text", ground))]


def listed(
    rows: Sequence[Strip],
    selected: int,
    room: int,
    width: int,
    look: Look,
    *,
    counts: Sequence[bool] = (),
) -> Listed:
    """As much of the list as there is room for, around the selected row.

    `counts`: which rows count as `more`, where something takes several lines; empty: all of them.
    """
    first, last = window(len(rows), selected, room)
    over, under = (sum(counts[:first]), sum(counts[last:])) if counts else (first, len(rows) - last)
    above = [_more(look.icons.up, over, width, look)] if _marks(room) and first else []
    hidden = len(rows) - last
    below = [_more(look.icons.more, under, width, look)] if _marks(room) and hidden else []
    strips = (*above, *rows[first:last], *below)
    return Listed(strips, {len(above) + n - first: n for n in range(first, last)})


def window(total: int, selected: int, room: int) -> tuple[int, int]:
    """The first row that is shown and the one behind the last; two lines may say `more`."""
    if total <= room:
        return 0, total
    if not _marks(room):
        first = max(0, min(selected, total - room))
        return first, first + room
    if selected < room - 1:
        return 0, room - 1
    if selected >= total - room + 1:
        return total - room + 1, total
    first = selected - (room - 2) + 1
    return first, first + room - 2


def _marks(room: int) -> bool:
    """Below this the rows are worth more than the count of the hidden ones."""
    return room >= 4


def _more(sign: str, n: int, width: int, look: Look) -> Strip:
    muted = look.style("ink.muted", GROUND)
    return said([Segment(f"{sign} {tr('{n} more', n=n)}", muted)], width, look)


def spread(left: Segment, right: Segment, width: int, look: Look) -> Strip:
    """A line with something at its right edge."""
    ink = look.style("ink.text", GROUND)
    return said(apart([left], [right], measure(width), ink), width, look)


def fitted(strips: Sequence[Strip], height: int, width: int, look: Look) -> tuple[Strip, ...]:
    """Exactly `height` lines: blank ones below, or the last cut off."""
    missing = height - len(strips)
    return (*strips[: max(0, height)], *(blank(width, look) for _ in range(missing)))
