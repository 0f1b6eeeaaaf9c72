"""What runs with the clock in a chat: its time cell, amber and late, and when that changes next.

Pure functions of (chat, now, policy), as those of `states`, which has the ten states, and of
`marks`, which has what they hide.
"""

from enum import StrEnum

from msgspec import Struct

from operator_tui.desk.lines import paused_at
from operator_tui.desk.marks import hidden_marks
from operator_tui.desk.model import Chat
from operator_tui.desk.policy import Policy
from operator_tui.desk.states import (
    Indicator,
    indicator,
    is_visitor_silent,
    reply_clock_from,
)
from operator_tui.desk.time import SECOND, Millis

AWAITS_FIRST_REPLY = frozenset({Indicator.NEW, Indicator.TRANSFERRED})


def late(chat: Chat, now: Millis, policy: Policy) -> bool:
    """Whether a chat that waits for its first reply has waited too long (R7): it stays new."""
    return _is_late(chat, now, policy, indicator(chat, now, policy))


def soon(chat: Chat, now: Millis, policy: Policy) -> bool:
    """Whether an owed reply is amber: not late yet, but due soon (R132)."""
    return _is_soon(chat, now, policy, indicator(chat, now, policy))


def _is_late(chat: Chat, now: Millis, policy: Policy, shown: Indicator) -> bool:
    return shown in AWAITS_FIRST_REPLY and now - chat.received_at > policy.first_reply_within


def _is_soon(chat: Chat, now: Millis, policy: Policy, shown: Indicator) -> bool:
    if shown is not Indicator.UNANSWERED:
        return False
    start = reply_clock_from(chat, policy)
    return start is not None and now - start >= policy.reply_soon


class DueKind(StrEnum):
    """How to read the span of a `Due`."""

    LEFT = "left"
    """Time left."""
    OVER = "over"
    """Time over the limit."""
    SINCE = "since"
    """Time that has passed; nothing is due."""


class Due(Struct, frozen=True):
    """What the time cell of a row says. `span` in milliseconds, never negative."""

    kind: DueKind
    span: Millis

    @property
    def seconds(self) -> int:
        """Whole seconds to show: time left is rounded up, so that 0:00 means no time is left."""
        up = SECOND - 1 if self.kind is DueKind.LEFT else 0
        return (self.span + up) // SECOND


def countdown(chat: Chat, now: Millis, policy: Policy) -> Due | None:
    """The time cell (screens.md, "Chat list row"): to the limit that the shown state runs towards.

    First reply 30 s, reply 60 s, visitor 120 s (a visitor who is typing is never over it); PAUSED
    counts since the visitor left, BOOMERANG tells how long the silence was, CLOSED has none.
    """
    match indicator(chat, now, policy):
        case Indicator.NEW | Indicator.TRANSFERRED:
            return _to_first_reply(chat, now, policy)
        case Indicator.OPERATOR_SILENT | Indicator.UNANSWERED:
            return _to_reply(chat, now, policy)
        case Indicator.SCREEN_SHARED | Indicator.VISITOR_SILENT | Indicator.NEUTRAL:
            return _to_silence(chat, now, policy)
        case Indicator.PAUSED:
            return None if chat.left_at is None else Due(DueKind.SINCE, now - chat.left_at)
        case Indicator.BOOMERANG:
            back = chat.reactivated
            return None if back is None else Due(DueKind.SINCE, back.silence)
        case Indicator.CLOSED:
            return None


def _to_first_reply(chat: Chat, now: Millis, policy: Policy) -> Due:
    waited = now - chat.received_at
    return _towards(policy.first_reply_within, waited, over=waited > policy.first_reply_within)


def _to_reply(chat: Chat, now: Millis, policy: Policy) -> Due | None:
    if (start := reply_clock_from(chat, policy)) is None:
        return None
    return _towards(policy.reply_within, now - start, over=now - start > policy.reply_within)


def _to_silence(chat: Chat, now: Millis, policy: Policy) -> Due | None:
    if chat.answered_at is None:
        return None
    over = is_visitor_silent(chat, now, policy)
    return _towards(policy.visitor_silent_from, now - chat.answered_at, over=over)


def _towards(limit: Millis, waited: Millis, *, over: bool) -> Due:
    # This machine's idea of now may lag behind the server's `at`: never more left than the limit.
    if over:
        return Due(DueKind.OVER, waited - limit)
    return Due(DueKind.LEFT, min(limit, max(0, limit - waited)))


def next_change(chat: Chat, now: Millis, policy: Policy) -> Millis | None:
    """The next moment at which time alone changes the indicator, a mark, amber or late.

    Exact: until the millisecond before it nothing of these changes, and at it something does
    (unless three marks that weigh more leave no room to show it).
    None: nothing will, until something happens. (The countdown's digits change every second.)
    """
    moments = sorted(moment for moment in _moments(chat, policy) if moment > now)
    if not moments:
        return None
    shown = _look(chat, now, policy)
    return next((moment for moment in moments if _look(chat, moment, policy) != shown), None)


def _look(chat: Chat, now: Millis, policy: Policy) -> tuple[object, ...]:
    shown = indicator(chat, now, policy)
    return (
        shown,
        hidden_marks(chat, now, policy, shown),
        _is_soon(chat, now, policy, shown),
        _is_late(chat, now, policy, shown),
    )


def _moments(chat: Chat, policy: Policy) -> list[Millis]:
    """Every moment at which a rule of a chat could change by itself, in no order."""
    moments = [chat.overlay.typing_until, chat.received_at + policy.first_reply_within + 1]
    if (due := paused_at(chat, policy)) is not None:
        moments.append(due)
    if (start := reply_clock_from(chat, policy)) is not None:
        moments += [start + policy.reply_soon, start + policy.reply_within + 1]
    if chat.answered_at is not None:
        moments.append(chat.answered_at + policy.visitor_silent_from)
    return moments
