"""Virtual time: the practice session's clock, which can run faster, slower, or stand still."""

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable

from operator_tui.desk.time import SECOND, Millis

SLOWEST, FASTEST = 0.1, 60.0
"""The rates a session may run at; 0, apart from these, is a pause."""
LONGEST_WAIT = 3_600.0
"""Real seconds after which the pump looks again even when nothing is due."""

Callback = Callable[[Millis], None]


def wall() -> Millis:
    """The wall clock's now: asked once, when a session begins."""
    return time.time_ns() // 1_000_000


class VirtualClock:
    """One heap of what is to happen, one task (`run`) that makes it happen.

    `local` gives monotonic real seconds. The clock's now never runs back.
    """

    def __init__(
        self, start: Millis, rate: float = 1.0, local: Callable[[], float] = time.monotonic
    ) -> None:
        self._local = local
        self._at, self._heard, self._rate = start, local(), checked_rate(rate)
        self._heap: list[tuple[Millis, int, Callback]] = []
        self._count = itertools.count()
        self._changed = asyncio.Event()

    @property
    def rate(self) -> float:
        """Virtual milliseconds in one real millisecond; 0 while paused."""
        return self._rate

    def now(self) -> Millis:
        """The session's now, in whole milliseconds."""
        passed = max(0.0, self._local() - self._heard)
        return self._at + int(passed * SECOND * self._rate)

    def set_rate(self, rate: float) -> None:
        """Run at `rate` from now on. ValueError: neither 0 nor between the slowest and fastest."""
        rate = checked_rate(rate)
        self._at, self._heard, self._rate = self.now(), self._local(), rate
        self._changed.set()

    def move_to(self, at: Millis) -> None:
        """Jump ahead to `at`; a moment in the past changes nothing."""
        self._at, self._heard = max(self.now(), at), self._local()
        self._changed.set()

    def call_at(self, at: Millis, callback: Callback) -> None:
        """Have `callback(now)` called once when the clock has reached `at`."""
        heapq.heappush(self._heap, (at, next(self._count), callback))
        self._changed.set()

    def pump(self) -> float:
        """Call what is due; gives the real seconds until the next is."""
        while self._heap and self._heap[0][0] <= (now := self.now()):
            _, _, callback = heapq.heappop(self._heap)
            callback(now)
        if not self._heap or self._rate == 0:
            return LONGEST_WAIT
        ahead = (self._heap[0][0] - self.now()) / SECOND / self._rate
        return min(max(ahead, 0.0), LONGEST_WAIT)

    async def run(self) -> None:
        """Pump until cancelled."""
        while True:
            self._changed.clear()
            wait = self.pump()
            try:
                async with asyncio.timeout(wait):
                    await self._changed.wait()
            except TimeoutError:
                continue


def checked_rate(rate: float) -> float:
    """`rate` if a session may run at it, else ValueError with the sentence to show."""
    if rate == 0 or SLOWEST <= rate <= FASTEST:
        return rate
    raise ValueError(f"the rate must be 0 or between {SLOWEST:g} and {FASTEST:g}, not {rate:g}")
