"""The line between messages and composer: it is always there, so that nothing jumps."""

from textual import events
from textual.message import Message as Posted
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from operator_tui.desk.model import Chat
from operator_tui.desk.time import Millis
from operator_tui.ui.look import Look
from operator_tui.ui.render.typing import META, typing_line


class TypingLine(Widget):
    """Who is typing in `chat`, and how many messages came below the view.

    The last of its lines says so: where there is room a blank one stands above.
    """

    DEFAULT_CSS = """
    TypingLine { height: 1; }
    """

    chat: reactive[Chat | None] = reactive(None)
    now: reactive[Millis] = reactive(0)
    look: reactive[Look | None] = reactive(None)
    new_below: reactive[int] = reactive(0)

    class EndAsked(Posted):
        """The operator clicked on "2 new below"."""

    def render_line(self, y: int) -> Strip:
        """The line; blank before a chat is open."""
        width = self.size.width
        if self.look is None or self.chat is None or y < self.size.height - 1:
            return Strip.blank(width, self.rich_style)
        return typing_line(self.chat, self.now, self.new_below, width, self.look)

    def on_click(self, event: events.Click) -> None:
        """Only the words are a button, not the blank line."""
        if META in event.style.meta:
            event.stop()
            self.post_message(self.EndAsked())
