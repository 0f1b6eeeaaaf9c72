"""The chat list as strips: what is in view of it, with the divider at its right."""

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from operator_tui.desk.policy import Policy
from operator_tui.desk.time import Millis
from operator_tui.desk.urgency import Band, Row
from operator_tui.ui.look import Look
from operator_tui.ui.render.bands import (
    band_words,
    heading_strip,
    more_strip,
    more_words,
    sentence_strips,
)
from operator_tui.ui.render.face import Stand, face
from operator_tui.ui.render.listing import Gap, Heading, Listing, RowLine, View
from operator_tui.ui.render.rail import rail_strips
from operator_tui.ui.render.row import row_strips


class Setting(Struct, frozen=True, eq=False):
    """What a list is painted with beside its chats."""

    now: Millis
    policy: Policy
    me: str
    """The id of this desk's operator: their own words begin with "you"."""
    open_chat: str | None
    cursor: str | None
    """The chat under the cursor while the list has the focus, else None."""
    width: int
    """Of the list, with its divider."""
    look: Look


def list_strips(of: Listing, seen: View, setting: Setting, nothing: str = "") -> list[Strip]:
    """All lines of the view, the last column of each the divider.

    `nothing` is said when there are no rows.
    """
    painted: dict[int, tuple[Strip, Strip]] = {}
    if not of.rows:
        return _sentence(nothing, seen.height, setting)
    return [
        _with_divider(_strip(of, seen, y, setting, painted), setting.look)
        for y in range(seen.height)
    ]


def _sentence(text: str, height: int, setting: Setting) -> list[Strip]:
    width, look = setting.width - 1, setting.look
    blank = Strip.blank(width, look.style("ink.text", "ground.surface"))
    said = sentence_strips(text, width, look) if text else ()
    strips = [blank, *said, *(blank for _ in range(height))][:height]
    return [_with_divider(strip, look) for strip in strips]


def _strip(
    of: Listing, seen: View, y: int, setting: Setting, painted: dict[int, tuple[Strip, Strip]]
) -> Strip:
    width, look = setting.width - 1, setting.look
    if y == 0 and seen.above:
        urgent = _any_waits(of.rows[: seen.above])
        return more_strip(look.icons.up, more_words(seen.above), urgent, width, look)
    if y == seen.height - 1 and seen.below:
        urgent = _any_waits(of.rows[-seen.below :])
        return more_strip(look.icons.more, more_words(seen.below), urgent, width, look)
    line = of.lines[seen.top + y] if seen.top + y < of.height else Gap()
    match line:
        case Heading(band, count):
            return heading_strip(band_words(band), count, width, look)
        case RowLine(row, part):
            if row not in painted:
                painted[row] = _row(of.rows[row], setting, rail=of.rail)
            return painted[row][part]
        case Gap():
            return Strip.blank(width, look.style("ink.text", "ground.surface"))


def _row(row: Row, setting: Setting, *, rail: bool) -> tuple[Strip, Strip]:
    chat = row.chat
    stand = Stand.OPEN if chat.id == setting.open_chat else Stand.PLAIN
    if chat.id == setting.cursor:
        stand |= Stand.CURSOR
    shown = face(chat, setting.now, setting.policy, setting.me)
    paint = rail_strips if rail else row_strips
    return paint(shown, stand, setting.width - 1, setting.look)


def _any_waits(rows: tuple[Row, ...]) -> bool:
    return any(row.band is Band.ANSWER_NOW for row in rows)


def _with_divider(strip: Strip, look: Look) -> Strip:
    style = look.style("ground.divider", "ground.surface")
    return Strip([*strip, Segment(look.icons.divider, style)], strip.cell_length + 1)
