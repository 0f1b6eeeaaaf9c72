from msgspec import structs

from operator_tui.desk.commands import AcceptChat, SetAvailability
from operator_tui.desk.events import ChatOpened, MessageWritten
from operator_tui.desk.model import Channel
from operator_tui.desk.signals import QueueSeen
from server_stub.visitors.acts import Closes, Leaves, Opens, Returns, SharesScreen
from tests.server_stub.scripted import ANNA, BRAM, POLICY, SIM, START, opens, says
from tests.server_stub.service.floors import Play


def full(*more: str) -> Play:
    play = Play(ANNA)
    for name in ("aino", "tom", *more):
        play.visitor(name, opens(name))
        play.passes(1)
    return play


def test_a_visitor_comes_to_an_operator_with_a_place_by_itself() -> None:
    play = Play(ANNA)
    play.visitor("sanne", opens("sanne"))
    assert play.kinds("anna") == ["ChatOpened"]
    assert play.queue() == []


def test_above_the_limit_visitors_wait_and_the_longest_waiting_comes_first() -> None:
    play = full("sanne", "piet")
    assert play.chats("anna") == ["aino", "tom"]
    assert play.queue() == ["sanne", "piet"]
    play.visitor("aino", Closes())
    assert play.chats("anna") == ["aino", "tom", "sanne"]
    assert play.queue() == ["piet"]


def test_what_a_visitor_wrote_in_the_queue_comes_along_with_its_own_times() -> None:
    play = full("sanne")
    play.visitor("sanne", says("Hello?"))
    play.passes(50)
    play.visitor("sanne", SharesScreen())
    play.visitor("tom", Closes())
    opened, written = play.events("anna")[-3:-1]
    assert isinstance(opened, ChatOpened)
    assert isinstance(written, MessageWritten)
    assert opened.opened_at == START + 2_000
    assert written.message.at == START + 3_000
    chat = play.chat("anna", "sanne")
    assert (chat.received_at, chat.unanswered) == (START + 53_000, 1)
    assert chat.sharing_since is not None


def test_an_absent_visitor_frees_the_place_after_forty_seconds_and_not_before() -> None:
    play = full("sanne")
    play.visitor("tom", Leaves())
    play.passes(39.999)
    assert play.queue() == ["sanne"]
    play.passes(0.001)
    assert play.chats("anna") == ["aino", "tom", "sanne"]


def test_a_visitor_who_returns_may_exceed_the_limit_and_nobody_else_comes() -> None:
    play = full("sanne", "piet")
    play.visitor("tom", Leaves())
    play.passes(40)
    play.visitor("tom", Returns())
    assert play.chats("anna") == ["aino", "tom", "sanne"]
    play.visitor("aino", Closes())
    assert play.queue() == ["piet"]
    play.visitor("tom", Closes())
    assert play.queue() == []


def test_an_operator_who_is_away_gets_nobody_until_back() -> None:
    play = Play(ANNA)
    play.away("anna")
    play.visitor("sanne", opens("sanne"))
    assert play.queue() == ["sanne"]
    play.asks("anna", SetAvailability(available=True))
    assert play.chats("anna") == ["sanne"]


def test_an_operator_who_is_not_connected_gets_nobody() -> None:
    play = Play(ANNA, BRAM)
    play.present("bram")
    play.visitor("sanne", opens("sanne"))
    assert play.chats("bram") == ["sanne"]


def test_who_speaks_the_language_comes_before_who_has_more_places() -> None:
    play = Play(structs.replace(ANNA, places=1), BRAM)
    play.visitor("tom", opens("tom"))
    assert play.chats("anna") == ["tom"]
    play.visitor("jo", opens("jo"))
    assert play.chats("bram") == ["jo"]


def test_a_simulated_colleague_takes_nobody_by_itself() -> None:
    play = Play(SIM)
    play.visitor("sanne", opens("sanne"))
    assert play.queue() == ["sanne"]


def test_a_session_may_give_a_chat_to_anybody_above_the_limit() -> None:
    play = Play(structs.replace(ANNA, places=1), SIM)
    for name, to in (("a", "anna"), ("b", "anna"), ("c", "sim"), ("d", "sim")):
        play.visitor(name, opens(name, to))
    assert (play.chats("anna"), play.chats("sim")) == (["a", "b"], ["c", "d"])


def test_an_operator_may_take_the_next_visitor_by_hand_above_the_limit() -> None:
    play = full("sanne", "piet")
    assert play.asks("anna", AcceptChat()) is None
    assert play.chats("anna") == ["aino", "tom", "sanne"]
    play.asks("anna", AcceptChat())
    refused = play.asks("anna", AcceptChat())
    assert refused is not None
    assert refused.code == "nobody_waits"


def test_without_automatic_acceptance_everybody_waits() -> None:
    play = Play(ANNA, policy=structs.replace(POLICY, automatic_acceptance=False))
    play.visitor("sanne", opens("sanne"))
    assert play.queue() == ["sanne"]
    play.asks("anna", AcceptChat())
    assert play.chats("anna") == ["sanne"]


def test_a_visitor_who_left_the_website_is_passed_over_until_back() -> None:
    play = full("sanne", "piet")
    play.visitor("sanne", Leaves())
    play.visitor("aino", Closes())
    assert play.queue() == ["sanne"]
    play.visitor("tom", Closes())
    assert play.queue() == ["sanne"]
    play.visitor("sanne", Returns())
    assert play.queue() == []


def test_a_visitor_who_gives_up_is_out_of_the_queue() -> None:
    play = full("sanne")
    play.visitor("sanne", Closes())
    assert play.queue() == []
    play.visitor("sanne", says("anybody?"))
    assert play.queue() == []


def test_a_messaging_chat_takes_a_place_only_while_an_answer_is_owed() -> None:
    play = Play(structs.replace(ANNA, places=1))
    play.visitor("eva", opens("eva", channel=Channel.MESSAGING))
    play.visitor("eva", says("Hi"))
    play.visitor("tom", opens("tom"))
    assert play.queue() == ["tom"]
    play.writes("anna", "eva")
    assert play.queue() == []


def test_everybody_hears_of_the_queue_only_when_it_changes() -> None:
    play = full("sanne")
    play.signals.clear()
    play.visitor("sanne", says("Hello?"))
    assert not [one for one in play.signals if isinstance(one.signal, QueueSeen)]
    play.visitor("piet", opens("piet"))
    seen = [one.signal for one in play.signals if isinstance(one.signal, QueueSeen)]
    assert seen == [QueueSeen(2, START + 2_000)]


def test_a_visitor_has_one_open_chat_and_a_chat_id_is_used_once() -> None:
    play = Play(ANNA)
    first = opens("sanne")
    play.visitor("sanne", first)
    second = Opens(first.visitor, first.channel, first.language, "another")
    play.visitor("sanne", second)
    play.visitor("piet", opens("sanne"))
    assert list(play.desk("anna").chats) == ["chat-sanne"]
    play.visitor("sanne", Closes())
    play.visitor("sanne", second)
    assert list(play.desk("anna").chats) == ["chat-sanne", "another"]
