"""When a command was made that was entered before the server's clock had been heard."""

from msgspec import structs

from operator_tui.desk.commands import InviteVisitor, SetAvailability
from operator_tui.desk.kept import Kept, Place
from operator_tui.desk.model import Desk
from operator_tui.desk.text import clean
from operator_tui.desk.time import MINUTE
from operator_tui.wire.frames import Heartbeat
from tests.wire.desk_side import ANNA, DEVICE, EPOCH, START, DeskSide, row, welcome


def started() -> DeskSide:
    return DeskSide(Kept(Place(DEVICE, EPOCH), desk=Desk(ANNA)))


def test_a_reply_typed_a_moment_before_the_first_welcome_is_not_held() -> None:
    side = started()
    side.do(side.delivery.enter(row("a", made=0), 5.0))
    side.opens(welcome(), now=8.0)
    assert side.ops() == [(1, "a")]
    assert side.delivery.outbox[0].made == START - 3_000


def test_one_typed_long_before_it_is_held() -> None:
    side = started()
    side.do(side.delivery.enter(row("a", made=0), 5.0))
    side.opens(welcome(), now=5.0 + 121)
    assert side.fates() == {"a": "held"}


def test_its_age_is_counted_on_the_servers_clock() -> None:
    side = started()
    side.do(side.delivery.enter(row("a", made=0), 5.0))
    side.opens(structs.replace(welcome(), rate=60.0), now=8.0)
    assert side.fates() == {"a": "held"}


def test_a_reply_of_an_earlier_run_keeps_its_moment() -> None:
    side = DeskSide(Kept(Place(DEVICE, EPOCH), (row("a", made=START - 3 * MINUTE),), Desk(ANNA)))
    side.opens(welcome(), now=8.0)
    assert side.fates() == {"a": "held"}


def test_a_moment_that_could_not_be_stored_is_said_again() -> None:
    side = started()
    side.do(side.delivery.enter(row("a", made=0), 5.0))
    side.fails = True
    side.opens(welcome(), now=8.0)
    side.breaks()
    side.fails = False
    side.opens(welcome(), now=9.0)
    assert side.ops()[-1] == (1, "a")


def test_a_reply_entered_later_keeps_the_moment_it_was_given() -> None:
    side = started()
    side.opens(welcome(), now=1.0)
    side.breaks()
    side.do(side.delivery.enter(row("a", made=START), 2.0))
    side.opens(welcome(now=START + 3 * MINUTE), now=3.0)
    assert side.fates() == {"a": "held"}


def test_a_clock_that_stood_still_meanwhile_is_taken_over_at_the_welcome() -> None:
    side = started()
    side.opens(welcome(), now=1.0)
    side.breaks()
    assert side.delivery.time.now(601.0) == START + 10 * MINUTE
    side.opens(welcome(now=START + 5), now=601.0)
    assert side.delivery.time.now(601.0) == START + 5


def test_a_welcome_that_was_slow_on_its_way_does_not_turn_time_back() -> None:
    side = started()
    side.opens(welcome(), now=1.0)
    side.breaks()
    side.opens(welcome(now=START + 8_500), now=11.0)
    assert side.delivery.time.now(11.0) == START + 10_000


def test_a_heartbeat_never_turns_time_back() -> None:
    side = started()
    side.opens(welcome(), now=1.0)
    side.hears(Heartbeat(now=START, rate=1.0), now=11.0)
    assert side.delivery.time.now(11.0) == START + 10_000


def test_an_offer_of_help_is_held_like_a_reply_and_holds_nothing_back() -> None:
    offer, away = InviteVisitor("nora", clean("Can I help?")), SetAvailability(available=False)
    old = DeskSide(
        Kept(
            Place(DEVICE, EPOCH),
            (row("old", offer, START - 3 * MINUTE), row("away", away), row("new", offer)),
            Desk(ANNA),
        )
    )
    old.opens(welcome(), now=8.0)
    assert old.ops() == [(1, "away"), (2, "new")]
    assert old.fates()["old"] == "held"
