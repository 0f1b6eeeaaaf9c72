import pytest
from msgspec import structs

from operator_tui.desk.commands import AcceptChat, CloseChat, TransferChat, WriteNote
from operator_tui.desk.entries import Message
from operator_tui.desk.events import TransferredIn, TransferredOut
from operator_tui.desk.model import PassedCause
from operator_tui.desk.signals import ColleagueSeen
from operator_tui.desk.text import SafeLine, SafeText, clean
from server_stub.service.cutting import CHAT_BYTES, encoded
from server_stub.service.floor import ELSEWHERE
from server_stub.visitors.acts import Closes, Handed, Leaves, Returns
from tests.server_stub.scripted import ANNA, BRAM, POLICY, SIM, START, opens, says
from tests.server_stub.service.floors import Play, passing


def with_sanne() -> Play:
    play = Play()
    play.visitor("sanne", opens("sanne", "anna"))
    play.visitor("sanne", says("It leaks"))
    return play


def test_a_transfer_takes_history_note_and_sender_along() -> None:
    play = with_sanne()
    assert play.transfers("anna", "sanne", "bram") is None
    assert play.chats("anna") == []
    chat = play.chat("bram", "sanne")
    assert chat.passed is not None
    assert (chat.passed.by, chat.passed.cause) == ("Anna", PassedCause.BY_HAND)
    assert (chat.passed.note, chat.passed.offered_until) == ("leaks since Monday", None)
    texts = [one.text for one in chat.timeline if isinstance(one, Message)]
    assert texts == ["It leaks", "leaks since Monday"]
    assert chat.unanswered == 1
    out = play.events("anna")[-1]
    assert isinstance(out, TransferredOut)
    assert (out.to, out.cause) == ("Bram", "by_hand")


def test_who_does_not_take_chats_automatically_has_thirty_seconds_to_accept() -> None:
    play = with_sanne()
    play.transfers("anna", "sanne", "sim")
    chat = play.chat("sim", "sanne")
    assert chat.passed is not None
    assert chat.passed.offered_until == START + 30_000
    play.passes(29)
    assert play.asks("sim", AcceptChat("chat-sanne")) is None
    play.passes(60)
    assert play.chats("sim") == ["sanne"]


def test_writing_in_an_offered_chat_accepts_it_too_but_a_note_does_not() -> None:
    play = with_sanne()
    play.transfers("anna", "sanne", "sim")
    play.asks("sim", WriteNote("chat-sanne", clean("reading up")))
    assert "chat-sanne" in play.floor.offers
    play.writes("sim", "sanne")
    assert play.kinds("sim")[-2:] == ["TransferAccepted", "MessageWritten"]
    assert play.floor.offers == {}


def test_a_transfer_that_nobody_accepts_comes_back_with_its_note_after_exactly_thirty_seconds() -> (
    None
):
    play = with_sanne()
    play.transfers("anna", "sanne", "sim")
    play.passes(29.999)
    assert play.chats("sim") == ["sanne"]
    play.passes(0.001)
    assert (play.chats("sim"), play.chats("anna")) == ([], ["sanne"])
    passed = play.chat("anna", "sanne").passed
    assert passed is not None
    assert (passed.by, passed.cause) == ("Marieke Postma", PassedCause.RETURNED)
    assert (passed.note, passed.offered_until) == ("leaks since Monday", None)
    out = play.events("sim")[-1]
    assert isinstance(out, TransferredOut)
    assert (out.to, out.cause) == ("Anna", "not_accepted")


def test_what_the_visitor_says_meanwhile_comes_back_too() -> None:
    play = with_sanne()
    play.transfers("anna", "sanne", "sim")
    play.passes(10)
    play.visitor("sanne", says("Hello?"))
    play.passes(20)
    assert play.chat("anna", "sanne").unanswered == 2


def test_a_chat_that_the_visitor_closes_while_it_is_offered_stays_there() -> None:
    play = with_sanne()
    play.transfers("anna", "sanne", "sim")
    play.visitor("sanne", Closes())
    play.passes(60)
    assert play.chats("sim") == ["sanne"]
    assert play.chat("sim", "sanne").closed_at is not None


