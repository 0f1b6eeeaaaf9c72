"""Visitors who come in numbers: by chance, in bursts, or exactly as they once came.

By chance means a Poisson process whose rate changes over time, times how busy the whole day is:
one gamma-distributed factor with mean 1. The same seed gives the same arrivals.
"""

from collections.abc import Iterator, Mapping
from random import Random

from operator_tui.desk.entries import Language
from operator_tui.desk.text import SafeLine
from operator_tui.desk.time import HOUR, Millis
from server_stub.plays.intents import Known, spoken
from server_stub.plays.play import Play
from server_stub.plays.spans import Offset
from server_stub.sessions.session import Arrivals, Burst, VisitorSpec
from server_stub.visitors.identity import draw

MOST = 20_000
"""No process brings more visitors than this."""


def arriving(
    process: Arrivals,
    plays: Mapping[str, Play],
    seed: int,
    language: Language | None = None,
) -> list[VisitorSpec]:
    """The visitors that the process brings, in order of time; where it can be, in `language`."""
    chance = Random(int.from_bytes(draw(seed, "arrivals", process.id)))  # noqa: S311
    times = sorted(_times(process, chance))[:MOST]
    able = [play for play in process.plays if language in plays[play].languages]
    return [
        _visitor(process, plays[chance.choice(able or list(process.plays))], chance, number, at)
        for number, at in enumerate(times, start=1)
    ]


def _visitor(process: Arrivals, play: Play, chance: Random, number: int, at: Millis) -> VisitorSpec:
    able = [one for one in process.languages if one in play.languages] or list(play.languages)
    language = chance.choice(able) if able else None
    return VisitorSpec(
        id=f"{process.id}-{number}",
        play=play.id,
        at=Offset(at),
        language=language,
        operator=process.operator,
        named_by=number,
    )


def name_of(number: int | None, known: Known, language: Language) -> SafeLine | None:
    """The name of visitor number `number` in a language; None: the play's own."""
    if number is None:
        return None
    names = spoken(known, language).names
    return names[(number - 1) % len(names)] if names else None


def _times(process: Arrivals, chance: Random) -> Iterator[Millis]:
    yield from process.trace
    for burst in process.bursts:
        yield from _burst(burst, chance)
    if process.rates:
        yield from _by_chance(process, chance)


def _burst(burst: Burst, chance: Random) -> Iterator[Millis]:
    for _ in range(burst.n):
        yield burst.at + round(chance.random() * burst.within)


def _by_chance(process: Arrivals, chance: Random) -> Iterator[Millis]:
    """Arrivals at the highest rate, of which each is kept with the chance of its own moment."""
    shape = process.busyness
    factor = chance.gammavariate(shape, 1 / shape) if shape else 1.0
    highest = max(rate.per_hour for rate in process.rates) * factor
    at = float(process.at)
    for _ in range(10 * MOST):
        at += chance.expovariate(highest) * HOUR if highest else HOUR * 1e9
        if at >= process.until:
            return
        if chance.random() * highest < _rate(process, at) * factor:
            yield round(at)


def _rate(process: Arrivals, at: float) -> float:
    """Visitors an hour at that moment: the rate that was named last."""
    named = [rate for rate in process.rates if rate.at <= at]
    return max(named, key=lambda rate: rate.at).per_hour if named else 0.0
