from collections.abc import Callable

import pytest
from msgspec import structs

from operator_tui.desk.commands import CloseChat, RemoveChat, WaiveAnswer
from operator_tui.desk.model import Chat, Desk, Outcome
from operator_tui.desk.policy import Policy
from operator_tui.ui.screens.undo import WITHIN, WITHIN_UNASKED, Parting, Undo
from tests.ui import chats


class Outbox:
    """Takes what is not taken back."""

    def __init__(self) -> None:
        self.commands: list[Parting] = []

    def __call__(self, command: Parting, after: Callable[[], None]) -> None:
        self.commands.append(command)


def done(**facts: object) -> Chat:
    return chats.chat("Aino", steps=frozenset({1, 2, 3, 4, 5}), **facts)


def desk(chat: Chat) -> Desk:
    return structs.replace(chats.desk(chat), policy=Policy())


def test_painting_the_desk_decides_nothing() -> None:
    undo = Undo(Outbox())
    undo.close(done(), CloseChat("Aino"), 0)
    undo.over(desk(done(unanswered=1)))
    assert undo.last is not None
    assert not undo.over(desk(done())).chats


def test_words_that_come_in_the_last_moment_are_closed_by_nobody() -> None:
    outbox = Outbox()
    undo = Undo(outbox)
    undo.close(done(), CloseChat("Aino"), 0)
    undo.tick(WITHIN_UNASKED, desk(chats.chat("Aino", chats.message("Wacht!"), unanswered=1)))
    assert outbox.commands == []
    assert undo.last is None


def test_without_a_desk_time_runs_all_the_same() -> None:
    outbox = Outbox()
    undo = Undo(outbox)
    undo.remove(chats.chat("Aino"), 0)
    undo.tick(WITHIN, None)
    assert [command.chat for command in outbox.commands] == ["Aino"]


@pytest.mark.parametrize(("outcome", "asked"), [("visitor_left", 0), ("spam", 1)])
def test_more_words_bring_a_chat_back_that_was_closed_in_spite_of_some_but_not_spam(
    outcome: Outcome, asked: int
) -> None:
    outbox = Outbox()
    undo = Undo(outbox)
    undo.close(chats.chat("Aino", unanswered=1), CloseChat("Aino", outcome, (2,)), 0)
    undo.tick(WITHIN, desk(chats.chat("Aino", chats.message("Wacht!"), unanswered=2)))
    assert len(outbox.commands) == asked


def test_the_words_that_were_known_hold_no_closing_up() -> None:
    outbox = Outbox()
    undo = Undo(outbox)
    left = CloseChat("Aino", "visitor_left", (2,))
    undo.close(chats.chat("Aino", unanswered=1), left, 0)
    undo.tick(WITHIN, desk(chats.chat("Aino", unanswered=1)))
    assert outbox.commands == [left]


def test_a_chat_that_the_visitor_closes_first_is_only_taken_off() -> None:
    outbox = Outbox()
    undo = Undo(outbox)
    undo.close(done(), CloseChat("Aino"), 0)
    undo.tick(WITHIN_UNASKED, desk(done(closed_at=1)))
    assert outbox.commands == [RemoveChat("Aino")]


def test_a_chat_that_goes_to_somebody_else_meanwhile_is_closed_by_them() -> None:
    outbox = Outbox()
    undo = Undo(outbox)
    undo.close(done(), CloseChat("Aino"), 0)
    undo.tick(WITHIN, structs.replace(desk(done()), chats={}))
    assert outbox.commands == []
    assert undo.last is None


def test_a_debt_that_an_own_reply_hid_for_a_moment_opens_no_chat_again() -> None:
    outbox = Outbox()
    undo = Undo(outbox)
    undo.close(done(), CloseChat("Aino"), 0)
    undo.tick(WITHIN_UNASKED, desk(done(unanswered=1)))
    assert outbox.commands == [CloseChat("Aino")]


def test_a_chat_that_is_open_again_is_not_taken_off() -> None:
    outbox = Outbox()
    undo = Undo(outbox)
    undo.remove(done(closed_at=1), 0)
    undo.tick(WITHIN, desk(done()))
    assert outbox.commands == []
    assert undo.last is None


def test_a_debt_that_was_answered_meanwhile_is_waived_by_nobody() -> None:
    outbox = Outbox()
    undo = Undo(outbox)
    undo.waive(done(unanswered=1), 0, chats.NOW)
    undo.tick(WITHIN, desk(done()))
    assert outbox.commands == []


def test_a_closing_is_held_until_the_outbox_has_it() -> None:
    handed: list[Callable[[], None]] = []
    undo = Undo(lambda _command, over: handed.append(over))
    undo.close(done(), CloseChat("Aino"), 0)
    undo.waive(chats.chat("Bram", unanswered=1), 0, chats.NOW)
    assert set(undo.held) == {"Aino", "Bram"}
    handed[0]()
    assert set(undo.held) == {"Bram"}


def test_a_close_right_after_no_answer_needed_goes_out_behind_it() -> None:
    outbox = Outbox()
    undo = Undo(outbox)
    thanks = chats.chat("Aino", chats.message("Bedankt!"), unanswered=1)
    undo.waive(thanks, 0, chats.NOW)
    meant = undo.over(desk(thanks)).chats["Aino"]
    undo.close(meant, CloseChat("Aino"), 0)
    undo.tick(WITHIN_UNASKED, desk(thanks))
    assert outbox.commands == [WaiveAnswer("Aino"), CloseChat("Aino")]
