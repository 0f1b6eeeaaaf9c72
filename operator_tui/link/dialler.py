"""Keeps trying for a connection, and reads it while there is one."""

import asyncio
import logging

from operator_tui.desk.time import Clock
from operator_tui.link.backoff import Backoff
from operator_tui.link.inbox import Arrived, Ended, Inbox, Opened, Refused, Waiting
from operator_tui.link.server import Server
from operator_tui.link.socket import RefusedError, Socket, UnreachableError, dial
from operator_tui.wire.close_codes import AT_ONCE, NO_CLOSE, TOO_LONG

log = logging.getLogger(__name__)


class Dialler:
    """One attempt after the other, by `Backoff`, until one is refused for good."""

    def __init__(self, server: Server, inbox: Inbox, clock: Clock, backoff: Backoff) -> None:
        self._server = server
        self._inbox = inbox
        self._clock = clock
        self._backoff = backoff

    async def run(self) -> None:
        """Ends when trying again would not help."""
        again = True
        while again:
            self._backoff.attempt(self._clock.seconds())
            try:
                socket = await dial(self._server)
            except RefusedError as error:
                log.warning("refused: %s", error.reason)
                await self._inbox.put(Refused(error.reason))
                return
            except UnreachableError as error:
                log.info("unreachable: %s", error)
                code, failure = NO_CLOSE, error.failure
            else:
                code = await self._read(socket)
                failure = "too_long" if code == TOO_LONG else "ended"
            again = await self._ended(code)
            if again:
                await self._pause(code, failure)

    async def _read(self, socket: Socket) -> int:
        await self._inbox.put(Opened(socket))
        async for data in socket.arriving():
            await self._inbox.put(Arrived(data))
        return socket.close_code

    async def _ended(self, code: int) -> bool:
        again: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        await self._inbox.put(Ended(code, again))
        return await again

    async def _pause(self, code: int, failure: str) -> None:
        now = self._clock.seconds()
        seconds = self._backoff.wait(now, at_once=code in AT_ONCE)
        await self._inbox.put(Waiting(now + seconds, failure))
        await asyncio.sleep(seconds)
