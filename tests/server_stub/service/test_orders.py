import pytest
from msgspec import structs

from operator_tui.desk.commands import (
    AcceptChat,
    CloseChat,
    Command,
    RemoveChat,
    SetAvailability,
    TickStep,
    TransferChat,
    WaiveAnswer,
    WriteMessage,
    WriteNote,
)
from operator_tui.desk.entries import Origin
from operator_tui.desk.events import ChatClosed, MessageWritten
from operator_tui.desk.model import Channel
from operator_tui.desk.signals import VisitorTyping
from operator_tui.desk.text import SafeAddress, SafeLine, clean
from server_stub.service import reception
from server_stub.service.effects import Ended, Told
from server_stub.visitors.acts import (
    Act,
    Closes,
    GoesTo,
    Leaves,
    Rates,
    Reactivates,
    Returns,
    SharesScreen,
    StopsSharing,
    Types,
)
from tests.server_stub.scripted import ANNA, POLICY, START, opens, says
from tests.server_stub.service.floors import Play

CHAT = "chat-sanne"


def with_sanne(channel: Channel = Channel.WEB) -> Play:
    play = Play(ANNA)
    play.visitor("sanne", opens("sanne", channel=channel))
    return play


def test_a_reply_is_logged_with_its_origin_and_told_to_the_visitor() -> None:
    play = with_sanne()
    origin = Origin("laptop", 1, "op-1")
    asked = WriteMessage(CHAT, clean("Hello Sanne"))
    play.keep(reception.command(play.floor, "anna", asked, play.now, origin))
    event = play.events("anna")[-1]
    assert isinstance(event, MessageWritten)
    assert event.message.origin == origin
    assert event.message.author.id == "anna"
    assert play.told == [Told("sanne", "Hello Sanne", START)]


def test_a_note_is_never_told_to_the_visitor() -> None:
    play = with_sanne()
    play.asks("anna", WriteNote(CHAT, clean("knows the product")))
    assert play.told == []
    assert play.chat("anna", "sanne").written is False


def test_a_chat_the_operator_closes_is_gone_at_once_and_the_visitor_is_told() -> None:
    play = with_sanne()
    asked = CloseChat(CHAT, "other", (5, 2, 2), clean("asked twice"))
    assert play.asks("anna", asked) is None
    event = play.events("anna")[-1]
    assert isinstance(event, ChatClosed)
    assert (event.by, event.outcome, event.open_steps) == ("operator", "other", (2, 5))
    assert play.chats("anna") == []
    assert play.told == [Ended("sanne", START)]


def test_a_chat_the_visitor_closes_stays_until_it_is_removed() -> None:
    play = with_sanne()
    play.visitor("sanne", Closes())
    assert play.chats("anna") == ["sanne"]
    assert play.asks("anna", RemoveChat(CHAT)) is None
    assert play.chats("anna") == []


def refused(play: Play, asked: Command) -> str | None:
    no = play.asks("anna", asked)
    return None if no is None else no.code


REPLY = WriteMessage(CHAT, clean("Hello"))


@pytest.mark.parametrize(
    "asked",
    [
        REPLY,
        TransferChat(CHAT, None, clean("three whole words")),
        CloseChat(CHAT),
        WaiveAnswer(CHAT),
        TickStep(CHAT, 1),
    ],
)
def test_in_a_closed_chat_nothing_goes_on(asked: Command) -> None:
    play = with_sanne()
    play.visitor("sanne", Closes())
    assert refused(play, asked) == "chat_closed"
    play.asks("anna", RemoveChat(CHAT))
    assert refused(play, asked) == "chat_closed"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (WriteMessage("chat-nobody", clean("Hello")), "unknown_chat"),
        (WriteMessage(CHAT, clean(" \n ")), "empty"),
        (WriteNote(CHAT, clean("")), "empty"),
        (AcceptChat(CHAT), "not_offered"),
        (AcceptChat("chat-nobody"), "unknown_chat"),
        (RemoveChat(CHAT), "not_closed"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_code(asked: Command, code: str) -> None:
    play = with_sanne()
    before = play.floor
    assert refused(play, asked) == code
    assert play.floor is before


def test_a_chat_that_waits_in_the_queue_is_not_yours() -> None:
    play = with_sanne()
    play.away("anna")
    play.asks("anna", TransferChat(CHAT, None, clean("three whole words")))
    assert refused(play, REPLY) == "not_yours"


@pytest.mark.parametrize(
    ("acts", "kinds"),
    [
        ([Leaves(), Leaves()], ["VisitorLeft"]),
        ([Returns()], []),
        ([Leaves(), Returns(), Returns()], ["VisitorLeft", "VisitorReturned"]),
        ([GoesTo(clean("/a", SafeAddress)), GoesTo(clean("/a", SafeAddress))], ["PageChanged"]),
        ([SharesScreen(), SharesScreen()], ["ScreenShared"]),
        ([StopsSharing()], []),
        ([Reactivates(1)], []),
        ([Rates(5), Rates(6), Rates(0)], ["VisitorRated"]),
        ([Closes(), Closes(), says("more")], ["ChatClosed"]),
        ([Closes(), Rates(4)], ["ChatClosed", "VisitorRated"]),
    ],
)
def test_an_act_that_makes_no_sense_now_changes_nothing(acts: list[Act], kinds: list[str]) -> None:
    play = with_sanne()
    for act in acts:
        play.visitor("sanne", act)
    assert play.kinds("anna")[1:] == kinds


def test_a_messaging_visitor_comes_back_but_never_leaves_the_website() -> None:
    play = with_sanne(Channel.MESSAGING)
    play.visitor("sanne", Leaves())
    play.visitor("sanne", Reactivates(50_000_000))
    assert play.kinds("anna") == ["ChatOpened", "ChatReactivated"]


def test_a_messaging_chat_goes_on_even_after_its_visitor_closed_it() -> None:
    play = with_sanne(Channel.MESSAGING)
    play.visitor("sanne", Closes())
    play.visitor("sanne", Reactivates(50_000_000))
    assert play.chat("anna", "sanne").closed_at is None


def test_somebody_who_has_no_chat_is_not_there() -> None:
    play = Play(ANNA)
    play.visitor("sanne", says("Hello"))
    assert play.entered == []


def test_typing_is_shown_without_the_text_unless_policy_says_so() -> None:
    play = with_sanne()
    play.visitor("sanne", Types(4_000, "It is"))
    preview = structs.replace(POLICY, typing_preview=True)
    open_play = Play(ANNA, policy=preview)
    open_play.visitor("sanne", opens("sanne"))
    open_play.visitor("sanne", Types(4_000, "It is"))
    assert (play.signals[-1].signal, play.signals[-1].ttl) == (VisitorTyping(CHAT), 4_000)
    assert open_play.signals[-1].signal == VisitorTyping(CHAT, clean("It is", SafeLine))


def test_availability_is_logged() -> None:
    play = Play(ANNA)
    play.asks("anna", SetAvailability(available=False))
    assert play.desk("anna").available is False
    assert play.kinds("anna") == ["AvailabilityChanged"]
