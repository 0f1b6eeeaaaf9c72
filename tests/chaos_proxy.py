"""A TCP proxy on loopback that does to a connection what networks do, by a seed.

What it does to one: it may be slow, hand on one byte at a time, or wait; and it ends every one
sooner or later, by RST, by falling silent, or by closing one half. Bytes of an old connection
that were still under way may be handed to the server after the new one has begun.
"""

import asyncio
import random
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import StrEnum

CHUNK = 2_048
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing sends RST."""


class End(StrEnum):
    """How a connection ends."""

    RST = "rst"
    BLACK_HOLE = "black_hole"
    """Nothing passes and nobody is told; then RST, or no test would ever be done."""
    HALF_CLOSE = "half_close"
    """The client's side is shut for writing, a little later all of it."""
    REPLAY = "replay"
    """RST to the client; what it had under way reaches the server once the next one is there."""


class Manner(StrEnum):
    """How bytes pass until then."""

    PLAIN = "plain"
    DELAYED = "delayed"
    THROTTLED = "throttled"
    ONE_BYTE = "one_byte"


class ChaosProxy:
    """Cuts the first `cuts` connections after `lasts` seconds each; later ones pass unharmed."""

    def __init__(self, port: int, seed: int, *, cuts: int, lasts: float) -> None:
        self.port = 0
        self.target = port
        self.cuts_left = cuts
        self.done: list[tuple[Manner, End]] = []
        """What was done to whom, in order."""
        self.opened: list[float] = []
        """When the path to the server was there again, in the loop's seconds."""
        self._luck, self._lasts = random.Random(seed), lasts
        self._late: list[tuple[asyncio.StreamWriter, bytes]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["ChaosProxy"]:
        """Serve on a free port."""
        server = await asyncio.start_server(self._accepted, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            for writer in self._writers:
                reset(writer)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._writers.add(writer)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._serve(reader, writer)
        reset(writer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened.append(asyncio.get_running_loop().time())
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        self._writers.add(far_writer)
        await self._hand_on_late_bytes()
        manner, end = self._luck.choice(list(Manner)), self._luck.choice(list(End))
        cut = self.cuts_left > 0
        path = Path(self._luck.random(), manner if cut else Manner.PLAIN)
        await self._introduce(reader, far_writer)
        up = asyncio.create_task(path.carry(reader, far_writer, up=True))
        down = asyncio.create_task(path.carry(far_reader, writer, up=False))
        try:
            lasts = self._luck.uniform(0.2, 1.8) * self._lasts if cut else None
            await asyncio.wait((up, down), timeout=lasts, return_when=asyncio.FIRST_COMPLETED)
            if cut and not (up.done() or down.done()):
                self.cuts_left -= 1
                self.done.append((manner, end))
                await self._end(end, path, writer, far_writer)
        finally:
            for one in (up, down):
                one.cancel()
            await asyncio.gather(up, down, return_exceptions=True)
            if not path.swallows:
                reset(far_writer)

    async def _introduce(self, near: asyncio.StreamReader, far: asyncio.StreamWriter) -> None:
        """Hand the request on with the server's own name in it: another it would refuse."""
        request = await near.readuntil(b"\r\n\r\n")
        far.write(request.replace(b":%d\r\n" % self.port, b":%d\r\n" % self.target, 1))

    async def _end(
        self, end: End, path: "Path", near: asyncio.StreamWriter, far: asyncio.StreamWriter
    ) -> None:
        match end:
            case End.RST:
                pass
            case End.BLACK_HOLE:
                path.black = True
                await asyncio.sleep(0.1)
            case End.HALF_CLOSE:
                near.write_eof()
                await asyncio.sleep(0.05)
            case End.REPLAY:
                path.swallows = True
                await asyncio.sleep(0.03)
                self._late.append((far, path.swallowed))

    async def _hand_on_late_bytes(self) -> None:
        late, self._late = self._late, []
        for writer, data in late:
            with suppress(OSError):
                writer.write(data)
                await writer.drain()
            task = asyncio.create_task(_reset_later(writer))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)


class Path:
    """One connection's two directions."""

    def __init__(self, luck: float, manner: Manner) -> None:
        self.black = self.swallows = False
        self.swallowed = b""
        self._pause = 0.002 + 0.01 * luck
        self._manner = manner

    async def carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool
    ) -> None:
        """Hand on what comes, in this connection's manner, until one side ends."""
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                if self._manner is not Manner.PLAIN:
                    await asyncio.sleep(self._pause)
                if self.swallows and up:
                    self.swallowed += data
                elif not (self.black or self.swallows):
                    await self._write(writer, data)

    async def _write(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        size = {Manner.ONE_BYTE: 1, Manner.THROTTLED: 512}.get(self._manner, len(data))
        for start in range(0, len(data), size):
            writer.write(data[start : start + size])
            await writer.drain()
            if self._manner is Manner.THROTTLED:
                await asyncio.sleep(self._pause / 4)


async def _reset_later(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(0.05)
    reset(writer)


def reset(writer: asyncio.StreamWriter) -> None:
    """End with RST."""
    transport = writer.transport
    with suppress(OSError):
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    transport.abort()
