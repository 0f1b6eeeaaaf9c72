import pytest
from textual import events

from operator_tui.desk.canned import known, spoken
from operator_tui.store.canned_files import bundled
from operator_tui.ui.panels.canned import CannedSheet, shared
from operator_tui.ui.panels.sheet import Sheet
from operator_tui.ui.render.sheet import window
from tests.ui.sheet_app import SheetApp, line
from tests.ui.writing_app import look

DUTCH = spoken(bundled(), "nl")


def canned() -> SheetApp[CannedSheet]:
    sheet = CannedSheet()
    sheet.replies = DUTCH
    sheet.values = known(line("Joost van den Heuvel"), line("Anna"))
    sheet.language = "nl"
    return SheetApp(sheet)


async def test_letters_search_and_enter_inserts_the_best() -> None:
    app = canned()
    async with app.hands(68, 20) as hands:
        await hands.types("hold")
        assert app.sheet.letters.text == "hold"
        await hands.press("enter")
        (chosen,) = app.said
        assert isinstance(chosen, CannedSheet.Chosen)
        assert (chosen.reply.id, chosen.select_blank) == ("hold", False)


async def test_tab_inserts_and_asks_for_the_first_blank() -> None:
    app = canned()
    async with app.hands(68, 20) as hands:
        await hands.types("hold")
        await hands.press("tab")
        (chosen,) = app.said
        assert isinstance(chosen, CannedSheet.Chosen)
        assert chosen.select_blank


async def test_the_title_counts_what_is_found_and_names_the_language() -> None:
    app = canned()
    async with app.hands(68, 20) as hands:
        assert app.lines[0].startswith(" ─ canned replies, Dutch ─")
        assert " 34 of 34 ──" in app.lines[0]
        await hands.types("hold")
        assert " 34 of 34 " not in app.lines[0]


@pytest.mark.parametrize(
    ("width", "shown"), [(48, "greeting_with_qu…"), (68, "greeting_with_question  ")]
)
async def test_an_id_is_shown_in_full_where_there_is_room(width: int, shown: str) -> None:
    app = canned()
    async with app.hands(width, 20) as hands:
        await hands.types("greeting")
        assert any(line[3:].startswith(shown) for line in app.lines)


async def test_the_preview_has_names_filled_in_and_tells_the_blanks() -> None:
    app = canned()
    async with app.hands(68, 20) as hands:
        await hands.types("checkback")
        whole = " ".join(text.strip() for text in app.lines[-5:])
        assert "nakijken, Joost. Fijn dat je even wacht. Binnen {minutes} min" in whole
        assert "1 blank to fill: minutes" in whole
        assert [hint.key for hint in app.sheet.hints] == ["Enter", "Tab", "Esc"]


async def test_blanks_stand_out_also_where_a_line_breaks() -> None:
    app = canned()
    async with app.hands(48, 16) as hands:
        await hands.types("checkback")
        bold = [
            segment.text
            for y in range(app.sheet.size.height)
            for segment in app.sheet.render_line(y)
            if segment.style is not None
            and segment.style.bold
            and segment.style.color == look().style("indicator.unanswered_soon", "ink.text").color
        ]
        assert "".join(bold) == "{minutes}"


async def test_without_a_blank_there_is_no_key_for_it() -> None:
    app = canned()
    async with app.hands(68, 20) as hands:
        await hands.types("nudge")
        assert [hint.key for hint in app.sheet.hints] == ["Enter", "Esc"]
        before = app.hinted
        await hands.press("ctrl+u", *"hold")
        assert [hint.key for hint in app.sheet.hints] == ["Enter", "Tab", "Esc"]
        assert app.hinted > before


async def test_nothing_found_is_said_and_enter_does_nothing() -> None:
    app = canned()
    async with app.hands(68, 20) as hands:
        await hands.types("qqqq")
        assert any('No reply has "qqqq" in it.' in text for text in app.lines)
        await hands.press("enter", "tab")
        assert app.said == []
        await hands.press("ctrl+u", "enter")
        assert len(app.said) == 1


async def test_the_sheet_keeps_its_height_while_one_types() -> None:
    app = canned()
    async with app.hands(68, 20) as hands:
        before = app.sheet.size.height
        await hands.types("qqqq")
        await hands.pause()
        assert app.sheet.size.height == before


async def test_arrows_move_the_bar_and_the_list_follows() -> None:
    app = canned()
    async with app.hands(68, 20) as hands:
        await hands.press("down", "down", "up", *["pagedown"] * 9)
        assert app.sheet.selected == len(DUTCH) - 1
        assert any("▌" in text for text in app.lines)
        assert any("↑" in text and "more" in text for text in app.lines)


async def test_a_second_slash_means_the_sign() -> None:
    app = canned()
    async with app.hands(68, 20) as hands:
        await hands.press("a", "slash")
        assert app.sheet.letters.text == "a/"
        assert app.said == []
        await hands.press("ctrl+u", "slash")
        assert isinstance(app.said[0], CannedSheet.SlashMeant)
        assert len(app.said) == 1


async def test_escape_closes() -> None:
    app = canned()
    async with app.hands(68, 20) as hands:
        await hands.press("escape")
        assert isinstance(app.said[0], Sheet.Closed)


async def test_a_click_selects_and_a_second_one_inserts() -> None:
    app = canned()
    async with app.hands(68, 20) as hands:
        await hands.click(CannedSheet, offset=(10, 5))
        assert app.sheet.selected == 2
        assert app.said == []
        await hands.click(CannedSheet, offset=(10, 5))
        (chosen,) = app.said
        assert isinstance(chosen, CannedSheet.Chosen)
        assert chosen.reply == DUTCH[2]


async def test_the_wheel_moves_the_bar() -> None:
    app = canned()
    async with app.hands(68, 20) as hands:
        wheel = (app.sheet, 1, 1, 0, 1, 0, False, False, False)
        app.sheet.post_message(events.MouseScrollDown(*wheel))
        await hands.pause()
        assert app.sheet.selected == 1


async def test_what_is_pasted_is_searched_for() -> None:
    app = canned()
    async with app.hands(68, 20) as hands:
        await hands.pastes("hold\n\x1b")
        await hands.pause()
        assert app.sheet.letters.text == "hold ␛"


@pytest.mark.parametrize("height", range(1, 24))
def test_the_lines_of_the_sheet_always_add_up(height: int) -> None:
    room = shared(height, 4)
    rest = room.above + room.rows + room.between + room.preview + room.missing
    assert rest == max(0, height - 2)
    assert height < 3 or room.rows >= 1


@pytest.mark.parametrize("size", [(68, 1), (20, 3), (4, 9), (45, 12), (200, 60)])
def test_no_size_is_too_odd(size: tuple[int, int]) -> None:
    painted = canned().sheet.paint(*size, look())
    assert [strip.cell_length for strip in painted.strips] == [size[0]] * size[1]


@pytest.mark.parametrize("total", [0, 1, 3, 4, 5, 9, 40])
@pytest.mark.parametrize("room", [1, 2, 3, 4, 5, 8])
def test_a_list_fits_its_room_and_shows_the_selected_row(total: int, room: int) -> None:
    for selected in range(total):
        first, last = window(total, selected, room)
        marks = (first > 0) + (last < total) if room >= 4 else 0
        assert first <= selected < last
        assert last - first + marks <= room
        assert total <= room or last - first + marks == room
