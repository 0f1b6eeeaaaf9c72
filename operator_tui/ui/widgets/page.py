"""A page of lines where the messages stand while no chat is open."""

from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from operator_tui.ui.look import Look
from operator_tui.ui.render.pages import GROUND, PageLine, page_strips


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
