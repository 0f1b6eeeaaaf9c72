"""A server that goes on beating and answers no command: what we send goes nowhere."""

from operator_tui.wire.effects import State
from operator_tui.wire.frames import Heartbeat
from tests.wire.desk_side import START, DeskSide, accepted, live, own_message, welcome
from tests.wire.desk_side import event as logged


def beat(side: DeskSide, now: float) -> None:
    side.hears(Heartbeat(head=side.kept.place.seq, now=START, rate=1.0), now=now)
    side.do(side.delivery.tick(now))


def test_a_command_without_a_result_for_three_beats_ends_the_connection() -> None:
    side = live()
    side.enters("a")
    for now in (5.0, 10.0, 15.0):
        beat(side, now)
        assert side.delivery.state is State.LIVE
    beat(side, 20.0)
    assert side.closes() == ["unanswered"]


def test_on_the_next_connection_it_goes_out_again() -> None:
    side = live()
    side.enters("a")
    for now in (5.0, 10.0, 15.0, 20.0):
        beat(side, now)
    side.breaks()
    side.done.clear()
    side.opens(welcome(), now=21.0)
    assert side.ops() == [(1, "a")]
    beat(side, 26.0)
    assert side.delivery.state is State.LIVE


def test_results_that_come_keep_the_connection_however_many_commands_there_are() -> None:
    side = live()
    for n in range(1, 9):
        side.enters(f"op{n}")
        beat(side, n * 5.0)
        side.hears(accepted(n, f"op{n}", seq=n), logged(n, own_message(f"op{n}", n)), now=n * 5.0)
    assert side.delivery.state is State.LIVE


def test_a_command_whose_event_is_on_its_way_has_been_answered() -> None:
    side = live()
    side.enters("a")
    side.hears(accepted(1, "a", seq=1), now=1.0)
    for now in (5.0, 10.0, 15.0, 20.0, 25.0):
        side.do(side.delivery.receive((), now))
        side.do(side.delivery.tick(now))
    assert side.delivery.state is State.LIVE
