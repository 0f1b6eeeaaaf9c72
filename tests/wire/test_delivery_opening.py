import pytest
from msgspec import structs

from operator_tui.desk.commands import InviteVisitor
from operator_tui.desk.events import InvitationAccepted
from operator_tui.desk.kept import Kept, Place
from operator_tui.desk.model import (
    Channel,
    Chat,
    Desk,
    Visitor,
)
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.text import SafeText, clean
from operator_tui.wire import codec
from operator_tui.wire.effects import Close, Send, State, Store
from operator_tui.wire.frames import Error, Hello, Snapshot
from tests.wire.desk_side import (
    ANNA,
    DEVICE,
    EPOCH,
    START,
    DeskSide,
    event,
    live,
    own_message,
    row,
    says,
    welcome,
)


def snapshot_of(desk: Desk, seq: int, size: int = 40) -> list[Snapshot]:
    text = "".join(part.piece for part in codec.snapshot(desk, seq))
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    return [Snapshot(n, n == len(pieces) - 1, seq, piece) for n, piece in enumerate(pieces)]


def desk_with(*ops: str, seq: int = 7) -> Desk:
    timeline = tuple(own_message(op, n).message for n, op in enumerate(ops, 1))
    chat = Chat("c1", Visitor("v1"), Channel.WEB, "nl", START, START, timeline=timeline)
    return Desk(ANNA, seq=seq, chats={"c1": chat})


def sending(name: str, n: int) -> OutboxRow:
    return structs.replace(row(name), n=n, fate=Fate.SENDING)


def test_hello_says_the_device_and_how_far_the_log_is_known() -> None:
    side = DeskSide(Kept(Place(DEVICE, EPOCH, 41, 1)))
    side.do(side.delivery.connected(0.0))
    [hello] = [send.frame for send in side.took(Send)]
    assert isinstance(hello, Hello)
    assert (hello.device, hello.epoch, hello.seq) == (DEVICE, EPOCH, 41)
    assert side.delivery.state is State.HELLO


def test_the_run_of_the_server_is_kept_with_the_cursor_and_said_again() -> None:
    side = live(seq=3)
    assert side.kept.place.run is None
    side.breaks()
    side.opens(welcome(head=4, run="run-1"), event(4))
    assert side.kept.place == Place(DEVICE, EPOCH, 4, 1, "run-1")
    side.breaks()
    side.took(Send)
    side.do(side.delivery.connected(0.0))
    [hello] = [send.frame for send in side.took(Send)]
    assert isinstance(hello, Hello)
    assert (hello.seq, hello.run) == (4, "run-1")
    side.hears(welcome(head=4))
    assert side.kept.place.run is None


def test_the_run_of_a_snapshot_counts_once_that_is_stored() -> None:
    side = DeskSide(Kept(Place(DEVICE, EPOCH, 41, 1, "run-1")))
    parts = codec.snapshot(Desk(ANNA, seq=7), 7)
    side.opens(welcome(head=7, epoch="epoch-2", mode="snapshot", run="run-2"))
    assert side.kept.place.run == "run-1"
    side.hears(*parts)
    assert side.kept.place == Place(DEVICE, "epoch-2", 7, 1, "run-2")


def test_who_asks_for_a_snapshot_says_no_run() -> None:
    side = DeskSide(Kept(Place(DEVICE, EPOCH, 41, 1, "run-1")))
    side.restart(has_desk=False)
    side.do(side.delivery.connected(0.0))
    [hello] = [send.frame for send in side.took(Send)]
    assert isinstance(hello, Hello)
    assert (hello.epoch, hello.run) == (None, None)


def test_hello_waits_until_everything_decided_is_stored() -> None:
    side = live()
    side.slow = True
    side.hears(event(1))
    [store] = side.took(Store)
    side.breaks()
    side.do(side.delivery.connected(1.0))
    assert side.took(Send) == []
    side.finish(store.batch)
    [send] = side.took(Send)
    assert isinstance(send.frame, Hello)
    assert send.frame.seq == 1


def test_a_resume_is_live_at_once() -> None:
    side = live(seq=3)
    assert side.delivery.state is State.LIVE
    assert side.delivery.live_since == 0.0


