"""How long the other side has been silent, and when ours must say something (protocol, LIVE)."""

from typing import Self

from msgspec import Struct, structs

UNCERTAIN_AFTER = 10.0
"""Seconds without any frame after which the connection is called uncertain."""
SILENT_AFTER = 15.0
"""Seconds after which it is given up: half-open, most likely."""


class Pulse(Struct, frozen=True):
    """A live connection's heartbeat. All moments in local seconds."""

    heard: float
    """When the last frame came."""
    beat_at: float
    """When our next heartbeat is due."""
    every: float
    """Seconds between heartbeats, as the server asked; its own ones have the same distance."""

    def heard_at(self, now: float) -> Self:
        """After a frame at `now`."""
        return structs.replace(self, heard=max(self.heard, now))

    def beaten(self, now: float) -> Self:
        """After our heartbeat at `now`."""
        return structs.replace(self, beat_at=now + self.every)

    @property
    def uncertain_at(self) -> float:
        """When the connection becomes uncertain: two heartbeats missing at least."""
        return self.heard + max(UNCERTAIN_AFTER, 2 * self.every)

    @property
    def silent_at(self) -> float:
        """When it is given up: three heartbeats missing at least."""
        return self.heard + max(SILENT_AFTER, 3 * self.every)

    def wakes_at(self, now: float) -> float:
        """The next moment at which something is to be done or shown."""
        uncertain = (self.uncertain_at,) if now < self.uncertain_at else ()
        return min(self.beat_at, self.silent_at, *uncertain)
