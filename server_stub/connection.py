"""One operator's connection: a cursor into the log, and a task each for reading and writing."""

import asyncio
from collections.abc import Callable
from itertools import count

from msgspec import Raw
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from operator_tui.desk.model import Id
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

HELLO_WITHIN = 5.0
SEND_WITHIN = 5.0
"""Seconds after which a client that does not read is dropped: this bounds memory."""
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
        await _close(socket, closing)
    except ConnectionClosed:
        return


async def _hello(socket: ServerConnection, still: Callable[[], bool]) -> Hello:
    try:
        async with asyncio.timeout(HELLO_WITHIN):
            frame = read(await socket.recv())
    except TimeoutError:
        raise Closing(4408) from None
    if not isinstance(frame, Hello):
        raise Closing(4400, "bad_frame")
    if not still():
        raise Closing(4401)
    return frame


async def _close(socket: ServerConnection, closing: Closing) -> None:
    try:
        async with asyncio.timeout(SEND_WITHIN):
            if closing.error is not None:
                await socket.send(encode(closing.error), text=True)
            await socket.close(closing.code)
    except (TimeoutError, ConnectionClosed):
        socket.transport.abort()


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
        self._stopped: asyncio.Future[Closing] = asyncio.get_running_loop().create_future()
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
        if not self._stopped.done():
            self._stopped.set_result(closing)

    async def run(self, operator: Id, hello: Hello) -> None:
        """From the client's hello to the end, which is always an exception."""
        admitted = self._house.admit(operator, hello, self)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._stop())
                tasks.create_task(self._speak(admitted))
        except* (Closing, ConnectionClosed) as group:
            raise _first(group) from None
        finally:
            self._house.leave(admitted.caller, self)

    async def _stop(self) -> None:
        raise await self._stopped

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
        await self._send(admitted.welcome)
        for part in admitted.snapshot:
            await self._send(part)

    async def _listen(self, admitted: Admitted) -> None:
        """Read frames one by one, no faster than the pace and no faster than we can answer."""
        pace = Pace(self._local)
        while True:
            frame = read(await self._socket.recv())
            self._heard_at = self._local()
            self._take(admitted, frame)
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
        """Events first, then the results of the ops that made them, then what is only true now."""
        while True:
            self._news.clear()
            await self._send_events(admitted)
            await self._send_mail()
            if self._local() >= self._beat_at:
                self._beat_at = self._local() + BEAT_EVERY
                await self._send(self._house.heartbeat(admitted.caller))
            await self._wait_for_news()

    async def _send_events(self, admitted: Admitted) -> None:
        """The log from the cursor to where it stands now; what comes meanwhile can wait."""
        head = self._house.head(admitted.caller)
        while self._cursor < head:
            for record in self._house.after(admitted.caller, self._cursor):
                await self._send(EventFrame(record.seq, record.at, Raw(record.event)))
                self._cursor = record.seq

    async def _send_mail(self) -> None:
        """Answers to what the client has the events of; then what is only true now."""
        while (answer := self._mail.next_answer(self._cursor)) is not None:
            await self._send(answer)
        for frame in self._mail.take_signals():
            await self._send(frame)

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

    async def _send(self, frame: Frame) -> None:
        try:
            async with asyncio.timeout(SEND_WITHIN):
                await self._socket.send(encode(frame), text=True)
        except TimeoutError:
            self._socket.transport.abort()
            raise Closing(4408) from None


def _first(group: BaseExceptionGroup[Exception]) -> Exception:
    """The reason that ended the tasks: ours before the client's."""
    leaves = list(_leaves(group))
    return next((one for one in leaves if isinstance(one, Closing)), leaves[0])


def _leaves(group: BaseExceptionGroup[Exception]) -> list[Exception]:
    found: list[Exception] = []
    for one in group.exceptions:
        found += _leaves(one) if isinstance(one, BaseExceptionGroup) else [one]
    return found
