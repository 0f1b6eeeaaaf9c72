"""What a trainer throws into a session that is under way: kept, recorded, and made again."""

from typing import TypeAlias

from msgspec import Struct

from operator_tui.desk.entries import Id, Language
from operator_tui.desk.text import SafeLine
from operator_tui.desk.time import Millis


class Made(Struct, frozen=True, tag="made"):
    """A visitor is made to do something, `after` ms from the moment when the trainer says so."""

    visitor: Id
    does: str
    """An action as in a play: `leaves site`."""
    after: Millis = 0
    operator: Id | None = None
    """Who gets the chat that it opens by this; None: as before."""


class Comes(Struct, frozen=True, tag="comes"):
    """Somebody new comes. The play goes along word for word: its file may change or go away."""

    visitor: Id
    play: str
    source: str
    language: Language | None = None
    name: SafeLine | None = None
    operator: Id | None = None
    """Who gets the chat at once; None: the reception decides."""
    asked: bool = False
    """The trainer asked for this language: it goes before the one that the session is played in."""


Injected: TypeAlias = Made | Comes
