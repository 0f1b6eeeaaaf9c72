"""Time for measuring: nobody waits for it, and others on the same machine do not disturb it."""

from collections.abc import Callable
from time import process_time

from server_stub.clock import SHORTEST_WAIT, VirtualClock


class OwnCore:
    """The seconds of a core that has nothing else to do: work takes what it takes, and a sleep
    is over at once."""

    def __init__(self, worked: Callable[[], float] = process_time) -> None:
        """`worked`: seconds of work so far; always 0.0 is a core on which work takes no time."""
        self._worked = worked
        self._slept = 0.0

    def __call__(self) -> float:
        """Seconds since some fixed moment."""
        return self._worked() + self._slept

    def sleep(self, seconds: float) -> None:
        """Be so much later."""
        self._slept += seconds


def run(clock: VirtualClock, core: OwnCore, seconds: float) -> None:
    """Pump the clock as its task would, for so many seconds of the core."""
    end = core() + seconds
    while (now := core()) < end:
        wait = max(clock.pump(), SHORTEST_WAIT)
        core.sleep(min(wait, max(0.0, end - now)))
