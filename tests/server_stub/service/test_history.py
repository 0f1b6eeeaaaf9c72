import pytest

from operator_tui.desk.commands import CloseChat, RemoveChat
from operator_tui.desk.entries import Id
from operator_tui.desk.text import SafeLine, clean
from operator_tui.wire.frames import History, Page
from server_stub.service import turn
from server_stub.service.history import page
from server_stub.visitors.acts import Closes, Opens, Rates
from tests.server_stub.scripted import ANNA, BRAM, opens, says
from tests.server_stub.service.floors import Play


def again(visitor: str, number: int, operator: Id | None = None) -> Opens:
    first = opens(visitor, operator)
    return Opens(first.visitor, first.channel, "en", f"chat-{visitor}-{number}", operator=operator)


def asked(play: Play, chat: Id, operator: Id = "anna") -> Page:
    return page(play.floor, operator, History(chat))


def texts(got: Page) -> list[str]:
    return [str(one.text) for one in got.messages]


def came_three_times() -> Play:
    play = Play(ANNA, BRAM)
    for number, operator in ((1, "bram"), (2, "anna"), (3, "anna")):
        play.visitor("sanne", again("sanne", number, operator))
        play.visitor("sanne", says(f"call {number}"))
        if number < 3:
            play.asks(operator, CloseChat(f"chat-sanne-{number}"))
    return play


def test_the_chats_before_this_one_are_read_one_after_the_other() -> None:
    play = came_three_times()
    now = asked(play, "chat-sanne-3")
    assert (texts(now), now.earlier) == (["call 3"], "chat-sanne-2")
    second = asked(play, "chat-sanne-2")
    assert (texts(second), second.earlier) == (["call 2"], "chat-sanne-1")
    first = asked(play, "chat-sanne-1")
    assert (texts(first), first.earlier) == (["call 1"], None)


def test_a_chat_that_a_colleague_removes_late_stands_where_it_belongs() -> None:
    play = Play(ANNA, BRAM)
    play.visitor("sanne", again("sanne", 1, "bram"))
    play.visitor("sanne", Closes())
    play.visitor("sanne", again("sanne", 2, "anna"))
    play.asks("anna", CloseChat("chat-sanne-2"))
    play.visitor("sanne", again("sanne", 3, "anna"))
    assert asked(play, "chat-sanne-2").earlier is None
    play.asks("bram", RemoveChat("chat-sanne-1"))
    assert asked(play, "chat-sanne-3").earlier == "chat-sanne-2"
    assert asked(play, "chat-sanne-2").earlier == "chat-sanne-1"


def test_earlier_chats_are_for_the_operator_who_has_the_visitor_now() -> None:
    play = came_three_times()
    assert asked(play, "chat-sanne-1", "bram").code == "unknown_chat"
    assert asked(play, "chat-sanne-3", "bram").code == "unknown_chat"
    play.asks("anna", CloseChat("chat-sanne-3"))
    assert asked(play, "chat-sanne-3").code == "unknown_chat"


def test_another_visitor_of_the_same_name_has_chats_of_its_own() -> None:
    play = came_three_times()
    other = opens("piet", "anna")
    named = Opens(
        type(other.visitor)("piet", clean("Sanne", SafeLine)),
        other.channel,
        "en",
        "chat-piet",
        operator="anna",
    )
    play.visitor("piet", named)
    assert asked(play, "chat-piet").earlier is None


def test_a_chat_that_ended_in_the_queue_can_be_read_when_the_visitor_comes_again() -> None:
    play = Play(ANNA)
    play.away("anna")
    play.visitor("sanne", again("sanne", 1))
    play.visitor("sanne", says("hello?"))
    play.visitor("sanne", Closes())
    play.visitor("sanne", again("sanne", 2, "anna"))
    assert asked(play, "chat-sanne-2").earlier == "chat-sanne-1"
    assert texts(asked(play, "chat-sanne-1")) == ["hello?"]


def test_of_chats_that_ended_long_ago_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "KEPT_OVER", 2)
    play = Play(ANNA)
    for number, visitor in enumerate(("sanne", "tom", "joost", "sanne", "eva")):
        play.visitor(visitor, again(visitor, number, "anna"))
        play.asks("anna", CloseChat(f"chat-{visitor}-{number}"))
    assert list(play.floor.over) == list(play.floor.cases) == ["chat-sanne-3", "chat-eva-4"]
    assert play.floor.visits == {"sanne": "chat-sanne-3", "eva": "chat-eva-4"}
    before = play.floor
    play.visitor("tom", Rates(5))
    assert play.floor.cases == before.cases
    play.visitor("tom", again("tom", 5, "anna"))
    play.visitor("sanne", again("sanne", 6, "anna"))
    assert asked(play, "chat-sanne-6").earlier == "chat-sanne-3"
