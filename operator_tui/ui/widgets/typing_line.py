"""The line between messages and composer: it is always there, so that nothing jumps."""

from textual import events
from textual.message import Message as Posted
from textual.reactive import var
from textual.strip import Strip

from operator_tui.desk.model import Chat
from operator_tui.desk.time import Millis
from operator_tui.ui.look import Look
from operator_tui.ui.render.typing import GROUND, META, typing_line
from operator_tui.ui.widgets.painted import Painted


class TypingLine(Painted):
    """Who is typing in `chat`, and how many messages came below the view.

    The last of its lines says so: where there is room a blank one stands above.
    """

    DEFAULT_CSS = """
    TypingLine { height: 1; }
    """

    chat: var[Chat | None] = var(None)
    now: var[Millis] = var(0)
    look: var[Look | None] = var(None)
    new_below: var[int] = var(0)

    class EndAsked(Posted):
        """The operator clicked on "2 new below"."""

    def watch_now(self) -> None:
        """Whatever changed, it is one line."""
        width, height = self.size
        if self.look is None or self.chat is None or not width:
            self.clear()
            return
        blank = Strip.blank(width, self.look.style("ink.text", GROUND))
        line = typing_line(self.chat, self.now, self.new_below, width, self.look)
        self.put([*[blank] * (height - 1), line])

    watch_chat = watch_now
    watch_look = watch_now
    watch_new_below = watch_now
    on_resize = watch_now

    def on_click(self, event: events.Click) -> None:
        """Only the words are a button, not the blank line."""
        if META in event.style.meta:
            event.stop()
            self.post_message(self.EndAsked())
