import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_tui.desk.canned import CannedReply, spoken
from operator_tui.desk.text import SafeLine, clean
from operator_tui.store.canned_files import bundled
from operator_tui.ui.search import find, folded

ENGLISH = spoken(bundled(), "en")


def reply(name: str, text: str = "x", *tags: str) -> CannedReply:
    return CannedReply(name, "en", clean(text), tags=tuple(clean(tag, SafeLine) for tag in tags))


def ids(replies: tuple[CannedReply, ...], query: str) -> list[str]:
    return [found.id for found in find(replies, query)]


def test_an_empty_query_finds_everything_in_its_order() -> None:
    assert find(ENGLISH, " ") == ENGLISH


def test_the_id_comes_before_tags_and_tags_before_the_text() -> None:
    replies = (
        reply("a", "you will be refunded"),
        reply("b", "x", "refund"),
        reply("full_refund"),
        reply("refund_time"),
    )
    assert ids(replies, "refund") == ["refund_time", "full_refund", "b", "a"]


def test_letters_may_be_left_out_of_an_id() -> None:
    assert ids(ENGLISH, "stlchk")[0] == "still_checking"


def test_every_word_must_be_found() -> None:
    assert ids(ENGLISH, "close thank")[0] == "close_3_thanks"
    assert ids(ENGLISH, "close zzz") == []


@pytest.mark.parametrize(
    ("language", "query", "name"),
    [
        ("pl", "dzien", "greeting"),
        ("pl", "zolc", "own"),
        ("fi", "kiitos karsivall", "still_checking"),
        ("nl", "een tip", "close_4_suggestions"),
    ],
)
def test_diacritics_need_not_be_typed(language: str, query: str, name: str) -> None:
    replies = (*spoken(bundled(), language), reply("own", "Żółć"))
    assert name in ids(replies, query)


def test_folding_takes_letters_apart() -> None:
    assert folded("ŁÓDŹ Ærø Straße") == "lodz aero strasse"


@given(st.text(alphabet="eart _x", max_size=60))
def test_a_search_only_ever_narrows(query: str) -> None:
    found = find(ENGLISH, query)
    assert set(find(ENGLISH, query + "e")) <= set(ENGLISH)
    assert len(set(found)) == len(found)


def test_a_long_query_of_common_letters_is_answered() -> None:
    assert find(ENGLISH, "e" * 60) == ()
    assert find((reply("e" * 64),), "e" * 40) != ()
