from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_tui.desk.canned import (
    SENT_AS_THEY_ARE,
    CannedReply,
    NotNow,
    Ready,
    blank_words,
    blanks,
    filled,
    known,
    next_ctrl_o,
    of_id,
    of_step,
    spoken,
)
from operator_tui.desk.entries import Author, AuthorKind, Message
from operator_tui.desk.model import Channel, Chat, Overlay, Visitor
from operator_tui.desk.names import first_name
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.time import SECOND
from operator_tui.store.canned_files import bundled, languages

NOW = 1_000 * SECOND


def line(text: str) -> SafeLine:
    return clean(text, SafeLine)


def reply(text: str, noname: str | None = None) -> CannedReply:
    return CannedReply("x", "en", clean(text), clean(noname) if noname is not None else None)


def chat(facts: dict[str, Any]) -> Chat:
    return Chat("c1", Visitor("v1"), Channel.WEB, "nl", 0, 0, **facts)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Joost van den Heuvel", "Joost"),
        ("Heuvel, Joost", "Joost"),
        ("J. Smit", "J. Smit"),
        ("Sanne", "Sanne"),
        ("王小明", "王小明"),
        ("  Aino  ", "Aino"),
        (",", ""),
        ("", ""),
    ],
)
def test_a_visitor_is_called_by_the_first_name(name: str, called: str) -> None:
    assert first_name(line(name)) == called


@pytest.mark.parametrize(
    ("language", "with_name", "without"),
    [
        ("en", "Hi Joost, I'm Anna. What can I help you with?", "Hi, I'm Anna."),
        ("nl", "Hoi Joost, ik ben Anna. Waar kan ik je mee helpen?", "Hoi, ik ben Anna."),
        ("pl", "Dzień dobry", "Dzień dobry"),
        ("fi", "Hei Joost", "Hei"),
    ],
)
def test_names_are_filled_in_as_far_as_known(language: str, with_name: str, without: str) -> None:
    greeting = of_id(spoken(bundled(), language), "greeting")
    assert greeting is not None
    assert filled(greeting, known(line("Joost Smit"), line("Anna"))).startswith(with_name)
    assert filled(greeting, known(line(""), line("Anna"))).startswith(without)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("ready", sorted(SENT_AS_THEY_ARE))
@pytest.mark.parametrize("name", ["Joost van den Heuvel", ""])
def test_what_ctrl_o_inserts_can_be_sent_with_enter_alone(
    language: str, ready: Ready, name: str
) -> None:
    found = of_id(spoken(bundled(), language), ready)
    assert found is not None
    assert found.language == language
    assert blank_words(filled(found, known(line(name), line("Anna")))) == ()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("step", [1, 2, 3, 4, 5])
def test_every_closing_step_has_a_reply_in_every_language(language: str, step: int) -> None:
    assert of_step(spoken(bundled(), language), step) is not None


def test_what_is_not_known_stays_a_blank() -> None:
    text = filled(reply("Give me {minutes} min, {name}."), known(line("Joost"), line("Anna")))
    assert text == "Give me {minutes} min, Joost."
    (blank,) = blanks(text)
    assert text[blank.start : blank.end] == "{minutes}"


@pytest.mark.parametrize("word", ["päivä", "dzień", "Order number", "day2", "order-id", "王"])
def test_whatever_stands_in_braces_is_a_blank(word: str) -> None:
    own = reply("{name}: {" + word + "}.")
    assert blank_words(filled(own, known(line("Joost"), line("Anna")))) == (word,)


def test_no_blank_goes_over_two_lines() -> None:
    assert blanks("{ this\nand that }") == ()


def test_without_a_name_and_without_other_words_the_name_is_a_blank() -> None:
    assert blank_words(filled(reply("Hi {name}"), known(line(""), line("Anna")))) == ("name",)


def test_the_polish_vocative_needs_more_than_a_name() -> None:
    polish = reply("Sprawdzam, {name_vocative}.", "Sprawdzam.")
    names = known(line("Anna"), line("Piotr"))
    assert filled(polish, names) == "Sprawdzam."
    assert filled(polish, {**names, "name_vocative": "Anno"}) == "Sprawdzam, Anno."


def test_a_blank_is_told_once_however_often_it_stands_there() -> None:
    assert blank_words("{time} or {day}, not {time}") == ("time", "day")


@given(st.text(max_size=40))
def test_no_visitor_can_put_a_blank_into_a_reply_by_a_name(name: str) -> None:
    text = filled(reply("Hi {name}!", "Hi!"), known(line(name), line("Anna")))
    assert blank_words(text) == ()


def test_a_language_without_replies_falls_back() -> None:
    assert {found.language for found in spoken(bundled(), "sv")} == {"en"}
    assert {found.language for found in spoken(bundled(), "sv", "nl")} == {"nl"}


def spoken_by(kind: AuthorKind, *, note: bool = False, refusal: str | None = None) -> Message:
    author = Author(kind, line("Piet"))
    return Message("m1", author, clean("Hoi"), NOW, note=note, refusal=refusal)


REFUSED = spoken_by(AuthorKind.OPERATOR, refusal="closed")


@pytest.mark.parametrize("language", languages())
def test_the_first_words_of_one_key_are_there_in_every_language(language: str) -> None:
    assert of_id(spoken(bundled(), language), Ready.HOLD) is not None


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"owed_since": NOW - SECOND, "unanswered": 1}, Ready.HOLD),
        ({"owed_since": NOW - SECOND, "unanswered": 1, "written": True}, Ready.STILL_CHECKING),
        ({"unanswered": 2, "left_at": NOW - 60 * SECOND, "written": True}, Ready.STILL_CHECKING),
        ({"unanswered": 1, "timeline": (spoken_by(AuthorKind.OPERATOR),)}, Ready.STILL_CHECKING),
        ({"unanswered": 1, "timeline": (spoken_by(AuthorKind.VISITOR),)}, Ready.HOLD),
        ({"unanswered": 1, "timeline": (spoken_by(AuthorKind.OPERATOR, note=True),)}, Ready.HOLD),
        ({"unanswered": 1, "timeline": (REFUSED,)}, Ready.HOLD),
        ({"answered_at": NOW - 120 * SECOND}, Ready.NUDGE),
        ({"answered_at": NOW - 120 * SECOND + 1}, NotNow.SETTLED),
        ({"answered_at": NOW - 900 * SECOND, "left_at": NOW - 40 * SECOND}, NotNow.LEFT),
        ({"answered_at": NOW - 900 * SECOND, "left_at": NOW - 39 * SECOND}, Ready.NUDGE),
        ({"answered_at": 0, "overlay": Overlay(typing_until=NOW + 1)}, NotNow.TYPING),
        ({"answered_at": 0, "overlay": Overlay(typing_until=NOW)}, Ready.NUDGE),
        ({"owed_since": 0, "unanswered": 1, "closed_at": NOW}, NotNow.CLOSED),
        ({}, NotNow.SETTLED),
    ],
)
def test_ctrl_o_says_what_the_moment_asks_for(facts: dict[str, Any], said: Ready | NotNow) -> None:
    assert next_ctrl_o(chat(facts), NOW, Policy()) is said
