"""When to try again: exponential backoff with full jitter, and a hard limit on attempts."""

from collections import deque
from collections.abc import Callable

LEAST, MOST = 0.25, 30.0
"""Seconds: the longest first wait, and the longest of all."""
PROVEN_AFTER = 10.0
"""Seconds of LIVE that prove a connection: one that opens and closes at once is no success."""
ATTEMPTS, WITHIN = 8, 30.0
"""At most so many attempts in any so many seconds, whatever chance says."""


class Backoff:
    """The waits between attempts. `random` gives numbers from 0 to 1."""

    def __init__(
        self,
        random: Callable[[], float],
        *,
        least: float = LEAST,
        most: float = MOST,
        within: float = WITHIN,
    ) -> None:
        self._random = random
        self._least, self._most, self._within = least, most, within
        self._step = 0
        self._attempts: deque[float] = deque(maxlen=ATTEMPTS)

    def attempt(self, now: float) -> None:
        """An attempt begins at `now` (local seconds)."""
        self._attempts.append(now)

    def lived(self, seconds: float) -> None:
        """The connection was LIVE for so long."""
        if seconds >= PROVEN_AFTER:
            self._step = 0

    def wait(self, now: float, *, at_once: bool = False) -> float:
        """Seconds to wait from `now` until the next attempt; every call is one step further.

        `at_once`: the server asked for it, so only the first, short jitter; the limit on attempts
        holds all the same.
        """
        step = 0 if at_once else min(self._step, 32)
        ceiling = min(self._most, self._least * 2**step)
        self._step += 1
        jittered: float = self._random() * ceiling
        if len(self._attempts) < ATTEMPTS:
            return jittered
        return max(jittered, self._attempts[0] + self._within - now)
