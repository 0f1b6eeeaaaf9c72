"""Frames of which not even the number can be read, where they do the most harm."""

from operator_tui.desk.events import Unreadable
from operator_tui.wire.effects import Send, State
from operator_tui.wire.frames import EventFrame, Heartbeat, Op
from tests.wire.desk_side import START, DeskSide, accepted, event, live, welcome


def beats(side: DeskSide, head: int) -> None:
    for _ in range(2):
        side.hears(Heartbeat(head=head, now=START + 9, rate=1.0))


def comes_again(side: DeskSide, head: int, last_n: int = 0) -> None:
    side.breaks()
    side.done.clear()
    side.opens(welcome(head=head, last_n=last_n))


def given_up(side: DeskSide) -> list[int]:
    return [one.seq for one in side.kept.tail if isinstance(one.event, Unreadable)]


def test_garbage_at_the_end_of_the_log_is_asked_for_once_more() -> None:
    side = live(seq=3)
    side.delivery.unreadable()
    beats(side, head=4)
    assert side.closes() == ["stalled"]
    assert side.kept.place.seq == 3


def test_garbage_at_the_end_of_the_log_does_not_stop_the_desk_for_ever() -> None:
    side = live(seq=3)
    side.delivery.unreadable()
    beats(side, head=4)
    comes_again(side, head=4)
    side.delivery.unreadable()
    side.enters("a")
    assert side.ops() == []
    beats(side, head=4)
    assert given_up(side) == [4]
    assert side.delivery.state is State.LIVE
    assert side.ops() == [(1, "a")]


def test_two_events_of_garbage_running_are_given_up_together() -> None:
    side = live(seq=3)
    for _ in range(2):
        side.delivery.unreadable()
        side.delivery.unreadable()
        side.hears(event(6))
        comes_again(side, head=6)
    side.delivery.unreadable()
    side.delivery.unreadable()
    side.hears(event(6))
    assert given_up(side) == [4, 5]
    assert side.kept.place.seq == 6


def test_more_missing_than_came_as_garbage_is_a_gap() -> None:
    side = live(seq=3)
    for _ in range(3):
        side.delivery.unreadable()
        side.hears(event(6))
        assert side.closes() == ["gap"]
        comes_again(side, head=6)
    assert side.kept.place.seq == 3


def test_a_stalled_log_without_garbage_is_only_asked_for_again() -> None:
    side = live(seq=3)
    for _ in range(3):
        beats(side, head=4)
        assert side.closes() == ["stalled"]
        comes_again(side, head=4)
    assert given_up(side) == []


def test_a_reply_whose_own_event_is_given_up_is_settled_by_its_result() -> None:
    side = live(seq=3)
    side.enters("a")
    side.delivery.unreadable()
    beats(side, head=4)
    comes_again(side, head=4, last_n=1)
    side.delivery.unreadable()
    assert [send.frame.id for send in side.took(Send) if isinstance(send.frame, Op)] == ["a"]
    side.hears(accepted(1, "a", seq=4, duplicate=True))
    beats(side, head=4)
    assert side.fates() == {}


def test_an_event_frame_after_garbage_is_still_counted_by_its_own_number() -> None:
    side = live(seq=3)
    side.delivery.unreadable()
    frame = event(4)
    assert isinstance(frame, EventFrame)
    side.hears(frame)
    assert side.kept.place.seq == 4
    assert side.delivery.counts["bad_frame"] == 1


def test_a_log_that_the_welcome_put_ahead_is_asked_for_again_too() -> None:
    side = live(seq=3)
    comes_again(side, head=4)
    beats(side, head=0)
    assert side.closes() == ["stalled"]
