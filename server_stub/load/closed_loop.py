"""What several chats at once do to the times of reply of one operator.

A closed loop: so many chats are always open, each visitor waits for the operator and then thinks
and types as in its play, and the operator answers whoever has been waiting longest, one by one.
"""

from collections.abc import Sequence

from msgspec import Struct

from operator_tui.desk.time import HOUR, SECOND, Millis
from server_stub.clock import VirtualClock
from server_stub.load.core import OwnCore, run
from server_stub.load.crowd import WORDS, Crowd
from server_stub.plays.play import Play
from server_stub.visitors.acts import Says
from server_stub.visitors.identity import fraction
from server_stub.visitors.pace import READS


class Speed(Struct, frozen=True):
    """How fast an operator is."""

    typing: float = 4.0
    """Characters a second."""
    reply: int = 90
    """Characters of a reply; one may be half of it or half as much again."""
    thinks: float = 6.0
    """Seconds before each reply."""
    switches: float = 4.0
    """Seconds more when the last reply was to somebody else."""


class Times(Struct, frozen=True):
    """What came of so many chats at once; seconds."""

    chats: int
    mean: float
    """From a visitor's first unanswered message to the reply to it."""
    p90: float
    in_time: float
    """The share of replies within a minute."""
    replies: float
    """In an hour."""
    busy: float
    """The share of time in which the operator reads, thinks or types."""


class OneOperator:
    """An operator who answers one visitor after the other, always the longest waiting."""

    def __init__(
        self, chats: int, plays: Sequence[Play], speed: Speed, clock: VirtualClock
    ) -> None:
        self._speed, self._clock = speed, clock
        self._waiting: dict[int, tuple[Millis, int]] = {}
        self._at: int | None = None
        self._last: int | None = None
        self.waited: list[Millis] = []
        self.worked: Millis = 0
        self._crowd = Crowd(chats, plays, clock, self._heard)

    def _heard(self, place: int, says: Says, now: Millis) -> None:
        since, length = self._waiting.get(place, (now, 0))
        self._waiting[place] = (since, length + len(says.text))
        self._begin(now)

    def _begin(self, now: Millis) -> None:
        if self._at is not None or not self._waiting:
            return
        place = self._at = min(self._waiting, key=lambda one: self._waiting[one][0])
        span = self._span(place, self._waiting[place][1])
        self.worked += span
        self._clock.call_at(now + span, self._answers)

    def _span(self, place: int, length: int) -> Millis:
        speed, number = self._speed, len(self.waited)
        typing = speed.reply * (0.5 + fraction(1, "reply", number)) / speed.typing
        switch = speed.switches if place != self._last else 0.0
        return round((length / READS + speed.thinks + switch + typing) * SECOND)

    def _answers(self, now: Millis) -> None:
        place = self._at
        if place is None:
            return
        self.waited.append(now - self._waiting.pop(place)[0])
        self._at, self._last = None, place
        self._crowd.answer(place, WORDS[len(self.waited) % len(WORDS)])
        self._begin(now)


def computed(
    chats: Sequence[int], plays: Sequence[Play], speed: Speed, hours: float = 10.0
) -> list[Times]:
    """The table: a row for each number of chats, from so many hours of practice."""
    return [_times(number, plays, speed, hours) for number in chats]


def _times(chats: int, plays: Sequence[Play], speed: Speed, hours: float) -> Times:
    core = OwnCore(lambda: 0.0)
    clock = VirtualClock(0, 1.0, core)
    operator = OneOperator(chats, plays, speed, clock)
    run(clock, core, hours * HOUR / SECOND)
    waited = sorted(operator.waited)
    n = max(1, len(waited))
    return Times(
        chats,
        sum(waited) / n / SECOND,
        waited[n * 9 // 10] / SECOND if waited else 0.0,
        sum(one <= 60 * SECOND for one in waited) / n,
        len(waited) / hours,
        operator.worked / (hours * HOUR),
    )
