from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from operator_tui.desk.drafts import Draft, of
from operator_tui.desk.text import SafeText, clean
from operator_tui.ui.widgets.composer import Composer
from tests.ui.writing_app import Hands, WritingApp

LONG = "a" * SafeText.characters


@asynccontextmanager
async def writing() -> AsyncIterator[tuple[WritingApp, Composer, Hands]]:
    app = WritingApp()
    async with app.hands() as hands:
        yield app, app.composer, hands


async def test_enter_submits_and_the_text_stays_until_it_is_safe() -> None:
    async with writing() as (app, composer, hands):
        await hands.press(*"Hoi", "enter")
        (sent,) = app.told(Composer.Submitted)
        assert (sent.chat, sent.text, sent.note, sent.canned) == ("c1", "Hoi", False, None)
        assert composer.text == "Hoi"
        assert composer.pending
        composer.accepted()
        assert composer.text == ""
        assert not composer.pending


async def test_a_second_enter_does_nothing() -> None:
    async with writing() as (app, _, hands):
        await hands.press(*"Hoi", "enter", "enter")
        assert len(app.told(Composer.Submitted)) == 1


async def test_keys_typed_meanwhile_go_into_the_emptied_composer() -> None:
    async with writing() as (app, composer, hands):
        await hands.press(*"Hoi", "enter", *"abx", "backspace", "ctrl+j", "c")
        assert composer.text == "Hoi"
        composer.accepted()
        assert composer.text == "ab\nc"
        await hands.press("d")
        assert composer.text == "ab\ncd"
        assert app.told(Composer.DraftChanged)[-1].draft.text == "ab\ncd"


async def test_a_refused_text_is_editable_again_with_what_was_typed_since() -> None:
    async with writing() as (app, composer, hands):
        await hands.press(*"Hoi", "enter", *" ja")
        composer.refused("The disk is full.")
        await hands.pause()
        assert composer.text == "Hoi ja"
        assert app.advice.refusal == "The disk is full."
        await hands.press("!")
        assert composer.text == "Hoi ja!"
        assert app.advice.refusal == ""


async def test_an_answer_finds_its_own_chat_after_a_switch() -> None:
    async with writing() as (app, composer, hands):
        await hands.press(*"Hoi", "enter", *"ab")
        (sent,) = app.told(Composer.Submitted)
        app.shows("c2", draft=of("other"))
        assert not composer.pending
        composer.refused("No.", sent)
        await hands.pause()
        assert composer.text == "other"
        told = app.told(Composer.DraftChanged)[-1]
        assert (told.chat, told.draft.text) == ("c1", "Hoiab")


async def test_a_chat_that_waits_for_its_text_still_waits_on_return() -> None:
    async with writing() as (app, composer, hands):
        await hands.press(*"Hoi", "enter")
        (sent,) = app.told(Composer.Submitted)
        app.shows("c2")
        app.shows("c1")
        assert composer.pending
        assert composer.text == "Hoi"
        composer.accepted(sent)
        assert composer.text == ""


@pytest.mark.parametrize("text", ["", "  ", "\n \n"])
async def test_an_empty_text_is_not_submitted(text: str) -> None:
    async with writing() as (app, _, hands):
        app.shows("c1", draft=of(text))
        await hands.press("enter")
        assert app.told(Composer.Submitted) == []


async def test_blanks_around_a_text_are_not_sent() -> None:
    async with writing() as (app, _, hands):
        app.shows("c1", draft=of(" \nHoi,\n\nAnna \n"))
        await hands.press("enter")
        assert app.told(Composer.Submitted)[0].text == "Hoi,\n\nAnna"


@pytest.mark.parametrize("key", ["ctrl+j", "shift+enter"])
async def test_a_new_line_has_a_key_of_its_own(key: str) -> None:
    async with writing() as (app, composer, hands):
        await hands.press("a", key, "b")
        assert composer.text == "a\nb"
        assert app.told(Composer.Submitted) == []


async def test_every_change_is_told_with_its_chat_at_once() -> None:
    async with writing() as (app, _, hands):
        await hands.press("a")
        app.shows("c2")
        app.shows("c3", note=True)
        await hands.press("b")
        told = [(m.chat, m.note, m.draft.text) for m in app.told(Composer.DraftChanged)]
        assert told == [("c1", False, "a"), ("c3", True, "b")]


