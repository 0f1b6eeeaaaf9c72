import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_tui.desk.states import Indicator
from operator_tui.desk.urgency import Band, Row, rows
from operator_tui.ui.render.listing import (
    Gap,
    Heading,
    Listing,
    RowLine,
    listing,
    matching,
    neighbour,
    top_showing,
    view,
)
from tests.ui import chats


def some(n: int, *, rail: bool = False, gaps: bool = False) -> Listing:
    """`n` rows, a third of them in each band."""
    bands = sorted((list(Band)[i % 3] for i in range(n)), key=list(Band).index)
    made = [Row(chats.neutral(f"n{i}"), Indicator.NEUTRAL, band) for i, band in enumerate(bands)]
    return listing(made, rail=rail, gaps=gaps)


def ids(of: Listing) -> list[str]:
    return [row.chat.id for row in of.rows]


def test_a_band_has_a_heading_with_its_count_and_an_empty_band_has_none() -> None:
    found = listing(
        rows(chats.desk(chats.new(), chats.late(), chats.paused()), chats.NOW),
        rail=False,
        gaps=False,
    )
    headings = [line for line in found.lines if isinstance(line, Heading)]
    assert headings == [Heading(Band.ANSWER_NOW, 2), Heading(Band.LEFT, 1)]


def test_gaps_stand_between_bands_and_not_above_the_first() -> None:
    lines = some(3, gaps=True).lines
    assert [type(line) for line in lines[:5]] == [Heading, RowLine, RowLine, Gap, Heading]


def test_a_rail_has_rows_and_nothing_else() -> None:
    assert {type(line) for line in some(3, rail=True, gaps=True).lines} == {RowLine}


def test_a_click_on_a_heading_is_on_no_chat() -> None:
    found = some(3)
    assert found.chat_at(0) is None
    assert [found.chat_at(line) for line in (1, 2)] == [ids(found)[0]] * 2
    assert (found.chat_at(-1), found.chat_at(99)) == (None, None)


def test_all_that_fits_has_no_lines_that_tell_of_more() -> None:
    found = some(3)
    seen = view(found, 0, found.height)
    assert (seen.above, seen.below) == (0, 0)


def test_the_last_line_counts_who_is_not_in_sight() -> None:
    found = some(6)
    assert found.height == 15
    assert view(found, 0, 10).below == 2
    assert view(found, 5, 10).above == 2


def test_a_filter_finds_parts_of_names_whatever_the_capitals() -> None:
    all_rows = rows(chats.model_desk(), chats.NOW)
    assert [row.chat.visitor.name for row in matching(all_rows, " WIŚ")] == [
        "Aleksandra Wiśniewska"
    ]
    assert matching(all_rows, "xyz") == ()


def test_the_cursor_of_a_row_that_is_gone_goes_to_the_next() -> None:
    before = some(5)
    first, second, *_, fourth, last = ids(before)
    after = listing(
        [row for row in before.rows if row.chat.id not in {second, last}], rail=False, gaps=False
    )
    assert neighbour(before, after, second) == ids(before)[2]
    assert neighbour(before, after, last) == fourth
    assert neighbour(before, after, first) == first
    assert neighbour(before, Listing(), first) is None
    assert neighbour(before, after, None) is None


NEUTRAL, CLOSED = Indicator.NEUTRAL, Indicator.CLOSED


@pytest.mark.parametrize(
    ("stood", "gone", "goes_to"),
    [
        ((NEUTRAL, CLOSED, NEUTRAL), 0, 2),
        ((NEUTRAL, NEUTRAL, CLOSED), 1, 0),
        ((NEUTRAL, CLOSED, CLOSED), 0, 1),
        ((CLOSED, CLOSED, NEUTRAL), 0, 1),
    ],
)
def test_the_cursor_goes_to_no_chat_that_its_visitor_closed_while_there_is_another(
    stood: tuple[Indicator, ...], gone: int, goes_to: int
) -> None:
    made = [Row(chats.neutral(f"n{i}"), one, Band.ANSWER_NOW) for i, one in enumerate(stood)]
    before = listing(made, rail=False, gaps=False)
    after = listing([*made[:gone], *made[gone + 1 :]], rail=False, gaps=False)
    assert neighbour(before, after, f"n{gone}") == f"n{goes_to}"


@given(
    st.integers(1, 30),
    st.tuples(st.booleans(), st.booleans()),
    st.integers(4, 40),
    st.integers(0, 90),
    st.data(),
)
def test_a_row_that_is_shown_is_in_sight_whole(
    n: int, form: tuple[bool, bool], height: int, top: int, data: st.DataObject
) -> None:
    found = some(n, rail=form[0], gaps=form[1])
    chat = data.draw(st.sampled_from(ids(found)))
    shown = view(found, top_showing(found, chat, top, height), height)
    assert 0 <= shown.top <= max(0, found.height - height)
    first = shown.top + bool(shown.above)
    last = shown.top + height - bool(shown.below)
    assert first <= found.at[chat]
    assert found.at[chat] + 2 <= last


@given(st.integers(0, 30), st.booleans(), st.integers(4, 40), st.integers(0, 60))
def test_every_chat_is_above_in_sight_or_below(n: int, rail: bool, height: int, top: int) -> None:
    found = some(n, rail=rail)
    shown = view(found, top_showing(found, None, top, height), height)
    first, last = shown.top + bool(shown.above), shown.top + height - bool(shown.below)
    named = [line + rail for line in found.at.values()]
    in_sight = sum(first <= line < last for line in named)
    assert shown.above + in_sight + shown.below == n
