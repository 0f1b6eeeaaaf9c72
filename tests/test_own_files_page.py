import re

from operator_tui.store.canned_files import bundled
from operator_tui.store.canned_reading import read
from operator_tui.store.key_files import read_keys
from operator_tui.store.theme_files import parse_theme
from operator_tui.ui.actions import ACTIONS
from operator_tui.ui.keymap import FIXED, SIGNS, keymap
from tests.house.source import ROOT

PAGE = (ROOT / "docs" / "own-files.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_of_canned_replies_has_no_mistakes() -> None:
    replies, mistakes = read(EXAMPLES[0], "canned.toml")
    assert mistakes == []
    assert [(reply.id, reply.language) for reply in replies] == [
        ("parcel", "en"),
        ("greeting", "nl"),
    ]
    assert any(reply.id == "greeting" for reply in bundled())


def test_the_example_of_keys_has_no_mistakes() -> None:
    own = read_keys(EXAMPLES[1], "keys.toml")
    assert own.mistakes == ()
    assert keymap(own.asked).mistakes == ()


def test_the_table_of_keys_is_that_of_the_program() -> None:
    chosen = [action for action in ACTIONS if action.id not in FIXED]
    rows = [f"| `{it.id}` | {_told(it.keys)} | {it.help} |" for it in chosen]
    assert "\n".join(rows) in PAGE


def _told(keys: tuple[str, ...]) -> str:
    signs = {key: sign for sign, key in SIGNS.items() if len(sign) == 1}
    return ", ".join(f"`{signs.get(key, key)}`" for key in keys) or "none"


def test_the_example_of_a_theme_is_a_whole_theme() -> None:
    assert parse_theme(EXAMPLES[2], "paper.toml").name == "paper"


def test_the_readmes_canned_reply_has_no_mistakes() -> None:
    (example,) = (
        block for block in re.findall(r"```toml\n(.*?)```", README, re.DOTALL) if "[[" in block
    )
    replies, mistakes = read(example, "canned.toml")
    assert (len(replies), mistakes) == (1, [])
