"""A whole server on a real loopback socket, with visitors of the test's own making."""

import ssl
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from msgspec import Struct
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from operator_tui.desk.policy import Policy
from operator_tui.wire.frames import SUBPROTOCOL
from server_stub.clock import VirtualClock
from server_stub.house import House
from server_stub.network.doors import Doors
from server_stub.network.host import Host, listening
from server_stub.service.ledger import Ledger
from server_stub.service.operators import Staff, Tokens
from server_stub.service.practice import Practice
from tests.server_stub.scripted import ANNA, BRAM, POLICY, SIM, START, Scripted

TOKEN = "anna-s-token"  # noqa: S105


class Serving(Struct, frozen=True):
    """`url` of a server that stands until the test ends; its clock is paused."""

    url: str
    house: House
    stage: Scripted
    tokens: Tokens


@asynccontextmanager
async def serving(
    stage: Scripted | None = None,
    *,
    staff: Sequence[Staff] = (ANNA, BRAM, SIM),
    policy: Policy = POLICY,
    local: Callable[[], float] = time.monotonic,
    ledger: Ledger | None = None,
    ledgers: Sequence[Ledger] = (),
    doors: Doors | None = None,
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[Serving]:
    """Serve; Anna's token is `TOKEN`, anybody else's `<id>-s-token`.

    The session is begun with the last of `ledgers` at that moment.
    """
    played = stage or Scripted()
    epochs = iter(f"epoch-{n}" for n in range(100))
    books = ledgers or [ledger or Ledger([one.id for one in staff], lambda: next(epochs))]
    house = House(
        lambda start: Practice(staff, policy, played, start, books[-1]),
        VirtualClock(0, 0.0),
        rate=0.0,
        now=lambda: START,
    )
    tokens = Tokens({one.id: f"{one.id}-s-token" for one in staff if not one.simulated})
    bound = listening("127.0.0.1", 0)
    port = bound.getsockname()[1]
    server = await Host(house, tokens, local, doors=doors, tls=tls).listen(bound)
    async with server:
        scheme = "ws" if tls is None else "wss"
        yield Serving(f"{scheme}://127.0.0.1:{port}/operator", house, played, tokens)


class Client:
    """A client that knows nothing but JSON."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def sends(self, **frame: Any) -> None:  # noqa: ANN401
        await self.socket.send(msgspec.json.encode(frame), text=True)

    async def gets(self, kind: str) -> dict[str, Any]:
        """The next frame of this kind; others are passed over."""
        while True:
            frame: dict[str, Any] = msgspec.json.decode(await self.socket.recv())
            if frame["t"] == kind:
                return frame

    async def hello(self, **more: Any) -> dict[str, Any]:  # noqa: ANN401
        frame = {"t": "hello", "v": 1, "device": "laptop", "device_name": "a laptop"}
        await self.sends(**(frame | more))
        return await self.gets("welcome")

    async def asks(self, n: int, op: str, kind: str, **command: Any) -> dict[str, Any]:  # noqa: ANN401
        await self.sends(t="op", n=n, id=op, made=START, command={"kind": kind} | command)
        return await self.gets("result")

    async def closed(self) -> int | None:
        """Waits for the end; its code."""
        await self.socket.wait_closed()
        return self.socket.close_code


@asynccontextmanager
async def client(
    url: str, token: str = TOKEN, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Client]:
    """A connection that has not said hello yet."""
    async with connect(
        url,
        ssl=tls,
        additional_headers={"Authorization": f"Bearer {token}"},
        subprotocols=[Subprotocol(SUBPROTOCOL)],
        proxy=None,
        close_timeout=1,
    ) as socket:
        yield Client(socket)
