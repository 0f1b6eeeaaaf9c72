"""Which lines the chat list has, and which of them are in view. Pure arithmetic, no painting."""

from collections.abc import Sequence
from itertools import groupby
from typing import TypeAlias

from msgspec import Struct

from operator_tui.desk.states import Indicator
from operator_tui.desk.urgency import Band, Row
from operator_tui.ui.names import visitor_name
from operator_tui.ui.search import folded

LINES_OF_A_ROW = 2


class Heading(Struct, frozen=True):
    """The first line of a band."""

    band: Band
    count: int


class Gap(Struct, frozen=True):
    """A blank line between two bands."""


class RowLine(Struct, frozen=True):
    """One of the two lines of a row."""

    row: int
    """Place of the row in `Listing.rows`."""
    part: int


Line: TypeAlias = Heading | Gap | RowLine


class Listing(Struct, frozen=True, eq=False):
    """The whole list, in view or not."""

    rows: tuple[Row, ...] = ()
    lines: tuple[Line, ...] = ()
    at: dict[str, int] = {}
    """The first line of each chat's row, by chat id."""
    rail: bool = False

    @property
    def height(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    def index(self, chat: str | None) -> int | None:
        """The place of the chat's row, or None."""
        if chat is None or (line := self.at.get(chat)) is None:
            return None
        found = self.lines[line]
        return found.row if isinstance(found, RowLine) else None

    def chat_at(self, line: int) -> str | None:
        """The chat that has the line; None for headings, gaps and beyond the end."""
        found = self.lines[line] if 0 <= line < self.height else None
        return self.rows[found.row].chat.id if isinstance(found, RowLine) else None


def matching(rows: Sequence[Row], text: str) -> tuple[Row, ...]:
    """The rows whose visitor's name has `text` in it, whatever its capitals and accents."""
    wanted = folded(text).strip()
    return tuple(row for row in rows if wanted in folded(visitor_name(row.chat.visitor)))


def listing(rows: Sequence[Row], *, rail: bool, gaps: bool) -> Listing:
    """The lines of `rows`, which stand in their order; a rail has neither headings nor gaps."""
    lines: list[Line] = []
    at: dict[str, int] = {}
    place = 0
    for band, members in groupby(rows, key=lambda row: row.band):
        chats = [row.chat.id for row in members]
        if not rail:
            lines += [Gap()] if gaps and lines else []
            lines.append(Heading(band, len(chats)))
        for chat in chats:
            at[chat] = len(lines)
            lines += [RowLine(place, 0), RowLine(place, 1)]
            place += 1
    return Listing(tuple(rows), tuple(lines), at, rail)


class View(Struct, frozen=True):
    """What of a listing is in sight: `height` lines from `top`.

    Where something is out of sight, the line at that edge says how many chats it is.
    """

    top: int
    height: int
    above: int
    """Chats out of sight above; above 0 the first line tells of them."""
    below: int


def view(of: Listing, top: int, height: int) -> View:
    """The view from line `top`."""
    first = top + (1 if top > 0 else 0)
    end = top + height
    last = end - (1 if end < of.height else 0)
    named = [line + (1 if of.rail else 0) for line in of.at.values()]
    above = sum(line < first for line in named)
    below = sum(line >= last for line in named)
    return View(top, height, above if top > 0 else 0, below if end < of.height else 0)


def top_showing(of: Listing, chat: str | None, top: int, height: int) -> int:
    """The nearest top to `top` from which the chat's row is in sight; within what can be."""
    line = of.at.get(chat) if chat is not None else None
    if line is not None and line - 1 < top:
        top = line - 1
    elif line is not None and line + LINES_OF_A_ROW > top + height - 1:
        top = line + LINES_OF_A_ROW + 1 - height
    return max(0, min(top, of.height - height))


def neighbour(before: Listing, after: Listing, chat: str | None) -> str | None:
    """Where the cursor goes from `chat`: it stays while the row is there, else to the next one.

    From one that was passed on or closed here it goes to no chat that its visitor closed (R40), as
    long as there is another.
    """
    if chat in after.at:
        return chat
    place = before.index(chat)
    if place is None:
        return None
    near = (*before.rows[place:], *reversed(before.rows[:place]))
    left = [row for row in near if row.chat.id in after.at]
    if before.rows[place].indicator is not Indicator.CLOSED:
        left.sort(key=lambda row: row.indicator is Indicator.CLOSED)
    return left[0].chat.id if left else None
