"""What every connection does alike, whoever is at its other end: begin, speak, end."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from server_stub.peer import Closing

HELLO_WITHIN = 5.0
"""Seconds within which the first frame has to come."""
SEND_WITHIN = 5.0
"""Seconds after which a client that does not read is dropped: this bounds memory."""

UntilKept = Callable[[], Awaitable[None]]
"""Waits until all that has happened so far is kept; raises `Closing` where it never will be."""


async def first_frame(socket: ServerConnection) -> str | bytes:
    """What the client says first. Raises `Closing`: it says nothing."""
    try:
        async with asyncio.timeout(HELLO_WITHIN):
            return await socket.recv()
    except TimeoutError:
        raise Closing(4408) from None


class Speaker:
    """The one way out of a connection: nothing is said before it is kept, or after `stop`."""

    def __init__(self, socket: ServerConnection, until_kept: UntilKept) -> None:
        self._socket, self._until_kept = socket, until_kept
        self._stopped: asyncio.Future[Closing] = asyncio.get_running_loop().create_future()

    def stop(self, closing: Closing) -> None:
        """Say no more and close."""
        if not self._stopped.done():
            self._stopped.set_result(closing)

    async def stopped(self) -> None:
        """Raises the `Closing` of `stop`, when it comes."""
        raise await self._stopped

    async def say(self, frames: Iterable[str]) -> None:
        """Send frames, made just now of how things stand. Raises `Closing`."""
        made = tuple(frames)
        await self._until_kept()
        for frame in made:
            if self._stopped.done():
                raise self._stopped.result()
            await self._send(frame)

    async def _send(self, frame: str) -> None:
        try:
            async with asyncio.timeout(SEND_WITHIN):
                await self._socket.send(frame, text=True)
        except TimeoutError:
            self._socket.transport.abort()
            raise Closing(4408) from None


async def end(socket: ServerConnection, closing: Closing, error: str | None) -> None:
    """Say why and close; whoever does not listen is dropped."""
    try:
        async with asyncio.timeout(SEND_WITHIN):
            if error is not None:
                await socket.send(error, text=True)
            await socket.close(closing.code)
    except (TimeoutError, ConnectionClosed):
        socket.transport.abort()


def reason(group: BaseExceptionGroup[Exception]) -> Exception:
    """Why the tasks of a connection ended: our own reason before the client's."""
    leaves = list(_leaves(group))
    return next((one for one in leaves if isinstance(one, Closing)), leaves[0])


def _leaves(group: BaseExceptionGroup[Exception]) -> Iterable[Exception]:
    for one in group.exceptions:
        if isinstance(one, BaseExceptionGroup):
            yield from _leaves(one)
        else:
            yield one
