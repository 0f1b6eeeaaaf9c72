"""A row of the chat list in two lines (screens.md, "Chat list row")."""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from operator_tui.desk.marks import MOST_MARKS, Mark
from operator_tui.desk.states import Indicator
from operator_tui.ui.look import Look
from operator_tui.ui.render.face import Face, Stand
from operator_tui.ui.render.signs import cells_of, cut
from operator_tui.ui.render.states import FILLED, ink_of

MARK_CELLS = 5
WORD_CELLS = 6
TIME_CELLS = 6
NAME_AT = 8
"""The one text column of the list: names and previews."""
MOST_COUNTED = 9
CACHED_ROWS = 4_096

ANSWER_NOW = FILLED | {Indicator.UNANSWERED}
LEFT = frozenset({Indicator.PAUSED, Indicator.CLOSED})


@lru_cache(maxsize=CACHED_ROWS)
def row_strips(face: Face, stand: Stand, width: int, look: Look) -> tuple[Strip, Strip]:
    """Both lines of a row, `width` cells each (the divider not counted)."""
    return _first_line(face, stand, width, look), _second_line(face, stand, width, look)


def _first_line(face: Face, stand: Stand, width: int, look: Look) -> Strip:
    ground = ground_of(stand)
    bold, ink = face.state in ANSWER_NOW, "ink.muted" if face.state in LEFT else "ink.text"
    name = cells(face.name, width - NAME_AT - TIME_CELLS - 2, look)
    blank = look.style("ink.text", ground)
    segments = [
        bar(stand, look),
        *mark(face, ground, look),
        Segment(" ", blank),
        Segment(name, look.style(ink, ground, bold=bold)),
        Segment(" ", blank),
        time(face, ground, look),
        Segment(" ", blank),
    ]
    return Strip(segments).adjust_cell_length(width, blank)


def _second_line(face: Face, stand: Stand, width: int, look: Look) -> Strip:
    ground = ground_of(stand)
    muted = look.style("ink.muted", ground)
    segments = [
        bar(stand, look),
        Segment(cells(face.word, WORD_CELLS, look) + " ", muted),
        Segment(cells(face.preview, width - NAME_AT - TIME_CELLS - 2, look) + " ", muted),
        *_marks(face, ground, look),
        Segment(f" {cells(face.language, 2, look)} ", muted),
    ]
    return Strip(segments).adjust_cell_length(width, muted)


def ground_of(stand: Stand) -> str:
    """The open chat's ground is blue; the cursor's, on another row, a little lighter."""
    if Stand.OPEN in stand:
        return "ground.selection"
    return "ground.cursor" if Stand.CURSOR in stand else "ground.surface"


def bar(stand: Stand, look: Look) -> Segment:
    """Column 0: accent where the keys go, muted for the open chat."""
    if not stand:
        return Segment(" ", look.style("ink.text", "ground.surface"))
    here = Stand.CURSOR in stand
    ink, sign = ("ink.accent", look.icons.cursor) if here else ("ink.muted", look.icons.bar_visitor)
    return Segment(sign, look.style(ink, ground_of(stand)))


def mark(face: Face, ground: str, look: Look) -> tuple[Segment, Segment]:
    """Columns 1 to 6: filled for who waits, else the icon or the number, and the blue arrow."""
    arrow = look.icons.arrow if face.state is Indicator.TRANSFERRED else " "
    behind = Segment(arrow, look.style("indicator.transferred_arrow", ground, bold=True))
    ink = ink_of(face.state)
    number = _number(face.count)
    if face.state in FILLED:
        text, style = (
            f" {icon(face.state, look)} {number}",
            look.style("indicator.on_fill", ink, bold=True),
        )
    elif face.state is Indicator.UNANSWERED:
        text, style = number, _unanswered(face, ground, look)
    else:
        text, style = icon(face.state, look), look.style(ink, ground)
    return Segment(text.ljust(MARK_CELLS), style), behind


def icon(state: Indicator, look: Look) -> str:
    """The one-cell sign of a state; UNANSWERED has none, it shows its number."""
    if state in {Indicator.NEW, Indicator.TRANSFERRED}:
        return look.icons.new
    return {
        Indicator.OPERATOR_SILENT: look.icons.operator_silent,
        Indicator.VISITOR_SILENT: look.icons.visitor_silent,
        Indicator.BOOMERANG: look.icons.boomerang,
        Indicator.SCREEN_SHARED: look.icons.screen_shared,
        Indicator.NEUTRAL: look.icons.neutral,
        Indicator.PAUSED: look.icons.paused,
        Indicator.CLOSED: look.icons.closed,
    }.get(state, " ")


def time(face: Face, ground: str, look: Look) -> Segment:
    """The time cell: bold and in the state's colour once it is over."""
    text = cut(face.time, TIME_CELLS, look.icons.cut)
    text = " " * (TIME_CELLS - cells_of(text)) + text
    if face.over:
        return Segment(text, look.style(ink_of(face.state), ground, bold=True))
    if face.soon:
        return Segment(text, look.style("indicator.unanswered_soon", ground))
    return Segment(text, look.style("ink.muted", ground))


@lru_cache(maxsize=CACHED_ROWS)
def cells(text: str, width: int, look: Look) -> str:
    """`text` in exactly `width` cells, cut with the sign of cutting."""
    shown = cut(text[: 16 * max(1, width)], max(0, width), look.icons.cut)
    return shown + " " * (width - cells_of(shown))


def _unanswered(face: Face, ground: str, look: Look) -> Style:
    ink = "indicator.unanswered_soon" if face.soon else "indicator.unanswered"
    return look.style(ink, ground, bold=True)


def _number(count: int) -> str:
    if count > MOST_COUNTED:
        return f"{MOST_COUNTED}+"
    return str(count) if count else ""


def _marks(face: Face, ground: str, look: Look) -> list[Segment]:
    """At most three signs, at the right of their three cells."""
    signs = [sign(one, face, ground, look) for one in face.marks]
    gap = MOST_MARKS - sum(segment.cell_length for segment in signs)
    return [Segment(" " * gap, look.style("ink.muted", ground)), *signs]


def sign(one: Mark, face: Face, ground: str, look: Look) -> Segment:
    """One mark."""
    icons = look.icons
    text, ink = {
        Mark.HELD: (icons.held, "signal.held"),
        Mark.UNSENT: (icons.unsent, "signal.warning"),
        Mark.DRAFT: (icons.draft, "ink.text"),
        Mark.NOTE: (icons.note, "ink.text"),
        Mark.MUTED: (icons.muted, "ink.muted"),
        Mark.UNANSWERED: (_digit(face.count), "ink.text"),
        Mark.SCREEN: (icons.screen_shared, "indicator.screen_shared"),
        Mark.BOOMERANG: (icons.boomerang, "indicator.boomerang"),
        Mark.QUIET: (icons.visitor_silent, "indicator.visitor_silent"),
    }[one]
    return Segment(text, look.style(ink, ground))


def _digit(count: int) -> str:
    return str(count) if count <= MOST_COUNTED else "+"
