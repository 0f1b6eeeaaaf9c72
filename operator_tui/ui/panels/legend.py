"""What the signs of the list and the status line mean: the last group of the help sheet."""

from typing import assert_never

from msgspec import Struct
from rich.segment import Segment

from operator_tui.desk.marks import Mark
from operator_tui.desk.states import Indicator
from operator_tui.ui.look import Look
from operator_tui.ui.render.face import Face
from operator_tui.ui.render.row import mark as sign_of_state
from operator_tui.ui.render.row import sign as sign_of_mark
from operator_tui.ui.render.states import state_word
from operator_tui.ui.words import tr

EXAMPLE = 2
"""Messages in the signs that have a number."""


class Time(Struct, frozen=True):
    """A time or a count as it stands on the screen."""

    shown: str
    over: bool = False


class Sign(Struct, frozen=True):
    """One sign, and what it means."""

    of: Indicator | Mark | Time
    text: str


def legend() -> tuple[Sign, ...]:
    """The ten states, the marks, the times and the count, in the operator's language."""
    states = (Sign(state, _said(state_word(state), _state(state))) for state in Indicator)
    marks = (Sign(mark, _mark(mark)) for mark in Mark)
    return (
        Sign(Time("1 2 3"), tr("who needs you first is on top; of equals, who has waited longest")),
        *states,
        Sign(Time("0:12"), tr("time you have left")),
        Sign(Time("+0:07", over=True), tr("time over it")),
        *marks,
        Sign(
            Time("8/12"),
            tr("8 of your 12 places are taken; visitors who left the website take none"),
        ),
    )


def painted(sign: Sign, ground: str, look: Look) -> tuple[Segment, ...]:
    """The sign as the list paints it."""
    match sign.of:
        case Indicator() as state:
            return sign_of_state(_face(state), ground, look)
        case Mark() as mark:
            return (sign_of_mark(mark, _face(Indicator.PAUSED), ground, look),)
        case Time(shown, over):
            ink = "indicator.new" if over else "ink.muted"
            return (Segment(shown, look.style(ink, ground, bold=over)),)
        case _:
            assert_never(sign.of)


def _said(word: str, meaning: str) -> str:
    return f"{word}: {meaning}" if word else meaning


def _face(state: Indicator) -> Face:
    return Face(state, EXAMPLE, "", "", "", False, False, "", (), "")


def _state(state: Indicator) -> str:
    match state:
        case Indicator.NEW:
            return tr("you have not answered yet; the number counts messages")
        case Indicator.TRANSFERRED:
            return tr("new to you, from a colleague")
        case Indicator.OPERATOR_SILENT:
            return tr("waits for an answer, and too long")
        case Indicator.UNANSWERED:
            return tr("waits for an answer")
        case Indicator.VISITOR_SILENT:
            return tr("was answered, and has said nothing for long")
        case Indicator.BOOMERANG:
            return tr("came back after half a day or more; the time says how long it was silent")
        case Indicator.SCREEN_SHARED:
            return tr("shares the screen")
        case Indicator.NEUTRAL:
            return tr("no sign: all is well")
        case Indicator.PAUSED:
            return tr("left the website; the time says how long ago")
        case Indicator.CLOSED:
            return tr("the visitor closed the chat")
        case _:
            assert_never(state)


def _mark(mark: Mark) -> str:
    match mark:
        case Mark.HELD:
            return tr("a reply got too old on its way: send it or discard it")
        case Mark.UNSENT:
            return tr("something you wrote or did here has not reached the server yet")
        case Mark.DRAFT:
            return tr("you have begun to write")
        case Mark.NOTE:
            return tr("there is an internal note")
        case Mark.MUTED:
            return tr("makes no sound")
        case Mark.UNANSWERED:
            return tr("messages that wait until the visitor is back")
        case Mark.SCREEN:
            return tr("shares the screen too")
        case Mark.BOOMERANG:
            return tr("came back after half a day or more, too")
        case Mark.QUIET:
            return tr("has said nothing for long, too")
        case _:
            assert_never(mark)
