"""How fast a client may talk: it is never refused, it is read more slowly."""

from collections.abc import Callable

FRAMES_A_SECOND = 10.0
BURST = 20.0


class Bucket:
    """Of tokens: one for each frame, filled at an even rate. Real seconds."""

    def __init__(
        self, local: Callable[[], float], rate: float = FRAMES_A_SECOND, burst: float = BURST
    ) -> None:
        self._local, self._rate, self._burst = local, rate, burst
        self._tokens, self._at = burst, local()

    def take(self) -> float:
        """Take a token for a frame just read; gives the seconds to wait before the next read."""
        now = self._local()
        filled = self._tokens + (now - self._at) * self._rate
        self._tokens, self._at = min(filled, self._burst) - 1, now
        return max(0.0, -self._tokens / self._rate)
