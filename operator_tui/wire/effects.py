"""What the client's side of delivery asks of whoever drives it, and where it stands."""

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from operator_tui.desk.kept import Batch
from operator_tui.desk.signals import Signal
from operator_tui.desk.time import Millis
from operator_tui.wire.frames import FromClient


class State(StrEnum):
    """The states of the protocol's client."""

    OFFLINE = "offline"
    """No connection, or one that is to be dropped: frames from it are ignored."""
    HELLO = "hello"
    SNAPSHOT = "snapshot"
    LIVE = "live"
    STOPPED = "stopped"
    """Trying again would not help: a person has to act. Entering goes on."""


class Send(Struct, frozen=True):
    """Put `frame` on the connection."""

    frame: FromClient


class Store(Struct, frozen=True, eq=False):
    """Commit `batch`, then say `stored()`, or `failed()`. Only one is under way at any time."""

    batch: Batch


class Close(Struct, frozen=True):
    """Drop the connection; with `abort` without the closing handshake, since nobody answers."""

    reason: str
    abort: bool = False


class Heard(Struct, frozen=True):
    """A signal that is true for `ttl` ms of the server's clock."""

    signal: Signal
    ttl: Millis


Effect: TypeAlias = Send | Store | Close | Heard
