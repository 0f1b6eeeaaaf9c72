"""What 20,000 timers cost the clock's one pump at 3,600 times: processor seconds, not real ones."""

import asyncio
from random import Random
from time import monotonic, process_time

import pytest

from operator_tui.desk.time import HOUR, Millis
from server_stub.clock import VirtualClock

pytestmark = pytest.mark.benchmark

TIMERS, RATE = 20_000, 3_600.0


async def test_20_000_timers_of_an_hour_in_a_second(capsys: pytest.CaptureFixture[str]) -> None:
    chance, called = Random(7), list[Millis]()
    moments = [chance.randrange(HOUR) for _ in range(TIMERS)]
    done, start = asyncio.Event(), process_time()
    clock = VirtualClock(0, RATE, monotonic, fastest=RATE)

    def call(now: Millis) -> None:
        called.append(now)
        if len(called) == TIMERS:
            done.set()

    for moment in moments:
        clock.call_at(moment, call)
    pump = asyncio.create_task(clock.run())
    await done.wait()
    spent = process_time() - start
    pump.cancel()
    with capsys.disabled():
        print(f"\n{TIMERS:,} timers at {RATE:,.0f} times: {spent:.2f} s of processor")
