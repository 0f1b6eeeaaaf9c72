import tomllib
from functools import cache
from pathlib import Path

import pytest

import operator_tui
from operator_tui.desk.commands import CloseChat, RemoveChat
from operator_tui.desk.entries import AuthorKind, Message
from operator_tui.desk.model import Channel, Chat, PassedCause
from operator_tui.desk.states import Indicator, indicator
from operator_tui.desk.time import HOUR, MINUTE, SECOND, Millis
from tests.server_stub.sessions.shift import T0, Shift, seconds, words

LANGUAGES = ("en", "nl", "pl", "fi")


def shown(shift: Shift) -> dict[str, Indicator]:
    desk = shift.desk()
    return {
        chat.visitor.id: indicator(chat, shift.now, desk.policy) for chat in desk.chats.values()
    }


@pytest.mark.parametrize("language", [None, *LANGUAGES])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_all_ten_indicators_show_within_four_minutes_if_nobody_touches_a_key(
    language: str | None, seed: int
) -> None:
    shift = Shift(language=language, seed=seed)
    seen = set(shown(shift).values())
    for _ in range(240):
        shift.passes(SECOND)
        seen |= set(shown(shift).values())
    assert seen == set(Indicator)


@pytest.mark.parametrize("language", [None, *LANGUAGES])
@pytest.mark.parametrize("seed", range(5))
def test_the_first_visitor_writes_within_three_seconds(language: str | None, seed: int) -> None:
    shift = Shift(language=language, seed=seed)
    assert words(shift.chat("sanne")) == []
    shift.passes(3 * SECOND)
    assert len(words(shift.chat("sanne"))) == 1


def test_the_shift_opens_with_chats_in_progress() -> None:
    shift = Shift()
    assert shown(shift) == {
        "sanne": Indicator.NEW,
        "joost": Indicator.UNANSWERED,
        "eva": Indicator.NEUTRAL,
        "priya": Indicator.NEUTRAL,
        "vaino": Indicator.BOOMERANG,
        "jan": Indicator.NEUTRAL,
        "piet": Indicator.NEUTRAL,
        "liisa": Indicator.CLOSED,
    }
    own = {
        chat.visitor.id
        for chat in shift.chats()
        for entry in chat.timeline
        if isinstance(entry, Message) and entry.author.id == "anna" and not entry.note
    }
    assert own == {"joost", "eva", "priya", "vaino", "jan", "piet", "liisa"}
    assert shift.desk().policy.places == 12


@pytest.mark.parametrize(
    ("visitor", "second", "before", "after"),
    [
        ("piet", 5, Indicator.NEUTRAL, Indicator.PAUSED),
        ("jan", 7, Indicator.NEUTRAL, Indicator.SCREEN_SHARED),
        ("eva", 10, Indicator.NEUTRAL, Indicator.VISITOR_SILENT),
    ],
)
def test_the_first_changes_come_on_the_second(
    visitor: str, second: float, before: Indicator, after: Indicator
) -> None:
    shift = Shift()
    shift.passes(seconds(second) - 1)
    assert shown(shift)[visitor] is before
    shift.passes(1)
    assert shown(shift)[visitor] is after


def test_a_chat_is_passed_on_with_its_history_and_a_note() -> None:
    shift = Shift()
    shift.passes(20 * SECOND)
    chat = shift.chat("aleksandra")
    assert chat.passed is not None
    assert (chat.passed.by, chat.passed.cause) == ("Tomasz Zieliński", PassedCause.BY_HAND)
    assert "89,90" in chat.passed.note
    assert chat.owed_since == T0 - 15 * SECOND
    assert len(words(chat)) == 4


def test_the_boomerang_has_been_silent_for_fourteen_hours() -> None:
    chat = Shift().chat("vaino")
    assert chat.channel is Channel.MESSAGING
    assert chat.reactivated is not None
    assert chat.reactivated.silence == 14 * HOUR


def test_the_visitor_who_left_comes_back_and_asks_on() -> None:
    shift = Shift()
    shift.passes(80 * SECOND)
    assert shift.chat("piet").left_at is None
    shift.passes(20 * SECOND)
    assert shown(shift)["piet"] is Indicator.UNANSWERED


def test_everybody_speaks_the_language_that_was_chosen() -> None:
    for language in LANGUAGES:
        shift = Shift(language=language)
        shift.passes(2 * MINUTE)
        assert {chat.language for chat in shift.chats()} == {language}
    mixed = Shift()
    mixed.passes(2 * MINUTE)
    assert {chat.language for chat in mixed.chats()} == set(LANGUAGES)


def test_the_same_seed_gives_the_same_tour_to_the_letter() -> None:
    def told(seed: int) -> list[tuple[str, Millis, list[str]]]:
        shift = Shift(seed=seed)
        shift.passes(4 * MINUTE)
        return [(chat.id, chat.opened_at, words(chat)) for chat in shift.chats()]

    assert told(7) == told(7)
    assert told(7) != told(8)


def test_the_past_is_the_same_however_long_the_steps_are() -> None:
    one, many = Shift(), Shift()
    one.passes(4 * MINUTE)
    for _ in range(24):
        many.passes(10 * SECOND)
    assert [words(chat) for chat in one.chats()] == [words(chat) for chat in many.chats()]


BY_THE_BOOK = (
    *("greeting", "apology", "still_checking", "replacement", "promise", "close_1_resolved"),
    *("close_2_anything_else", "close_4_suggestions", "close_3_thanks", "close_5_farewell"),
)


@cache
def canned(language: str) -> dict[str, str]:
    path = Path(operator_tui.__file__).parent / "data" / f"{language}.toml"
    replies = tomllib.loads(path.read_text(encoding="utf-8"))["reply"]
    return {reply["id"]: reply.get("text_noname", reply["text"]) for reply in replies}


def answer_where_due(shift: Shift, given: dict[str, int]) -> None:
    for chat in shift.chats():
        visitor = chat.visitor.id
        if chat.closed_at is not None:
            shift.orders(RemoveChat(chat.id))
        elif chat.owed_last is not None or shift.now - (chat.answered_at or 0) > 25 * SECOND:
            step = given[visitor] = given.get(visitor, -1) + 1
            if step >= len(BY_THE_BOOK):
                shift.orders(CloseChat(chat.id))
            else:
                shift.says(visitor, canned(chat.language)[BY_THE_BOOK[step]])


@pytest.mark.parametrize("language", [None, *LANGUAGES])
def test_a_trainee_who_goes_by_the_book_brings_every_chat_to_a_friendly_end(
    language: str | None,
) -> None:
    shift, given, chats = Shift(language=language), dict[str, int](), dict[str, Chat]()
    shift.passes(15 * SECOND)
    while shift.now < T0 + 9 * MINUTE:
        shift.passes(8 * SECOND)
        chats |= {chat.visitor.id: chat for chat in shift.chats()}
        answer_where_due(shift, given)
    assert shift.chats() == []
    assert shift.refused == []
    assert len(chats) == 11
    for visitor, chat in chats.items():
        said = [
            entry.text
            for entry in chat.timeline
            if isinstance(entry, Message)
            and entry.author.kind is AuthorKind.VISITOR
            and entry.at > T0
        ]
        assert visitor == "liisa" or len(said) >= 4, (visitor, said)
        assert len(said) == len(set(said)), said
