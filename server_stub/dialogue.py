"""`operator.v1` as the server speaks it: fed with frames and local seconds, asked for frames."""

from collections import deque
from collections.abc import Callable, Iterator

from msgspec import Raw

from operator_tui.desk.entries import Id
from operator_tui.desk.signals import Signal
from operator_tui.desk.time import SECOND, Millis
from operator_tui.wire.codec import WireError, from_client
from operator_tui.wire.frames import (
    HEARTBEAT,
    EventFrame,
    Frame,
    FromClient,
    Heartbeat,
    Hello,
    History,
    Op,
    Page,
    Result,
)
from operator_tui.wire.frames import Signal as SignalFrame
from server_stub.bucket import Bucket
from server_stub.house import House
from server_stub.mailbox import Mailbox
from server_stub.peer import Admitted, Closing, Peer
from server_stub.service.practice import Caller

SILENT_AFTER = 15.0
"""Local seconds without a frame after which a client counts as gone."""
BEAT_EVERY = HEARTBEAT / SECOND


def read(data: str | bytes) -> FromClient:
    """The client's frame; raises `Closing` for one that nobody can read."""
    if isinstance(data, bytes):
        raise Closing(4400, "bad_frame")
    try:
        return from_client(data)
    except WireError as error:
        raise Closing(4400, "bad_frame") from error


class Dialogue:
    """One connection of an operator's device, without its socket.

    A cursor into the log, and a mailbox: nothing waits in it but what the next write will take.
    """

    def __init__(
        self, house: House, local: Callable[[], float], bucket: Bucket | None = None
    ) -> None:
        self.admitted: Admitted | None = None
        self.cursor = 0
        """The last event of the log that was said."""
        self.opening = deque[Frame]()
        """What of the welcome and the snapshot is still to be said."""
        self._house, self._local = house, local
        self._bucket = Bucket(local) if bucket is None else bucket
        self._mail = Mailbox()
        self._beat_at = self._heard_at = local()

    def admit(self, operator: Id, hello: Hello, peer: Peer) -> None:
        """Let the device in as `peer`, which has to leave the house at its end.

        What stands in no log is told with the opening.
        """
        self.admitted = admitted = self._house.admit(operator, hello, peer)
        self.cursor = admitted.cursor
        self.opening.extend((admitted.welcome, *admitted.snapshot))
        self._house.greet(admitted.caller, peer)

    def opened(self) -> None:
        """The opening is said: a beat is due, and silence counts from now on."""
        self._beat_at = self._heard_at = self._local()

    def hear(self, data: str | bytes) -> float:
        """Take a frame of the client's; the seconds until it may speak again."""
        frame = read(data)
        self._heard_at = self._local()
        if self.admitted is None:
            raise Closing(4400, "bad_frame")
        if (answer := self._answer(self.admitted.caller, frame)) is not None:
            self._mail.answer(answer)
        return self._bucket.take()

    async def has_room(self) -> None:
        """Wait until the client has taken enough answers that it may ask more."""
        await self._mail.has_room()

    def signal(self, signal: Signal, ttl: Millis) -> None:
        """To be said with the next write, unless a newer one of its subject comes before."""
        self._mail.signal(SignalFrame(signal, ttl))

    def frames(self) -> Iterator[Frame]:
        """What there is to say at this moment, in its order; what is not taken waits.

        Of a long log only a part: what comes after the events has to wait for the rest of them.
        """
        if self.admitted is None:
            return
        while self.opening:
            yield self.opening.popleft()
        for record in self._house.after(self.admitted.caller, self.cursor):
            self.cursor = record.seq
            yield EventFrame(record.seq, record.at, Raw(record.event))
        yield from self._mail.take(self.cursor)

    @property
    def has_more(self) -> bool:
        """Whether there are events that were not said yet."""
        return self.admitted is not None and self.cursor != self._house.head(self.admitted.caller)

    # time

    def beat(self) -> None:
        """A heartbeat is due now, whenever the last one was."""
        self._beat_at = self._local()

    def beats(self) -> Iterator[Heartbeat]:
        """The heartbeat, if one is due: made last, for it tells the server's time."""
        if self.admitted is not None and self._local() >= self._beat_at:
            self._beat_at = self._local() + BEAT_EVERY
            yield self._house.heartbeat(self.admitted.caller)

    @property
    def idle_for(self) -> float:
        """Seconds until something is to be done though nothing happens: a beat, or giving up."""
        return max(0.0, min(self._beat_at, self._heard_at + SILENT_AFTER) - self._local())

    @property
    def is_silent(self) -> bool:
        """Whether nothing came from the client for so long that it counts as gone."""
        return self._local() >= self._heard_at + SILENT_AFTER

    def _answer(self, caller: Caller, frame: FromClient) -> Result | Page | None:
        match frame:
            case Op():
                return self._house.op(caller, frame)
            case History():
                return self._house.page(caller, frame)
            case SignalFrame(signal):
                self._house.heard(caller, signal)
            case Heartbeat():
                pass
            case Hello():
                raise Closing(4400, "bad_frame")
        return None
