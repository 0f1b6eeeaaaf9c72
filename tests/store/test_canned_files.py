from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_tui.desk.canned import of_id, spoken
from operator_tui.store.canned_files import bundled, languages, load
from operator_tui.store.canned_reading import MistakeKind, read
from operator_tui.store.toml_faults import TomlFault
from operator_tui.ui.canned_notice import canned_notice
from operator_tui.ui.toml_notice import FAULTS

GOOD = """language = "nl"
[[reply]]
id = "a"
text = "Een"
[[reply]]
id = "b"
text = "Twee"
"""


def mistakes(text: str) -> list[tuple[int, MistakeKind, str]]:
    return [(m.line, m.kind, m.detail) for m in read(text, "canned.toml").mistakes]


def test_four_languages_come_with_the_program_each_with_the_same_replies() -> None:
    ids = {code: {r.id for r in bundled() if r.language == code} for code in languages()}
    assert sorted(ids) == ["en", "fi", "nl", "pl"]
    assert Counter(len(found) for found in ids.values()) == {34: 4}
    assert len(set(map(frozenset, ids.values()))) == 1


@pytest.mark.parametrize("language", languages())
def test_the_bundled_files_have_no_mistakes(language: str) -> None:
    file = Path(__file__).parents[2] / "operator_tui" / "data" / f"{language}.toml"
    assert read(file.read_text(encoding="utf-8"), file.name).mistakes == []


def test_own_replies_replace_by_id_and_add(tmp_path: Path) -> None:
    own = tmp_path / "canned.toml"
    own.write_text(GOOD.replace('"a"', '"hold"'), encoding="utf-8")
    loaded = load(own)
    dutch = spoken(loaded.replies, "nl")
    assert len(dutch) == 35
    assert of_id(dutch, "hold").text == "Een"  # type: ignore[union-attr]
    assert of_id(spoken(loaded.replies, "en"), "hold") == of_id(spoken(bundled(), "en"), "hold")
    assert loaded.own == 2


