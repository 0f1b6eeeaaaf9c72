import pytest
from msgspec import structs

from operator_tui.desk import bounded as rule
from operator_tui.desk import events as ev
from operator_tui.desk.advance import advance
from operator_tui.desk.bounded import bounded
from operator_tui.desk.entries import NO_LINE
from operator_tui.desk.model import Channel, Chat, Desk, Passed, PassedCause, Visitor
from tests.desk.scene import ANNA, NOON


@pytest.fixture(autouse=True)
def _room_for_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule, "CHATS_LIMIT", 3)


def opened(name: str) -> ev.ChatOpened:
    return ev.ChatOpened(name, Visitor(f"v-{name}"), Channel.WEB, "en", NOON)


def after(desk: Desk, *events: ev.Event | None) -> Desk:
    for event in events:
        desk = bounded(desk, ev.Logged(desk.seq + 1, NOON, event))
    return desk


FULL = after(Desk(ANNA), opened("tom"), opened("noor"), opened("piet"))


def test_who_comes_to_a_full_desk_is_counted_and_who_was_there_first_stays() -> None:
    desk = after(FULL, opened("sanne"), opened("aino"))
    assert list(desk.chats) == ["tom", "noor", "piet"]
    assert (desk.beyond, desk.seq) == (2, 5)


def test_a_transfer_to_a_full_desk_is_counted_too() -> None:
    chat = Chat("sanne", Visitor("v-sanne"), Channel.WEB, "en", NOON, NOON)
    passed = Passed(NO_LINE, PassedCause.BY_HAND, NOON)
    desk = after(FULL, ev.TransferredIn("sanne", chat, passed))
    assert ("sanne" in desk.chats, desk.beyond) == (False, 1)


def test_a_chat_that_begins_anew_on_a_full_desk_keeps_its_place() -> None:
    desk = after(FULL, ev.VisitorLeft("noor"), opened("noor"))
    assert (list(desk.chats), desk.beyond) == (["tom", "noor", "piet"], 0)
    assert desk.chats["noor"].left_at is None


@pytest.mark.parametrize(
    "goes",
    [
        ev.ChatRemoved("sanne"),
        ev.TransferredOut("sanne"),
        ev.ChatClosed("sanne", by="operator"),
    ],
    ids=lambda event: type(event).__name__,
)
def test_what_stood_nowhere_is_counted_until_it_goes(goes: ev.Event) -> None:
    desk = after(FULL, opened("sanne"), opened("aino"), goes)
    assert desk.beyond == 1


def test_what_leaves_the_desk_itself_makes_room_and_is_not_taken_for_it() -> None:
    desk = after(FULL, opened("sanne"), ev.ChatRemoved("tom"), opened("aino"))
    assert (list(desk.chats), desk.beyond) == (["noor", "piet", "aino"], 1)


def test_a_visitor_who_closes_a_chat_that_stands_nowhere_is_still_counted() -> None:
    desk = after(FULL, opened("sanne"), ev.ChatClosed("sanne", by="visitor"))
    assert desk.beyond == 1


def test_what_is_heard_twice_is_counted_once() -> None:
    desk = after(FULL, opened("sanne"), ev.ChatRemoved("sanne"))
    assert bounded(desk, ev.Logged(5, NOON, ev.ChatRemoved("sanne"))) is desk
    assert desk.beyond == 0


def test_with_room_it_is_what_the_log_says() -> None:
    logged = ev.Logged(4, NOON, ev.VisitorLeft("tom"))
    told, plain = bounded(FULL, logged), advance(FULL, logged)
    assert structs.asdict(told.chats["tom"]) == structs.asdict(plain.chats["tom"])
    assert (told.seq, told.beyond) == (4, 0)
