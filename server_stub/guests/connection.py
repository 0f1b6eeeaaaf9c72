"""One page's connection: a cursor into its visitor's log, and a task each for either way."""

import asyncio
from asyncio import sleep
from collections import deque
from collections.abc import Callable, Iterator

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from operator_tui.wire.decoding import WireError
from server_stub.bucket import Bucket
from server_stub.guests.browser import Browser
from server_stub.guests.frames import (
    VERSION,
    Beat,
    Entry,
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
from server_stub.guests.guest import Guest
from server_stub.guests.guests import Guests
from server_stub.peer import Closing
from server_stub.speaking import Speaker, end, first_frame, reason

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
        await end(socket, Closing(1012), None)
    except Closing as closing:
        error = None if closing.error is None else encode(Error(closing.error.code))
        await end(socket, closing, error)
    except ConnectionClosed:
        return


async def _hello(socket: ServerConnection) -> Hello:
    frame = _readable(await first_frame(socket))
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


class VisitorConnection:
    """A `PagePeer` of its guest. Nothing waits in it but a few refusals: the log is the queue."""

    def __init__(
        self, socket: ServerConnection, guests: Guests, local: Callable[[], float]
    ) -> None:
        self._socket, self._guests, self._local = socket, guests, local
        self._news = asyncio.Event()
        self._speaker = Speaker(socket, guests.until_kept)
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
        self._speaker.stop(closing)

    async def run(self, hello: Hello, browser: Browser) -> None:
        """From the page's hello to the end, which is always an exception."""
        guest, key = self._guests.admit(hello, browser, self)
        if hello.seq <= guest.count:
            self._log, self._cursor = hello.log, hello.seq
        try:
            await self._say(Welcome(VERSION, guest.id, key))
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._speaker.stopped())
                tasks.create_task(self._write(guest))
                tasks.create_task(self._listen(guest))
                tasks.create_task(self._beat())
        except* (Closing, ConnectionClosed) as group:
            raise reason(group) from None
        finally:
            self._guests.leave(guest, self)

    async def _listen(self, guest: Guest) -> None:
        """Read frames one by one, no faster than the pace."""
        bucket = Bucket(self._local, FRAMES_A_SECOND, BURST)
        while True:
            frame = await self._next()
            refused = frame if isinstance(frame, Refused) else self._guests.take(guest, frame)
            if refused is not None:
                self._refusals.append(refused)
                self._news.set()
            await sleep(bucket.take())

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
            await self._say(Beat())
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
            await self._say(*self._state(guest), *self._entries(guest), *self._passing())
            await self._news.wait()

    def _state(self, guest: Guest) -> Iterator[Standing]:
        if guest.standing != self._told:
            self._told = guest.standing
            yield self._told

    def _entries(self, guest: Guest) -> Iterator[Entry]:
        """The log from the cursor on; of a log that the page does not have, all."""
        if self._log != guest.standing.log:
            self._log, self._cursor = guest.standing.log, 0
        for entry in guest.entries:
            if entry.seq > self._cursor:
                self._cursor = entry.seq
                yield entry

    def _passing(self) -> Iterator[Refused | OperatorTypes]:
        while self._refusals:
            yield self._refusals.popleft()
        if self._operator_types:
            self._operator_types = False
            yield OperatorTypes()

    async def _say(self, *frames: ToVisitor) -> None:
        await self._speaker.say(encode(frame) for frame in frames)
