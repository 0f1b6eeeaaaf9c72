import pytest

from operator_tui.desk.drafts import (
    Draft,
    Inserted,
    canned_of,
    last_own,
    next_blank,
    of,
    open_blanks,
    previous_blank,
    spaced,
    steps_of,
)
from operator_tui.desk.entries import Author, AuthorKind, Canned, Message, Step
from operator_tui.desk.model import Channel, Chat, Visitor
from operator_tui.desk.text import SafeLine, clean

HOLD = Inserted("hold", clean("Give me {minutes} min, I'll stay in this chat."))
SOLVED = Inserted("close_1", clean("Has this solved your problem, Joost?"), 1)
BYE = Inserted("close_5", clean("Bye Joost, have a lovely day!"), 5)


def draft(text: str, *inserted: Inserted) -> Draft:
    return of(text, inserted)


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("", "", "x"),
        ("One.", "", "One. x"),
        ("One. ", "", "One. x"),
        ("One\n", "", "One\nx"),
        ("", "two", "x two"),
        ("One", ", two", "One x, two"),
        ("(", ")", "(x)"),
        ("One", " two", "One x two"),
    ],
)
def test_an_inserted_text_gets_the_spaces_it_needs(before: str, after: str, whole: str) -> None:
    assert before + spaced(before, "x", after) + after == whole


def test_blanks_are_walked_in_both_directions_and_around() -> None:
    here = draft("{minutes} and {time}", HOLD)
    first, second = open_blanks(here)
    assert next_blank(here, 0) == first
    assert next_blank(here, first.end) == second
    assert next_blank(here, second.end) == first
    assert previous_blank(here, second.start) == first
    assert previous_blank(here, first.start) == second


def test_braces_of_the_operators_own_are_no_blanks() -> None:
    assert open_blanks(draft("write {something} there", HOLD)) == ()
    assert next_blank(draft("nothing"), 0) is None


def test_blanks_of_own_replies_and_of_kept_drafts_are_found() -> None:
    own = Inserted("mine", clean("In {days} days"))
    assert [blank.word for blank in open_blanks(draft("In {days} days", own))] == ["days"]
    assert [blank.word for blank in open_blanks(draft("kept: {minutes}"))] == ["minutes"]


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        ("Give me 10 min, I'll stay in this chat.", False),
        ("  Give me about 5 min, I'll stay\nin this chat. ", False),
        ("Give me 10 min, Joost, I'll stay in this chat.", True),
        ("Hello. Give me 10 min, I'll stay in this chat.", True),
    ],
)
def test_filling_a_blank_is_no_edit(text: str, edited: bool) -> None:
    assert canned_of(draft(text, HOLD)) == Canned("hold", edited)


def test_a_reply_that_was_deleted_again_is_forgotten() -> None:
    assert canned_of(draft("Something quite different.", HOLD)) is None
    assert steps_of(draft("Something quite different.", SOLVED)) == ()


def test_a_closing_step_is_what_the_message_is_known_by() -> None:
    both = draft("Give me 10 min, I'll stay in this chat. Bye Joost, have a lovely day!", HOLD, BYE)
    assert canned_of(both) == Canned("close_5", edited=True, step=5)


def test_two_closing_steps_in_one_message_are_both_told() -> None:
    both = draft(f"{BYE.text} {SOLVED.text}", BYE, SOLVED)
    assert steps_of(both) == (1, 5)


def test_a_text_without_canned_replies_came_from_none() -> None:
    assert canned_of(draft("Hello")) is None


def test_a_reply_of_blanks_alone_never_remains() -> None:
    assert canned_of(draft("10", Inserted("odd", clean("{minutes}")))) is None


def test_the_last_own_message_is_found_by_operator_and_mode() -> None:
    def message(n: int, who: str | None, text: str, note: bool = False) -> Message:
        kind = AuthorKind.OPERATOR if who else AuthorKind.VISITOR
        return Message(f"m{n}", Author(kind, clean("", SafeLine), who), clean(text), n, note)

    timeline = (
        message(1, "anna", "first"),
        message(2, "anna", "second"),
        message(3, "anna", "a note", note=True),
        message(4, "piet", "another's"),
        message(5, None, "the visitor's"),
    )
    chat = Chat("c", Visitor("v"), Channel.WEB, "en", 0, 0, timeline=timeline)
    assert last_own(chat, "anna") == "second"
    assert last_own(chat, "anna", note=True) == "a note"
    assert last_own(chat, "nobody") == ""


def test_steps_are_steps() -> None:
    step: Step = 5
    assert steps_of(draft(BYE.text, BYE)) == (step,)
