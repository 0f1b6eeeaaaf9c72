"""The line above the messages: who, in what state, where."""

from textual.reactive import var

from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.policy import Policy
from operator_tui.desk.time import Millis
from operator_tui.ui.look import Look
from operator_tui.ui.render.header import header
from operator_tui.ui.widgets.painted import Painted


class ConversationHeader(Painted):
    """One line about `chat`; its digits change every second, its place never."""

    DEFAULT_CSS = """
    ConversationHeader { height: 1; }
    """

    chat: var[Chat | None] = var(None)
    desk: var[Desk | None] = var(None)
    """For the policy."""
    now: var[Millis] = var(0)
    look: var[Look | None] = var(None)

    def watch_now(self) -> None:
        """Whatever changed, it is one line."""
        width = self.size.width
        if self.look is None or self.chat is None or not width:
            self.clear()
            return
        policy = self.desk.policy if self.desk is not None else Policy()
        self.put([header(self.chat, self.now, policy, width, self.look)])

    watch_chat = watch_now
    watch_desk = watch_now
    watch_look = watch_now
    on_resize = watch_now
