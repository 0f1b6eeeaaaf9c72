"""When the session has to be called again: at the soonest of the moments asked for."""

from collections.abc import Callable
from functools import partial

from operator_tui.desk.time import Millis
from server_stub.clock import VirtualClock

SHARED: Millis = 10
"""What happens by itself within so many real milliseconds shares one commit."""


class Waking:
    """Has the clock call `act` when something is due; of several calls only the soonest counts."""

    def __init__(self, clock: VirtualClock, act: Callable[[Millis], None]) -> None:
        self._clock, self._act = clock, act
        self._due: Millis | None = None
        self._calls: set[Millis] = set()
        self._soonest: Millis = 0

    def by(self, due: Millis | None) -> None:
        """Be called at `due`, or sooner if that was asked for before; None asks for nothing."""
        if due is None or (self._due is not None and due >= self._due):
            return
        self._due = max(due, self._soonest)
        if self._due not in self._calls:
            self._calls.add(self._due)
            self._clock.call_at(self._due, partial(self._tick, self._due))

    def forget(self) -> None:
        """Nothing is due any more."""
        self._due = None

    def _tick(self, due: Millis, now: Millis) -> None:
        """The clock has come to `due`; a call that was overtaken by a sooner one does nothing."""
        self._calls.discard(due)
        if due != self._due:
            return
        self._due = None
        self._soonest = now + int(SHARED * self._clock.rate)
        self._act(now)
