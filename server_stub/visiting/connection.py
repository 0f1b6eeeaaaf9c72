"""One page's connection: a cursor into its visitor's log, and a task each for either way."""

import asyncio
from asyncio import sleep
from collections import deque
from collections.abc import Callable

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from operator_tui.wire.reading import WireError
from server_stub.house import Closing
from server_stub.pace import Pace
from server_stub.visiting.browser import Browser
from server_stub.visiting.frames import (
    VERSION,
    Beat,
    Error,
    FromVisitor,
    Hello,
    OperatorTypes,
    Refused,
    Standing,
    TooLongError,
    ToVisitor,
    Welcome,
    encode,
    read,
)
from server_stub.visiting.guest import Guest
from server_stub.visiting.guests import Guests

HELLO_WITHIN = 5.0
SEND_WITHIN = 5.0
BEAT_EVERY = 10.0
"""Real seconds: at each beat the page hears of us, and its browser must answer a ping."""
PONG_WITHIN = 15.0
IDLE_AFTER = 3_600.0
"""A page from which nothing at all has come for so long is let go."""
OPEN_AT_MOST = 4 * 3_600.0
"""After this a connection is ended; a page that is still there connects again."""
FRAMES_A_SECOND, BURST = 2.0, 5.0


async def serve_visitor(
    socket: ServerConnection, guests: Guests, browser: Browser, local: Callable[[], float]
) -> None:
    """Speak `visitor.v1` with the page until one side ends it."""
    try:
        async with asyncio.timeout(OPEN_AT_MOST):
            hello = await _hello(socket)
            await VisitorConnection(socket, guests, local).run(hello, browser)
    except TimeoutError:
        await _close(socket, Closing(1012))
    except Closing as closing:
        await _close(socket, closing)
    except ConnectionClosed:
        return


async def _hello(socket: ServerConnection) -> Hello:
    try:
        async with asyncio.timeout(HELLO_WITHIN):
            frame = _readable(await socket.recv())
    except TimeoutError:
        raise Closing(4408) from None
    if not isinstance(frame, Hello):
        raise Closing(4400, "bad_frame")
    return frame


def _readable(data: str | bytes) -> FromVisitor | Refused:
    """The page's frame, or the refusal of one that only says too much."""
    try:
        return read(data)
    except TooLongError as error:
        return Refused(error.id, error.code)
    except WireError as error:
        raise Closing(4400, "bad_frame") from error


async def _close(socket: ServerConnection, closing: Closing) -> None:
    try:
        async with asyncio.timeout(SEND_WITHIN):
            if closing.error is not None:
                await socket.send(encode(Error(closing.error.code)), text=True)
            await socket.close(closing.code)
    except (TimeoutError, ConnectionClosed):
        socket.transport.abort()


class VisitorConnection:
    """A `Peer` of its guest. Nothing waits in it but a few refusals: the log is the queue."""

    def __init__(
        self, socket: ServerConnection, guests: Guests, local: Callable[[], float]
    ) -> None:
        self._socket, self._guests, self._local = socket, guests, local
        self._news = asyncio.Event()
        self._stopped: asyncio.Future[Closing] = asyncio.get_running_loop().create_future()
        self._refusals: deque[Refused] = deque(maxlen=16)
        self._operator_types = False
        self._told: Standing | None = None
        self._log: str | None = None
        self._cursor = 0

    def ring(self) -> None:
        """There is more to read, or things stand otherwise."""
        self._news.set()

    def types(self) -> None:
        """The operator is typing."""
        self._operator_types = True
        self._news.set()

    def stop(self, closing: Closing) -> None:
        """Say no more and close."""
        if not self._stopped.done():
            self._stopped.set_result(closing)

    async def run(self, hello: Hello, browser: Browser) -> None:
        """From the page's hello to the end, which is always an exception."""
        guest, key = self._guests.admit(hello, browser, self)
        if hello.seq <= guest.count:
            self._log, self._cursor = hello.log, hello.seq
        try:
            await self._send(Welcome(VERSION, guest.id, key))
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._stop())
                tasks.create_task(self._write(guest))
                tasks.create_task(self._listen(guest))
                tasks.create_task(self._beat())
        except* (Closing, ConnectionClosed) as group:
            raise _first(group) from None
        finally:
            self._guests.leave(guest, self)

    async def _stop(self) -> None:
        raise await self._stopped

    async def _listen(self, guest: Guest) -> None:
        """Read frames one by one, no faster than the pace."""
        pace = Pace(self._local, FRAMES_A_SECOND, BURST)
        while True:
            frame = await self._next()
            refused = frame if isinstance(frame, Refused) else self._guests.take(guest, frame)
            if refused is not None:
                self._refusals.append(refused)
                self._news.set()
            await sleep(pace.take())

    async def _next(self) -> FromVisitor | Refused:
        try:
            async with asyncio.timeout(IDLE_AFTER):
                return _readable(await self._socket.recv())
        except TimeoutError:
            raise Closing(4408, "idle") from None

    async def _beat(self) -> None:
        """A page that is frozen or unplugged answers no ping: its visitor has left."""
        while True:
            await sleep(BEAT_EVERY)
            await self._send(Beat())
            try:
                async with asyncio.timeout(PONG_WITHIN):
                    await (await self._socket.ping())
            except TimeoutError:
                self._socket.transport.abort()
                raise Closing(4408) from None

    async def _write(self, guest: Guest) -> None:
        """How things stand, then what is new in the conversation, then what is true only now."""
        while True:
            self._news.clear()
            if guest.standing != self._told:
                self._told = guest.standing
                await self._send(self._told)
            await self._send_entries(guest)
            while self._refusals:
                await self._send(self._refusals.popleft())
            if self._operator_types:
                self._operator_types = False
                await self._send(OperatorTypes())
            await self._news.wait()

    async def _send_entries(self, guest: Guest) -> None:
        """The log from the cursor on; of a log that the page does not have, all."""
        told = self._told
        if told is not None and self._log != told.log:
            self._log, self._cursor = told.log, 0
        for entry in tuple(guest.entries):
            if guest.standing.log != self._log:
                return  # the page must hear first that this conversation is another one
            if entry.seq > self._cursor:
                await self._send(entry)
                self._cursor = entry.seq

    async def _send(self, frame: ToVisitor) -> None:
        try:
            async with asyncio.timeout(SEND_WITHIN):
                await self._socket.send(encode(frame), text=True)
        except TimeoutError:
            self._socket.transport.abort()
            raise Closing(4408) from None


def _first(group: BaseExceptionGroup[Exception]) -> Exception:
    """The reason that ended the tasks: ours before the page's."""
    leaves = [leaf for one in group.exceptions for leaf in _leaves(one)]
    return next((one for one in leaves if isinstance(one, Closing)), leaves[0])


def _leaves(one: Exception | BaseExceptionGroup[Exception]) -> list[Exception]:
    if not isinstance(one, BaseExceptionGroup):
        return [one]
    return [leaf for inner in one.exceptions for leaf in _leaves(inner)]
