"""A practice session: who works, who visits and when, under which limits.

The file is TOML; `read` gives it checked, with its plays parsed.
"""

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, field, structs

from operator_tui.desk.entries import NO_LINE, Id, Language
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.desk.time import HOUR, SECOND
from server_stub.plays.intents import Known, built_in
from server_stub.plays.play import Play
from server_stub.plays.spans import Offset, Span
from server_stub.visitors.identity import Impatience

FOLDER = Path(__file__).parent.parent / "sessions"

SessionId = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_.-]{1,40}\Z")]
"""Of somebody in a session: files and names of their own are made of it, so it has no colon."""
Limit = Annotated[int, Meta(ge=1, le=1_000)]


class OperatorSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """A trainee. `limit` None: the policy's places."""

    id: SessionId
    name: SafeLine
    languages: tuple[Language, ...] = ()
    level: Literal["novice", "experienced", "expert"] = "novice"
    limit: Limit | None = None


class Passing(Struct, frozen=True, forbid_unknown_fields=True):
    """A colleague passes this visitor's chat on at a moment of the session, if it has it then."""

    visitor: Id
    to: Id
    at: Offset
    note: dict[Language, SafeText]


class ColleagueSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """A simulated colleague."""

    id: SessionId
    name: SafeLine
    languages: tuple[Language, ...] = ()
    limit: Limit = 2
    offers: tuple[Literal["accepts", "declines", "ignores"], ...] = ("accepts",)
    """What it does with the transfers it is offered, in turn, then from the first again."""
    accepts_after: Span = Span(6 * SECOND)
    answers_after: Span = Span(15 * SECOND)
    passes: tuple[Passing, ...] = ()


class Past(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that happened in a chat before the session: a text, or an act of the visitor.

    `operator` is whoever has the chat, trainee or colleague; `note` is that operator's note.
    """

    by: Literal["visitor", "operator", "note"]
    ago: Span
    text: dict[Language, SafeText] = {}
    does: str | None = None
    """An action as in a play: `leaves site`."""


class VisitorSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """One visitor of the session."""

    id: SessionId
    play: str
    at: Offset
    """When it begins its play; with a history, when the chat was opened."""
    language: Language | None = None
    """None: the play's first."""
    name: SafeLine | None = None
    """Instead of the play's."""
    operator: Id | None = None
    """Who gets the chat at once; None: as the reception has it."""
    history: tuple[Past, ...] = ()
    scene: str | None = None
    """Where the play goes on after the history; None: nowhere, the history is all."""
    named_by: int | None = None
    """Of visitors who come in numbers: which of the language's names this one has."""


class Rate(Struct, frozen=True, forbid_unknown_fields=True):
    """From `at` on, so many visitors an hour."""

    per_hour: Annotated[float, Meta(ge=0, le=100_000)]
    at: Offset = Offset(0)


class Burst(Struct, frozen=True, forbid_unknown_fields=True):
    """`n` visitors within a short while from `at` on."""

    at: Offset
    n: Annotated[int, Meta(ge=1, le=1_000)]
    within: Span = Span(20 * SECOND)


class Arrivals(Struct, frozen=True, forbid_unknown_fields=True):
    """Visitors who come in numbers; they are called `shop-1`, `shop-2` when `id` is `shop`."""

    id: SessionId
    plays: Annotated[tuple[str, ...], Meta(min_length=1)]
    languages: tuple[Language, ...] = ()
    """Empty: any language of the play."""
    at: Offset = Offset(0)
    until: Offset = Offset(HOUR)
    rates: tuple[Rate, ...] = ()
    busyness: Annotated[float, Meta(ge=0, le=1_000)] = 0.0
    """The shape of the gamma distribution of how busy the day is: 2 varies much, 20 little.
    0: every day is the same."""
    bursts: tuple[Burst, ...] = ()
    trace: tuple[Offset, ...] = ()
    """Moments at which somebody came, to be replayed."""
    trace_file: str | None = None
    """The same as a file beside the session, one moment a line."""
    operator: Id | None = None


class EventSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that a visitor is made to do, outside its play."""

    visitor: Id
    at: Offset
    does: str | None = None
    """An action as in a play: `leaves site`, `pauses 3m`, `mood angry`."""
    says: dict[Language, SafeText] = {}


class SuggestSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom of those who look around operators should invite (R91): all that is said must hold."""

    page: str = "*"
    """The page's address; `*` stands for anything."""
    on_site: Span = Span(0)
    """So long on the website."""
    on_page: Span = Span(0)
    """So long on that page."""
    why: SafeLine = NO_LINE
    """For operators; empty: they see the times."""


class SessionFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The file, word for word."""

    name: SafeLine
    about: SafeLine
    operators: tuple[OperatorSpec, ...] = field(name="operator", default=())
    colleagues: tuple[ColleagueSpec, ...] = field(name="colleague", default=())
    visitors: tuple[VisitorSpec, ...] = field(name="visitor", default=())
    arrivals: tuple[Arrivals, ...] = ()
    events: tuple[EventSpec, ...] = field(name="event", default=())
    suggests: tuple[SuggestSpec, ...] = field(name="suggest", default=())
    patience: Impatience | None = None
    """None: whoever waits goes on with the play, however long it takes."""
    policy: Policy = Policy()
    facts: bool = False
    """Operators find the `fact` lines of a play as a note in its chat (R50, R134)."""


class Session(Struct, frozen=True):
    """A session whose names all mean something."""

    name: SafeLine
    about: SafeLine
    policy: Policy
    operators: tuple[OperatorSpec, ...]
    """The trainees, by the order of the file."""
    colleagues: tuple[ColleagueSpec, ...]
    visitors: tuple[VisitorSpec, ...]
    plays: dict[str, Play]
    arrivals: tuple[Arrivals, ...] = ()
    events: tuple[EventSpec, ...] = ()
    suggests: tuple[SuggestSpec, ...] = ()
    patience: Impatience | None = None
    facts: bool = False
    intents: Known = field(default_factory=built_in)


def led_by(session: Session, name: str) -> Session:
    """The session with a first operator of that name, as visitors and colleagues see it."""
    first, *others = session.operators
    renamed = structs.replace(first, name=clean(name, SafeLine))
    return structs.replace(session, operators=(renamed, *others))
