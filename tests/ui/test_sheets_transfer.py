import pytest
from msgspec import structs

from operator_tui.desk.model import Colleague
from operator_tui.desk.text import clean
from operator_tui.ui.panels.sheet import Sheet
from operator_tui.ui.panels.transfer import TransferSheet
from tests.ui.sheet_app import (
    KAISA,
    MARIEKE,
    NOW,
    PIET,
    TOMASZ,
    SheetApp,
    colleague,
    desk,
    joost,
)
from tests.ui.writing_app import look

NOTE = ("a", "space", "b", "space", "c")


def transfer(*colleagues: Colleague) -> SheetApp[TransferSheet]:
    sheet = TransferSheet()
    sheet.chat = joost()
    sheet.now = NOW
    sheet.desk = desk(*colleagues)
    return SheetApp(sheet)


def has(app: SheetApp[TransferSheet], *words: str) -> bool:
    return any(all(word in text for word in words) for text in app.lines)


async def test_who_can_take_it_is_told_and_who_knows_the_visitor_comes_first() -> None:
    app = transfer(PIET, TOMASZ, KAISA, MARIEKE)
    async with app.hands(68, 20):
        assert app.lines[0].startswith(" ─ transfer the chat with Joost ─")
        assert has(app, "▌ Marieke Postma", "nl en", "1 of 2", "knows Joost")
        assert has(app, "Tomasz Zieliński", "pl en", "2 of 2", "full")
        assert has(app, "back to the queue", "3 wait, longest 1:40")
        assert not has(app, "Piet")
        assert has(app, "note for Marieke")


async def test_enter_with_a_note_hands_over() -> None:
    app = transfer(MARIEKE)
    async with app.hands(68, 20) as hands:
        await hands.press(*NOTE, "enter")
        (said,) = app.said
        assert isinstance(said, TransferSheet.Confirmed)
        assert (said.chat, said.to, said.note) == ("c1", "marieke", "a b c")


@pytest.mark.parametrize(
    ("keys", "complaint"),
    [
        ([], "A note of at least three words for Marieke, please."),
        (["a"], "Two more words for Marieke, please."),
        (["a", "space", "b", "space"], "One more word for Marieke, please."),
        (["down", "a"], "A note of at least three words, please: somebody reads it."),
    ],
)
async def test_a_note_has_at_least_three_words(keys: list[str], complaint: str) -> None:
    app = transfer(MARIEKE)
    async with app.hands(68, 20) as hands:
        await hands.press(*keys, "enter")
        await hands.pause()
        assert app.said == []
        assert has(app, complaint)
        await hands.press("x")
        assert not has(app, complaint)


async def test_who_is_full_cannot_be_chosen() -> None:
    app = transfer(MARIEKE, TOMASZ)
    async with app.hands(68, 20) as hands:
        await hands.press("down")
        assert has(app, "▌ back to the queue")
        await hands.press("up")
        assert has(app, "▌ Marieke Postma")
        await hands.click(TransferSheet, offset=(10, 3))
        assert has(app, "▌ Marieke Postma")


async def test_the_queue_is_nobody_in_particular() -> None:
    app = transfer(TOMASZ)
    async with app.hands(68, 20) as hands:
        assert has(app, "▌ back to the queue")
        await hands.press(*NOTE, "enter")
        (said,) = app.said
        assert isinstance(said, TransferSheet.Confirmed)
        assert said.to is None


async def test_who_fills_up_meanwhile_is_refused_and_the_note_stays() -> None:
    app = transfer(MARIEKE, KAISA)
    async with app.hands(68, 20) as hands:
        await hands.press(*NOTE)
        app.sheet.desk = desk(structs.replace(MARIEKE, taken=2), KAISA)
        await hands.press("enter")
        await hands.pause()
        assert app.said == []
        assert has(app, "Marieke Postma has no free place any more.")
        assert has(app, "a b c")


async def test_the_bar_stays_with_its_colleague_when_rows_move() -> None:
    app = transfer(MARIEKE, KAISA)
    async with app.hands(68, 20) as hands:
        await hands.press("down")
        assert has(app, "▌ Kaisa")
        app.sheet.desk = desk(MARIEKE, KAISA, colleague("Aino Laine", "fi", 0))
        app.sheet.chat = joost(owed=True)
        app.sheet.now = NOW + 1_000
        await hands.pause()
        assert has(app, "▌ Kaisa")


async def test_a_note_of_several_lines_is_kept_as_it_is() -> None:
    app = transfer(MARIEKE)
    async with app.hands(68, 20) as hands:
        await hands.pastes("one\r\ntwo\x07")
        await hands.press("ctrl+j", *"three", "enter")
        (said,) = app.said
        assert isinstance(said, TransferSheet.Confirmed)
        assert said.note == "one\ntwo␇\nthree"


async def test_the_note_is_edited_like_any_text() -> None:
    app = transfer(MARIEKE)
    async with app.hands(68, 20) as hands:
        keys = ["a", "b", "left", "x", "home", "y", "delete", "end", "z", "backspace", "space"]
        await hands.press(*keys, *"word", "ctrl+w", *"end")
        assert app.sheet.note.text == "yxb end"


async def test_escape_hands_the_note_back_for_the_next_time() -> None:
    app = transfer(MARIEKE)
    async with app.hands(68, 20) as hands:
        app.sheet.written(clean("begun before"))
        await hands.press("x", "escape")
        (said,) = app.said
        assert isinstance(said, Sheet.Closed)
        assert said.kept == "begun beforex"


async def test_in_narrow_sheets_the_languages_go() -> None:
    app = transfer(MARIEKE)
    async with app.hands(48, 14):
        assert has(app, "Marieke Postma", "1 of 2", "knows Joost")
        assert not has(app, "nl en")
        assert has(app, "back to the queue", "3 wait, longest 1:40")


async def test_a_complaint_is_told_in_full_in_a_narrow_sheet() -> None:
    app = transfer(MARIEKE)
    async with app.hands(45, 13) as hands:
        await hands.press("enter")
        told = " ".join(strip.text.strip() for strip in app.sheet.paint(45, 8, look()).strips)
        assert "A note of at least three words for Marieke, please." in told


@pytest.mark.parametrize("size", [(45, 4), (45, 7), (20, 9), (6, 9), (68, 1), (200, 60)])
def test_no_size_is_too_odd(size: tuple[int, int]) -> None:
    painted = transfer(MARIEKE, KAISA, TOMASZ).sheet.paint(*size, look())
    assert [strip.cell_length for strip in painted.strips] == [size[0]] * size[1]


async def test_many_colleagues_scroll_and_say_so() -> None:
    app = transfer(*(colleague(f"N{n} Maki", "fi", 0) for n in range(60)))
    async with app.hands(68, 20) as hands:
        assert any("↓" in text and "more" in text for text in app.lines)
        await hands.press("down", *["pagedown"] * 12)
        assert has(app, "▌ back to the queue")
        assert has(app, "note for whoever takes it")
