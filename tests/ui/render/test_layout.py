from hypothesis import given
from hypothesis import strategies as st

from operator_tui.desk.entries import Delivery, Entry, LineKind
from operator_tui.desk.time import MINUTE
from operator_tui.ui.render.block import Part
from operator_tui.ui.render.conversation import Layout, first_unanswered
from tests.ui import chats
from tests.ui.chats import NOW, ago
from tests.ui.render.pane import laid_out, setting
from tests.ui.talk import afternoon, joost, long_chat, note, told, visitor_says, you_say

entries = st.builds(
    lambda kind, text, seconds: {
        "visitor": visitor_says(text, ago(seconds)),
        "you": you_say(text, ago(seconds)),
        "held": you_say(text, ago(seconds), Delivery.HELD),
        "note": note(text, ago(seconds)),
        "line": told(LineKind.LEFT, ago(seconds)),
    }[kind],
    st.sampled_from(["visitor", "you", "held", "note", "line"]),
    st.sampled_from(["kort", "x" * 90, "twee\nregels", ""]),
    st.integers(0, 200_000),
)
timelines = st.lists(entries, max_size=8).map(tuple)


def rows(layout: Layout) -> list[tuple[Entry, tuple[Part, int]]]:
    return [(block.entry, part) for block in layout.blocks for part in block.parts]


@given(timelines, timelines, st.integers(20, 80), st.integers(20, 80))
def test_what_is_kept_of_a_layout_is_what_a_fresh_one_has(
    before: tuple[Entry, ...], after: tuple[Entry, ...], old: int, new: int
) -> None:
    layout, fresh = Layout(setting(old)), Layout(setting(new))
    layout.fit(before, setting(old))
    layout.fit(before + after, setting(new))
    layout.fit(after, setting(new))
    fresh.fit(after, setting(new))
    assert rows(layout) == rows(fresh)
    assert (layout.tops, layout.height) == (fresh.tops, fresh.height)
    assert (layout.heard, layout.said) == (fresh.heard, fresh.said)


@given(timelines, st.integers(20, 80), st.integers(20, 80))
def test_every_row_is_found_again_at_another_width(
    timeline: tuple[Entry, ...], old: int, new: int
) -> None:
    before, after = Layout(setting(old)), Layout(setting(new))
    before.fit(timeline, setting(old))
    after.fit(timeline, setting(new))
    for row in range(before.height):
        place = before.place(row)
        assert place is not None
        again = after.row(place)
        assert again is not None
        found = after.at(again)
        assert found is not None
        assert after.entries[found[0]] == place.entry


@given(timelines, st.integers(20, 80))
def test_a_row_knows_its_place_at_the_same_width(timeline: tuple[Entry, ...], width: int) -> None:
    layout = Layout(setting(width))
    unique = tuple(dict.fromkeys(timeline))
    layout.fit(unique, setting(width))
    for row in range(layout.height):
        place = layout.place(row)
        assert place is not None
        assert layout.row(place) == row


def test_a_new_message_leaves_every_older_block_as_it_is() -> None:
    layout = laid_out(joost(), 68)
    old = list(layout.blocks)
    more = (*afternoon(), visitor_says("Ben je er nog?", NOW))
    changed = layout.fit(more, setting(68))
    assert all(a is b for a, b in zip(old, layout.blocks, strict=False))
    assert changed == layout.tops[-1]


def test_a_minute_later_only_what_follows_a_held_message_is_laid_out_again() -> None:
    held = you_say("Nog iets", ago(120), Delivery.HELD)
    layout = laid_out(joost(held), 68)
    old = list(layout.blocks)
    layout.fit(layout.entries, setting(68, NOW + MINUTE))
    assert [a is b for a, b in zip(old, layout.blocks, strict=True)] == [True] * 10 + [False]
    assert layout.blocks[-1].ask[0].text.startswith("Written 3 min ago")


def test_a_place_is_found_though_older_lines_have_changed() -> None:
    layout = laid_out(joost(), 68)
    place = layout.place(layout.tops[-2])
    assert place is not None
    layout.fit(afternoon()[3:], setting(68))
    assert layout.row(place) == layout.tops[-2]
    layout.fit(afternoon()[:3], setting(68))
    assert layout.row(place) is None


def test_the_bar_shows_the_debt_from_the_first_unanswered_message_on() -> None:
    assert first_unanswered(joost()) == 8
    assert first_unanswered(joost(note("Let op", NOW))) == 8
    assert first_unanswered(chats.chat("Joost", unanswered=3)) == 0
    assert first_unanswered(long_chat(10)) == 10
