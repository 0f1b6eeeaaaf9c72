import pytest
from msgspec import Raw, structs

from operator_tui.desk.commands import CloseChat, SetAvailability, WriteNote
from operator_tui.desk.events import Unreadable
from operator_tui.desk.kept import DraftKey
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.signals import QueueSeen
from operator_tui.desk.text import clean
from operator_tui.wire.codec import UnknownFrame
from operator_tui.wire.effects import Close, Heard, Send, State, Store
from operator_tui.wire.frames import Error, EventFrame, Heartbeat, Result, Signal
from operator_tui.wire.outbox_rules import IN_FLIGHT, OUTBOX_LIMIT, OutboxFullError
from tests.wire.desk_side import (
    START,
    DeskSide,
    accepted,
    event,
    live,
    own_message,
    row,
    says,
    welcome,
)

MINUTES = 60_000


def unreadable(seq: int) -> EventFrame:
    return EventFrame(seq, START, Raw(b'{"kind":"visitor_left","chat":"c 1"}'))


def test_an_event_moves_the_cursor_in_the_batch_that_stores_it() -> None:
    side = live(seq=3)
    side.hears(event(4), event(5))
    [store] = side.took(Store)
    assert [logged.seq for logged in store.batch.events] == [4, 5]
    assert store.batch.place.seq == 5


def test_a_known_event_is_ignored() -> None:
    side = live(seq=3)
    side.hears(event(3), event(2))
    assert side.done == []


def test_a_gap_closes_and_keeps_what_came_before_it() -> None:
    side = live(seq=3)
    side.hears(event(4), event(6), event(5))
    assert side.closes() == ["gap"]
    assert side.kept.place.seq == 4
    assert side.delivery.state is State.OFFLINE


def test_an_unknown_kind_of_event_counts_and_changes_nothing() -> None:
    side = live(seq=3)
    side.hears(EventFrame(4, START, Raw(b'{"kind":"moon_rose"}')))
    assert side.kept.place.seq == 4
    assert side.kept.tail[-1].event is None


def test_an_unreadable_event_closes_once_and_is_then_stored_as_unreadable() -> None:
    side = live(seq=3)
    side.hears(unreadable(4))
    assert side.closes() == ["unreadable"]
    assert side.kept.place.seq == 3
    side.breaks()
    side.opens(welcome(head=5), unreadable(4), event(5))
    assert side.kept.place.seq == 5
    assert isinstance(side.kept.tail[0].event, Unreadable)


def test_an_event_that_comes_as_garbage_twice_does_not_stop_the_desk() -> None:
    side = live(seq=3)
    side.delivery.unreadable()
    side.hears(event(5))
    assert side.closes() == ["gap"]
    side.breaks()
    side.opens(welcome(head=5))
    side.delivery.unreadable()
    side.hears(event(5))
    assert side.closes() == []
    assert [type(logged.event).__name__ for logged in side.kept.tail] == [
        "Unreadable",
        "VisitorLeft",
    ]


def test_garbage_alone_is_counted_and_the_connection_kept() -> None:
    side = live(seq=3)
    side.delivery.unreadable()
    side.do(side.delivery.receive([UnknownFrame("moon")], 0.0))
    side.hears(event(4))
    assert side.kept.place.seq == 4
    assert side.delivery.counts == {"bad_frame": 1, "unknown_frame": 1}


def test_a_second_batch_waits_for_the_first() -> None:
    side = live(seq=3)
    side.slow = True
    side.hears(event(4))
    [first] = side.took(Store)
    side.hears(event(5))
    side.hears(event(6))
    assert side.took(Store) == []
    side.finish(first.batch)
    [second] = side.took(Store)
    assert [logged.seq for logged in second.batch.events] == [5, 6]


def test_a_failed_store_takes_everything_back_and_resumes_later() -> None:
    side = live(seq=3)
    side.fails = True
    side.hears(event(4))
    assert side.closes() == ["disk"]
    assert (side.delivery.place.seq, side.delivery.state) == (3, State.OFFLINE)
    side.fails = False
    side.breaks()
    assert (side.kept.place.seq, side.delivery.reason) == (3, "disk")
    side.opens(welcome(head=4), event(4))
    assert (side.kept.place.seq, side.delivery.reason) == (4, None)


def test_a_reply_gets_its_number_in_the_store_before_it_goes_out() -> None:
    side = live(seq=3, last_n=8)
    side.slow = True
    side.enters("a")
    [store] = side.done
    assert isinstance(store, Store)
    assert [(row.n, row.fate) for row in store.batch.rows] == [(9, Fate.SENDING)]
    assert store.batch.place.next_n == 10
    assert store.batch.drafts == (DraftKey("c1"),)
    side.finish(store.batch)
    assert side.ops() == [(9, "a")]