@pytest.mark.parametrize(
    ("to", "note", "code"),
    [
        ("bram", "two words", "note_too_short"),
        ("nobody", "three whole words", "no_such_colleague"),
        ("anna", "three whole words", "no_such_colleague"),
        ("bram", "three whole words", "no_place"),
    ],
)
def test_a_transfer_that_cannot_be_changes_nothing(to: str, note: str, code: str) -> None:
    play = with_sanne()
    play.away("bram")
    before = play.floor
    refused = play.asks("anna", TransferChat("chat-sanne", to, clean(note)))
    assert refused is not None
    assert refused.code == code
    assert play.floor is before


def test_a_colleague_whose_last_place_is_promised_has_none() -> None:
    play = with_sanne()
    play.visitor("tom", opens("tom", "anna"))
    play.transfers("anna", "sanne", "sim")
    refused = play.transfers("anna", "tom", "sim")
    assert refused is not None
    assert (refused.code, refused.detail) == ("no_place", "Marieke Postma")


def test_a_chat_put_back_goes_to_somebody_else_with_its_note() -> None:
    play = with_sanne()
    play.transfers("anna", "sanne", None)
    passed = play.chat("bram", "sanne").passed
    assert passed is not None
    assert (passed.by, passed.cause, passed.note) == (
        "Anna",
        PassedCause.BY_HAND,
        "leaks since Monday",
    )


def test_a_simulated_colleague_takes_what_was_put_back_when_no_trainee_can() -> None:
    play = Play(ANNA, structs.replace(SIM, places=1))
    play.visitor("sanne", opens("sanne"))
    play.visitor("tom", opens("tom"))
    play.transfers("anna", "sanne", None)
    play.transfers("anna", "tom", None)
    assert (play.chats("sim"), play.queue()) == (["sanne"], ["tom"])
    passed = play.chat("sim", "sanne").passed
    assert passed is not None
    assert (passed.by, passed.offered_until) == ("Anna", None)


def test_a_chat_put_back_does_not_bounce_but_may_be_taken_back_by_hand() -> None:
    play = Play(ANNA)
    play.visitor("sanne", opens("sanne"))
    play.transfers("anna", "sanne", None)
    assert play.queue() == ["sanne"]
    play.passes(300)
    assert play.queue() == ["sanne"]
    play.asks("anna", AcceptChat())
    assert play.chats("anna") == ["sanne"]


def test_an_unanswered_chat_is_passed_on_by_policy_at_its_moment() -> None:
    play = Play(ANNA, BRAM, policy=passing())
    play.visitor("sanne", opens("sanne", "anna"))
    play.passes(5)
    play.visitor("sanne", says("It leaks"))
    play.passes(119.999)
    assert play.chats("anna") == ["sanne"]
    play.passes(0.001)
    passed = play.chat("bram", "sanne").passed
    assert passed is not None
    assert (passed.cause, passed.by, passed.note) == (PassedCause.UNANSWERED, "Anna", "")


def test_by_default_nothing_is_passed_on_by_itself() -> None:
    play = with_sanne()
    play.passes(3_600)
    assert play.chats("anna") == ["sanne"]


def test_a_chat_its_operator_types_in_is_not_passed_on_for_ten_seconds() -> None:
    play = Play(ANNA, BRAM, policy=passing())
    play.visitor("sanne", opens("sanne", "anna"))
    play.visitor("sanne", says("It leaks"))
    play.passes(115)
    play.types("anna", "sanne")
    play.passes(9.999)
    assert play.chats("anna") == ["sanne"]
    play.passes(0.001)
    assert play.chats("bram") == ["sanne"]


def test_a_chat_is_passed_on_only_when_somebody_has_a_place() -> None:
    play = Play(ANNA, structs.replace(BRAM, places=1), policy=passing())
    play.visitor("tom", opens("tom", "bram"))
    play.visitor("sanne", opens("sanne", "anna"))
    play.visitor("sanne", says("It leaks"))
    play.passes(200)
    assert play.chats("anna") == ["sanne"]
    play.asks("bram", CloseChat("chat-tom"))
    assert play.chats("bram") == ["sanne"]


def test_a_chat_is_not_passed_on_while_its_visitor_is_away() -> None:
    play = Play(ANNA, BRAM, policy=passing())
    play.visitor("sanne", opens("sanne", "anna"))
    play.visitor("sanne", says("It leaks"))
    play.visitor("sanne", Leaves())
    play.passes(200)
    assert play.chats("anna") == ["sanne"]
    play.visitor("sanne", Returns())
    assert play.chats("bram") == ["sanne"]


