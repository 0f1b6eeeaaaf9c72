"""A pane that scrolls at once: no motion, no scrollbar, the wheel without the focus."""

from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from operator_tui.ui.widgets.keys_in_order import KeysInOrder


class StillScroll(ScrollView, KeysInOrder):
    """Scrolls by keys and wheel without animation (screens.md, rule 10)."""

    DEFAULT_CSS = """
    StillScroll { overflow-x: hidden; overflow-y: scroll; scrollbar-size: 0 0; }
    """

    class Scrolled(Message):
        """The view has another row at its top; `beyond`: one above the first was wanted."""

        def __init__(self, pane: "StillScroll", *, beyond: bool = False) -> None:
            super().__init__()
            self.pane = pane
            self.beyond = beyond

        @property
        def control(self) -> "StillScroll":
            """The pane: `@on` may ask for one."""
            return self.pane

        def can_replace(self, message: Message) -> bool:
            """Only the last of many is worth handling."""
            return isinstance(message, StillScroll.Scrolled) and message.beyond >= self.beyond

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Scrolled(self))

    def show_rows(self, count: int) -> None:
        """Let the pane be `count` rows long."""
        # Set past the reactive: what it would do, laying out the whole screen, is for nothing here.
        self.set_reactive(ScrollView.virtual_size, Size(self.size.width, count))

    def on_mouse_scroll_up(self) -> None:
        """The wheel goes on where there is nothing more."""
        if self.scroll_offset.y == 0:
            self.post_message(self.Scrolled(self, beyond=True))

    def show_from(self, row: int) -> None:
        """Put `row` at the top, as far as there are rows."""
        if row < 0:
            self.post_message(self.Scrolled(self, beyond=True))
        if self.size:
            self.scroll_to(y=max(0, min(row, self.max_scroll_y)), animate=False)

    def action_scroll_home(self) -> None:
        """The first row."""
        self.show_from(-1)

    def action_scroll_end(self) -> None:
        """The last row."""
        self.show_from(self.max_scroll_y)

    def action_scroll_up(self) -> None:
        """One row up."""
        self.show_from(self.scroll_offset.y - 1)

    def action_scroll_down(self) -> None:
        """One row down."""
        self.show_from(self.scroll_offset.y + 1)

    def action_page_up(self) -> None:
        """A view up, one row shared."""
        self.show_from(self.scroll_offset.y - self.size.height + 1)

    def action_page_down(self) -> None:
        """A view down, one row shared."""
        self.show_from(self.scroll_offset.y + self.size.height - 1)
