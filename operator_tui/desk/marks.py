"""The narrow column of marks in a row: what the indicator hides, and what is the operator's own."""

from enum import StrEnum

from operator_tui.desk.model import Chat
from operator_tui.desk.policy import Policy
from operator_tui.desk.states import RULES, Indicator, indicator
from operator_tui.desk.time import Millis


class Mark(StrEnum):
    """One sign beside the language of a row."""

    HELD = "held"
    """A reply got too old on its way: send, edit or discard."""
    UNSENT = "unsent"
    """Something the operator did here is not on the server."""
    DRAFT = "draft"
    NOTE = "note"
    """There is an internal note, or a note came with the chat."""
    MUTED = "muted"
    UNANSWERED = "unanswered"
    """Shown as the number `chat.unanswered`: the debt behind a pause."""
    SCREEN = "screen"
    BOOMERANG = "boomerang"
    QUIET = "quiet"


MARK_ORDER = tuple(Mark)
"""From left to right: what the operator has to do with it first, then the visitor (screens.md)."""

KEPT_FIRST = (
    Mark.HELD,
    Mark.UNSENT,
    Mark.UNANSWERED,
    Mark.DRAFT,
    Mark.SCREEN,
    Mark.BOOMERANG,
    Mark.QUIET,
    Mark.NOTE,
    Mark.MUTED,
)
"""Which marks stay when there are more than `MOST_MARKS`: the ones that cost most if missed."""

MOST_MARKS = 3

HIDDEN: dict[Mark, tuple[Indicator, frozenset[Indicator]]] = {
    Mark.UNANSWERED: (Indicator.UNANSWERED, frozenset({Indicator.PAUSED})),
    Mark.SCREEN: (
        Indicator.SCREEN_SHARED,
        frozenset(Indicator) - {Indicator.SCREEN_SHARED, Indicator.CLOSED},
    ),
    Mark.BOOMERANG: (
        Indicator.BOOMERANG,
        frozenset(Indicator) - {Indicator.BOOMERANG, Indicator.CLOSED},
    ),
    # Who left, or was gone for half a day, is quiet: saying so again would only be noise.
    Mark.QUIET: (
        Indicator.VISITOR_SILENT,
        frozenset({Indicator.NEW, Indicator.TRANSFERRED, Indicator.SCREEN_SHARED}),
    ),
}
"""For each mark of a hidden state: that state, and the shown ones behind which it is marked."""


def marks(chat: Chat, now: Millis, policy: Policy) -> tuple[Mark, ...]:
    """At most three marks, in `MARK_ORDER`.

    Where more are true, three are chosen by `KEPT_FIRST`: first what may get lost (held, unsent),
    then what a visitor waits for, then the rest; a note can be read in the chat itself.
    """
    true = {*own_marks(chat), *hidden_marks(chat, now, policy, indicator(chat, now, policy))}
    kept = [mark for mark in KEPT_FIRST if mark in true][:MOST_MARKS]
    return tuple(mark for mark in MARK_ORDER if mark in kept)


def own_marks(chat: Chat) -> list[Mark]:
    """The marks of what the operator or a colleague did; no clock changes them."""
    overlay = chat.overlay
    noted = chat.noted or (chat.passed is not None and bool(chat.passed.note))
    there = {
        Mark.HELD: overlay.held > 0,
        Mark.UNSENT: overlay.unsent > 0,
        Mark.DRAFT: overlay.draft,
        Mark.NOTE: noted,
        Mark.MUTED: overlay.muted,
    }
    return [mark for mark, holds in there.items() if holds]


def hidden_marks(chat: Chat, now: Millis, policy: Policy, shown: Indicator) -> list[Mark]:
    """The marks of the states that hide behind `shown`, the chat's indicator."""
    return [
        mark
        for mark, (state, behind) in HIDDEN.items()
        if shown in behind and RULES[state](chat, now, policy)
    ]
