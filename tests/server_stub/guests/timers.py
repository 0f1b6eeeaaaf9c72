"""Real time that goes by only when a test has it."""

import asyncio
from collections.abc import Callable


class Timers:
    """What is to be done after so many seconds; after none it is done at once."""

    def __init__(self) -> None:
        self._set: list[tuple[float, Callable[[], None]]] = []
        self._news = asyncio.Event()

    def later(self, seconds: float, does: Callable[[], None]) -> None:
        if not seconds:
            asyncio.get_running_loop().call_soon(does)
            return
        self._set.append((seconds, does))
        self._news.set()

    async def are_set(self, seconds: float) -> None:
        """Wait until something is to be done in so many seconds."""
        while all(left != seconds for left, _ in self._set):
            self._news.clear()
            await self._news.wait()

    def pass_by(self, seconds: float) -> None:
        due = [does for left, does in self._set if left <= seconds]
        self._set = [(left - seconds, does) for left, does in self._set if left > seconds]
        for does in due:
            does()
