"""An operator at the desk, looking: chats one after the other, and what the server hears."""

import re
from collections import Counter

from tests.walk.hostile_server import HostileServer
from tests.walk.hostile_values import token_of
from tests.walk.program import Program


class AtTheDesk:
    """Each step ends when what it is about has been seen."""

    def __init__(self, program: Program, server: HostileServer) -> None:
        self.program, self.server = program, server
        self.shown = ""
        """The token of the chat that was opened last."""
        self._counted = Counter[str]()

    async def begins(self) -> None:
        """The desk stands."""
        await self.program.shows("F1", "live")

    async def chats(self) -> None:
        """Every chat, one after the other."""
        await self.most_urgent()
        missing = {token_of(number) for number in range(len(self.server.values.attacks))}
        for _ in range(4 * len(missing)):
            missing.discard(self.shown)
            if not missing:
                return
            await self._goes("ctrl+down")
        raise AssertionError(f"never seen: {missing}")

    async def most_urgent(self) -> None:
        """Another chat that waits for an answer, and the composer."""
        await self._goes("f2")
        await self.program.shows(" to ")

    async def _goes(self, key: str) -> None:
        """To another chat: its last message is on the screen."""
        before = self._token() or self.shown
        self.program.presses(key)
        await self.program.until(lambda: self._token() not in {"", before}, "another chat")
        self.shown = self._token()

    def _token(self) -> str:
        found = re.search(r"tok\d{3}en", self.program.terminal.text)
        return found[0] if found else ""

    async def leaves(self) -> int:
        """It answers a key still, and quits; the exit code."""
        self.program.presses("f1")
        await self.program.shows("what you can do here")
        self.program.presses("escape")
        await self.program.hides("what you can do here")
        self.program.presses("ctrl+q", "ctrl+q")
        return await self.program.ends()

    async def heard(self, kind: str) -> None:
        """Wait until the server has heard one more command of a kind."""
        self._counted[kind] += 1
        n = self._counted[kind]
        await self.program.until(lambda: len(self.server.heard(kind)) >= n, f"{kind} number {n}")
