"""A scenario as values: what one visitor does, scene by scene, and what it listens for.

`reading.parse` makes them from a `.play` file. Every value knows its line.
"""

from typing import TypeAlias, TypeVar

from msgspec import Struct

from operator_tui.desk.model import NO_LINE, Channel, Language
from operator_tui.desk.text import SafeAddress, SafeLine, SafeText
from operator_tui.desk.time import Millis
from server_stub.visitors.patterns import Pattern

END = "end"
"""The scene that is none: the visitor does nothing more."""
ANY: Language = ""
"""Stands for every language that has no text of its own."""


class OpensChat(Struct, frozen=True):
    """Asks for a chat."""


class Say(Struct, frozen=True):
    """Writes a message, in the visitor's language."""

    texts: dict[Language, SafeText]


class Type(Struct, frozen=True):
    """Types for a while and sends nothing."""

    span: Millis


class Pause(Struct, frozen=True):
    """Does nothing for a while."""

    span: Millis


class Leave(Struct, frozen=True):
    """Leaves the website."""


class Return(Struct, frozen=True):
    """Comes back to the website."""

    page: SafeAddress


class Go(Struct, frozen=True):
    """Goes to another page."""

    page: SafeAddress


class Close(Struct, frozen=True):
    """Closes the chat."""


class Share(Struct, frozen=True):
    """Shares the screen."""


class StopSharing(Struct, frozen=True):
    """Stops sharing it."""


class Feel(Struct, frozen=True):
    """Changes mood: `pace` is how fast such a visitor types, 1 for one who is calm."""

    mood: str
    pace: float


class Rate(Struct, frozen=True):
    """Gives stars."""

    stars: int


class Wait(Struct, frozen=True):
    """Does nothing until the operator writes, whatever it is."""


class Reactivate(Struct, frozen=True):
    """Goes on with a messaging chat when nobody has written in it for `silence`."""

    silence: Millis


Action: TypeAlias = (
    OpensChat
    | Say
    | Type
    | Pause
    | Leave
    | Return
    | Go
    | Close
    | Share
    | StopSharing
    | Feel
    | Rate
    | Wait
    | Reactivate
)


class Step(Struct, frozen=True):
    """One action, begun `after` ms after the one before it."""

    line: int
    after: Millis
    action: Action


class Hears(Struct, frozen=True, eq=False):
    """The operator says something that has one of these meanings or phrases."""

    intents: tuple[str, ...]
    words: Pattern


class Silent(Struct, frozen=True):
    """Nothing that leads on has been said for `span` since the visitor's last act."""

    span: Millis


class Otherwise(Struct, frozen=True):
    """The operator says something else."""


When: TypeAlias = Hears | Silent | Otherwise


class Branch(Struct, frozen=True):
    """What leads to which scene."""

    line: int
    when: When
    to: str


class Listen(Struct, frozen=True):
    """Waits for the first branch that fits; those that stand higher are tried first."""

    line: int
    branches: tuple[Branch, ...]


class Goto(Struct, frozen=True):
    """Goes on with another scene, or with `END`."""

    line: int
    to: str


class Scene(Struct, frozen=True):
    """Steps in their order, then a listening or a leap."""

    line: int
    name: str
    steps: tuple[Step, ...]
    then: Listen | Goto


class Field(Struct, frozen=True):
    """One field that the visitor filled in before the chat (R114)."""

    question: SafeLine
    answer: SafeText


class Heading(Struct, frozen=True):
    """Who the visitor is, and what the scenario is for. Texts by language, `ANY` for the rest."""

    title: dict[Language, SafeLine] = {}
    about: SafeLine = NO_LINE
    languages: tuple[Language, ...] = ()
    level: str = "novice"
    teaches: tuple[SafeLine, ...] = ()
    """The rules it practises, each "R-70 apology"."""
    visitor: dict[Language, SafeLine] = {}
    """The visitor's name; none: it was not given."""
    page: dict[Language, SafeAddress] = {}
    channel: Channel = Channel.WEB
    system: SafeLine = NO_LINE
    browser: SafeLine = NO_LINE
    device: SafeLine = NO_LINE
    on_site: Millis = 0
    earlier: int = 0
    """How many chats there were before this one."""
    earlier_ago: Millis | None = None
    """How long ago the last of them was."""
    form: dict[Language, tuple[Field, ...]] = {}
    typing: float = 3.5
    """Characters a second; the default is the median of real visitors."""


class Play(Struct, frozen=True):
    """A whole scenario. The first scene is where it begins."""

    id: str
    heading: Heading
    scenes: dict[str, Scene]

    @property
    def first(self) -> Scene:
        """Where it begins."""
        return next(iter(self.scenes.values()))

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages it is written in, the author's own first."""
        return self.heading.languages


S = TypeVar("S", bound=SafeText)


def in_language(texts: dict[Language, S], language: Language) -> S | None:
    """The text for `language`: its own, one for all, or else the author's first."""
    return texts.get(language) or texts.get(ANY) or next(iter(texts.values()), None)
