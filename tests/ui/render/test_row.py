from itertools import combinations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from textual.strip import Strip

from operator_tui.desk.entries import Author, AuthorKind, Message
from operator_tui.desk.model import Chat, Overlay, Visitor
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.store.ports import IconSet
from operator_tui.ui.look import Look
from operator_tui.ui.render.face import Face, Stand, face
from operator_tui.ui.render.rail import rail_strips
from operator_tui.ui.render.row import row_strips
from tests.ui import chats
from tests.ui.painted import style_of, text, without_colour

NIGHT = chats.look()
PLAIN = Stand.PLAIN


def shown(chat: Chat) -> Face:
    return face(chat, chats.NOW, Policy(), chats.ANNA)


def row(chat: Chat, width: int, look: Look = NIGHT, stand: Stand = PLAIN) -> tuple[Strip, Strip]:
    """`width` as the list has it: with the divider, which is not the row's."""
    paint = rail_strips if width < 24 else row_strips
    return paint(shown(chat), stand, width - 1, look)


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (38, ["  ● 2   Sanne de Vries          0:12 ", " new    Hallo, ik heb de ver…     nl "]),
        (34, ["  ● 2   Sanne de Vries      0:12 ", " new    Hallo, ik heb de…     nl "]),
        (32, ["  ● 2   Sanne de Vries    0:12 ", " new    Hallo, ik heb…      nl "]),
        (15, ["  ● 2    0:12 ", " Sanne de Vr… "]),
    ],
)
def test_a_new_chat_at_every_width(width: int, lines: list[str]) -> None:
    assert text(row(chats.new(), width)) == lines


def test_every_state_at_the_width_of_a_small_screen() -> None:
    painted = [line for chat in chats.each_state() for line in text(row(chat, 32))]
    assert painted == [
        "  ● 2   Sanne de Vries    0:12 ",
        " new    Hallo, ik heb…      nl ",
        "  ● 1 → Aleksandra Wiś…  +0:07 ",
        " passed Piet: chce zwr…   ¶ pl ",
        "  ◕ 2   Joost van den…   +0:23 ",
        " late   Ik heb hem elk…  ✎¶ nl ",
        " 3      Aino Korhonen     0:21 ",
        " reply  Onko tilaus 55…     fi ",
        " ▣      Jan Kowalski      1:31 ",
        " screen you: Proszę kl…     pl ",
        " ↶      Väinö Mäkelä-R…   14 h ",
        " back   you: Palaan as…     fi ",
        " ◷      Eva Nowak        +0:40 ",
        " quiet  you: Czy paczk…   ✎ pl ",
        "        Priya Raman 🌻    1:20 ",
        "        you: Your refu…     en ",
        " ‖      Piet Bakker       2:05 ",
        " paused The visitor le…     nl ",
        " ■      Liisa Virtanen         ",
        " closed Kiitos avusta,…     fi ",
    ]


def test_every_state_in_the_rail_in_ascii() -> None:
    ascii_signs = chats.look("mono", "ascii")
    painted = [text(row(chat, 15, ascii_signs))[0] for chat in chats.each_state()]
    assert painted == [
        "  N 2    0:12 ",
        "  N 1 > +0:07 ",
        "  ! 2   +0:23 ",
        " 3       0:21 ",
        " S       1:31 ",
        " B       14 h ",
        " z      +0:40 ",
        " .       1:20 ",
        " =       2:05 ",
        " x            ",
    ]


@pytest.mark.parametrize("signs", get_args(IconSet))
@pytest.mark.parametrize("width", [15, 32, 38])
def test_all_states_are_told_apart_without_colour(signs: IconSet, width: int) -> None:
    same = structs.replace
    for one, other in combinations(chats.each_state(), 2):
        alike = same(other, visitor=one.visitor, timeline=one.timeline, language=one.language)
        look = chats.look("mono", signs)
        left, right = (without_colour(row(chat, width, look)[:1]) for chat in (one, alike))
        marks = [run[:3] for run in left[1:3]], [run[:3] for run in right[1:3]]
        assert marks[0] != marks[1], (shown(one).state, shown(other).state)


def test_only_who_waits_is_filled() -> None:
    filled = {
        shown(chat).state.value
        for chat in chats.each_state()
        if any(is_filled for *_, is_filled in without_colour(row(chat, 38)))
    }
    assert filled == {"new", "transferred", "operator_silent"}


@pytest.mark.parametrize(
    ("n", "mark"), [(0, "  ●  "), (1, "  ● 1"), (9, "  ● 9"), (10, "  ● 9+"), (400, "  ● 9+")]
)
def test_the_number_in_a_filled_mark(n: int, mark: str) -> None:
    assert row(chats.new(n=n), 38)[0].text.startswith(mark + " ")


