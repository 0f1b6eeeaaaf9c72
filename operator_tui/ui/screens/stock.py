"""The canned replies for a chat: those in its language, and what is filled in by itself."""

from operator_tui.desk import canned
from operator_tui.desk.canned import CannedReply, Values
from operator_tui.desk.entries import NO_LINE
from operator_tui.desk.model import Chat, Desk
from operator_tui.ui.setup import Setup


def replies(setup: Setup, chat: Chat) -> tuple[CannedReply, ...]:
    """What can be said in the chat's language."""
    return canned.spoken(setup.canned, chat.language)


def values(desk: Desk | None, chat: Chat) -> Values:
    """The two names, as far as they are known."""
    return canned.known(chat.visitor.name, desk.operator.name if desk is not None else NO_LINE)
