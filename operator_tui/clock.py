"""This machine's clock: the only place that asks for the time; everybody else is handed it."""

from time import monotonic


class MonotonicClock:
    """`desk.time.Clock`: never runs back, not even when somebody sets the machine's date."""

    def seconds(self) -> float:
        """Seconds since some fixed moment."""
        return monotonic()
