import re

from operator_tui.ui.keymap import FIXED
from operator_tui.ui.keys import key_of
from operator_tui.ui.render.pages import welcome
from tests.translations import found

KEY = re.compile(r"\b(?:F\d+|(?:Ctrl|Shift|Alt)\+\w+|Esc|Enter|Tab|Del)\b")
OF_WIDGETS = {"Del", "Ctrl+V"}
"""Keys that a widget handles itself, and that are no action of the desk."""


def test_sentences_name_only_keys_that_nobody_can_change() -> None:
    named = {
        key
        for message in found()
        for text in (message.id if isinstance(message.id, list | tuple) else [message.id])
        for key in KEY.findall(str(text))
    }
    assert named - OF_WIDGETS == {key_of(action) for action in ("undo", "leave")}
    assert {"undo", "leave"} <= FIXED


def test_the_welcome_tells_the_keys_of_the_table() -> None:
    told = {line.key for line in welcome("Anna")}
    assert {key_of(action) for action in ("most_urgent", "send", "canned", "help")} <= told