def test_without_a_connection_a_reply_has_no_number() -> None:
    side = live()
    side.breaks()
    side.enters("a")
    assert [(row.n, row.fate) for row in side.kept.outbox] == [(None, Fate.WAITING)]


def test_a_number_stored_after_the_connection_broke_is_not_sent_on_the_dead_one() -> None:
    side = live()
    side.slow = True
    side.enters("a")
    [store] = side.took(Store)
    side.breaks()
    side.finish(store.batch)
    assert side.ops() == []
    side.slow = False
    side.opens(welcome())
    assert side.ops() == [(1, "a")]


def test_a_result_before_its_event_keeps_the_row_until_the_event_is_there() -> None:
    side = live(seq=3)
    side.enters("a")
    side.hears(accepted(1, "a", seq=5))
    assert side.fates() == {"a": "sending"}
    side.hears(event(4))
    assert side.fates() == {"a": "sending"}
    side.hears(event(5, own_message("a", 1)))
    assert side.fates() == {}


def test_a_command_without_an_event_of_its_own_goes_when_the_log_has_come_that_far() -> None:
    side = live(seq=3)
    side.enters("close", CloseChat("c1"))
    side.hears(accepted(1, "close", seq=4), event(4))
    assert side.fates() == {}


def test_an_own_message_in_the_log_settles_its_row_before_the_result() -> None:
    side = live(seq=3)
    side.enters("a")
    side.hears(event(4, own_message("a", 1)))
    assert side.fates() == {}
    side.hears(accepted(1, "a", seq=4))
    assert side.delivery.counts["stray_result"] == 1


def test_a_duplicate_result_settles_a_row_that_was_resent() -> None:
    side = live(seq=3)
    side.enters("a")
    side.breaks()
    side.took(Send)
    side.opens(welcome(head=4, last_n=1), event(4))
    assert side.ops() == [(1, "a")]
    side.hears(accepted(1, "a", seq=4, duplicate=True))
    assert side.fates() == {}


@pytest.mark.parametrize("result", [accepted(7, "a"), accepted(1, "z"), Result(7, "z", ok=False)])
def test_a_result_for_nothing_we_sent_is_counted(result: Result) -> None:
    side = live()
    side.enters("a")
    side.hears(result)
    assert side.fates() == {"a": "sending"}
    assert side.delivery.counts["stray_result"] == 1


def test_a_refusal_keeps_the_text_and_lets_the_next_one_go() -> None:
    side = live()
    side.enters("a")
    side.enters("b")
    side.took(Send)
    side.hears(Result(1, "a", ok=False, code="chat_closed"))
    [refused, _] = side.delivery.outbox
    assert (refused.fate, refused.refusal, refused.n) == (Fate.REFUSED, "chat_closed", None)
    assert refused.command == says("a")
    side.enters("c")
    assert side.ops() == [(3, "c")]


def test_a_refused_row_is_never_sent_again() -> None:
    side = live()
    side.enters("a")
    side.hears(Result(1, "a", ok=False, code="chat_closed"))
    side.breaks()
    side.took(Send)
    side.opens(welcome(last_n=1))
    assert side.ops() == []
    assert side.fates() == {"a": "refused"}


def test_only_so_many_commands_are_under_way() -> None:
    side = live()
    for n in range(IN_FLIGHT + 3):
        side.enters(f"r{n}")
    assert len(side.ops()) == IN_FLIGHT
    side.hears(accepted(1, "r0"), accepted(2, "r1"))
    assert side.ops() == [(IN_FLIGHT + 1, f"r{IN_FLIGHT}"), (IN_FLIGHT + 2, f"r{IN_FLIGHT + 1}")]


def test_a_full_outbox_takes_nothing_more() -> None:
    side = live()
    side.breaks()
    for n in range(OUTBOX_LIMIT):
        side.enters(f"r{n}")
    with pytest.raises(OutboxFullError):
        side.enters("one more")


def back_after(ms: int, *rows: OutboxRow) -> DeskSide:
    side = live()
    side.breaks()
    for entered in rows:
        side.do(side.delivery.enter(entered))
    side.opens(welcome(now=START + ms), now=1.0)
    return side


def test_a_reply_of_two_minutes_ago_goes_out_on_return() -> None:
    assert back_after(2 * MINUTES, row("a")).ops() == [(1, "a")]


def test_an_older_one_is_held_and_holds_its_own_chat_only() -> None:
    side = back_after(
        2 * MINUTES + 1,
        row("old"),
        row("behind", says("b"), START + MINUTES),
        row("elsewhere", says("c", "c2"), START + MINUTES),
        row("away", SetAvailability(available=False)),
    )
    assert side.ops() == [(1, "elsewhere"), (2, "away")]
    assert side.fates()["old"] == "held"
    assert side.fates()["behind"] == "waiting"