def test_without_a_file_the_bundled_replies_stand(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml").replies == bundled()
    assert load().mistakes == ()


def test_a_reply_may_say_its_own_language() -> None:
    replies = read(GOOD.replace('id = "b"', 'id = "b"\nlanguage = "fi"'), "x").replies
    assert [reply.language for reply in replies] == ["nl", "fi"]


@pytest.mark.parametrize(
    ("line", "wrong", "found"),
    [
        ('text = "Twee"', "", (5, MistakeKind.MISSING, "text")),
        ('id = "b"', "", (5, MistakeKind.MISSING, "id")),
        ('text = "Twee"', "text = 2", (7, MistakeKind.WRONG, "text")),
        ('id = "b"', 'id = "not an id"', (6, MistakeKind.WRONG, "id")),
        ('id = "b"', 'id = "a"', (6, MistakeKind.TWICE, "a")),
        ('id = "b"', 'id = "b', (6, MistakeKind.NOT_TOML, "a quotation mark is not closed")),
        ('id = "b"', 'id = "b"\nclosing_step = 6', (7, MistakeKind.WRONG, "closing_step")),
    ],
)
def test_a_mistake_costs_its_reply_and_is_told_with_its_line(
    line: str, wrong: str, found: tuple[int, MistakeKind, str]
) -> None:
    text = GOOD.replace(line, wrong)
    assert [reply.id for reply in read(text, "canned.toml").replies] == ["a"]
    (line_no, kind, detail), *more = mistakes(text)
    assert (line_no, kind, detail) == found
    assert more == []


def test_an_unknown_name_is_told_with_a_guess_and_the_reply_is_loaded() -> None:
    result = read(GOOD.replace('text = "Twee"', 'text = "Twee"\ntag = ["x"]'), "canned.toml")
    assert len(result.replies) == 2
    (mistake,) = result.mistakes
    assert (mistake.line, mistake.detail, mistake.guess) == (8, "tag", "tags")


def test_a_reply_that_goes_out_by_one_key_cannot_have_blanks() -> None:
    text = GOOD.replace('"b"', '"still_checking"').replace("Twee", "Nog {minutes} min, {name}")
    assert mistakes(text) == [(7, MistakeKind.HAS_BLANK, "still_checking")]


@pytest.mark.parametrize("text", ["Hoi {name", "Hoi name}", "Hoi {}", "Hoi {{name}}"])
def test_a_brace_that_encloses_no_blank_is_told(text: str) -> None:
    wrong = GOOD.replace("Twee", text)
    assert mistakes(wrong) == [(7, MistakeKind.LONE_BRACE, "text")]
    assert len(read(wrong, "canned.toml").replies) == 2


def test_a_header_inside_a_text_is_text() -> None:
    text = 'language = "en"\n[[reply]]\nid = "a"\ntext = """\n[[reply]]\n"""\n'
    result = read(text, "canned.toml")
    assert result.mistakes == []
    assert [reply.text for reply in result.replies] == ["[[reply]]\n"]


@pytest.mark.parametrize(
    "first",
    [
        '"""Order #5 is on its way."""',
        '"Ask for #5"  # not """ here',
        "\"We write ''' around it\"",
        '"""One " and "two" # lines\n\'\'\'"""',
    ],
)
def test_quotation_marks_and_number_signs_hide_no_reply_below(first: str) -> None:
    result = read(GOOD.replace('"Een"', first), "canned.toml")
    assert result.mistakes == []
    assert [reply.id for reply in result.replies] == ["a", "b"]


def test_single_brackets_are_told() -> None:
    assert mistakes('[reply]\nid = "a"\ntext = "x"\n') == [(1, MistakeKind.SHAPE, "reply")]


def test_every_table_of_another_shape_is_told_with_its_own_line() -> None:
    text = '[hallo]\ntext = "Hoi"\n\n[greeting]\ntext = "Hi"\n[[reply]]\nid = "a"\ntext = "x"\n'
    text += "[bye]\n"
    assert mistakes(text) == [
        (1, MistakeKind.SHAPE, "hallo"),
        (4, MistakeKind.SHAPE, "greeting"),
        (9, MistakeKind.SHAPE, "bye"),
    ]
    assert len(read(text, "canned.toml").replies) == 1


def test_all_mistakes_of_one_reply_are_told() -> None:
    text = '[[reply]]\nid = "a b"\ntext = 3\nclosing_step = 9\ntag = "x"\n'
    assert [line for line, _, _ in mistakes(text)] == [5, 2, 3, 4]


def test_texts_are_cleaned() -> None:
    (reply,) = read('[[reply]]\nid = "a"\ntext = "\\u001b[31mred"\n', "canned.toml").replies
    assert "\x1b" not in reply.text


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    own = tmp_path / "canned.toml"
    own.write_bytes(b"\xff\xfe\x00")
    loaded = load(own)
    assert [mistake.kind for mistake in loaded.mistakes] == [MistakeKind.UNREADABLE]
    assert loaded.replies == bundled()


@given(st.text(alphabet="[]r\"eply\n=#'{}ax ", max_size=60))
def test_no_file_can_end_the_program(text: str) -> None:
    read("[[reply]]\n" + text, "canned.toml")


def test_the_notice_says_what_where_and_what_now() -> None:
    notice = canned_notice("canned.toml", 12, MistakeKind.MISSING, "text", loaded=31)
    assert notice == 'canned.toml, line 12: no "text". The other 31 replies are loaded.'


def test_the_notice_is_true_when_nothing_is_loaded_and_when_nothing_is_lost() -> None:
    broken = canned_notice("canned.toml", 4, MistakeKind.NOT_TOML, TomlFault.UNCLOSED, loaded=0)
    assert broken.endswith("4: a quotation mark is not closed. None of its replies are loaded.")
    harmless = canned_notice("canned.toml", 4, MistakeKind.UNKNOWN, "tag", loaded=3)
    assert harmless.endswith("Its 3 replies are loaded.")


def test_the_interface_knows_every_fault_of_a_file() -> None:
    assert tuple(TomlFault) == FAULTS


@pytest.mark.parametrize("kind", list(MistakeKind))
def test_every_mistake_has_a_sentence(kind: MistakeKind) -> None:
    unknown = canned_notice("canned.toml", 0, "something else", "x", loaded=2)
    said = canned_notice("canned.toml", 0, kind, "x", "y", loaded=2)
    assert 'did you mean "y"' in said
    assert kind is MistakeKind.UNREADABLE or said != unknown
