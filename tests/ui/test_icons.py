from typing import get_args

import pytest
from msgspec.structs import asdict
from rich.cells import cell_len

from operator_tui.store.ports import IconSet
from operator_tui.ui.icons import load_icons

STATES = (
    "new",
    "operator_silent",
    "visitor_silent",
    "boomerang",
    "screen_shared",
    "neutral",
    "paused",
    "closed",
)
MARKS = ("draft", "note", "muted", "unsent", "held", "screen_shared", "visitor_silent", "boomerang")
BARS = ("bar_visitor", "bar_own", "bar_note")


@pytest.mark.parametrize("name", get_args(IconSet))
def test_every_sign_takes_one_cell(name: IconSet) -> None:
    wide = {field: sign for field, sign in asdict(load_icons(name)).items() if cell_len(sign) != 1}
    assert wide == {}


@pytest.mark.parametrize("name", get_args(IconSet))
@pytest.mark.parametrize("told_apart", [STATES, MARKS, BARS, ("more", "up"), ("available", "away")])
def test_signs_that_meet_differ(name: IconSet, told_apart: tuple[str, ...]) -> None:
    signs = asdict(load_icons(name))
    assert len({signs[field] for field in told_apart}) == len(told_apart)


def test_in_ascii_no_bar_is_taken_for_the_border_between_panes_or_the_cursor() -> None:
    signs = asdict(load_icons("ascii"))
    assert len({signs[field] for field in (*BARS, "divider", "cursor")}) == len(BARS) + 2


def test_ascii_is_ascii() -> None:
    assert all(sign.isascii() for sign in asdict(load_icons("ascii")).values())
