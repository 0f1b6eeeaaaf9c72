"""When the screen must look at the clock again."""

from operator_tui.desk.time import SECOND, ServerTime

QUICKEST = 0.1
"""Local seconds between two ticks at least: ten paintings a second are enough at any rate."""
SLOWEST = 1.0
"""And at most: the connection's own times count local seconds."""


def sleep(time: ServerTime, local: float) -> float:
    """Local seconds until the next whole second of the server's clock, within the two limits."""
    if time.rate <= 0:
        return SLOWEST
    left = (SECOND - time.now(local) % SECOND) / SECOND / time.rate
    return min(SLOWEST, max(QUICKEST, left))