def test_a_note_is_never_held() -> None:
    assert back_after(60 * MINUTES, row("n", WriteNote("c1", clean("x")))).ops() == [(1, "n")]


def test_a_released_row_goes_first_and_those_behind_it_follow() -> None:
    side = back_after(3 * MINUTES, row("old"), row("behind", says("b"), START + 2 * MINUTES))
    side.took(Send)
    side.do(side.delivery.release("old", 2.0))
    assert side.ops() == [(1, "old"), (2, "behind")]
    assert side.delivery.outbox[0].made == START + 3 * MINUTES + 1_000


def test_a_discarded_row_lets_those_behind_it_go() -> None:
    side = back_after(3 * MINUTES, row("old"), row("behind", says("b"), START + 2 * MINUTES))
    side.took(Send)
    side.do(side.delivery.discard("old"))
    assert side.ops() == [(1, "behind")]


def test_what_is_under_way_cannot_be_discarded() -> None:
    side = live()
    side.enters("a")
    side.do(side.delivery.discard("a"))
    assert side.fates() == {"a": "sending"}


def test_a_heartbeat_goes_out_every_five_seconds_with_the_stored_cursor() -> None:
    side = live(seq=3)
    assert side.delivery.wakes_at(0.0) == 5.0
    side.do(side.delivery.tick(4.9))
    assert side.took(Send) == []
    side.do(side.delivery.tick(5.0))
    assert side.took(Send) == [Send(Heartbeat(seq=3))]
    assert side.delivery.wakes_at(5.0) == 10.0


def test_a_silent_server_is_uncertain_at_10_s_and_left_at_15_s() -> None:
    side = live()
    side.hears(Heartbeat(now=START, rate=1.0), now=1.0)
    assert not side.delivery.uncertain(10.9)
    assert side.delivery.uncertain(11.0)
    side.do(side.delivery.tick(15.9))
    assert side.closes() == []
    side.do(side.delivery.tick(16.0))
    assert side.took(Close) == [Close("silent", abort=True)]


def test_any_frame_makes_it_certain_again() -> None:
    side = live()
    side.hears(event(1), now=12.0)
    assert not side.delivery.uncertain(12.0)


def test_a_server_that_asks_for_rare_heartbeats_is_waited_for() -> None:
    side = live()
    side.breaks()
    side.opens(structs.replace(welcome(), heartbeat=20_000))
    side.do(side.delivery.tick(39.0))
    assert not side.delivery.uncertain(39.0)
    assert side.delivery.uncertain(40.0)


def test_a_log_that_runs_ahead_while_nothing_comes_is_resumed() -> None:
    side = live(seq=3)
    side.hears(Heartbeat(head=4, now=START, rate=1.0))
    assert side.closes() == []
    side.hears(Heartbeat(head=4, now=START, rate=1.0))
    assert side.closes() == ["stalled"]


def test_a_slow_catching_up_is_no_stall() -> None:
    side = live(seq=3)
    for seq in range(4, 8):
        side.hears(Heartbeat(head=100, now=START, rate=1.0), event(seq))
    assert side.closes() == []


def test_a_heartbeat_sets_the_clock_and_its_rate() -> None:
    side = live()
    side.hears(Heartbeat(now=START + 1_000, rate=4.0), now=1.0)
    assert side.delivery.time.now(3.0) == START + 9_000


def test_a_signal_is_passed_on_and_stored_nowhere() -> None:
    side = live()
    side.hears(Signal(QueueSeen(3), ttl=1_000))
    assert side.done == [Heard(QueueSeen(3), 1_000)]


@pytest.mark.parametrize("code", ["fenced", "version", "bad_frame"])
def test_an_error_that_needs_a_person_stops(code: str) -> None:
    side = live()
    side.hears(Error(code))
    assert (side.delivery.state, side.delivery.reason) == (State.STOPPED, code)


def test_any_other_error_is_resumed_from() -> None:
    side = live()
    side.hears(Error("gap"))
    assert side.closes() == ["gap"]


def test_nothing_after_a_close_has_an_effect() -> None:
    side = live(seq=3)
    side.hears(Error("gap"), event(4), accepted(1, "a"))
    assert side.kept.place.seq == 3
    assert side.delivery.counts["after_close"] == 2


def test_events_before_the_welcome_are_ignored() -> None:
    side = DeskSide()
    side.do(side.delivery.connected(0.0))
    side.hears(event(1))
    assert side.kept.place.seq == 0


def test_a_long_connection_does_not_remember_every_command() -> None:
    side = live()
    for n in range(1, 200):
        side.enters(f"r{n}")
        side.hears(accepted(n, f"r{n}"))
    assert len(side.ops()) == 199
    side.enters("last")
    assert side.delivery._on.link.sent == {"last"}
