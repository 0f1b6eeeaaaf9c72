"""How many chats an operator holds: what automatic acceptance and colleagues go by (R64, R110)."""

from operator_tui.desk.model import Channel, Chat, Desk
from operator_tui.desk.policy import Policy
from operator_tui.desk.states import is_paused
from operator_tui.desk.time import Millis


def takes_place(chat: Chat, now: Millis, policy: Policy) -> bool:
    """Whether the chat counts against the limit.

    On the web from its receipt until it is closed, but not while it is paused; on a messaging
    channel, where a conversation has no end, only while an answer is owed.
    """
    if chat.closed_at is not None:
        return False
    if chat.channel is Channel.MESSAGING:
        return chat.unanswered > 0
    return not is_paused(chat, now, policy)


def places_taken(desk: Desk, now: Millis) -> int:
    """How many of `policy.places` are taken; more than there are when absent visitors return."""
    return sum(takes_place(chat, now, desk.policy) for chat in desk.chats.values())