def test_time_in_the_queue_does_not_count_against_the_operator() -> None:
    play = Play(ANNA, SIM, policy=passing())
    play.away("anna")
    play.visitor("sanne", opens("sanne"))
    play.visitor("sanne", says("It leaks"))
    play.passes(300)
    play.asks("anna", AcceptChat())
    play.passes(119.999)
    assert play.chats("anna") == ["sanne"]
    play.passes(0.001)
    assert play.chats("sim") == ["sanne"]


def test_a_chat_that_is_offered_is_not_passed_on_by_itself_as_well() -> None:
    play = Play(ANNA, BRAM, SIM, policy=passing(after=20_000))
    play.visitor("sanne", opens("sanne", "anna"))
    play.visitor("sanne", says("It leaks"))
    play.transfers("anna", "sanne", "sim")
    play.passes(29.999)
    assert play.chats("sim") == ["sanne"]


@pytest.mark.parametrize("to", ["bram", None])
def test_an_offered_chat_that_its_receiver_passes_on_does_not_come_back(to: str | None) -> None:
    play = with_sanne()
    play.transfers("anna", "sanne", "sim")
    play.away("anna")
    assert play.transfers("sim", "sanne", to) is None
    play.passes(60)
    assert play.chats("bram") == ["sanne"]
    assert play.floor.offers == {}


def test_an_offered_chat_that_its_receiver_closes_is_over() -> None:
    play = with_sanne()
    play.transfers("anna", "sanne", "sim")
    play.asks("sim", CloseChat("chat-sanne"))
    play.passes(60)
    assert play.chats("sim") == play.chats("anna") == []


def test_a_reply_that_loses_the_race_is_refused_with_the_new_owners_name() -> None:
    play = with_sanne()
    play.transfers("anna", "sanne", "bram")
    refused = play.writes("anna", "sanne", "I have it")
    assert refused is not None
    assert (refused.code, refused.detail) == ("not_yours", "Bram")
    assert play.told == []


def test_a_long_chat_travels_cut_to_its_last_messages_and_stays_whole_on_the_server() -> None:
    play = with_sanne()
    for n in range(40):
        play.visitor("sanne", says(f"{n} " + "é" * 3_900))
    play.transfers("anna", "sanne", "bram")
    event = play.events("bram")[-1]
    assert isinstance(event, TransferredIn)
    travelled = [e for e in event.chat_value.timeline if isinstance(e, Message)]
    assert travelled[-1].text == "leaks since Monday"
    assert 2 <= len(travelled) <= 20
    assert len(encoded(event)) < CHAT_BYTES + 4_096
    whole = [e for e in play.chat("bram", "sanne").timeline if isinstance(e, Message)]
    assert len(whole) == 42
    assert len({message.id for message in whole}) == 42


def test_colleagues_see_each_others_places() -> None:
    play = Play(ANNA, BRAM, SIM, policy=POLICY)
    play.visitor("sanne", opens("sanne", "bram"))
    seen = [
        one.signal.colleague
        for one in play.signals
        if one.operator == "anna" and isinstance(one.signal, ColleagueSeen)
    ]
    bram = [one for one in seen if one.id == "bram"][-1]
    assert (bram.name, bram.taken, bram.places, bram.has_place) == ("Bram", 1, 2, True)
    assert "anna" not in {one.id for one in seen}


@pytest.mark.parametrize(
    ("by", "operator", "author"),
    [
        ("Ingrid", None, ELSEWHERE),
        ("Marieke Postma", None, "sim"),
        ("Anna", None, ELSEWHERE),
        ("Anna", "anna", ELSEWHERE),
        ("Bram", "anna", "bram"),
    ],
)
def test_what_a_colleague_of_a_play_wrote_is_never_the_receivers_own(
    by: str, operator: str | None, author: str
) -> None:
    play = Play()
    handed = Handed(clean(by, SafeLine), clean("wants two", SafeText))
    play.visitor("sanne", structs.replace(opens("sanne", operator), handed=handed))
    chat = play.chat("anna", "sanne")
    assert [one.author.id for one in chat.timeline if isinstance(one, Message)] == [author]
