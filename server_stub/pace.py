"""How fast a client may talk: it is never refused, it is read more slowly."""

from collections.abc import Callable

FRAMES_A_SECOND = 10.0
BURST = 20.0


class Pace:
    """A bucket of tokens: one for each frame, filled at an even rate. Real seconds."""

    def __init__(self, local: Callable[[], float]) -> None:
        self._local = local
        self._tokens, self._at = BURST, local()

    def take(self) -> float:
        """Take a token for a frame just read; gives the seconds to wait before the next read."""
        now = self._local()
        filled = self._tokens + (now - self._at) * FRAMES_A_SECOND
        self._tokens, self._at = min(filled, BURST) - 1, now
        return max(0.0, -self._tokens / FRAMES_A_SECOND)
