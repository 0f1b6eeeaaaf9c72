"""Where delivery stands: what its inputs and the frames both read and change."""

from collections import Counter
from collections.abc import Callable

from operator_tui.desk.time import ServerTime
from operator_tui.wire import opening
from operator_tui.wire.connection import Connection
from operator_tui.wire.decided import Decided
from operator_tui.wire.effects import Close, Effect, State


class DeliveryState:
    """State, place and outbox, and the effects that wait to be handed over."""

    def __init__(self, decided: Decided, new_device: Callable[[], str]) -> None:
        self.state = State.OFFLINE
        self.reason: str | None = None
        self.time = ServerTime()
        self.live_since: float | None = None
        self.decided = decided
        self.link = Connection(0.0)
        self.effects: list[Effect] = []
        self.counts: Counter[str] = Counter()
        self.from_scratch = False
        """Ask for a snapshot, whatever we have."""
        self.unreadable: int | None = None
        """The event that could not be read; a second time it is given up."""
        self.too_long_at: int | None = None
        """The cursor at which a frame came that was too long even to be left out."""
        self.heard = False
        """Whether a server has told its time since the start."""
        self.undated: dict[str, float] = {}
        """Commands entered before one had, and at which local second."""
        self._new_device = new_device

    @property
    def open(self) -> bool:
        """Whether frames of this connection count."""
        return self.state not in {State.OFFLINE, State.STOPPED}

    def live(self, now: float) -> None:
        """The opening is over; replies that grew too old meanwhile are held."""
        self.state, self.live_since, self.reason = State.LIVE, now, None
        self.link.live(now)
        opening.hold(self.decided, self.time.now(now))

    def drop(self, reason: str, *, abort: bool = False) -> None:
        """Give this connection up, to try another one."""
        if self.open:
            self.state, self.reason, self.live_since = State.OFFLINE, reason, None
            self.effects.append(Close(reason, abort))

    def stop(self, reason: str) -> None:
        """Give up until a person has seen to it."""
        if self.open:
            self.effects.append(Close(reason))
        self.state, self.reason, self.live_since = State.STOPPED, reason, None

    def too_long(self) -> None:
        """The connection ended at a frame that nobody reads to the end.

        If it was an event, each resuming ends there: the second time at one place a snapshot is
        asked for, which steps over it, and holds what came of it in pieces that can be read.
        """
        seq = self.decided.place.seq
        self.from_scratch = self.from_scratch or self.too_long_at == seq
        self.too_long_at = seq

    def fork(self) -> None:
        """Become another device, for the next connection."""
        opening.fork(self.decided, self._new_device())
        self.drop("forked")
