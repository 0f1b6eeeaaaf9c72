"""Frames so long that nobody reads them to the end: the connection ends at each of them."""

from operator_tui.desk.kept import Kept, Place
from operator_tui.desk.model import Desk
from operator_tui.wire import codec
from operator_tui.wire.close_codes import TOO_LONG
from operator_tui.wire.effects import Send, State
from operator_tui.wire.frames import Hello
from tests.wire.desk_side import ANNA, DEVICE, EPOCH, DeskSide, event, live, welcome


def greets(side: DeskSide) -> tuple[str | None, int]:
    """With which cursor the next connection begins."""
    side.done.clear()
    side.do(side.delivery.connected(0.0))
    (hello,) = (send.frame for send in side.took(Send) if isinstance(send.frame, Hello))
    return hello.epoch, hello.seq


def resumes(side: DeskSide, head: int) -> None:
    side.hears(welcome(head=head))


def takes_snapshot(side: DeskSide, head: int) -> None:
    parts = codec.snapshot(Desk(ANNA, seq=head), head)
    side.hears(welcome(head=head, mode="snapshot"), *parts)


def test_one_too_long_frame_is_asked_for_once_more() -> None:
    side = live(seq=3)
    side.breaks(TOO_LONG)
    assert greets(side) == (EPOCH, 3)


def test_the_second_time_at_one_place_a_snapshot_steps_over_it() -> None:
    side = live(seq=3)
    side.breaks(TOO_LONG)
    greets(side)
    resumes(side, head=9)
    side.breaks(TOO_LONG)
    assert greets(side) == (None, 0)
    takes_snapshot(side, head=9)
    assert side.delivery.state is State.LIVE
    assert side.kept.place == Place(DEVICE, EPOCH, 9)
    side.breaks()
    assert greets(side) == (EPOCH, 9)


def test_where_the_cursor_moves_on_between_two_of_them_the_log_is_resumed() -> None:
    side = live(seq=3)
    side.breaks(TOO_LONG)
    greets(side)
    resumes(side, head=9)
    side.hears(event(4))
    side.breaks(TOO_LONG)
    assert greets(side) == (EPOCH, 4)


def test_a_snapshot_that_does_not_come_through_is_asked_for_again() -> None:
    side = live(seq=3)
    for _ in range(2):
        side.breaks(TOO_LONG)
    for _ in range(2):
        assert greets(side) == (None, 0)
        side.breaks()


def test_another_end_of_a_connection_asks_for_no_snapshot() -> None:
    side = live(seq=3)
    for code in (TOO_LONG, 1006, 1011, 1012):
        side.breaks(code)
        assert greets(side) == (EPOCH, 3)


def test_what_was_entered_meanwhile_goes_out_once_after_the_snapshot() -> None:
    side = live(seq=3)
    side.breaks(TOO_LONG)
    greets(side)
    resumes(side, head=9)
    side.breaks(TOO_LONG)
    side.enters("a")
    greets(side)
    takes_snapshot(side, head=9)
    assert side.ops() == [(1, "a")]


def test_a_desk_that_has_nothing_yet_asks_for_a_snapshot_as_ever() -> None:
    side = DeskSide(Kept(Place(DEVICE)))
    side.restart(has_desk=False)
    for _ in range(3):
        assert greets(side) == (None, 0)
        side.breaks(TOO_LONG)
