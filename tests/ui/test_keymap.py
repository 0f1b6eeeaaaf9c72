from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_tui.store.key_files import load_keys, read_keys
from operator_tui.ui.actions import ACTIONS
from operator_tui.ui.keymap import (
    ANYWHERE,
    FIXED,
    RESERVED,
    Fault,
    Mistake,
    keymap,
    spelled,
)
from operator_tui.ui.keys import IN_LIST
from operator_tui.ui.keys_notice import keys_mistakes

MAY_CHANGE = sorted({action.id for action in ACTIONS} - FIXED)
DOCS = Path(__file__).parents[2] / "docs" / "own-files.md"


def told(text: str) -> list[str]:
    own = read_keys(text, "keys.toml")
    return keys_mistakes(own.file, own.lines, own.mistakes, keymap(own.asked))


def test_without_own_keys_the_table_stands() -> None:
    found = keymap({})
    assert found.keys == {action.id: action.keys for action in ACTIONS}


def test_own_keys_replace_all_keys_of_an_action() -> None:
    found = keymap({"canned": ("F12", "b")})
    assert found.keys["canned"] == ("f12", "b")


def test_two_actions_may_change_their_keys_with_one_another() -> None:
    found = keymap({"canned": ("f4",), "transfer": ("f3",)})
    assert found.mistakes == ()
    assert found.keys["canned"] == ("f4",)
    assert found.keys["transfer"] == ("f3",)


def test_a_key_that_another_action_has_is_not_taken_from_it() -> None:
    found = keymap({"canned": ("f4", "f12")})
    assert found.mistakes == (Mistake("canned", Fault.TAKEN, "f4", "transfer"),)
    assert found.keys["canned"] == ("f12",)
    assert "f4" in found.keys["transfer"]


def test_an_action_keeps_its_keys_when_none_of_the_new_ones_can_be_used() -> None:
    found = keymap({"canned": ("alt+1",)})
    assert found.mistakes == (Mistake("canned", Fault.NOT_DELIVERED, "alt+1"),)
    assert found.keys["canned"] == ("f3", "c")


def test_the_first_who_asks_for_a_key_has_it() -> None:
    found = keymap({"canned": ("f12",), "note": ("f12",)})
    assert found.mistakes == (Mistake("note", Fault.TAKEN, "f12", "canned"),)
    assert found.keys["note"] == ("f7", "n")


def test_an_action_whose_new_key_is_refused_keeps_its_own_before_another_that_wants_it() -> None:
    found = keymap({"hold": ("ctrl+p",), "palette": ("f3",)})
    assert found.keys["palette"] == ("ctrl+p",)
    assert found.keys["hold"] == ("ctrl+o",)
    assert [it.action for it in found.mistakes] == ["palette", "hold"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('caned = "f12"', 'line 1: there is no action "caned" (did you mean "canned"?)'),
        ('send = "f12"', 'line 1: the keys of "send" cannot be changed'),
        ("canned = 4", 'line 1: "canned" needs a key, such as "f4", or several between [ and ]'),
        ("canned = []", 'line 1: "canned" needs a key, such as "f4", or several between [ and ]'),
        ('canned = "f99"', 'line 1: "f99" is no key that can be chosen'),
        ('canned = "ctrl+j"', 'line 1: terminals do not tell "ctrl+j" from other keys'),
        ('canned = "ctrl+c"', 'line 1: "ctrl+c" moves in the list, or copies and pastes'),
        ('\ncanned = ["f12", "f4"]', 'line 2: "f4" is a key of "transfer"'),
        ('canned = "f12', "line 1: a quotation mark is not closed"),
        ("[canned]\n", 'line 1: "canned" needs a key, such as "f4", or several between [ and ]'),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, said: str) -> None:
    assert told(text) == [f"keys.toml, {said}"]


def test_every_mistake_is_told_in_the_order_of_the_file() -> None:
    text = 'canned = "f99"\nnote = 7\nsendd = "f12"\nhold = "ctrl+k"'
    assert [line.split(":")[0] for line in told(text)] == [
        f"keys.toml, line {number}" for number in (1, 2, 3)
    ]


def test_a_file_that_is_no_text_costs_nothing_but_itself(tmp_path: Path) -> None:
    assert load_keys(tmp_path / "keys.toml").mistakes == ()
    (tmp_path / "keys.toml").write_bytes(b"\xff\xfe")
    own = load_keys(tmp_path / "keys.toml")
    assert keys_mistakes(own.file, own.lines, own.mistakes, keymap(own.asked)) == [
        "keys.toml: cannot be read"
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [("Ctrl+K", "ctrl+k"), ("F4", "f4"), ("?", "question_mark"), ("Enter", "enter")],
)
def test_keys_may_be_written_as_people_call_them(text: str, key: str) -> None:
    assert spelled(text) == key


@given(
    st.dictionaries(
        st.sampled_from(MAY_CHANGE),
        st.lists(st.sampled_from(sorted(ANYWHERE | IN_LIST | RESERVED)), min_size=1, max_size=3),
    )
)
def test_no_key_has_two_actions_and_no_action_loses_all_of_its_keys(
    asked: dict[str, list[str]],
) -> None:
    found = keymap(asked)
    keys = [key for action in ACTIONS if action.run for key in found.keys[action.id]]
    assert len(keys) == len(set(keys))
    for name, wanted in asked.items():
        refused = {it.key for it in found.mistakes if it.action == name}
        assert set(wanted) - refused <= {*found.keys[name]}
    assert all(found.keys[action.id] for action in ACTIONS if action.keys)


@pytest.mark.parametrize("name", MAY_CHANGE)
def test_the_documentation_names_every_action_that_may_have_other_keys(name: str) -> None:
    assert f"| `{name}` |" in DOCS.read_text(encoding="utf-8")
