"""The order of the chats on the desk: who needs the operator first (R2, R4, R12, R40)."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from operator_tui.desk.attention import next_change as next_change_of
from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.policy import Policy
from operator_tui.desk.states import Indicator, indicator, reply_clock_from
from operator_tui.desk.time import Millis


class Band(StrEnum):
    """The three parts of the list, each with a heading."""

    ANSWER_NOW = "answer_now"
    WITH_VISITOR = "with_visitor"
    LEFT = "left"


class Row(Struct, frozen=True, eq=False):
    """One chat in its place in the list."""

    chat: Chat
    indicator: Indicator
    band: Band


def waiting_since(chat: Chat) -> Millis:
    """Since when a visitor waits for this operator's first reply.

    From the question in the queue on, or a debt that came with the chat; else from the receipt.
    """
    asked = chat.opened_at if chat.answered_at is None else chat.owed_since
    return chat.received_at if asked is None else min(asked, chat.received_at)


def _by_waiting(chat: Chat, _policy: Policy) -> Millis:
    return waiting_since(chat)


def _by_reply(chat: Chat, policy: Policy) -> Millis:
    return reply_clock_from(chat, policy) or 0


def _by_silence(chat: Chat, _policy: Policy) -> Millis:
    return chat.answered_at or 0


def _by_return(chat: Chat, _policy: Policy) -> Millis:
    return chat.reactivated.at if chat.reactivated is not None else 0


def _by_leaving(chat: Chat, _policy: Policy) -> Millis:
    return chat.left_at or 0


def _by_closing(chat: Chat, _policy: Policy) -> Millis:
    return chat.closed_at or 0


Moment: TypeAlias = Callable[[Chat, Policy], Millis]

STANDS: tuple[tuple[Band, tuple[Indicator, ...], Moment], ...] = (
    (Band.ANSWER_NOW, (Indicator.NEW, Indicator.TRANSFERRED), _by_waiting),
    (Band.ANSWER_NOW, (Indicator.OPERATOR_SILENT, Indicator.UNANSWERED), _by_reply),
    (Band.WITH_VISITOR, (Indicator.SCREEN_SHARED,), _by_silence),
    (Band.WITH_VISITOR, (Indicator.BOOMERANG,), _by_return),
    (Band.WITH_VISITOR, (Indicator.VISITOR_SILENT,), _by_silence),
    (Band.WITH_VISITOR, (Indicator.NEUTRAL,), _by_silence),
    (Band.LEFT, (Indicator.PAUSED,), _by_leaving),
    (Band.LEFT, (Indicator.CLOSED,), _by_closing),
)
"""Where a row stands, from the top: its band, the states that stand together, and by which moment
they do, the earliest first. (Limits are equal within a group, so the earliest is due first.)"""

_PLACE = {
    state: (place, band, moment)
    for place, (band, states, moment) in enumerate(STANDS)
    for state in states
}

NEEDS_NOBODY = frozenset({Indicator.NEUTRAL, Indicator.PAUSED, Indicator.CLOSED})
"""States in which there is nothing for the operator to do but wait."""


def rows(desk: Desk, now: Millis) -> tuple[Row, ...]:
    """Every chat, in the order of the list: total, so that two looks at one desk always agree."""
    policy = desk.policy
    placed: list[tuple[int, Millis, Millis, str, Row]] = []
    for chat in desk.chats.values():
        state = indicator(chat, now, policy)
        place, band, moment = _PLACE[state]
        row = Row(chat, state, band)
        placed.append((place, moment(chat, policy), chat.received_at, chat.id, row))
    placed.sort(key=lambda entry: entry[:4])
    return tuple(entry[4] for entry in placed)


def most_urgent(desk: Desk, now: Millis, besides: str | None = None) -> Chat | None:
    """The chat that needs the operator most, other than `besides`; None when none needs anything.

    `besides` is the id of the open chat: one key must always lead on to the next.
    """
    needy = (row.chat for row in rows(desk, now) if row.indicator not in NEEDS_NOBODY)
    return next((chat for chat in needy if chat.id != besides), None)


class Counts(Struct, frozen=True):
    """The status line's counts by urgency."""

    new: int = 0
    passed: int = 0
    late: int = 0
    reply: int = 0
    quiet: int = 0


def counts(desk: Desk, now: Millis) -> Counts:
    """How many chats show each of the states that ask for something."""
    shown = [indicator(chat, now, desk.policy) for chat in desk.chats.values()]
    return Counts(
        new=shown.count(Indicator.NEW),
        passed=shown.count(Indicator.TRANSFERRED),
        late=shown.count(Indicator.OPERATOR_SILENT),
        reply=shown.count(Indicator.UNANSWERED),
        quiet=shown.count(Indicator.VISITOR_SILENT),
    )


def next_change(desk: Desk, now: Millis) -> Millis | None:
    """The next moment at which time alone changes what any chat shows, so also the order."""
    changes = (next_change_of(chat, now, desk.policy) for chat in desk.chats.values())
    return min((moment for moment in changes if moment is not None), default=None)
