"""A widget that is painted when something changes, and sends out only the cells that differ."""

from collections.abc import Sequence

from textual.strip import Strip
from textual.widget import Widget

from operator_tui.ui.render.changed import changed


class Painted(Widget):
    """Shows the lines that were put on it last."""

    _on_screen: Sequence[Strip] = ()

    def put(self, lines: Sequence[Strip]) -> None:
        """Show `lines`, from the top of the view down."""
        before, self._on_screen = self._on_screen, lines
        if regions := list(changed(before, lines)):
            self.refresh(*regions)

    def clear(self) -> None:
        """Show nothing."""
        if self._on_screen:
            self._on_screen = ()
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line as it was put; below the last one it is blank."""
        if y < len(self._on_screen):
            return self._on_screen[y]
        return Strip.blank(self.size.width, self.rich_style)
