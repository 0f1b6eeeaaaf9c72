import pytest

from operator_tui.ui.actions import ACTIONS
from operator_tui.ui.keys import key_of
from operator_tui.ui.panels.palette import PaletteSheet, shared
from operator_tui.ui.situation import Situation
from operator_tui.ui.words import tr
from tests.ui.chats import look


def sheet(*typed: str, at: Situation | None = None) -> PaletteSheet:
    made = PaletteSheet(at or Situation())
    for letter in "".join(typed):
        made.pressed(letter, letter)
    return made


def painted(of: PaletteSheet, width: int = 70, height: int = 18) -> list[str]:
    return [strip.text for strip in of.paint(width, height, look()).strips]


def test_every_action_that_is_done_here_is_listed_with_its_key_at_the_right_edge() -> None:
    lines = painted(sheet(), 70, 60)
    done_here = [it for it in ACTIONS if it.run is not None and it.id != "palette"]
    for action in done_here:
        row = next(line for line in lines if tr(action.help) in line)
        assert len(row) == 70
        assert row.endswith(f"{key_of(action.id)} ")
    assert any("every key, searchable" in row and row.endswith(" F1 ") for row in lines)


def test_what_cannot_be_done_now_comes_last_and_says_why_below() -> None:
    lines = painted(sheet(), 70, 60)
    first = next(n for n, line in enumerate(lines) if "every key, searchable" in line)
    assert first < next(n for n, line in enumerate(lines) if "canned replies" in line)
    assert "Nothing to undo." in "\n".join(painted(sheet("bring a chat")))


@pytest.mark.parametrize("typed", ["canned", "cnd", "replies", "CANNED"])
def test_letters_may_be_left_out(typed: str) -> None:
    rows = painted(sheet(typed))
    assert "canned replies" in rows[3]


def test_the_label_finds_first_what_the_text_has_elsewhere() -> None:
    assert "internal note" in painted(sheet("note"))[3]


@pytest.mark.parametrize(("width", "height"), [(68, 18), (48, 12), (45, 9), (20, 3)])
def test_it_fills_its_room_whatever_is_typed(width: int, height: int) -> None:
    for typed in ("", "canned", "zzzz"):
        strips = sheet(typed).paint(width, height, look()).strips
        assert [strip.cell_length for strip in strips] == [width] * height


def test_the_list_keeps_its_place_while_one_types() -> None:
    room = shared(12, 2)
    assert room.above + room.rows + room.between + room.below == 10
    assert room.rows >= 7


def test_a_row_that_is_cut_is_told_in_full_below() -> None:
    lines = painted(sheet("draft"), 30, 12)
    assert "…" in lines[2]
    assert "back to the list; the draft is kept" in " ".join(" ".join(lines[3:]).split())


def test_keys_are_spelled_where_arrows_cannot_be_shown() -> None:
    strips = sheet("chat above").paint(70, 18, look(icons="ascii")).strips
    assert any("Ctrl+Up" in strip.text for strip in strips)


def test_nothing_happens_where_nothing_is_found() -> None:
    made = sheet("zzzz")
    assert made.length == 0
    made.chosen()
    assert "Nothing you can do here is called that." in "\n".join(painted(made))