def test_a_first_connection_is_live_once_the_snapshot_is_stored_whole() -> None:
    side = DeskSide()
    side.do(side.delivery.connected(0.0))
    side.hears(welcome(head=7, mode="snapshot"))
    parts = snapshot_of(desk_with("a"), 7)
    assert len(parts) > 3
    side.hears(*parts[:-1])
    assert side.took(Store) == []
    side.hears(parts[-1])
    assert side.delivery.state is State.LIVE
    assert side.kept.place == Place(DEVICE, EPOCH, 7, 1)
    assert side.kept.desk is not None
    assert list(side.kept.desk.chats) == ["c1"]


def test_events_after_the_snapshot_go_on_from_its_number() -> None:
    side = DeskSide()
    side.opens(welcome(head=7, mode="snapshot"), *snapshot_of(desk_with(), 7), event(8))
    assert side.kept.place.seq == 8


@pytest.mark.parametrize("broken", ["order", "two", "nothing", "rubbish"])
def test_a_broken_snapshot_changes_nothing_and_is_asked_for_again(broken: str) -> None:
    parts = snapshot_of(desk_with(), 7)
    match broken:
        case "order":
            parts[1], parts[2] = parts[2], parts[1]
        case "two":
            parts[1] = structs.replace(parts[1], seq=8)
        case "nothing":
            parts[1] = structs.replace(parts[1], piece="")
        case _:
            parts[1] = structs.replace(parts[1], piece="}{")
    side = DeskSide()
    side.opens(welcome(head=7, mode="snapshot"), *parts)
    assert side.closes() == ["bad_snapshot"]
    assert side.kept.place.epoch is None
    assert side.kept.desk is None


def test_a_snapshot_drops_the_rows_that_stand_in_it() -> None:
    side = live(3, 2, sending("a", 1), sending("b", 2))
    side.breaks()
    side.opens(welcome(head=7, last_n=2, mode="snapshot"), *snapshot_of(desk_with("a"), 7))
    assert side.ops() == [(2, "b")]
    assert side.fates() == {"b": "sending"}


def test_a_new_epoch_numbers_the_outbox_again() -> None:
    side = live(3, 0)
    for name in "abc":
        side.enters(name)
    side.breaks()
    side.took(Send)
    new = welcome(head=2, last_n=0, mode="snapshot", epoch="epoch-2")
    side.opens(new, *snapshot_of(Desk(ANNA), 2))
    assert side.kept.place == Place(DEVICE, "epoch-2", 2, 4)
    assert side.ops() == [(1, "a"), (2, "b"), (3, "c")]


def test_the_clock_of_a_new_epoch_may_stand_earlier() -> None:
    side = live(3, 0)
    side.breaks()
    side.opens(welcome(head=0, mode="snapshot", epoch="epoch-2", now=START - 60_000))
    assert side.delivery.time.now(0.0) == START - 60_000


def test_rows_that_the_server_never_saw_lose_their_number() -> None:
    side = live(0, 0)
    for name in "abc":
        side.enters(name)
    assert side.ops() == [(1, "a"), (2, "b"), (3, "c")]
    side.breaks()
    side.opens(welcome(last_n=1))
    assert side.ops() == [(1, "a"), (2, "b"), (3, "c")]
    assert side.kept.place.next_n == 4


def test_a_restored_database_becomes_another_device() -> None:
    side = DeskSide(Kept(Place(DEVICE, EPOCH, 3, 2), (sending("b", 1),)))
    side.opens(welcome(head=9, last_n=5))
    assert side.closes() == ["forked"]
    assert side.kept.place == Place("device-2", EPOCH, 3, 1)
    side.breaks()
    side.opens(welcome(head=4, last_n=0))
    assert side.ops() == [], "the log may hold it: first catch up"
    side.hears(event(4))
    assert side.ops() == [(1, "b")]


def test_what_a_restored_database_finds_in_the_log_is_not_sent_again() -> None:
    side = DeskSide(Kept(Place(DEVICE, EPOCH, 3, 2), (sending("b", 1),)))
    side.opens(welcome(head=4, last_n=5))
    side.breaks()
    side.opens(welcome(head=4, last_n=0), event(4, own_message("b", 1)))
    assert side.ops() == []
    assert side.fates() == {}


def test_an_invitation_that_was_accepted_is_found_in_the_log_too() -> None:
    invited = row("b", InviteVisitor("v1", clean("b", SafeText)))
    side = DeskSide(Kept(Place(DEVICE, EPOCH, 3, 2), (invited,), desk=Desk(ANNA, seq=3)))
    side.opens(welcome(head=4, last_n=5))
    side.breaks()
    accepted = InvitationAccepted("c1", own_message("b", 1).message)
    side.opens(welcome(head=4, last_n=0), event(4, accepted))
    assert side.ops() == []
    assert side.fates() == {}


