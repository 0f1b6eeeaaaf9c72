"""What a visitor does, as plain values: the language between the visitors and the reception.

A simulated visitor, a visitor played by hand and an injected event all speak it.
"""

from typing import TypeAlias

from msgspec import Struct

from operator_tui.desk.commands import Command
from operator_tui.desk.entries import NO_ADDRESS, NO_TEXT, Id, Language
from operator_tui.desk.model import Channel, Visitor
from operator_tui.desk.text import SafeAddress, SafeLine, SafeText
from operator_tui.desk.time import Millis


class _Act(Struct, frozen=True, tag=True):
    pass


class Earlier(_Act, frozen=True):
    """What was said in a chat `ago` ms before it was passed on."""

    ago: Millis
    operator: bool
    text: SafeText


class Handed(_Act, frozen=True):
    """A chat that another operator, `by`, begins with and passes on with a note (R16 to R19)."""

    by: SafeLine
    note: SafeText
    said: tuple[Earlier, ...] = ()


class Opens(_Act, frozen=True):
    """Asks for a chat.

    `chat` is the id to open it under: made from the seed, the play, the visitor and a count, so
    that scripted commands can name it and a replay has the same ids.
    """

    visitor: Visitor
    channel: Channel
    language: Language
    chat: Id
    page: SafeAddress = NO_ADDRESS
    operator: Id | None = None
    """Whom the session gives it to, at once and whatever the limit; None: the reception decides."""
    handed: Handed | None = None
    """Set when it comes as a transfer."""
    invited: bool = False
    """The visitor was offered help and says yes (R86)."""
    facts: tuple[SafeText, ...] = ()
    """What is true in the visitor's case, for the operator: so that nobody has to make it up."""


class Browses(_Act, frozen=True):
    """Looks around on the website, without a chat (R86)."""

    visitor: Visitor
    language: Language
    page: SafeAddress = NO_ADDRESS


class Says(_Act, frozen=True):
    """Sends a message."""

    text: SafeText


class Types(_Act, frozen=True):
    """Shows the typing sign for `span` ms; `so_far` is what stands there, for the preview."""

    span: Millis
    so_far: str = ""


class Leaves(_Act, frozen=True):
    """Leaves the website."""


class Returns(_Act, frozen=True):
    """Is on the website again."""

    page: SafeAddress = NO_ADDRESS


class GoesTo(_Act, frozen=True):
    """Goes to another page."""

    page: SafeAddress


class SharesScreen(_Act, frozen=True):
    """Begins to share the screen, or shows something else; `shows` is what is on it (R31)."""

    shows: SafeText = NO_TEXT


class IgnoresInvitation(_Act, frozen=True):
    """Was offered help and does not react."""


class StopsSharing(_Act, frozen=True):
    """Stops sharing it."""


class Closes(_Act, frozen=True):
    """Closes the chat."""


class Reactivates(_Act, frozen=True):
    """Comes back to a messaging chat after a silence of `silence` ms."""

    silence: Millis


class PassedOn(_Act, frozen=True):
    """A trainer has its chat passed on to the operator `to`, as if `by` had done it."""

    by: SafeLine
    to: Id
    note: SafeText


class Rates(_Act, frozen=True):
    """Gives 1 to 5 stars."""

    stars: int


Act: TypeAlias = (
    Opens
    | Browses
    | Says
    | Types
    | Leaves
    | Returns
    | GoesTo
    | SharesScreen
    | StopsSharing
    | Closes
    | Reactivates
    | Rates
    | PassedOn
    | IgnoresInvitation
)


class Acted(Struct, frozen=True):
    """One act of one visitor at one moment of the virtual clock."""

    visitor: str
    at: Millis
    act: Act


class Ordered(Struct, frozen=True):
    """One command that the session wrote for an operator, at one moment of the virtual clock."""

    operator: Id
    at: Millis
    command: Command


Happening: TypeAlias = Acted | Ordered