async def test_a_moved_cursor_is_told_when_the_chat_is_left() -> None:
    async with writing() as (app, composer, hands):
        app.shows("c1", draft=of("abc"))
        await hands.press("home")
        app.shows("c2")
        await hands.pause()
        (told,) = app.told(Composer.DraftChanged)
        assert told.draft == Draft(clean("abc"), 0)
        app.shows("c1", draft=told.draft)
        assert composer.cursor_location == (0, 0)


async def test_undo_never_brings_back_another_chats_text() -> None:
    async with writing() as (app, composer, hands):
        await hands.press(*"secret")
        app.shows("c2")
        await hands.press("ctrl+z")
        assert composer.text == ""
        await hands.press(*"secret", "ctrl+u")
        app.shows("c3")
        await hands.press("ctrl+z")
        assert composer.text == ""


async def test_a_longer_text_is_kept_out_whole_and_nothing_is_lost() -> None:
    async with writing() as (app, composer, hands):
        app.shows("c1", draft=of("keep"))
        await hands.pastes(LONG)
        assert composer.text == "keep"
        assert app.advice.refusal.startswith("4 characters too many")
        app.shows("c1", draft=of(LONG))
        await hands.press("b")
        assert composer.text == LONG
        assert app.advice.refusal == "A message has at most 4,000 characters."
        await hands.press("backspace")
        assert app.advice.refusal == ""
        assert len(composer.text) == SafeText.characters - 1


async def test_a_message_has_no_more_lines_than_it_can_carry() -> None:
    async with writing() as (app, composer, hands):
        app.shows("c1", draft=of("\n" * (SafeText.lines - 1)))
        await hands.press("ctrl+j")
        assert composer.text.count("\n") == SafeText.lines - 1
        assert app.advice.refusal == "A message has at most 200 lines."


async def test_what_is_pasted_is_made_safe() -> None:
    async with writing() as (_, composer, hands):
        await hands.pastes("a\x1b[31m\r\nb\tc\u202e")
        assert composer.text == "a␛[31m\nb    c\ufffd"


async def test_the_length_is_told_from_3600_on() -> None:
    async with writing() as (app, composer, _):
        app.shows("c1", draft=of("a" * 3_599))
        assert "of 4,000" not in str(composer.border_title)
        app.shows("c1", draft=of("a" * 3_612))
        assert "3,612 of 4,000" in str(composer.border_title)


async def test_a_name_in_the_rule_is_never_markup() -> None:
    async with writing() as (app, composer, _):
        app.shows("c1", "[red]x[/] [/a/b]")
        assert composer._border_title is not None
        assert composer._border_title.plain == " to [red]x[/] [/a/b] "


async def test_a_note_looks_different_in_word_rule_and_ground() -> None:
    async with writing() as (app, composer, _):
        reply = (str(composer.border_title), composer.styles.border_top, composer.styles.background)
        app.shows("c1", "Joost van den Heuvel", note=True)
        assert str(composer.border_title).startswith(" internal note about Joost: only colleagues")
        note = (str(composer.border_title), composer.styles.border_top, composer.styles.background)
        assert composer.styles.border_top[0] == "dashed"
        assert all(a != b for a, b in zip(reply, note, strict=True))


async def test_the_composer_grows_with_its_text_and_no_further() -> None:
    async with writing() as (app, composer, hands):
        assert composer.size.height == 2
        app.shows("c1", draft=of("1\n2\n3\n4"))
        await hands.pause()
        assert composer.size.height == 4
        app.shows("c1", draft=of("\n" * 20))
        await hands.pause()
        assert composer.size.height == 5
        app.screen.add_class("-tall")
        await hands.pause()
        assert composer.size.height == 8


async def test_escape_leaves_and_keeps_the_draft() -> None:
    async with writing() as (app, composer, hands):
        await hands.press("a", "escape")
        assert app.acting.acts == ["leave"]
        assert composer.text == "a"


async def test_up_in_an_empty_composer_brings_the_last_message_back() -> None:
    async with writing() as (app, composer, hands):
        composer.recall = clean("Hallo\nJoost")
        await hands.press("up")
        assert composer.text == "Hallo\nJoost"
        await hands.press("up", "x")
        assert composer.text == "Hallox\nJoost"
        assert len(app.told(Composer.DraftChanged)) == 2


async def test_a_key_of_the_desk_reaches_the_desk() -> None:
    async with writing() as (app, composer, hands):
        app.shows("c1", draft=of("one two"))
        await hands.press("f6", "f7")
        assert composer.selected_text == ""
