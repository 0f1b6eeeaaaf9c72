import asyncio

import pytest

from operator_tui.desk.time import Millis
from server_stub.clock import LONGEST_WAIT, VirtualClock
from server_stub.pace import BURST, Pace


class Local:
    """This machine's seconds, moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def clock(rate: float) -> tuple[VirtualClock, Local, list[Millis]]:
    local = Local()
    return VirtualClock(1_000, rate, local), local, []


def test_time_passes_at_its_rate_and_stands_still_at_zero() -> None:
    virtual, local, _ = clock(2.0)
    local.at += 1.5
    assert virtual.now() == 4_000
    virtual.set_rate(0)
    local.at += 60
    assert virtual.now() == 4_000
    virtual.set_rate(60)
    local.at += 1
    assert virtual.now() == 64_000


def test_it_never_runs_back() -> None:
    virtual, local, _ = clock(1.0)
    local.at -= 50
    assert virtual.now() == 1_000
    virtual.move_to(500)
    assert virtual.now() == 1_000
    virtual.move_to(9_000)
    assert virtual.now() == 9_000


@pytest.mark.parametrize("rate", [-1.0, 0.05, 61.0, float("nan"), float("inf")])
def test_a_rate_outside_its_bounds_is_refused(rate: float) -> None:
    virtual, _, _ = clock(1.0)
    with pytest.raises(ValueError, match="rate must be"):
        virtual.set_rate(rate)


def test_the_pump_calls_what_is_due_in_order_and_says_how_long_to_sleep() -> None:
    virtual, local, called = clock(8.0)
    virtual.call_at(21_000, called.append)
    virtual.call_at(2_000, called.append)
    virtual.call_at(1_500, called.append)
    local.at += 0.125
    assert virtual.pump() == pytest.approx(2.375)
    assert called == [2_000, 2_000]
    local.at += 2.375
    assert virtual.pump() == LONGEST_WAIT
    assert called == [2_000, 2_000, 21_000]


def test_a_paused_clock_calls_nothing() -> None:
    virtual, local, called = clock(0.0)
    virtual.call_at(1_001, called.append)
    local.at += 60
    assert virtual.pump() == LONGEST_WAIT
    assert called == []


async def test_a_call_added_while_the_pump_sleeps_wakes_it() -> None:
    virtual, _, _ = clock(1.0)
    called = asyncio.Event()
    pump = asyncio.create_task(virtual.run())
    await asyncio.sleep(0)
    virtual.call_at(1_000, lambda _: called.set())
    await called.wait()
    pump.cancel()


def test_a_burst_is_read_at_once_and_the_rest_at_ten_a_second() -> None:
    local = Local()
    pace = Pace(local)
    waits = [pace.take() for _ in range(int(BURST) + 3)]
    assert waits[:20] == [0.0] * 20
    assert waits[20:] == pytest.approx([0.1, 0.2, 0.3])
    local.at += 0.3
    assert pace.take() == pytest.approx(0.1)
    local.at += 3_600
    assert [pace.take() for _ in range(20)] == [0.0] * 20
