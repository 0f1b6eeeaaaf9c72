"""What stands in a conversation: messages, and the lines that the desk adds; with their basics."""

from enum import StrEnum
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from operator_tui.desk.text import SafeAddress, SafeLine, SafeText, clean
from operator_tui.desk.time import Millis

Id: TypeAlias = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_.:-]{1,64}\Z")]
"""A name that only programs read: harmless on a terminal by its pattern."""
Language: TypeAlias = Annotated[str, Meta(pattern=r"\A[a-z]{2}\Z")]
"""ISO 639-1: two small letters."""
Count: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000)]
Step: TypeAlias = Annotated[int, Meta(ge=1, le=5)]
"""A step of the closing protocol (R78 to R83)."""

NO_LINE = clean("", SafeLine)
NO_TEXT = clean("", SafeText)
NO_ADDRESS = clean("", SafeAddress)


class AuthorKind(StrEnum):
    """Who wrote a message. `AUTOMATIC` texts answer nobody: they clear no debt."""

    VISITOR = "visitor"
    OPERATOR = "operator"
    AUTOMATIC = "automatic"


class Author(Struct, frozen=True, omit_defaults=True):
    """The writer of a message: for an operator `id` is the operator's, else empty."""

    kind: AuthorKind
    name: SafeLine = NO_LINE
    id: Id | None = None


class Canned(Struct, frozen=True, omit_defaults=True):
    """Which canned reply a message came from, and whether the operator changed it."""

    id: Id
    edited: bool
    step: Step | None = None
    """The step of the closing protocol that is ticked by sending it."""


class Origin(Struct, frozen=True):
    """The operation that made a message: a client that sees its own knows it for its own."""

    device: Id
    n: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    op: Id


class Delivery(StrEnum):
    """How far a message of this desk has come. Everything from the log is `SENT`."""

    SENT = "sent"
    SENDING = "sending"
    WAITING = "waiting"
    HELD = "held"
    REFUSED = "refused"


class Message(Struct, frozen=True, omit_defaults=True, tag_field="entry", tag="message"):
    """One thing somebody wrote in a chat; with `note` an internal note, which no visitor sees."""

    id: Id
    author: Author
    text: SafeText
    at: Millis
    note: bool = False
    canned: Canned | None = None
    origin: Origin | None = None
    delivery: Delivery = Delivery.SENT
    refusal: Id | None = None
    """The code of a `REFUSED` message."""


class LineKind(StrEnum):
    """What a system line in a conversation tells; `ui` has the sentences."""

    OPENED = "opened"
    INVITED = "invited"
    """The visitor came because an operator offered help (R86)."""
    LEFT = "left"
    RETURNED = "returned"
    SCREEN_SHARED = "screen_shared"
    SCREEN_UNSHARED = "screen_unshared"
    PASSED_BY_HAND = "passed_by_hand"
    PASSED_UNANSWERED = "passed_unanswered"
    PASSED_BACK = "passed_back"
    REACTIVATED = "reactivated"
    NO_ANSWER_NEEDED = "no_answer_needed"
    CLOSED = "closed"
    UNREADABLE = "unreadable"


class Line(Struct, frozen=True, omit_defaults=True, tag_field="entry", tag="line"):
    """A system line: something that happened, with the values its sentence needs."""

    kind: LineKind
    at: Millis
    name: SafeLine = NO_LINE
    page: SafeAddress = NO_ADDRESS
    span: Millis = 0
    """For `REACTIVATED`: how long the chat had been silent."""
    shows: SafeText = NO_TEXT
    """For `SCREEN_SHARED`: what is on the screen (R31); empty when nobody says."""
    n: Count = 0
    """For `UNREADABLE`: how many events."""


Entry: TypeAlias = Message | Line
