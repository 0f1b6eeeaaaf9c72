"""Time as the desk knows it: milliseconds of the server's clock, handed in, never asked for."""

from typing import Annotated, Protocol, Self, TypeAlias

from msgspec import Meta, Struct

LAST = 2**53 - 1
"""The last moment there is: what comes after it no peer and no database would take."""
Millis: TypeAlias = Annotated[int, Meta(ge=0, le=LAST)]
"""A moment on the server's clock (milliseconds since 1970 UTC) or a span of it."""

SECOND: Millis = 1_000
MINUTE: Millis = 60 * SECOND
HOUR: Millis = 60 * MINUTE
DAY: Millis = 24 * HOUR


class Clock(Protocol):
    """This machine's monotonic time, for heartbeats, backoff and painting; never business."""

    def seconds(self) -> float:
        """Seconds since some fixed moment; never runs back."""
        ...


class ServerTime(Struct, frozen=True):
    """What the server's clock said, when this machine heard it, and how fast it runs.

    Replaced whole at every heartbeat. A paused clock has rate 0.
    """

    at: Millis = 0
    """The server's now at the moment it was heard."""
    heard: float = 0.0
    """This machine's `Clock.seconds()` at that moment."""
    rate: float = 0.0
    """Server milliseconds that pass in one local millisecond; 0 before the first word from it."""

    def now(self, local: float) -> Millis:
        """The server's now at the local moment `local` (seconds); never beyond `LAST`."""
        return min(LAST, self.at + int(max(0.0, local - self.heard) * SECOND * self.rate))

    def adopted(self, at: Millis, rate: float, local: float) -> Self:
        """The time after the server said `at` and `rate`: its now never runs back."""
        return type(self)(at=max(at, self.now(local)), heard=local, rate=rate)
