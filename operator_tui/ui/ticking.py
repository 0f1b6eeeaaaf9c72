"""When the screen must look at the clock again."""

from operator_tui.desk.time import SECOND, Millis, ServerTime

QUICKEST = 0.1
"""Local seconds between two ticks at least: ten paintings a second are enough at any rate."""
SLOWEST = 1.0
"""And at most: the connection's own times count local seconds."""


def sleep(time: ServerTime, local: float, due: Millis | None = None) -> float:
    """Local seconds until the next whole second of the server's clock, or until `due` if sooner."""
    if time.rate <= 0:
        return SLOWEST
    now = time.now(local)
    left = SECOND - now % SECOND
    if due is not None and due > now:
        left = min(left, due - now)
    return min(SLOWEST, max(QUICKEST, left / SECOND / time.rate))
