"""One operator's connection: a cursor into the log, and a task each for reading and writing."""

import asyncio
from collections.abc import Callable, Iterator
from itertools import count

from msgspec import Raw
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from operator_tui.desk.entries import Id
from operator_tui.desk.signals import Signal
from operator_tui.desk.time import SECOND, Millis
from operator_tui.wire.codec import WireError, encode, from_client
from operator_tui.wire.frames import (
    HEARTBEAT,
    EventFrame,
    Frame,
    FromClient,
    Heartbeat,
    Hello,
    History,
    Op,
)
from operator_tui.wire.frames import Signal as SignalFrame
from server_stub.house import House
from server_stub.mailbox import Mailbox
from server_stub.pace import Pace
from server_stub.peer import Admitted, Closing
from server_stub.speaking import Speaker, end, first_frame, reason

SILENT_AFTER = 15.0
BEAT_EVERY = HEARTBEAT / SECOND


_came = count()


async def serve_operator(
    socket: ServerConnection,
    operator: Id,
    house: House,
    local: Callable[[], float],
    still: Callable[[], bool] = lambda: True,
) -> None:
    """Speak `operator.v1` with the client until one side ends it.

    `still`: whether its token is good, asked again when it has said hello.
    """
    try:
        connection = OperatorConnection(socket, house, local)
        await connection.run(operator, await _hello(socket, still))
    except Closing as closing:
        error = None if closing.error is None else encode(closing.error)
        await end(socket, closing, error)
    except ConnectionClosed:
        return


async def _hello(socket: ServerConnection, still: Callable[[], bool]) -> Hello:
    frame = read(await first_frame(socket))
    if not isinstance(frame, Hello):
        raise Closing(4400, "bad_frame")
    if not still():
        raise Closing(4401)
    return frame


def read(data: str | bytes) -> FromClient:
    """The client's frame; raises `Closing` for one that nobody can read."""
    if isinstance(data, bytes):
        raise Closing(4400, "bad_frame")
    try:
        return from_client(data)
    except WireError as error:
        raise Closing(4400, "bad_frame") from error


class OperatorConnection:
    """A `Peer` of the house. Nothing waits in it but what the next write will take."""

    def __init__(self, socket: ServerConnection, house: House, local: Callable[[], float]) -> None:
        self.came = next(_came)
        self._socket, self._house, self._local = socket, house, local
        self._news, self._mail = asyncio.Event(), Mailbox()
        self._speaker = Speaker(socket, house.commits.until_kept)
        self._beat_at = self._heard_at = local()
        self._cursor = 0

    def ring(self) -> None:
        """The log has grown."""
        self._news.set()

    def signal(self, signal: Signal, ttl: Millis) -> None:
        """Send this with the next write, unless a newer one of its subject comes before."""
        self._mail.signal(SignalFrame(signal, ttl))
        self._news.set()

    def beat(self) -> None:
        """Send a heartbeat with the next write."""
        self._beat_at = self._local()
        self._news.set()

    def stop(self, closing: Closing) -> None:
        """Stop both tasks and close."""
        self._speaker.stop(closing)

    async def run(self, operator: Id, hello: Hello) -> None:
        """From the client's hello to the end, which is always an exception."""
        try:
            admitted = self._house.admit(operator, hello, self)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._speaker.stopped())
                tasks.create_task(self._speak(admitted))
        except* (Closing, ConnectionClosed) as group:
            raise reason(group) from None
        finally:
            self._house.leave(operator, hello.device, self)

    async def _speak(self, admitted: Admitted) -> None:
        await self._open(admitted)
        self._beat_at = self._heard_at = self._local()
        self._house.greet(admitted.caller, self)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._write(admitted))
            tasks.create_task(self._listen(admitted))

    async def _open(self, admitted: Admitted) -> None:
        """Welcome, and the snapshot in parts when the client cannot resume."""
        self._cursor = admitted.cursor
        await self._say(admitted.welcome, *admitted.snapshot)

    async def _listen(self, admitted: Admitted) -> None:
        """Read frames one by one, no faster than the pace and no faster than we can answer."""
        pace = Pace(self._local)
        while True:
            frame = read(await self._socket.recv())
            self._heard_at = self._local()
            try:
                self._take(admitted, frame)
            except Closing:
                await self._house.commits.until_kept()  # even that it is out of step
                raise
            await asyncio.sleep(pace.take())
            await self._mail.has_room()

    def _take(self, admitted: Admitted, frame: FromClient) -> None:
        caller = admitted.caller
        match frame:
            case Op():
                self._mail.answer(self._house.op(caller, frame))
            case History():
                self._mail.answer(self._house.page(caller, frame))
            case SignalFrame(signal):
                self._house.heard(caller, signal)
            case Heartbeat():
                pass
            case Hello():
                raise Closing(4400, "bad_frame")
        self._news.set()

    async def _write(self, admitted: Admitted) -> None:
        """Whatever there is to say, as it is found at one moment: it waits for the disk once."""
        while True:
            self._news.clear()
            await self._say(*self._events(admitted), *self._mail.take(self._cursor))
            if self._local() >= self._beat_at:
                self._beat_at = self._local() + BEAT_EVERY
                await self._say(self._house.heartbeat(admitted.caller))
            if self._cursor == self._house.head(admitted.caller):
                await self._wait_for_news()

    def _events(self, admitted: Admitted) -> Iterator[EventFrame]:
        """The log from the cursor on, or as much of it as is told at once: results come after."""
        for record in self._house.after(admitted.caller, self._cursor):
            self._cursor = record.seq
            yield EventFrame(record.seq, record.at, Raw(record.event))

    async def _wait_for_news(self) -> None:
        """Until there is news or a heartbeat is due; raises when the client has gone silent."""
        silent_at = self._heard_at + SILENT_AFTER
        wait = min(self._beat_at, silent_at) - self._local()
        try:
            async with asyncio.timeout(max(0.0, wait)):
                await self._news.wait()
        except TimeoutError:
            if self._local() >= self._heard_at + SILENT_AFTER:
                raise Closing(4408) from None

    async def _say(self, *frames: Frame) -> None:
        if frames:
            await self._speaker.say(encode(frame) for frame in frames)
