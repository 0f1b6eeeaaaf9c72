import pytest
from msgspec import structs
from textual.events import Key

from operator_tui.desk.canned import known, spoken
from operator_tui.desk.commands import CloseChat
from operator_tui.desk.model import Chat, Outcome
from operator_tui.desk.text import clean
from operator_tui.store.canned_files import bundled
from operator_tui.ui.panels.closing import ClosingSheet
from operator_tui.ui.panels.sheet import Sheet
from tests.ui.sheet_app import SheetApp, joost, line, message
from tests.ui.writing_app import look

ALL = (1, 2, 3, 4, 5)


def closing(chat: Chat) -> SheetApp[ClosingSheet]:
    sheet = ClosingSheet()
    sheet.replies = spoken(bundled(), "nl")
    sheet.values = known(line("Joost van den Heuvel"), line("Anna"))
    sheet.chat = chat
    return SheetApp(sheet)


def has(app: SheetApp[ClosingSheet], *words: str) -> bool:
    return any(all(word in text for word in words) for text in app.lines)


async def pressed(app: SheetApp[ClosingSheet], *keys: str) -> None:
    async with app.hands(68, 20) as hands:
        await hands.press(*keys)


async def test_the_steps_are_told_with_their_texts_and_what_is_done_with_its_time() -> None:
    app = closing(joost())
    async with app.hands(68, 20):
        assert app.lines[0].startswith(" ─ close the chat with Joost ─")
        assert " 1 of 5 " in app.lines[0]
        assert has(app, "✓", "solved?", "01:39")
        assert has(app, "▌ 2", "anything else?", "Kan ik nog iets anders voor je doen?")
        assert has(app, "5", "goodbye", "Joost")


async def test_a_digit_puts_the_text_of_its_step_into_the_composer() -> None:
    app = closing(joost())
    await pressed(app, "3")
    (chosen,) = app.said
    assert isinstance(chosen, ClosingSheet.Chosen)
    assert chosen.reply.closing_step == 3


async def test_enter_takes_the_step_under_the_bar() -> None:
    app = closing(joost())
    await pressed(app, "down", "enter")
    (chosen,) = app.said
    assert isinstance(chosen, ClosingSheet.Chosen)
    assert chosen.reply.closing_step == 3


@pytest.mark.parametrize(
    ("keys", "ticked"), [(["space"], (2, True)), (["up", "space"], (1, False))]
)
async def test_space_ticks_by_hand_and_takes_a_tick_back(
    keys: list[str], ticked: tuple[int, bool]
) -> None:
    app = closing(joost())
    await pressed(app, *keys)
    (said,) = app.said
    assert isinstance(said, ClosingSheet.Ticked)
    assert (said.step, said.done) == ticked


async def test_a_question_without_an_answer_is_a_warning() -> None:
    app = closing(joost(owed=True))
    async with app.hands(68, 20):
        assert has(app, "Joost's last words are not answered yet:")
        assert has(app, "Krijg ik dan een nieuwe, of wordt hij gerepareerd?")


async def test_a_long_question_is_cut_with_a_mark() -> None:
    chat = joost(owed=True)
    long = message(3, None, "woord " * 200)
    app = closing(structs.replace(chat, timeline=(*chat.timeline[:-1], long)))
    async with app.hands(68, 20):
        assert sum("woord" in text for text in app.lines) == 3
        assert has(app, "woord", "…")
        assert has(app, "5", "goodbye")


@pytest.mark.parametrize(
    ("key", "outcome"), [("1", "solved"), ("2", "visitor_left"), ("3", "spam")]
)
async def test_closing_anyway_asks_once_for_the_reason(key: str, outcome: Outcome) -> None:
    app = closing(joost())
    async with app.hands(68, 20) as hands:
        await hands.press("c")
        assert has(app, "Close with 4 steps open? Why:")
        assert app.said == []
        await hands.press("enter")
        assert has(app, "Choose a reason first.")
        await hands.press(key)
        assert app.said == []
        await hands.press("enter")
        (said,) = app.said
        assert isinstance(said, ClosingSheet.Confirmed)
        assert said.command == CloseChat("c1", outcome, (2, 3, 4, 5))


async def test_other_wants_a_word() -> None:
    app = closing(joost(owed=True, steps=ALL))
    async with app.hands(68, 20) as hands:
        await hands.press("c", "4", "enter", "enter")
        assert app.said == []
        assert has(app, "Close all the same? Why:")
        await hands.press(*"tex", "backspace", *"st c", "enter")
        (said,) = app.said
        assert isinstance(said, ClosingSheet.Confirmed)
        assert said.command == CloseChat("c1", "other", (), clean("test c"))


async def test_with_nothing_open_and_nothing_owed_c_closes_at_once() -> None:
    app = closing(joost(steps=ALL))
    await pressed(app, "c")
    (said,) = app.said
    assert isinstance(said, ClosingSheet.Confirmed)
    assert said.command == CloseChat("c1")


async def test_escape_goes_one_step_back() -> None:
    app = closing(joost())
    async with app.hands(68, 20) as hands:
        await hands.press("c", "4", "enter", "a", "escape")
        assert app.sheet.reason is None
        await hands.press("escape")
        assert not app.sheet.asking
        assert has(app, "▌ 2")
        assert app.said == []
        await hands.press("escape")
        assert isinstance(app.said[0], Sheet.Closed)


async def test_a_tick_that_comes_meanwhile_is_shown_and_the_bar_stays() -> None:
    app = closing(joost())
    async with app.hands(68, 20) as hands:
        await hands.press("down")
        app.sheet.chat = joost(steps=(1, 2))
        assert has(app, "✓", "anything else?")
        assert has(app, "▌ 3")


async def test_the_sheet_grows_with_what_it_has_to_say() -> None:
    app = closing(joost())
    async with app.hands(68, 20) as hands:
        before = app.sheet.size.height
        app.sheet.chat = joost(owed=True)
        await hands.pause()
        assert app.sheet.size.height > before
        assert has(app, "5", "goodbye")


@pytest.mark.parametrize("height", range(1, 16))
def test_in_little_room_the_row_under_the_bar_is_shown(height: int) -> None:
    sheet = closing(joost(owed=True)).sheet
    sheet.selected = 4
    painted = sheet.paint(45, height, look())
    assert [strip.cell_length for strip in painted.strips] == [45] * height
    assert height < 6 or any("▌ 5" in strip.text for strip in painted.strips)


async def test_every_reason_is_in_sight_before_what_was_asked_is_quoted() -> None:
    app = closing(joost(owed=True))
    async with app.hands(45, 13) as hands:
        await hands.press("c")
        painted = app.sheet.paint(45, 8, look())
        assert "other" in painted.strips[-1].text


async def test_the_reason_is_typed_where_one_sees_it_however_little_room_there_is() -> None:
    app = closing(joost(owed=True))
    async with app.hands(45, 13) as hands:
        await hands.press("c", "4", "enter")
        painted = app.sheet.paint(45, 8, look())
        assert "In a few words:" in painted.strips[-2].text
        await hands.press("x", "y")
        assert "xy" in app.sheet.paint(45, 8, look()).strips[-1].text


@pytest.mark.parametrize("key", ["y", "pagedown"])
async def test_a_key_that_comes_before_the_first_layout_is_no_fault(key: str) -> None:
    sheet = closing(joost()).sheet
    sheet.set_reactive(ClosingSheet.look, look())
    assert not sheet.size
    await sheet._on_key(Key(key, key if len(key) == 1 else None))
    assert sheet.selected == (2 if key == "pagedown" else 1)
