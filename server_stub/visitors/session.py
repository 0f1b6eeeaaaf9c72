"""A practice session: who works, who visits and when, under which limits.

The file is TOML; `read` gives it checked, with its plays parsed.
"""

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, field, structs

from operator_tui.desk.model import Id, Language
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.desk.time import SECOND
from server_stub.visitors.play import Play

FOLDER = Path(__file__).parent.parent / "sessions"

Limit = Annotated[int, Meta(ge=1, le=1_000)]


class Span(int):
    """Milliseconds, written `40s` or `1h30m`."""


class Offset(int):
    """Milliseconds from the start of the session, written `25s` or, before it, `-4m`."""


class OperatorSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """A trainee. `limit` None: the policy's places."""

    id: Id
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

    id: Id
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

    id: Id
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


class SessionFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The file, word for word."""

    name: SafeLine
    about: SafeLine
    operators: tuple[OperatorSpec, ...] = field(name="operator", default=())
    colleagues: tuple[ColleagueSpec, ...] = field(name="colleague", default=())
    visitors: tuple[VisitorSpec, ...] = field(name="visitor", default=())
    policy: Policy = Policy()


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


def led_by(session: Session, name: str) -> Session:
    """The session with a first operator of that name, as visitors and colleagues see it."""
    first, *others = session.operators
    renamed = structs.replace(first, name=clean(name, SafeLine))
    return structs.replace(session, operators=(renamed, *others))
