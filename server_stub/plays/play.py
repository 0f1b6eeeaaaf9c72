"""A scenario as values: what one visitor does, scene by scene, and what it listens for.

`reading.parse` makes them from a `.play` file. Every value knows its line.
"""

from typing import TypeAlias

from msgspec import Struct

from operator_tui.desk.entries import Language
from operator_tui.desk.text import SafeAddress, SafeLine, SafeText
from operator_tui.desk.time import Millis
from server_stub.plays.patterns import Pattern
from server_stub.plays.who import Heading

END = "end"
"""The scene that is none: the visitor does nothing more."""


class OpensChat(Struct, frozen=True):
    """Asks for a chat."""


class Say(Struct, frozen=True):
    """Writes a message, in the visitor's language. Without a text: one of the small talk."""

    texts: dict[Language, SafeText]
    wanders: bool = False
    """It is off the topic: the operator is to lead back gently (R67)."""


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
    """Shares the screen; the texts say what it shows (R31). Again: it shows something else."""

    texts: dict[Language, SafeText] = {}


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
    boomerang: bool = False
    """The author calls it a boomerang: then the silence must be one of 12 to 24 h (R27)."""


class Transferred(Struct, frozen=True):
    """Comes from another operator, `by`, who wrote the note (R16 to R19); opens the chat too."""

    by: SafeLine
    texts: dict[Language, SafeText] = {}
    """The note."""


class AcceptInvitation(Struct, frozen=True):
    """Browses until an operator offers help, then opens the chat (R86)."""


class IgnoreInvitation(Struct, frozen=True):
    """Browses until an operator offers help, and does not react."""


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
    | Transferred
    | AcceptInvitation
    | IgnoreInvitation
)
OPENS = (OpensChat, Transferred, AcceptInvitation)
"""The actions after which there is a chat."""


class Step(Struct, frozen=True):
    """One action, begun `after` ms after the one before it."""

    line: int
    after: Millis
    action: Action


class Spoken(Struct, frozen=True):
    """Something that was said before the play begins: `2m ago operator says[en] ...`."""

    line: int
    ago: Millis
    operator: bool
    texts: dict[Language, SafeText]


class Hears(Struct, frozen=True, eq=False):
    """The operator says something that has one of these meanings or phrases."""

    intents: tuple[str, ...]
    words: Pattern


class Silent(Struct, frozen=True):
    """Nothing that leads on has been said for `span` since the visitor's last act."""

    span: Millis
    said: str = ""
    """The span as the author wrote it: `60s`."""


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


class Play(Struct, frozen=True):
    """A whole scenario. The first scene is where it begins."""

    id: str
    heading: Heading
    scenes: dict[str, Scene]
    past: tuple[Spoken, ...] = ()
    """What had been said when the chat was transferred, or before the boomerang."""

    @property
    def first(self) -> Scene:
        """Where it begins."""
        return next(iter(self.scenes.values()))

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages it is written in, the author's own first."""
        return self.heading.languages
