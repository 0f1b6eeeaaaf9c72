"""One operator's connection: a dialogue over a socket, with a task each for reading and writing."""

import asyncio
from collections.abc import Callable, Iterable
from itertools import count

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from operator_tui.desk.entries import Id
from operator_tui.desk.signals import Signal
from operator_tui.desk.time import Millis
from operator_tui.wire.codec import encode
from operator_tui.wire.frames import Frame, Hello
from server_stub.dialogue import Dialogue, read
from server_stub.house import House
from server_stub.peer import Closing
from server_stub.speaking import Speaker, end, first_frame, reason

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


class OperatorConnection:
    """A `Peer` of the house."""

    def __init__(self, socket: ServerConnection, house: House, local: Callable[[], float]) -> None:
        self.came = next(_came)
        self._socket, self._house = socket, house
        self._dialogue = Dialogue(house, local)
        self._news = asyncio.Event()
        self._speaker = Speaker(socket, house.commits.until_kept)

    def ring(self) -> None:
        """The log has grown."""
        self._news.set()

    def signal(self, signal: Signal, ttl: Millis) -> None:
        """Send this with the next write, unless a newer one of its subject comes before."""
        self._dialogue.signal(signal, ttl)
        self._news.set()

    def beat(self) -> None:
        """Send a heartbeat with the next write."""
        self._dialogue.beat()
        self._news.set()

    def stop(self, closing: Closing) -> None:
        """Stop both tasks and close."""
        self._speaker.stop(closing)

    async def run(self, operator: Id, hello: Hello) -> None:
        """From the client's hello to the end, which is always an exception."""
        try:
            self._dialogue.admit(operator, hello, self)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._speaker.stopped())
                await self._say(self._dialogue.frames())
                self._dialogue.opened()
                tasks.create_task(self._write())
                tasks.create_task(self._listen())
        except* (Closing, ConnectionClosed) as group:
            raise reason(group) from None
        finally:
            self._house.leave(operator, hello.device, self)

    async def _listen(self) -> None:
        """Read frames one by one, no faster than the pace and no faster than we can answer."""
        while True:
            data = await self._socket.recv()
            try:
                wait = self._dialogue.hear(data)
            except Closing:
                await self._house.commits.until_kept()  # even that it is out of step
                raise
            self._news.set()
            await asyncio.sleep(wait)
            await self._dialogue.has_room()

    async def _write(self) -> None:
        """Whatever there is to say, as it is found at one moment: it waits for the disk once."""
        while True:
            self._news.clear()
            await self._say(self._dialogue.frames())
            await self._say(self._dialogue.beats())
            if not self._dialogue.has_more:
                await self._wait_for_news()

    async def _wait_for_news(self) -> None:
        """Until there is news or a heartbeat is due; raises when the client has gone silent."""
        try:
            async with asyncio.timeout(self._dialogue.idle_for):
                await self._news.wait()
        except TimeoutError:
            if self._dialogue.is_silent:
                raise Closing(4408) from None

    async def _say(self, frames: Iterable[Frame]) -> None:
        if made := tuple(map(encode, frames)):
            await self._speaker.say(made)
