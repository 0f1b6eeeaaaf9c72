"""How each state of attention is called (screens.md, "States") and which ink it has."""

from typing import assert_never

from operator_tui.desk.attention import DueKind, countdown, soon
from operator_tui.desk.model import Chat
from operator_tui.desk.policy import Policy
from operator_tui.desk.states import Indicator, indicator
from operator_tui.desk.time import SECOND, Millis
from operator_tui.ui.times import span
from operator_tui.ui.words import tr, trp

FILLED = frozenset({Indicator.NEW, Indicator.TRANSFERRED, Indicator.OPERATOR_SILENT})
"""Filled means: somebody waits for you. Nothing else in the list is ever filled."""


def state_word(state: Indicator) -> str:
    """The state in at most 6 cells, as a row of the list says it; empty when all is well."""
    match state:
        case Indicator.NEW:
            return trp("state", "new")
        case Indicator.TRANSFERRED:
            return trp("state", "passed")
        case Indicator.OPERATOR_SILENT:
            return trp("state", "late")
        case Indicator.UNANSWERED:
            return trp("state", "reply")
        case Indicator.VISITOR_SILENT:
            return trp("state", "quiet")
        case Indicator.BOOMERANG:
            return trp("state", "back")
        case Indicator.SCREEN_SHARED:
            return trp("state", "screen")
        case Indicator.NEUTRAL:
            return ""
        case Indicator.PAUSED:
            return trp("state", "paused")
        case Indicator.CLOSED:
            return trp("state", "closed")
        case _:
            assert_never(state)


def state_sentence(chat: Chat, now: Millis, policy: Policy) -> str:
    """The state with its time, as the header of the conversation says it."""
    state = indicator(chat, now, policy)
    due = countdown(chat, now, policy)
    time = span(due.seconds * SECOND) if due else ""
    over = due is not None and due.kind is DueKind.OVER
    match state:
        case Indicator.NEW | Indicator.TRANSFERRED:
            return _first_reply(chat, time, over=over)
        case Indicator.OPERATOR_SILENT:
            return tr("late +{time}", time=time)
        case Indicator.UNANSWERED:
            return tr("reply in {time}", time=time)
        case Indicator.VISITOR_SILENT:
            return tr("quiet for {time}", time=span(now - (chat.answered_at or now)))
        case Indicator.BOOMERANG:
            return tr("back after {time}", time=time)
        case Indicator.SCREEN_SHARED:
            return tr("shares the screen")
        case Indicator.NEUTRAL:
            return ""
        case Indicator.PAUSED:
            return tr("left the website {time} ago", time=time)
        case Indicator.CLOSED:
            return tr("closed by the visitor")
        case _:
            assert_never(state)


def _first_reply(chat: Chat, time: str, *, over: bool) -> str:
    if chat.passed is not None and chat.passed.by:
        if over:
            return tr("passed on by {name}, late +{time}", name=chat.passed.by, time=time)
        return tr("passed on by {name}, first reply in {time}", name=chat.passed.by, time=time)
    if over:
        return tr("new, late +{time}", time=time)
    return tr("new, first reply in {time}", time=time)


def state_ink(chat: Chat, now: Millis, policy: Policy) -> str:
    """The name of the state's colour in a theme."""
    if soon(chat, now, policy):
        return "indicator.unanswered_soon"
    return ink_of(indicator(chat, now, policy))


def ink_of(state: Indicator) -> str:
    """The name of a state's colour, before its time is looked at."""
    return f"indicator.{state.value}"
