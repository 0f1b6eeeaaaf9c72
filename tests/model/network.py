"""The network between one desk and the server, one connection at a time, and what is left of it."""

from collections import deque
from typing import TypeAlias

from msgspec import Struct


class Closed(Struct, frozen=True):
    """The other side closed with this code; nothing follows."""

    code: int


Down: TypeAlias = str | Closed


class Wire:
    """One connection. Each side may believe in it while the other has long forgotten it."""

    def __init__(self) -> None:
        self.up: deque[str] = deque()
        self.down: deque[Down] = deque()
        self.desk_holds = True
        """The desk has not been told that it ended."""
        self.server_holds = True
        """The server has not noticed that it ended."""
        self.up_passes = True
        self.down_passes = True
        """Half-open where one of the two does not: nothing passes that way, and nobody is told."""

    def send_up(self, data: str) -> None:
        """From the desk; into the void when nobody is there."""
        if self.server_holds and self.up_passes:
            self.up.append(data)

    def send_down(self, data: Down) -> None:
        """From the server."""
        if self.desk_holds and self.down_passes:
            self.down.append(data)

    def desk_lets_go(self, still_under_way: int) -> None:
        """The desk's end is gone; so many frames reach the server all the same."""
        self.desk_holds = False
        self.down.clear()
        while len(self.up) > still_under_way:
            self.up.pop()

    def server_lets_go(self, code: int = 1006) -> None:
        """The server's end is gone; what it has sent may still arrive."""
        if self.server_holds:
            self.send_down(Closed(code))
            self.server_holds = False
            self.up.clear()

    def goes_black(self, *, up: bool = True, down: bool = True) -> None:
        """From now on nothing passes in these directions, nor what was under way in them."""
        if up:
            self.up_passes = False
            self.up.clear()
        if down:
            self.down_passes = False
            self.down.clear()
