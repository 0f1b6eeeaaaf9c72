"""What the house and a connection say to each other."""

from typing import Protocol

from msgspec import Struct

from operator_tui.desk.signals import Signal
from operator_tui.desk.time import Millis
from operator_tui.wire.frames import Error, Snapshot, Welcome
from server_stub.service.practice import Caller


class Closing(Exception):  # noqa: N818
    """The connection is to be closed with `code`, after saying `error`."""

    def __init__(self, code: int, error: str | None = None) -> None:
        super().__init__(code, error)
        self.code = code
        self.error = None if error is None else Error(error)


class Peer(Protocol):
    """A connection, as the house sees it: told that there is news, it fetches it in its time."""

    @property
    def came(self) -> int:
        """A number for each connection, higher for one that was opened later."""
        ...

    def ring(self) -> None:
        """The log has grown."""
        ...

    def signal(self, signal: Signal, ttl: Millis) -> None:
        """Tell the client this when it can take it; the latest of its subject is enough."""
        ...

    def beat(self) -> None:
        """Send a heartbeat at once."""
        ...

    def stop(self, closing: Closing) -> None:
        """Say no more and close."""
        ...


class Admitted(Struct, frozen=True):
    """What a connection starts with; `snapshot` is empty when the client only resumes."""

    caller: Caller
    welcome: Welcome
    cursor: int
    snapshot: tuple[Snapshot, ...]
