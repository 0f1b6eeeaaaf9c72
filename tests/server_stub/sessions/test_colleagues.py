from pathlib import Path

from operator_tui.desk.commands import TransferChat
from operator_tui.desk.model import PassedCause
from operator_tui.desk.text import SafeText, clean
from operator_tui.desk.time import MINUTE, SECOND
from server_stub.plays.intents import built_in
from server_stub.sessions.session_file import read
from tests.server_stub.sessions.shift import Shift, words

NOTE = clean("Wants to know about the guarantee", SafeText)


def passed_to(shift: Shift, visitor: str, colleague: str) -> None:
    assert shift.orders(TransferChat(shift.chat(visitor).id, colleague, NOTE)), shift.refused


def has(shift: Shift, visitor: str, operator: str) -> bool:
    return any(chat.visitor.id == visitor for chat in shift.chats(operator))


def test_a_colleague_accepts_a_transfer_after_some_seconds_and_answers_in_the_language() -> None:
    shift = Shift()
    passed_to(shift, "joost", "marieke")
    offer = shift.chat("joost", "marieke").passed
    assert offer is not None
    assert offer.offered_until is not None
    shift.passes(10 * SECOND)
    accepted = shift.chat("joost", "marieke").passed
    assert accepted is not None
    assert accepted.offered_until is None
    shift.passes(MINUTE)
    assert built_in()["nl"].lines.answers[0] in words(shift.chat("joost", "marieke"))


def test_the_visitor_talks_to_the_colleague_to_the_end() -> None:
    shift = Shift()
    passed_to(shift, "joost", "marieke")
    shift.passes(8 * MINUTE)
    assert not has(shift, "joost", "marieke")
    assert not has(shift, "joost", "anna")


def test_the_first_transfer_to_the_one_who_is_busy_comes_back_and_the_next_is_taken() -> None:
    shift = Shift()
    shift.passes(25 * SECOND)
    passed_to(shift, "eva", "tomasz")
    shift.passes(31 * SECOND)
    back = shift.chat("eva").passed
    assert back is not None
    assert (back.cause, back.note) == (PassedCause.RETURNED, NOTE)
    passed_to(shift, "eva", "tomasz")
    shift.passes(31 * SECOND)
    assert has(shift, "eva", "tomasz")


SESSION = """
name = "declining"
about = "One who never has time"
[[operator]]
id = "anna"
name = "Anna"
[[colleague]]
id = "bram"
name = "Bram"
offers = ["declines"]
[[visitor]]
id = "tom"
play = "blue_one"
at = "0s"
operator = "anna"
"""


def test_a_colleague_who_declines_sends_the_chat_back_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "try.toml").write_text(SESSION, encoding="utf-8")
    shift = Shift(read(tmp_path / "try.toml"))
    passed_to(shift, "tom", "bram")
    shift.passes(20 * SECOND)
    back = shift.chat("tom").passed
    assert back is not None
    assert (back.by, back.note) == ("Bram", built_in()["en"].lines.declines)


def test_what_was_refused_is_not_tried_again() -> None:
    shift = Shift()
    passed_to(shift, "joost", "marieke")
    desks = {"marieke": shift.desk("marieke")}
    later = shift.now + 20 * SECOND
    first = shift.stage.colleagues(desks, later)
    assert len(first) == 1
    assert shift.stage.colleagues(desks, later) == []


def test_a_colleague_counts_the_silence_from_when_the_chat_came_to_it() -> None:
    shift = Shift()
    assert shift.chat("vaino").answered_at is not None
    passed_to(shift, "vaino", "marieke")
    shift.passes(MINUTE)
    assert has(shift, "vaino", "marieke")


def test_after_a_restart_a_colleague_knows_what_it_has_tried() -> None:
    first = Shift()
    passed_to(first, "joost", "marieke")
    desks, later = {"marieke": first.desk("marieke")}, first.now + 20 * SECOND
    assert len(first.stage.colleagues(desks, later)) == 1
    resumed = Shift().stage
    resumed.resume([], first.stage.remembered(), later)
    assert resumed.colleagues(desks, later) == []
