"""Everything that can happen to a link, in one queue: what happened first is dealt with first."""

import asyncio
from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from operator_tui.link.socket import Socket
from operator_tui.wire.delivery import Delivery
from operator_tui.wire.effects import Effect

AT_HAND = 64
"""Inputs that are dealt with together, so that their events make one commit."""


class Opened(Struct, frozen=True, eq=False):
    """There is a connection."""

    socket: Socket


class Arrived(Struct, frozen=True, eq=False):
    """A frame came on it."""

    data: bytes


class Ended(Struct, frozen=True, eq=False):
    """It ended; `again` is answered with whether to try once more."""

    code: int
    again: asyncio.Future[bool]


class Refused(Struct, frozen=True, eq=False):
    """No connection is given to us."""

    reason: str


class Waiting(Struct, frozen=True, eq=False):
    """The next attempt is at the local moment `until`; `failure` as in `Connection`."""

    until: float
    failure: str


Question: TypeAlias = Callable[[Delivery, float], list[Effect]]
"""Something asked of delivery at a local moment."""


class Asked(Struct, frozen=True, eq=False):
    """The operator's side asks something of delivery; `done` is answered once it is stored."""

    what: Question
    done: asyncio.Future[None]


Input: TypeAlias = Opened | Arrived | Ended | Refused | Waiting | Asked


class Inbox:
    """A queue that is never longer than `AT_HAND`: a flood waits in the socket, not in memory."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Input] = asyncio.Queue(AT_HAND)

    async def put(self, item: Input) -> None:
        """Add something, waiting for room."""
        await self._queue.put(item)

    async def take(self, seconds: float | None) -> list[Input]:
        """All that is there, waiting for the first for at most `seconds`; then nothing."""
        try:
            async with asyncio.timeout(seconds):
                return [await self._queue.get(), *self.rest()]
        except TimeoutError:
            return []

    def rest(self) -> list[Input]:
        """All that is there, without waiting."""
        return [self._queue.get_nowait() for _ in range(self._queue.qsize())]
