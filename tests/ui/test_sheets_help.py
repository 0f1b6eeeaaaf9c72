from collections.abc import Iterator

import pytest

from operator_tui.desk.marks import Mark
from operator_tui.desk.states import Indicator
from operator_tui.ui.actions import ACTIONS
from operator_tui.ui.panels.help import HelpSheet
from operator_tui.ui.panels.legend import legend
from operator_tui.ui.panels.legend import painted as sign_painted
from operator_tui.ui.panels.sheet import page_of
from operator_tui.ui.situation import Situation
from operator_tui.ui.words import LANGUAGES, tr, use_language
from tests.ui.chats import look

TEXT = 12
"""The cell at which the texts begin."""


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    yield use_language(str(request.param))
    use_language("en")


def painted(width: int) -> list[str]:
    sheet = HelpSheet(Situation())
    return [strip.text for strip in sheet.paint(width, sheet.wanted(width), look()).strips]


@pytest.mark.parametrize("width", [48, 70])
def test_every_action_is_told_in_full_in_every_language(spoken: str, width: int) -> None:
    told = " ".join(line[TEXT:].strip() for line in painted(width))
    assert [tr(one.help) for one in ACTIONS if tr(one.help) not in told] == [], spoken


def test_the_key_of_a_long_text_is_said_once() -> None:
    lines = [line for line in painted(48) if "Ctrl+O" in line]
    assert len(lines) == 1


@pytest.mark.parametrize("width", [48, 70])
def test_every_sign_is_told_in_full_in_every_language(spoken: str, width: int) -> None:
    told = " ".join(line[TEXT:].strip() for line in painted(width))
    assert [sign.text for sign in legend() if sign.text not in told] == [], spoken


def test_the_legend_has_every_state_and_every_mark() -> None:
    assert {sign.of for sign in legend()} >= {*Indicator, *Mark}


def test_the_signs_are_those_of_the_list() -> None:
    worn = look()
    shown = {
        sign.of: "".join(s.text for s in sign_painted(sign, "ground.raised", worn)).strip()
        for sign in legend()
    }
    assert shown[Indicator.TRANSFERRED] == f"{worn.icons.new} 2 {worn.icons.arrow}"
    assert shown[Indicator.PAUSED] == worn.icons.paused
    assert shown[Mark.DRAFT] == worn.icons.draft


def test_signs_are_found_by_their_words() -> None:
    sheet = HelpSheet(Situation())
    for letter in "website":
        sheet.pressed(letter, letter)
    lines = [strip.text for strip in sheet.paint(70, 10, look()).strips]
    assert any("paused: left the website; the time says how long ago" in line for line in lines)
    sheet.chosen()


def test_the_sheet_keeps_its_height_while_one_types() -> None:
    sheet = HelpSheet(Situation())
    before = sheet.wanted(70)
    for letter in "website":
        sheet.pressed(letter, letter)
    assert sheet.wanted(70) == before


def test_what_is_below_is_counted_as_what_is_found() -> None:
    sheet = HelpSheet(Situation())
    shown = sheet.paint(70, 20, look())
    last = shown.strips[-1].text.strip()
    in_sight = len(set(shown.rows.values()))
    assert last == f"{look().icons.more} {sheet.length - in_sight} more"


def test_a_page_is_what_is_in_sight() -> None:
    sheet = HelpSheet(Situation())
    painted = sheet.paint(70, 20, look())
    assert page_of(painted) == len(set(painted.rows.values())) - 1 > 5
