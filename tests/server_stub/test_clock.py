import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_tui.desk.time import Millis
from server_stub.bucket import BURST, Bucket
from server_stub.clock import LONGEST_WAIT, VirtualClock


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
    with pytest.raises(ValueError, match="The rate is"):
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
    bucket = Bucket(local)
    waits = [bucket.take() for _ in range(int(BURST) + 3)]
    assert waits[:20] == [0.0] * 20
    assert waits[20:] == pytest.approx([0.1, 0.2, 0.3])
    local.at += 0.3
    assert bucket.take() == pytest.approx(0.1)
    local.at += 3_600
    assert [bucket.take() for _ in range(20)] == [0.0] * 20


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["rate", "move", "wait"]),
            st.floats(-100, 100),
            st.sampled_from([0, 0.1, 1, 60]),
        )
    )
)
def test_whatever_is_done_to_it_now_never_runs_back(done: list[tuple[str, float, float]]) -> None:
    virtual, local, _ = clock(1.0)
    before = virtual.now()
    for what, span, rate in done:
        match what:
            case "rate":
                virtual.set_rate(rate)
            case "move":
                virtual.move_to(1_000 + int(span * 1_000))
            case _:
                local.at += span
        assert virtual.now() >= before
        before = virtual.now()


def test_what_calls_for_more_at_once_leaves_others_their_turn() -> None:
    virtual, _, called = clock(60.0)

    def again(now: Millis) -> None:
        called.append(now)
        virtual.call_at(now, again)

    virtual.call_at(1_000, again)
    assert virtual.pump() == 0.0
    assert called == [1_000]


async def test_a_pump_that_always_has_something_to_do_lets_sockets_in_between() -> None:
    virtual, _, _ = clock(60.0)

    def again(now: Millis) -> None:
        virtual.call_at(now, again)

    virtual.call_at(1_000, again)
    pump = asyncio.create_task(virtual.run())
    async with asyncio.timeout(5):
        for _ in range(10):
            await asyncio.sleep(0)
    pump.cancel()


def test_a_load_may_have_a_faster_clock_than_a_session() -> None:
    local = Local()
    assert VirtualClock(0, 3_600.0, local, fastest=3_600.0).rate == 3_600.0