def test_a_device_that_another_database_uses_forks_too() -> None:
    side = live(0, 0)
    side.hears(Error("device_forked"))
    assert side.closes() == ["forked"]
    assert side.kept.place.device == "device-2"


def test_a_close_with_4410_forks_once() -> None:
    side = live(0, 0)
    side.breaks(4410)
    assert side.kept.place.device == "device-2"
    assert side.delivery.state is State.OFFLINE


@pytest.mark.parametrize("changes", [{"epoch": "other"}, {"head": 2}])
def test_a_resume_of_another_log_asks_for_a_snapshot(changes: dict[str, object]) -> None:
    side = DeskSide(Kept(Place(DEVICE, EPOCH, 3, 1)))
    side.opens(structs.replace(welcome(head=3), **changes))
    assert side.closes() == ["mismatch"]
    side.breaks()
    side.do(side.delivery.connected(0.0))
    [send] = side.took(Send)
    assert isinstance(send.frame, Hello)
    assert (send.frame.epoch, send.frame.seq) == (None, 0)


def test_another_version_stops() -> None:
    side = DeskSide()
    side.opens(welcome(v=2, mode="snapshot"))
    assert side.delivery.state is State.STOPPED
    assert side.delivery.reason == "version"


@pytest.mark.parametrize(
    ("code", "state", "reason"),
    [
        (1000, State.OFFLINE, None),
        (1006, State.OFFLINE, None),
        (4400, State.STOPPED, "bad_frame"),
        (4401, State.STOPPED, "token"),
        (4406, State.STOPPED, "version"),
        (4408, State.OFFLINE, None),
        (4409, State.STOPPED, "fenced"),
        (4429, State.OFFLINE, None),
    ],
)
def test_a_close_code_says_what_comes_next(code: int, state: State, reason: str | None) -> None:
    side = live()
    side.breaks(code)
    assert (side.delivery.state, side.delivery.reason) == (state, reason)
    assert side.delivery.live_since is None


def test_a_stopped_desk_does_not_go_on_by_itself() -> None:
    side = live()
    side.breaks(4409)
    side.breaks(1000)
    side.do(side.delivery.connected(5.0))
    assert side.closes() == ["stopped"]
    assert side.delivery.state is State.STOPPED


def test_writing_goes_on_while_stopped() -> None:
    side = live()
    side.breaks(4401)
    side.enters("a", says("still here"))
    assert side.fates() == {"a": "waiting"}


def test_a_server_that_does_not_welcome_is_left() -> None:
    side = DeskSide()
    side.do(side.delivery.connected(0.0))
    assert side.delivery.wakes_at(0.0) == 5.0
    side.do(side.delivery.tick(4.9))
    assert side.closes() == []
    side.do(side.delivery.tick(5.0))
    assert side.took(Close) == [Close("no_welcome", abort=True)]


def test_a_snapshot_that_stops_coming_is_left() -> None:
    side = DeskSide()
    side.opens(welcome(mode="snapshot"))
    side.hears(snapshot_of(desk_with(), 7)[0], now=9.0)
    side.do(side.delivery.tick(18.9))
    assert side.closes() == []
    side.do(side.delivery.tick(19.0))
    assert side.took(Close) == [Close("no_part", abort=True)]


def test_a_desk_that_is_not_there_is_asked_for_whatever_the_cursor() -> None:
    side = DeskSide(Kept(Place(DEVICE, EPOCH, 0, 4), (row("a"),)))
    side.restart(has_desk=False)
    side.do(side.delivery.connected(0.0))
    [hello] = [send.frame for send in side.took(Send)]
    assert isinstance(hello, Hello)
    assert (hello.epoch, hello.seq) == (None, 0)
    desk = Desk(ANNA, seq=9)
    side.hears(welcome(head=9, last_n=3, mode="snapshot"), *codec.snapshot(desk, 9))
    assert side.kept.place == Place(DEVICE, EPOCH, 9, 5)
    assert side.ops() == [(4, "a")]


def test_a_server_that_resumes_a_desk_that_is_not_there_is_left() -> None:
    side = DeskSide(Kept(Place(DEVICE, EPOCH, 0, 4)))
    side.restart(has_desk=False)
    side.opens(welcome(last_n=3))
    assert side.closes() == ["mismatch"]
