"""What many visitors cost who all write, and how late they become for it."""

import gc
import tracemalloc
from collections.abc import Sequence
from itertools import count
from time import process_time

from msgspec import Struct

from operator_tui.desk.time import SECOND, Millis
from server_stub.clock import FASTEST, SLOWEST, VirtualClock
from server_stub.load.core import OwnCore, run
from server_stub.load.crowd import WORDS, Crowd
from server_stub.plays.play import Play
from server_stub.visitors.acts import Says

EVERY = 10.0
"""Real seconds in which each visitor writes once."""
ANSWERED_AFTER: Millis = 5 * SECOND
SAMPLE = 500
WARMING = 240.0
"""Seconds of the play until a crowd is a mixed one."""
SETTLES = 1.0


class Cost(Struct, frozen=True):
    """What was measured in `seconds` of a core."""

    visitors: int
    rate: float
    every: float
    """Real seconds between two messages of a visitor."""
    share: float
    """Of one core."""
    late: float
    """Real milliseconds, the 99th percentile."""
    bytes: float
    """Of one visitor, with its timer."""


class Answered:
    """A crowd whose every message is answered a little later, at no cost to speak of."""

    def __init__(self, size: int, plays: Sequence[Play], rate: float, core: OwnCore) -> None:
        self.clock = VirtualClock(0, rate, core)
        self.messages = 0
        self._words = count()
        self.crowd = Crowd(size, plays, self.clock, self._heard)

    def _heard(self, place: int, _: Says, now: Millis) -> None:
        self.messages += 1
        text = WORDS[next(self._words) % len(WORDS)]
        self.clock.call_at(now + ANSWERED_AFTER, lambda _: self.crowd.answer(place, text))


def measured(visitors: int, seconds: float, plays: Sequence[Play]) -> Cost:
    """Run so many visitors at the rate at which each writes every 10 s."""
    rate = min(FASTEST, max(SLOWEST, _apart(plays) / EVERY))
    core = OwnCore()
    load = Answered(visitors, plays, rate, core)
    run(load.clock, core, WARMING / rate)
    gc.collect()
    run(load.clock, core, SETTLES)
    load.messages = 0
    load.crowd.late.clear()
    start = process_time()
    run(load.clock, core, seconds)
    worked, late = process_time() - start, sorted(load.crowd.late)
    return Cost(
        visitors,
        rate,
        seconds * visitors / max(1, load.messages),
        worked / seconds,
        late[len(late) * 99 // 100] / rate if late else 0.0,
        _size(plays, rate),
    )


def _apart(plays: Sequence[Play]) -> float:
    """Seconds of the play between two messages of one visitor."""
    core, seconds = OwnCore(lambda: 0.0), 5 * WARMING
    load = Answered(SAMPLE, plays, 1.0, core)
    run(load.clock, core, WARMING)
    load.messages = 0
    run(load.clock, core, seconds)
    return seconds * SAMPLE / max(1, load.messages)


def _size(plays: Sequence[Play], rate: float) -> float:
    """Traced, which takes several times as long: few visitors, and not for long."""
    gc.collect()
    tracemalloc.start()
    core = OwnCore(lambda: 0.0)
    load = Answered(SAMPLE, plays, rate, core)
    run(load.clock, core, WARMING / 2 / rate)
    load.crowd.late.clear()
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / SAMPLE
