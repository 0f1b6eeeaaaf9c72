"""What the reception wants done: values only, done by others once the ledger has kept them."""

from typing import TypeAlias

from msgspec import Struct

from operator_tui.desk.entries import Id
from operator_tui.desk.events import Event
from operator_tui.desk.signals import Signal
from operator_tui.desk.text import SafeLine
from operator_tui.desk.time import Millis


class Entered(Struct, frozen=True, eq=False):
    """An event for the log of `operator`, cut so that its frame stays within the limit."""

    operator: Id
    at: Millis
    event: Event


class Told(Struct, frozen=True):
    """An operator wrote `text` to the visitor."""

    visitor: str
    text: str
    at: Millis


class Invited(Struct, frozen=True):
    """An operator offers help to a visitor who looks around."""

    visitor: str
    text: str
    at: Millis


class Ended(Struct, frozen=True):
    """An operator closed the visitor's chat."""

    visitor: str
    at: Millis


class Signalled(Struct, frozen=True):
    """A signal for every connection of `operator`, true for `ttl` ms."""

    operator: Id
    signal: Signal
    ttl: Millis


Effect: TypeAlias = Entered | Told | Invited | Ended | Signalled


class Refused(Struct, frozen=True):
    """Why a command changes nothing: a code of docs/protocol.md, and a name that helps."""

    code: str
    detail: SafeLine | None = None


class RefusalError(Exception):
    """Raised inside a turn to give it up; never leaves the reception."""

    def __init__(self, code: str, detail: SafeLine | None = None) -> None:
        super().__init__(code)
        self.refused = Refused(code, detail)
