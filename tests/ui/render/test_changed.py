from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from operator_tui.ui.render.changed import changed

RED, BLUE = Style(color="red"), Style(color="blue")
SIGNS = st.sampled_from(["a", "b", " ", "é", "e\u0301", "漢", "🌻", "👩\u200d🚒", "●"])
LINES = st.lists(st.tuples(SIGNS, st.sampled_from([RED, BLUE])), max_size=8)


def strip(*parts: tuple[str, Style]) -> Strip:
    return Strip([Segment(text, style) for text, style in parts])


def test_only_the_digit_of_a_clock_is_another() -> None:
    before, after = strip((" Anna ● ", RED), ("14:06:48", BLUE)), strip((" Anna ● 14:06:49", BLUE))
    same = strip((" Anna ● ", RED), ("14:06:49", BLUE))
    assert list(changed([before], [same])) == [Region(15, 0, 1, 1)]
    assert list(changed([before], [after])) == [Region(0, 0, 16, 1)], "the ink counts"


def test_a_line_that_is_new_or_wider_is_new_as_a_whole() -> None:
    short, long = strip(("ab", RED)), strip(("abc", RED))
    assert list(changed([], [short])) == [Region(0, 0, 2, 1)]
    assert list(changed([short, short], [short, long])) == [Region(0, 1, 3, 1)]
    assert list(changed([short, long], [short])) == []


@given(LINES, LINES)
def test_painting_the_changed_cells_over_the_old_line_gives_the_new_one(
    old: list[tuple[str, Style]], new: list[tuple[str, Style]]
) -> None:
    before, after = strip(*old), strip(*new)
    wide = max(before.cell_length, after.cell_length)
    before, after = (one.adjust_cell_length(wide, RED) for one in (before, after))
    shown = before
    for region in changed([before], [after]):
        left, right = region.x, region.right
        parts = [before.crop(0, left), after.crop(left, right), before.crop(right, wide)]
        shown = Strip.join(parts)
    assert shown.text == after.text
    assert list(shown.simplify()) == list(after.simplify())
