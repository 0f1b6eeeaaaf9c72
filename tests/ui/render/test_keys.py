import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_tui.ui.render.keys import KeyHint, KeysPainted, keys_line
from tests.ui import chats
from tests.ui.painted import style_of

NIGHT = chats.look()
HELP = KeyHint("F1", "all keys", enabled=True, action="help")
HINTS = (
    KeyHint("F2", "Sanne de Vries", enabled=True, action="most_urgent"),
    KeyHint("Ctrl+O", "still checking", enabled=True, action="hold", short="checking"),
    KeyHint("F3", "canned", enabled=False, action="canned"),
    KeyHint("F4", "transfer", enabled=True, action="transfer"),
    KeyHint("F5", "close", enabled=True, action="closing"),
)


def painted(width: int) -> KeysPainted:
    return keys_line(HINTS, HELP, width, NIGHT)


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (80, " F2 Sanne de V…  Ctrl+O checking  F3 canned  F4 transfer  F5 close  F1 all keys "),
        (60, " F2 Sanne de V…  Ctrl+O checking  F3 canned     F1 all keys "),
        (50, " F2 Sanne de V…  Ctrl+O checking      F1 all keys "),
        (40, " F2 Sanne de V…  F3 canned  F1 all keys "),
        (20, "        F1 all keys "),
    ],
)
def test_what_does_not_fit_is_left_out_whole(width: int, line: str) -> None:
    assert painted(width).strip.text == line


def test_every_entry_can_be_clicked_and_the_room_between_does_nothing() -> None:
    keys = painted(80)
    at = {word: keys.strip.text.index(word) for word in ("F2", "de V", "Ctrl+O", "F3", "F1")}
    assert [keys.action_at(x) for x in at.values()] == [
        "most_urgent",
        "most_urgent",
        "hold",
        "canned",
        "help",
    ]
    assert [keys.action_at(x) for x in (0, at["Ctrl+O"] - 1, at["F1"] - 1, 79, 80)] == [None] * 5


def test_a_key_that_does_nothing_now_is_muted_and_still_there() -> None:
    strip = painted(80).strip
    assert style_of(strip, "F2")[::2] == (NIGHT.colour("ink.accent"), True)
    assert style_of(strip, "F3")[::2] == (NIGHT.colour("ink.muted"), False)


def test_a_long_name_does_not_take_the_line() -> None:
    long = KeyHint("F2", "x" * 120, enabled=True, action="most_urgent")
    assert "Ctrl+O" in keys_line((long, *HINTS[1:]), HELP, 80, NIGHT).strip.text


@given(st.lists(st.text(max_size=40), max_size=6), st.integers(1, 120))
def test_the_line_is_as_wide_as_the_screen(labels: list[str], width: int) -> None:
    hints = [KeyHint("F2", label, enabled=True, action="a") for label in labels]
    assert keys_line(hints, HELP, width, NIGHT).strip.cell_length == width