def test_a_name_that_waits_is_bold_and_one_that_has_left_is_muted() -> None:
    muted, plain = NIGHT.colour("ink.muted"), NIGHT.colour("ink.text")
    weights = [
        style_of(row(chat, 38)[0], name)[::2]
        for chat, name in [
            (chats.late(), "Joost"),
            (chats.quiet(), "Eva"),
            (chats.paused(), "Piet"),
            (chats.closed(), "Liisa"),
        ]
    ]
    assert weights == [(plain, True), (plain, False), (muted, False), (muted, False)]


def test_time_over_is_bold_and_in_the_colour_of_its_state() -> None:
    first, _ = row(chats.quiet(), 38)
    assert style_of(first, "+0:40") == (
        NIGHT.colour("indicator.visitor_silent"),
        NIGHT.colour("ground.surface"),
        True,
    )


def test_a_reply_due_soon_is_amber_and_one_with_time_left_is_not() -> None:
    soon, calm = (row(chats.unanswered(waited=waited), 38)[0] for waited in (30, 29))
    assert style_of(soon, "3")[0] == NIGHT.colour("indicator.unanswered_soon")
    assert style_of(soon, "0:30")[0] == NIGHT.colour("indicator.unanswered_soon")
    assert style_of(calm, "3")[0] == NIGHT.colour("indicator.unanswered")
    assert style_of(calm, "0:31")[0] == NIGHT.colour("ink.muted")


@pytest.mark.parametrize(
    ("stand", "bar", "ground"),
    [
        (Stand.PLAIN, " ", "ground.surface"),
        (Stand.OPEN, "▌", "ground.selection"),
        (Stand.CURSOR, "▌", "ground.cursor"),
        (Stand.OPEN | Stand.CURSOR, "▌", "ground.selection"),
    ],
)
@pytest.mark.parametrize("width", [15, 38])
def test_open_chat_and_cursor_stand_out(stand: Stand, bar: str, ground: str, width: int) -> None:
    for line in row(chats.neutral(), width, stand=stand):
        assert line.text[0] == bar
        grounds = {run.style.bgcolor.name for run in line if run.style and run.style.bgcolor}
        assert grounds == {NIGHT.colour(ground)}


def test_the_bar_is_accent_only_for_the_cursor() -> None:
    bars = [
        style_of(row(chats.neutral(), 38, stand=stand)[0], "▌")[0]
        for stand in (Stand.OPEN, Stand.CURSOR, Stand.OPEN | Stand.CURSOR)
    ]
    accent, muted = NIGHT.colour("ink.accent"), NIGHT.colour("ink.muted")
    assert bars == [muted, accent, accent]


@pytest.mark.parametrize(
    ("overlay", "marks"),
    [
        (Overlay(), "   "),
        (Overlay(draft=True), "  ✎"),
        (Overlay(unsent=2, draft=True), " ⇡✎"),
        (Overlay(held=1, unsent=2, draft=True, muted=True), "?⇡✎"),
    ],
)
def test_marks_stand_at_the_right_of_their_cells(overlay: Overlay, marks: str) -> None:
    _, second = row(chats.neutral(overlay=overlay), 38)
    assert second.text[30:37] == f"{marks} en "


def test_the_debt_behind_a_pause_is_told_by_its_number() -> None:
    chat = structs.replace(chats.paused(), unanswered=4, owed_since=chats.ago(130))
    assert row(chat, 38)[1].text[30:33] == "  4"


def test_a_name_is_cut_by_cells_and_not_by_characters() -> None:
    chat = chats.neutral("漢字漢字漢字漢字漢字漢字漢字")
    assert text(row(chat, 32))[0] == "        漢字漢字漢字漢…   1:20 "


def test_a_visitor_without_a_name_is_still_somebody() -> None:
    chat = structs.replace(chats.neutral(), visitor=Visitor("v-00c7f3", clean("", SafeLine)))
    assert "visitor c7f3" in row(chat, 38)[0].text


@given(st.text(max_size=60), st.text(max_size=60), st.integers(9, 60), st.sampled_from(Stand))
def test_a_row_is_as_wide_as_its_place(name: str, said: str, width: int, stand: Stand) -> None:
    author = Author(AuthorKind.VISITOR)
    message = Message("m", author, clean(said, SafeText), chats.NOW)
    chat = chats.unanswered(clean(name, SafeLine), timeline=(message,))
    for paint in (row_strips, rail_strips):
        for line in paint(shown(chat), stand, width, NIGHT):
            assert line.cell_length == width
            assert sum(run.cell_length for run in line) == width
