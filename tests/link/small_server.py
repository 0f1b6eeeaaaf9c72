"""A server of a few lines on a real socket: each connection is played by a function of the test."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from operator_tui.clock import MonotonicClock
from operator_tui.desk.events import Event
from operator_tui.link.backend import Update
from operator_tui.link.backoff import Backoff
from operator_tui.link.runner import Link
from operator_tui.link.server import Server
from operator_tui.store.secret import Secret
from operator_tui.wire import codec
from operator_tui.wire.frames import SUBPROTOCOL, FromClient, FromServer, Hello, Op
from tests.memory import MemoryStore
from tests.wire.desk_side import accepted, event, own_message

TOKEN = "correct-horse"  # noqa: S105
Play = Callable[["Peer"], Awaitable[None]]


class Peer:
    """The server's end of one connection."""

    def __init__(self, connection: ServerConnection) -> None:
        self.connection = connection

    async def hears(self) -> FromClient:
        return codec.from_client(await self.connection.recv())

    async def op(self) -> Op:
        while not isinstance(frame := await self.hears(), Op):
            pass
        return frame

    async def hello(self) -> Hello:
        frame = await self.hears()
        assert isinstance(frame, Hello)
        return frame

    async def says(self, *frames: FromServer) -> None:
        for frame in frames:
            await self.connection.send(codec.encode(frame))

    async def logs(self, seq: int, what: Event | None = None) -> None:
        await self.says(event(seq, what))

    async def accepts(self, op: Op, seq: int, device: str) -> None:
        await self.says(event(seq, own_message(op.id, op.n, device=device)))
        await self.says(accepted(op.n, op.id, seq))

    async def stays(self) -> None:
        await self.connection.wait_closed()


class Screen:
    """Where the link's updates arrive."""

    def __init__(self) -> None:
        self.updates: list[Update] = []
        self._new = asyncio.Event()

    def __call__(self, update: Update) -> None:
        self.updates.append(update)
        self._new.set()

    async def shows(self, wanted: Callable[[Update], bool], within: float = 10) -> Update:
        async with asyncio.timeout(within):
            while not (self.updates and wanted(self.updates[-1])):
                self._new.clear()
                await self._new.wait()
        return self.updates[-1]


@asynccontextmanager
async def playing(*plays: Play, status: int | None = None) -> AsyncIterator[str]:
    """Serve the plays one after the other, the last one for all that follow; yields the URL."""
    order = iter(plays)
    last = [plays[-1]] if plays else []

    async def handler(connection: ServerConnection) -> None:
        play = next(order, None) or last[0]
        await play(Peer(connection))

    def process(connection: ServerConnection, request: Request) -> Response | None:
        if status is not None:
            return connection.respond(HTTPStatus(status), "")
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return connection.respond(HTTPStatus.UNAUTHORIZED, "")
        return None

    async with serve(
        handler,
        "127.0.0.1",
        0,
        subprotocols=[Subprotocol(SUBPROTOCOL)],
        process_request=process,
        close_timeout=0.2,
    ) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"ws://127.0.0.1:{port}/operator"


@asynccontextmanager
async def linked(
    url: str, store: MemoryStore | None = None, token: str = TOKEN
) -> AsyncIterator[tuple[Link, Screen]]:
    """A link that is running, with quick backoff, and the screen it tells."""

    async def find() -> Server:
        return Server(url, Secret(token))

    backoff = Backoff(lambda: 0.5, least=0.001, most=0.01, within=0.0)
    link = Link(find, store or MemoryStore(), MonotonicClock(), backoff=backoff)
    async with running(link) as screen:
        yield link, screen


@asynccontextmanager
async def running(link: Link) -> AsyncIterator[Screen]:
    """The link at work, and the screen it tells."""
    screen = Screen()
    task = asyncio.create_task(link.run(screen))
    try:
        yield screen
    finally:
        if task.done():
            task.result()  # says why the screen waited in vain
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
