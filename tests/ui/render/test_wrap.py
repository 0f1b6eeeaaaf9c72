import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from operator_tui.ui.render.signs import cells_of, clusters, cut
from operator_tui.ui.render.wrap import joint, wrap

FAMILY = "👨\u200d👩\u200d👧"
FLAGS = "🇳🇱🇵🇱🇫🇮"

signs = st.sampled_from(
    [
        *"abcé -,.!?/\n  ",
        "ij",
        "咖",
        "啡",
        "。",
        "（",
        "한",
        "😅",
        FAMILY,
        "🇳🇱",
        "👍🏽",
        "e\u0301",
        "क्षि",
        "1️⃣",
        "ą̊",
    ]
)
texts = st.one_of(st.lists(signs, max_size=80).map("".join), st.text(max_size=80))


def lines(text: str, measure: int) -> list[str]:
    return [piece.text for piece in wrap(text, measure)]


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        ("", [""]),
        ("kort", ["kort"]),
        ("dus dit kost je niets", ["dus dit", "kost je", "niets"]),
        ("een\n\ntwee", ["een", "", "twee"]),
        ("a  b", ["a  b"]),
        ("  ingesprongen", ["", "ingespro", "ngen"]),
        ("aan de    kant", ["aan de", "kant"]),
        ("x" * 18, ["x" * 8, "x" * 8, "xx"]),
        ("zie " + "x" * 10, ["zie", "x" * 8, "xx"]),
        ("Mäkelä-Rautio", ["Mäkelä-", "Rautio"]),
        ("-10 -20 -30", ["-10 -20", "-30"]),
        ("您好我的咖啡", ["您好我的", "咖啡"]),
        ("您好我的，咖啡", ["您好我", "的，咖啡"]),
        ("한국어는 단어", ["한국어는", "단어"]),
        (FAMILY * 5, [FAMILY * 4, FAMILY]),
        (FLAGS + "🇸🇪🇩🇪", ["🇳🇱🇵🇱🇫🇮🇸🇪", "🇩🇪"]),
        ("e\u0301" * 10, ["e\u0301" * 8, "e\u0301" * 2]),
        ("a\u00a0b\u00a0c d e", ["a\u00a0b\u00a0c d", "e"]),
    ],
)
def test_a_text_breaks_where_a_reader_expects_it(text: str, wrapped: list[str]) -> None:
    assert lines(text, 8) == wrapped


def test_a_line_that_is_exactly_full_does_not_break() -> None:
    text = "Gevonden, dank je. De garantie loopt nog, dus dit kost je niets."
    assert lines(text, 64) == [text]
    assert len(lines(text, 63)) == 2


def test_four_thousand_signs_without_a_blank_fill_their_lines() -> None:
    assert {cell_len(line) for line in lines("咖" * 4_000, 66)} == {66, 4_000 * 2 % 66}
    assert lines("x" * 4_000, 66)[:-1] == ["x" * 66] * 60


@given(texts, st.integers(2, 30))
def test_no_line_is_wider_than_the_measure(text: str, measure: int) -> None:
    widest = max((cluster.cells for cluster in clusters(text.replace("\n", ""))), default=0)
    assert all(cell_len(line) <= max(measure, widest) for line in lines(text, measure))


@given(texts, st.integers(2, 30))
def test_only_blanks_and_line_ends_are_left_out(text: str, measure: int) -> None:
    pieces = wrap(text, measure)
    again = pieces[0].text
    for before, after in pairwise(pieces):
        between = joint(text, before, after)
        assert between.strip(" ") in {"", "\n"}
        again += between + after.text
    assert text.startswith(again)
    assert text[len(again) :].strip(" ") == ""


@given(texts, st.integers(2, 30))
def test_a_line_end_of_the_text_ends_a_line(text: str, measure: int) -> None:
    assert len(wrap(text, measure)) >= text.count("\n") + 1
    assert not any("\n" in line for line in lines(text, measure))


@given(texts, st.integers(2, 30))
def test_no_sign_is_parted(text: str, measure: int) -> None:
    for piece in wrap(text, measure):
        if piece.start == 0 or not piece.text or text[piece.start - 1] in " \n":
            continue
        first, before = piece.text[0], text[piece.start - 1]
        assert first not in "\u200d\ufe0f\u20e3"
        assert before != "\u200d"
        assert unicodedata.category(first) not in {"Mn", "Mc", "Me"}
        assert not "\U0001f3fb" <= first <= "\U0001f3ff"


@given(st.integers(1, 12), st.integers(2, 12))
def test_flags_stay_whole(count: int, measure: int) -> None:
    assert all(len(line) % 2 == 0 for line in lines("🇳🇱" * count, measure))


@given(texts, st.integers(0, 30))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    line = text.replace("\n", "")
    short = cut(line, width, "…")
    assert cells_of(short) <= width
    assert short == line or short.endswith("…") or width == 0
