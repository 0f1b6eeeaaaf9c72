"""The operator's own words that the server does not have yet, laid over the desk for painting."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from operator_tui.desk.commands import Command
from operator_tui.desk.model import Desk, Id
from operator_tui.desk.time import SECOND, Millis

COUNTS_AS_ANSWER: Millis = 5 * SECOND
"""How long an unsent reply may hide the visitor's debt while the link is live (design, "State")."""


class Fate(StrEnum):
    """Where a row of the outbox stands."""

    WAITING = "waiting"
    """Not given to a live connection yet."""
    SENDING = "sending"
    """Given to a live connection, no result yet."""
    HELD = "held"
    """Too old on return: the operator decides."""
    REFUSED = "refused"
    """The server said no; the text is kept for the operator."""


class OutboxRow(Struct, frozen=True):
    """One command on its way to the server, in the order it was entered."""

    id: Id
    """The operation's uuid, never used again."""
    made: Millis
    """The server's now when the operator entered it."""
    command: Command
    n: Annotated[int, Meta(ge=1)] | None = None
    """Its number, given when it was first put on a live connection."""
    fate: Fate = Fate.WAITING
    refusal: str | None = None


def over(desk: Desk, outbox: tuple[OutboxRow, ...], *, live: bool, now: Millis) -> Desk:
    """The desk as the operator meant it: own unsent commands laid over what the log says.

    An unsent reply counts as an answer only while the link is live and it is younger than
    `COUNTS_AS_ANSWER`; otherwise the debt and its colour stand and the chat carries "unsent".
    """
    raise NotImplementedError
