import asyncio
from collections.abc import Awaitable
from typing import TYPE_CHECKING, cast

import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.frames import Close

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


class Ends(NeverReads):
    """A connection that ends as soon as somebody reads from it."""

    def __init__(self, end: ConnectionClosedError) -> None:
        super().__init__()
        self._end = end
        self.close_code = end.rcvd.code if end.rcvd is not None else 1006

    async def recv(self, *, decode: bool) -> bytes:
        raise self._end


TOO_LONG = Close(1009, "")


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (ConnectionClosedError(None, TOO_LONG), 1009),
        (ConnectionClosedError(Close(1011, ""), TOO_LONG, rcvd_then_sent=False), 1009),
        (ConnectionClosedError(Close(1012, ""), Close(1012, ""), rcvd_then_sent=True), 1012),
        (ConnectionClosedError(TOO_LONG, TOO_LONG, rcvd_then_sent=True), 1006),
        (ConnectionClosedError(None, None), 1006),
    ],
    ids=[
        "it says nothing",
        "it says something else",
        "the server's own end",
        "a frame of ours",
        "without a word",
    ],
)
async def test_that_we_ended_it_for_a_frame_too_long_is_known_whatever_is_answered(
    end: ConnectionClosedError, code: int
) -> None:
    socket = Socket(cast("ClientConnection", Ends(end)))
    assert [data async for data in socket.arriving()] == []
    assert socket.close_code == code
