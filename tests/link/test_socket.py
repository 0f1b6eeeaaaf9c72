import asyncio
from collections.abc import Awaitable
from typing import TYPE_CHECKING, cast

from operator_tui.link.socket import UNSENT_MOST, Socket
from operator_tui.wire.frames import Heartbeat

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection


class NeverReads:
    """A connection to a server that takes nothing; it is its own transport."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()

    async def send(self, _: str) -> None:
        await self.ended.wait()

    async def ping(self) -> Awaitable[float]:
        return asyncio.Future()

    @property
    def transport(self) -> "NeverReads":
        return self

    def abort(self) -> None:
        self.ended.set()


async def test_what_waits_for_a_server_that_never_reads_is_bounded() -> None:
    connection = NeverReads()
    socket = Socket(cast("ClientConnection", connection))
    await asyncio.sleep(0)  # the writer takes nothing before it has run
    for _ in range(UNSENT_MOST):
        socket.send(Heartbeat())
    assert not connection.ended.is_set()
    socket.send(Heartbeat())
    assert connection.ended.is_set()
    socket.send(Heartbeat())
