"""What the operator may do with a message that was held or refused, and the line that says so."""

from enum import StrEnum

from rich.segment import Segment
from rich.style import Style

from operator_tui.desk.entries import Delivery, Message
from operator_tui.ui.look import Look
from operator_tui.ui.render.strips import cells
from operator_tui.ui.words import tr

GROUND = "ground.background"
META = "decision"
"""Under this name a segment carries the decision that a click on it makes."""


class Decision(StrEnum):
    """What becomes of a message that was not sent."""

    SEND = "send"
    EDIT = "edit"
    DISCARD = "discard"


def open_to(message: Message) -> tuple[Decision, ...]:
    """A refused message is not sent again as it is: the server has said no."""
    if message.delivery is Delivery.REFUSED:
        return (Decision.EDIT, Decision.DISCARD)
    return (Decision.SEND, Decision.EDIT, Decision.DISCARD)


def keys_line(message: Message, measure: int, look: Look, *, focused: bool) -> list[Segment]:
    """`F6 then Enter send now   e edit   Del discard`; without the focus F6 comes first.

    What does not fit is left out whole.
    """
    first = [] if focused else _get_there(look)
    parts = [_key(decision, look) for decision in open_to(message)]
    room = measure - cells(first) - sum(cells(part) for part in parts)
    gap = " " * max(1, min(3, room // max(1, len(parts) - 1)))
    segments = list(first)
    for n, part in enumerate(parts):
        between = [Segment(gap, look.style("ink.muted", GROUND))] if n else []
        if cells(segments) + cells(between) + cells(part) <= measure:
            segments += [*between, *part]
    return segments


def _get_there(look: Look) -> list[Segment]:
    muted = look.style("ink.muted", GROUND)
    accent = look.style("ink.accent", GROUND, bold=True)
    return [Segment("F6", accent), Segment(" " + tr("then") + " ", muted)]


def _key(decision: Decision, look: Look) -> list[Segment]:
    key, word = {
        Decision.SEND: ("Enter", tr("send now")),
        Decision.EDIT: ("e", tr("edit")),
        Decision.DISCARD: ("Del", tr("discard")),
    }[decision]
    meta = Style(meta={META: decision.value})
    bold = look.style("ink.text", GROUND, bold=True) + meta
    return [Segment(key, bold), Segment(f" {word}", look.style("ink.muted", GROUND) + meta)]
