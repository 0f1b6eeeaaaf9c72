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
SHORTEST_WAIT = 0.001
"""Real seconds: what is due within so little is called together, however fast time passes."""

Callback = Callable[[Millis], None]


def wall() -> Millis:
    """The wall clock's now: asked once, when a session begins."""
    return time.time_ns() // 1_000_000


class VirtualClock:
    """One heap of what is to happen, one task (`run`) that makes it happen.

    `local` gives monotonic real seconds. The clock's now never runs back, even where those do.
    """

    def __init__(
        self,
        start: Millis,
        rate: float = 1.0,
        local: Callable[[], float] = time.monotonic,
        fastest: float = FASTEST,
    ) -> None:
        self._local, self._fastest = local, fastest
        self._at, self._heard, self._rate = start, local(), checked_rate(rate, fastest)
        self._latest = start
        self._heap: list[tuple[Millis, int, Callback]] = []
        self._count = itertools.count()
        self._changed = asyncio.Event()

    @property
    def rate(self) -> float:
        """Virtual milliseconds in one real millisecond; 0 while paused."""
        return self._rate

    def now(self) -> Millis:
        """The session's now, in whole milliseconds."""
        return self._now(self._local())

    def _now(self, local: float) -> Millis:
        passed = max(0.0, local - self._heard)
        self._latest = max(self._latest, self._at + int(passed * SECOND * self._rate))
        return self._latest

    def set_rate(self, rate: float) -> None:
        """Run at `rate` from now on. ValueError: neither 0 nor between the slowest and fastest."""
        rate, local = checked_rate(rate, self._fastest), self._local()
        self._at, self._heard, self._rate = self._now(local), local, rate
        self._changed.set()

    def move_to(self, at: Millis) -> None:
        """Jump ahead to `at`; a moment in the past changes nothing."""
        local = self._local()
        self._at = self._latest = max(self._now(local), at)
        self._heard = local
        self._changed.set()

    def call_at(self, at: Millis, callback: Callback) -> None:
        """Have `callback(now)` called once when the clock has reached `at`."""
        heapq.heappush(self._heap, (at, next(self._count), callback))
        self._changed.set()

    def pump(self) -> float:
        """Call what is due now; gives the real seconds until the next is.

        What falls due meanwhile waits for the next turn: sockets get theirs in between.
        """
        now, called = self.now(), next(self._count)
        while self._heap and self._heap[0][0] <= now and self._heap[0][1] < called:
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
            wait = max(self.pump(), SHORTEST_WAIT)
            try:
                async with asyncio.timeout(wait):
                    await self._changed.wait()
            except TimeoutError:
                continue
            await asyncio.sleep(0)


def checked_rate(rate: float, fastest: float = FASTEST) -> float:
    """`rate` if a session may run at it, else ValueError with the sentence to show."""
    if rate == 0 or SLOWEST <= rate <= fastest:
        return rate
    raise ValueError(f"The rate is {SLOWEST:g} to {fastest:g}, or 0: paused; not {rate:g}.")
