"""The ten states of attention: when each is there, and which of them shows.

Pure functions of (chat, now, policy); the limits are `policy.py`'s, the order is data here. The
chat may be the log's or one with overlays on it: `overlay.typing_until` holds a silence back.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from operator_tui.desk.lines import paused_at
from operator_tui.desk.model import Channel, Chat
from operator_tui.desk.policy import Policy, ReplyClock
from operator_tui.desk.time import Millis

Rule: TypeAlias = Callable[[Chat, Millis, Policy], bool]


class Indicator(StrEnum):
    """The ten states of attention (R1 to R40). Exactly one shows at every moment."""

    NEW = "new"
    """This operator has not written yet."""
    TRANSFERRED = "transferred"
    """New, and it came from another operator."""
    OPERATOR_SILENT = "operator_silent"
    """A visitor has waited too long for an answer."""
    UNANSWERED = "unanswered"
    VISITOR_SILENT = "visitor_silent"
    BOOMERANG = "boomerang"
    """A messaging chat that came back after half a day or more."""
    SCREEN_SHARED = "screen_shared"
    NEUTRAL = "neutral"
    PAUSED = "paused"
    """The visitor left the website."""
    CLOSED = "closed"
    """The visitor closed the chat; all that is left is to remove it."""


SHOWN_FIRST = (
    Indicator.CLOSED,
    Indicator.PAUSED,  # outranks NEW by intent: go on to the active chats (R36)
    Indicator.TRANSFERRED,
    Indicator.NEW,
    Indicator.OPERATOR_SILENT,
    Indicator.UNANSWERED,
    Indicator.SCREEN_SHARED,  # hidden behind a debt, back after the answer (R32)
    Indicator.BOOMERANG,
    Indicator.VISITOR_SILENT,
    Indicator.NEUTRAL,
)
"""Which indicator shows: the first of these whose rule holds."""


def reply_clock_from(chat: Chat, policy: Policy) -> Millis | None:
    """The moment from which an owed reply is counted (R11); None when nothing is owed."""
    return chat.owed_since if policy.reply_clock is ReplyClock.FIRST else chat.owed_last


def is_typing(chat: Chat, now: Millis) -> bool:
    """Whether the visitor is typing, as far as the last signal says."""
    return chat.overlay.typing_until > now


def is_paused(chat: Chat, now: Millis, policy: Policy) -> bool:
    """Whether the visitor left the website `paused_from` or longer ago (R33)."""
    due = paused_at(chat, policy)
    return due is not None and now >= due


def _came_back_as_known(chat: Chat, policy: Policy) -> bool:
    back = chat.reactivated
    return (
        back is not None
        and chat.channel is Channel.MESSAGING
        and back.silence <= policy.boomerang_to
    )


def _is_closed(chat: Chat, _now: Millis, _policy: Policy) -> bool:
    return chat.closed_at is not None


def _is_transferred(chat: Chat, _now: Millis, _policy: Policy) -> bool:
    return chat.passed is not None


def _is_new(chat: Chat, _now: Millis, policy: Policy) -> bool:
    return not chat.written and not _came_back_as_known(chat, policy)


def _is_operator_silent(chat: Chat, now: Millis, policy: Policy) -> bool:
    start = reply_clock_from(chat, policy)
    return start is not None and now - start > policy.reply_within


def _is_unanswered(chat: Chat, _now: Millis, _policy: Policy) -> bool:
    return chat.unanswered > 0


def _is_screen_shared(chat: Chat, _now: Millis, _policy: Policy) -> bool:
    return chat.sharing_since is not None and chat.channel is Channel.WEB


def _is_boomerang(chat: Chat, _now: Millis, policy: Policy) -> bool:
    back = chat.reactivated
    return (
        back is not None
        and chat.channel is Channel.MESSAGING
        and policy.boomerang_from <= back.silence <= policy.boomerang_to
    )


def is_visitor_silent(chat: Chat, now: Millis, policy: Policy) -> bool:
    """Whether the visitor, answered and not typing, has said nothing for long (R8, R22)."""
    return (
        chat.answered_at is not None
        and chat.unanswered == 0
        and now - chat.answered_at >= policy.visitor_silent_from
        and not is_typing(chat, now)
    )


def _always(_chat: Chat, _now: Millis, _policy: Policy) -> bool:
    return True


RULES: dict[Indicator, Rule] = {
    Indicator.CLOSED: _is_closed,
    Indicator.PAUSED: is_paused,
    Indicator.TRANSFERRED: _is_transferred,
    Indicator.NEW: _is_new,
    Indicator.OPERATOR_SILENT: _is_operator_silent,
    Indicator.UNANSWERED: _is_unanswered,
    Indicator.SCREEN_SHARED: _is_screen_shared,
    Indicator.BOOMERANG: _is_boomerang,
    Indicator.VISITOR_SILENT: is_visitor_silent,
    Indicator.NEUTRAL: _always,
}
"""When each state is there, shown or hidden behind another."""


def indicator(chat: Chat, now: Millis, policy: Policy) -> Indicator:
    """The one state that shows (R1, R2)."""
    return next(state for state in SHOWN_FIRST if RULES[state](chat, now, policy))
