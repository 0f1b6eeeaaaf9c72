"""What delivery remembers of one connection only, and forgets with it."""

from operator_tui.desk.time import SECOND
from operator_tui.wire.frames import Heartbeat, Welcome
from operator_tui.wire.pulse import Pulse
from operator_tui.wire.snapshot_parts import SnapshotParts

BEATS_TO_ANSWER = 3
"""Heartbeats of ours within which a command must have its result, or what we send goes nowhere."""


class Connection:
    """One connection, from its opening to its end."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        """Until when the next step of the opening must come, in local seconds."""
        self.greeted = False
        """Whether `hello` went out."""
        self.welcome: Welcome | None = None
        self.parts = SnapshotParts()
        self.pulse = Pulse(heard=0.0, beat_at=0.0, every=5.0)
        self.sent: set[str] = set()
        """The commands that went out on it and have no result yet."""
        self.answered: dict[str, int] = {}
        """Commands that are in the log, at or before this seq, which has not come yet."""
        self.torn = 0
        """How many frames came on it that could not be read at all."""
        self._behind_at: int | None = None
        self._beats: dict[str, int] = {}

    def live(self, now: float) -> None:
        """Start the heartbeat."""
        every = self.welcome.heartbeat / SECOND if self.welcome is not None else 5.0
        self.pulse = Pulse(heard=now, beat_at=now + every, every=every)

    def caught_up(self, seq: int) -> bool:
        """Whether the cursor has come to where the log stood at the welcome.

        Nothing new goes out before: what is in the log already must not be sent again, and what
        visitors wrote meanwhile may change what the operator is asked about a held reply.
        """
        return self.welcome is not None and seq >= self.welcome.head

    def unanswered(self) -> bool:
        """Whether a command has waited too long for its result; to be asked at every own beat."""
        waiting = self.sent - self.answered.keys()
        self._beats = {op: self._beats.get(op, 0) + 1 for op in waiting}
        return any(beats > BEATS_TO_ANSWER for beats in self._beats.values())

    def head(self, beat: Heartbeat) -> int:
        """Where the log stands by all that was said on this connection."""
        return max(beat.head, self.welcome.head if self.welcome is not None else 0)

    def stalled(self, beat: Heartbeat, seq: int) -> bool:
        """Whether the log was ahead at two heartbeats running while the cursor stood still."""
        if self.head(beat) <= seq:
            self._behind_at = None
            return False
        stalled = self._behind_at == seq
        self._behind_at = seq
        return stalled
