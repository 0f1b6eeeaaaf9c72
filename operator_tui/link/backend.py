"""The port behind the desk: one module for each kind of server stands behind it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from operator_tui.desk.commands import Command
from operator_tui.desk.entries import Message
from operator_tui.desk.model import Desk
from operator_tui.desk.pending import OutboxRow
from operator_tui.desk.signals import Signals
from operator_tui.desk.time import ServerTime


class LinkState(StrEnum):
    """What the status line says of the connection."""

    CONNECTING = "connecting"
    """Never been live since the start."""
    LIVE = "live"
    UNCERTAIN = "uncertain"
    """Live, but nothing has been heard for 10 s."""
    LOST = "lost"
    """Was live; trying again."""
    STOPPED = "stopped"
    """Needs a person: see `reason`."""


CARRIES = frozenset({LinkState.LIVE, LinkState.UNCERTAIN})
"""The states in which what is entered goes out at once."""


class Connection(Struct, frozen=True):
    """The true state of the link. Moments in local seconds (`Clock.seconds()`)."""

    state: LinkState = LinkState.CONNECTING
    since: float = 0.0
    """When this state began."""
    lag: int | None = None
    """Round trip in milliseconds, once measured."""
    next_try: float | None = None
    reason: str | None = None
    """A code, or None: nothing to say.

    STOPPED: `token`, `forbidden`, `version`, `certificate`, `fenced`, `bad_frame`. LOST: why it was
    given up, `silent`, `disk` ...
    """
    server: str = ""
    """Host and port, for people."""
    attempts: int = 0
    failure: str = ""
    """Why the last attempt failed: `refused`, `name`, `timeout`, `http 404` ..., `no_websocket`,
    `ended` (it was open), `too_long` (by a frame of the server's), or `way`; empty while none has.
    """


class Update(Struct, frozen=True, eq=False):
    """Everything the screen paints from, replaced whole whenever something changed."""

    desk: Desk | None
    """What the log says; None before the first snapshot."""
    signals: Signals
    outbox: tuple[OutboxRow, ...]
    connection: Connection
    time: ServerTime
    older: Mapping[str, tuple[Message, ...]] = {}
    """By chat id: messages before those on the desk, as far as they were asked for."""


class NotEnteredError(Exception):
    """The command could not be kept, so it was not entered.

    `code`: `outbox_full`, `disk`, `locked`, `corrupt`, or `ended` when the link runs no more.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CouldNotConnectError(Exception):
    """Refused before there was anything to show; `reason` as in `Connection`, or `server`.

    `detail` is what the bundled server said when it did not start.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class Backend(Protocol):
    """A server of visitors, as the desk sees it."""

    async def run(self, changed: Callable[[Update], None]) -> None:
        """Keep the link up and tell every change, folded, until cancelled.

        Raises `CouldNotConnectError` when refused while `Update.desk` is still None; once
        something was shown, it says STOPPED and goes on taking commands.
        """
        ...

    async def enter(self, command: Command) -> None:
        """Keep a command for the server; returns once it is safe, or raises `NotEnteredError`."""
        ...

    async def discard(self, op: str) -> None:
        """Take a refused or held command out of the outbox."""
        ...

    async def release(self, op: str) -> None:
        """Send a held command after all, in its old place among those of its chat."""
        ...

    async def older(self, chat: str) -> None:
        """Bring messages before those known of `chat`, if there are any: the server's, or, while
        it cannot be asked, those that this desk has kept. They come in `Update.older`."""
        ...

    def typing(self, chat: str) -> None:
        """Tell, if the link is live, that the operator is typing in `chat`; at most once in 3 s."""
        ...
