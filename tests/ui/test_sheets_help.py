from collections.abc import Iterator

import pytest

from operator_tui.ui.actions import ACTIONS
from operator_tui.ui.panels.help import HelpSheet
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
