"""The line above the messages: who, in what state, where."""

from textual.reactive import reactive, var
from textual.strip import Strip
from textual.widget import Widget

from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.policy import Policy
from operator_tui.desk.time import Millis
from operator_tui.ui.look import Look
from operator_tui.ui.render.header import header


class ConversationHeader(Widget):
    """One line about `chat`; its digits change every second, its place never."""

    DEFAULT_CSS = """
    ConversationHeader { height: 1; }
    """

    chat: reactive[Chat | None] = reactive(None)
    desk: var[Desk | None] = var(None)
    """For the policy."""
    now: reactive[Millis] = reactive(0)
    look: reactive[Look | None] = reactive(None)

    def render_line(self, y: int) -> Strip:
        """The header; blank before a chat is open."""
        width = self.size.width
        if self.look is None or self.chat is None or y:
            return Strip.blank(width, self.rich_style)
        policy = self.desk.policy if self.desk is not None else Policy()
        return header(self.chat, self.now, policy, width, self.look)
