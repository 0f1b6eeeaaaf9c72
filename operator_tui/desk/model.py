"""The nouns of the desk, all immutable. Only `advance` makes a new desk out of an old one."""

from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from operator_tui.desk.browsing import Browsing
from operator_tui.desk.entries import (
    NO_ADDRESS,
    NO_LINE,
    NO_TEXT,
    Count,
    Entry,
    Id,
    Language,
    Step,
)
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeAddress, SafeLine, SafeText
from operator_tui.desk.time import Millis

Total: TypeAlias = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class Channel(StrEnum):
    """Where the visitor writes: it decides whether a chat ends with the visit (R84, R85)."""

    WEB = "web"
    MESSAGING = "messaging"


class Earlier(Struct, frozen=True, omit_defaults=True):
    """The visitor's chats before this one (R100)."""

    count: Count = 0
    last_at: Millis | None = None


class Answer(Struct, frozen=True):
    """One field the visitor filled in before the chat (R114)."""

    question: SafeLine
    answer: SafeText


class Visitor(Struct, frozen=True, omit_defaults=True):
    """Who is there, as far as known. `name` is empty when none was given (R97 to R101)."""

    id: Id
    name: SafeLine = NO_LINE
    system: SafeLine = NO_LINE
    """Operating system, "Windows 11"."""
    browser: SafeLine = NO_LINE
    device: SafeLine = NO_LINE
    """"laptop", "phone", as the server words it."""
    on_site_since: Millis | None = None
    earlier: Earlier = Earlier()
    form: tuple[Answer, ...] = ()


class PassedCause(StrEnum):
    """Why a chat came from another operator (R14, R15), or came back from one."""

    BY_HAND = "by_hand"
    UNANSWERED = "unanswered"
    RETURNED = "returned"


class Passed(Struct, frozen=True, omit_defaults=True):
    """A transfer as its receiver sees it (R17, R18)."""

    by: SafeLine
    cause: PassedCause
    at: Millis
    note: SafeText = NO_TEXT
    offered_until: Millis | None = None
    """Set while the operator must still accept it by hand: after this moment it goes back."""


class Reactivated(Struct, frozen=True):
    """A messaging chat that went on after a silence of `silence` ms, at `at` (R25 to R28)."""

    at: Millis
    silence: Millis


class Overlay(Struct, frozen=True, omit_defaults=True):
    """What is laid over a chat for painting and stands in no log."""

    unsent: Count = 0
    """Messages of this desk that the server does not have yet."""
    held: Count = 0
    draft: bool = False
    muted: bool = False
    """This desk rings no bell for the chat."""
    typing_until: Millis = 0
    """The visitor is typing until then."""
    preview: SafeLine = NO_LINE
    """What the visitor has typed so far, where policy allows."""


NO_OVERLAY = Overlay()
"""The default itself: an equal one would be written out, as `{}`, in what travels."""


class Chat(Struct, frozen=True, eq=False, omit_defaults=True):
    """One conversation with one visitor, as this operator's log tells it."""

    id: Id
    visitor: Visitor
    channel: Channel
    language: Language
    opened_at: Millis
    received_at: Millis
    """When *this* operator got it: the first-reply clock starts here (R7)."""
    page: SafeAddress = NO_ADDRESS
    timeline: tuple[Entry, ...] = ()
    """Messages and lines in log order."""
    written: bool = False
    """This operator has written in it since receiving it (or since a late reactivation)."""
    unanswered: Count = 0
    """Visitor messages since the last message by any operator, or since "no answer needed"."""
    owed_since: Millis | None = None
    """When the first unanswered visitor message came; None when nothing is owed."""
    owed_last: Millis | None = None
    """When the last one came."""
    answered_at: Millis | None = None
    """When an operator last wrote, or waived the answer: the visitor's 120 s run from here."""
    left_at: Millis | None = None
    """When the visitor left the website; None while there, or on a messaging channel."""
    left_told: bool = False
    """The line that the visitor left, for this absence, stands in the timeline."""
    sharing_since: Millis | None = None
    reactivated: Reactivated | None = None
    """Set until this operator writes."""
    passed: Passed | None = None
    """Set until this operator writes."""
    closed_at: Millis | None = None
    """When the *visitor* closed it; a chat the operator closes is gone at once."""
    steps: tuple[Step, ...] = ()
    """Closing steps that are ticked, ascending."""
    noted: bool = False
    """Somebody wrote an internal note, whether or not the timeline still reaches back to it."""
    overlay: Overlay = NO_OVERLAY


class Operator(Struct, frozen=True):
    """The person at this desk."""

    id: Id
    name: SafeLine


class Colleague(Struct, frozen=True, omit_defaults=True):
    """Another operator, as presence tells: who can take a chat over (R15)."""

    id: Id
    name: SafeLine
    languages: tuple[Language, ...] = ()
    available: bool = False
    taken: Count = 0
    places: Count = 0

    @property
    def has_place(self) -> bool:
        """Whether a transfer to this colleague can be accepted now."""
        return self.available and self.taken < self.places


class Waiting(Struct, frozen=True, omit_defaults=True):
    """The queue before the desk (R57): how many, and since when the first of them."""

    length: Count = 0
    since: Millis | None = None


class PassedOn(Struct, frozen=True, omit_defaults=True):
    """A chat that left this desk without an act of the operator (R14)."""

    chat: Id
    visitor: SafeLine
    at: Millis
    to: SafeLine = NO_LINE
    """The colleague who has it now; empty: the queue."""


class Desk(Struct, frozen=True, eq=False, omit_defaults=True):
    """Everything one operator's log says, up to and with `seq`."""

    operator: Operator
    policy: Policy = Policy()
    seq: Total = 0
    available: bool = True
    chats: dict[str, Chat] = {}
    """By chat id, in the order of receipt. Never changed in place."""
    passed_on: PassedOn | None = None
    """The last chat that left by itself: the operator is told who has it."""
    beyond: Total = 0
    """Chats that came to a full desk and stand nowhere (`desk.bounded`)."""
    unreadable: Total = 0
    """Events that could not be read, of no chat on the desk: no conversation has a line for them.
    A snapshot tells all anew."""
    colleagues: dict[str, Colleague] = {}
    """Overlay from presence signals."""
    waiting: Waiting = Waiting()
    """Overlay from queue signals."""
    browsing: tuple[Browsing, ...] = ()
    """Overlay: who looks around without chatting."""


Outcome: TypeAlias = Literal["solved", "visitor_left", "spam", "other"]
"""Why a chat was closed."""
