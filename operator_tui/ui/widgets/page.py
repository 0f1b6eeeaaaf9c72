"""A page of lines where the messages stand while no chat is open."""

from rich.segment import Segment
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from operator_tui.ui.look import Look
from operator_tui.ui.render.wrap import wrap
from operator_tui.ui.screens.pages import PageLine, Weight

INDENT = 3
KEY_COLUMN = 8
GROUND = "ground.background"


def page_strips(lines: tuple[PageLine, ...], width: int, look: Look) -> list[Strip]:
    """The page at `width` cells: keys at column 3, their texts 8 further, sentences wrapped."""
    return [strip for line in lines for strip in _line(line, width, look)]


def _line(line: PageLine, width: int, look: Look) -> list[Strip]:
    muted = look.style("ink.muted", GROUND)
    plain = look.style("ink.text", GROUND, bold=line.weight == Weight.BOLD)
    text = plain if line.weight in {Weight.BOLD, Weight.PLAIN} else muted
    key = _key(line, look)
    indent = INDENT + (KEY_COLUMN if key else 0)
    rows = [piece.text for piece in wrap(line.text, max(8, width - indent - 1))]
    first = [Segment(" " * INDENT, muted), *key]
    rest = [Segment(" " * indent, muted)]
    return [
        Strip([*(first if n == 0 else rest), Segment(row, text)]).adjust_cell_length(width, plain)
        for n, row in enumerate(rows)
    ]


def _key(line: PageLine, look: Look) -> list[Segment]:
    blank = look.style("ink.text", GROUND)
    match line.weight:
        case Weight.FILLED:
            filled = look.style("indicator.on_fill", "indicator.new", bold=True)
            mark = f" {look.icons.new} 2 "
            return [Segment(mark, filled), Segment(" " * (KEY_COLUMN - len(mark)), blank)]
        case Weight.OVERDUE:
            return [
                Segment(line.key.ljust(KEY_COLUMN), look.style("indicator.new", GROUND, bold=True))
            ]
        case Weight.MUTED:
            return [Segment(line.key.ljust(KEY_COLUMN), blank)] if line.key else []
        case _:
            accent = look.style("ink.accent", GROUND, bold=True)
            return [Segment(line.key.ljust(KEY_COLUMN), accent)] if line.key else []


class Page(Widget):
    """Paints `lines`, two lines below the top."""

    lines: reactive[tuple[PageLine, ...]] = reactive(())
    look: reactive[Look | None] = reactive(None)

    def render_line(self, y: int) -> Strip:
        """One line of the page."""
        if self.look is None:
            return Strip.blank(self.size.width)
        strips = page_strips(self.lines, self.size.width, self.look)
        ground = self.look.style("ink.text", GROUND)
        return strips[y - 2] if 0 <= y - 2 < len(strips) else Strip.blank(self.size.width, ground)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """All the room there is."""
        return container.height
