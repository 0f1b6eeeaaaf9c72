"""How many may be connected at once: counted when they come, before they have said a word."""

import asyncio
import logging
from collections import Counter
from typing import Any, cast

from websockets.asyncio.server import ServerConnection

log = logging.getLogger(__name__)

MOST = 512
"""Connections at once."""
MOST_FROM_ONE = 128
"""Connections at once from one address: a school behind one router has to fit in."""


class Doors:
    """Counts connections, by address."""

    def __init__(self, most: int = MOST, most_from_one: int = MOST_FROM_ONE) -> None:
        self._most, self._most_from_one = most, most_from_one
        self._inside: Counter[str] = Counter()

    def enter(self, address: str) -> bool:
        """Count one more from `address`, if there is room."""
        if self._inside.total() >= self._most or self._inside[address] >= self._most_from_one:
            return False
        self._inside[address] += 1
        return True

    def leave(self, address: str) -> None:
        """One that had entered is gone."""
        self._inside[address] -= 1
        if self._inside[address] <= 0:
            del self._inside[address]

    def connection(self, *args: Any, **kwargs: Any) -> ServerConnection:  # noqa: ANN401
        """What `websockets` makes its connections with."""
        return _Counted(self, *args, **kwargs)


class _Counted(ServerConnection):
    """Dropped without a word when there is no room: whoever floods a server wants no answers."""

    def __init__(self, doors: Doors, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._doors = doors
        self._address: str | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        peer = transport.get_extra_info("peername")
        address = str(peer[0]) if peer else ""
        if self._doors.enter(address):
            self._address = address
        else:
            log.warning("no room for a connection from %s", address)
            cast("asyncio.Transport", transport).abort()
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        if self._address is not None:
            self._doors.leave(self._address)
            self._address = None
