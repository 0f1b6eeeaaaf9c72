"""The client's side of delivery as a state machine: fed with frames and time, it does no I/O.

The server's log is the queue; a connection is only a cursor into it. Nothing is shown before it
is stored, nothing is sent before its number is stored, and the cursor moves only together with
the events it counts. All moments called `now` are local seconds of one monotonic clock.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import assert_never

from msgspec import structs

from operator_tui.desk.kept import Place
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.text import SafeLine
from operator_tui.desk.time import ServerTime
from operator_tui.wire import outbox_rules, receiving, sending
from operator_tui.wire.close_codes import FORKED, STOPS, TOO_LONG
from operator_tui.wire.codec import UnknownFrame
from operator_tui.wire.connection import Connection
from operator_tui.wire.decided import Decided
from operator_tui.wire.delivery_state import DeliveryState
from operator_tui.wire.effects import Close, Effect, Send, State
from operator_tui.wire.frames import FromServer, Heartbeat

WELCOME_WITHIN = 5.0
"""Seconds for the server to answer `hello`."""


class Delivery:
    """Every input answers with effects, to be done in their order before the next input."""

    def __init__(
        self,
        place: Place,
        outbox: tuple[OutboxRow, ...],
        *,
        device_name: SafeLine,
        new_device: Callable[[], str],
        has_desk: bool = True,
        time: ServerTime | None = None,
    ) -> None:
        """`has_desk`: there is a desk to fold events into. `time`: what is known of the clock."""
        self._device_name = device_name
        self._on = DeliveryState(Decided(place, outbox, has_desk=has_desk), new_device)
        self._on.time = time or self._on.time

    @property
    def state(self) -> State:
        """Where it stands in the protocol's table of client states."""
        return self._on.state

    @property
    def reason(self) -> str | None:
        """Why it is STOPPED, or why the last connection was given up: a code."""
        return self._on.reason

    @property
    def time(self) -> ServerTime:
        """The server's clock as last heard."""
        return self._on.time

    @property
    def live_since(self) -> float | None:
        """Since when it is LIVE without a break; None in every other state."""
        return self._on.live_since

    @property
    def counts(self) -> Counter[str]:
        """Frames that had no effect, by kind of oddity; whoever reads them may clear them."""
        return self._on.counts

    @property
    def place(self) -> Place:
        """Where this device stands, as it is stored."""
        return self._on.decided.stored_place

    @property
    def outbox(self) -> tuple[OutboxRow, ...]:
        """The outbox as it is stored: nothing else may be shown."""
        return self._on.decided.stored_outbox

    def uncertain(self, now: float) -> bool:
        """Whether the connection is live only by hearsay: nothing was heard for 10 s."""
        return self.state is State.LIVE and now >= self._on.link.pulse.uncertain_at

    def wakes_at(self, now: float) -> float | None:
        """When `tick` must be called at the latest; None: not before something else happens."""
        match self.state:
            case State.HELLO | State.SNAPSHOT:
                return self._on.link.deadline
            case State.LIVE:
                return self._on.link.pulse.wakes_at(now)
            case State.OFFLINE | State.STOPPED:
                return None
            case _:
                assert_never(self.state)

    def connected(self, now: float) -> list[Effect]:
        """A connection was opened. `hello` goes out as soon as everything decided is stored."""
        if self.state is State.STOPPED:
            return [Close("stopped")]
        self._on.link = Connection(now + WELCOME_WITHIN)
        self._on.state = State.HELLO
        return self._settled()

    def disconnected(self, code: int) -> list[Effect]:
        """The connection ended with `code` (1006: without a word)."""
        if code == FORKED:
            self._on.fork()
        if code == TOO_LONG:
            self._on.too_long()
        self._on.state = State.OFFLINE if self.state is not State.STOPPED else State.STOPPED
        self._on.live_since = None
        if code in STOPS:
            self._on.stop(STOPS[code])
        return self._settled()

    def refused(self, reason: str) -> None:
        """No connection is given to us, and trying again would not help."""
        self._on.stop(reason)

    def receive(self, frames: Sequence[FromServer | UnknownFrame], now: float) -> list[Effect]:
        """Take the frames at hand, in their order: what they decide makes one batch."""
        self._on.link.pulse = self._on.link.pulse.heard_at(now)
        for frame in frames:
            if isinstance(frame, UnknownFrame):
                self.counts["unknown_frame"] += 1
            elif self._on.open:
                receiving.take(self._on, frame, now)
            else:
                self.counts["after_close"] += 1
        return self._settled()

    def unreadable(self) -> None:
        """A frame came that cannot be read at all. If it was an event, a gap will tell."""
        self.counts["bad_frame"] += 1
        self._on.link.torn += 1

    def stored(self) -> list[Effect]:
        """The batch of the last `Store` is on the disk."""
        self._on.decided.stored()
        return self._settled()

    def failed(self) -> list[Effect]:
        """It is not: everything stands as before it, and the events must come again."""
        self._on.decided.failed()
        self._on.drop("disk")
        return self._settled()

    def enter(self, row: OutboxRow, now: float = 0.0) -> list[Effect]:
        """Take a new command, safe once its `Store` is; or raise `OutboxFullError`."""
        if len(self._on.decided.outbox) >= outbox_rules.OUTBOX_LIMIT:
            raise outbox_rules.OutboxFullError
        self._on.decided.stage(rows=(row,), drafts=outbox_rules.drafts_of(row.command))
        if not self._on.heard:
            self._on.undated[row.id] = now
        return self._settled()

    def discard(self, op: str) -> list[Effect]:
        """Forget a command that has not gone out; one that has stays."""
        row = self._row(op)
        if row is not None and row.fate is not Fate.SENDING:
            self._on.decided.stage(dropped=(op,))
        return self._settled()

    def release(self, op: str, now: float) -> list[Effect]:
        """Send a held command after all, as if it had been entered now."""
        row = self._row(op)
        if row is not None and row.fate is Fate.HELD:
            made = max(row.made, self.time.now(now))
            row = structs.replace(row, fate=Fate.WAITING, made=made)
            self._on.decided.stage(rows=(row,))
        return self._settled()

    def tick(self, now: float) -> list[Effect]:
        """Do what is due: heartbeats, and giving up on a server that is silent."""
        late = now >= self._on.link.deadline
        if self.state is State.HELLO and late:
            self._on.drop("no_welcome", abort=True)
        elif self.state is State.SNAPSHOT and late:
            self._on.drop("no_part", abort=True)
        elif self.state is State.LIVE:
            self._beat(now)
        return self._settled()

    def _beat(self, now: float) -> None:
        pulse = self._on.link.pulse
        if now >= pulse.silent_at:
            self._on.drop("silent", abort=True)
        elif now >= pulse.beat_at and self._on.link.unanswered():
            self._on.drop("unanswered", abort=True)
        elif now >= pulse.beat_at:
            self._on.link.pulse = pulse.beaten(now)
            self._on.effects.append(Send(Heartbeat(seq=self.place.seq)))

    def _row(self, op: str) -> OutboxRow | None:
        return next((row for row in self._on.decided.outbox if row.id == op), None)

    def _settled(self) -> list[Effect]:
        return sending.settled(self._on, self._device_name)
