"""The system lines of a conversation that need more than one event to be true."""

from functools import lru_cache

from msgspec import structs

from operator_tui.desk.entries import NO_ADDRESS, Entry, Line, LineKind
from operator_tui.desk.model import Channel, Chat
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeAddress
from operator_tui.desk.time import Millis


def entered(chat: Chat, entry: Entry) -> Chat:
    """The chat with `entry` at the end of its timeline."""
    return structs.replace(chat, timeline=(*chat.timeline, entry))


def paused_at(chat: Chat, policy: Policy) -> Millis | None:
    """When the visitor's absence becomes a pause (R33); None while there, or off the web."""
    if chat.left_at is None or chat.channel is not Channel.WEB:
        return None
    return chat.left_at + policy.paused_from


def settled(chat: Chat, now: Millis, policy: Policy) -> Chat:
    """The chat with the line "The visitor left the website", from the moment it is due (R35).

    No event comes at that moment, so `advance` writes the line before the next event of the chat,
    and whoever paints asks here until then. The same chat where there is nothing to add; asked
    again with the same chat, the same answer, so that a painter may compare by identity.
    """
    due = paused_at(chat, policy)
    if due is None or now < due or chat.left_told or chat.closed_at is not None:
        return chat
    return _with_left_line(chat, due)


@lru_cache(maxsize=32)
def _with_left_line(chat: Chat, due: Millis) -> Chat:
    line = Line(LineKind.LEFT, due, name=chat.visitor.name)
    return structs.replace(entered(chat, line), left_told=True)


def seen(chat: Chat, at: Millis, page: SafeAddress = NO_ADDRESS) -> Chat:
    """The chat of a visitor who is on the website at `at`, on `page` if it is known (R34).

    "The visitor is back" is told only after "The visitor left": a short absence leaves no trace.
    """
    here = structs.replace(chat, page=page) if page else chat
    if here.left_at is None:
        return here
    back = structs.replace(here, left_at=None, left_told=False)
    if not here.left_told:
        return back
    return entered(back, Line(LineKind.RETURNED, at, name=back.visitor.name, page=back.page))
