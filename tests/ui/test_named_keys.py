import re

from operator_tui.ui.actions import key_of
from operator_tui.ui.screens.pages import welcome
from tests.translations import found

KEY = re.compile(r"\b(?:F\d+|(?:Ctrl|Shift|Alt)\+\w+|Esc|Enter|Tab|Del)\b")
NAMED = ("most_urgent", "closing", "note", "availability", "palette", "undo", "quit", "leave")
"""The actions whose keys are told in sentences."""
OF_WIDGETS = {"Del", "Ctrl+V"}
"""Keys that a widget handles itself, and that are no action of the desk."""


def test_every_key_that_a_sentence_names_is_that_of_its_action() -> None:
    named = {
        key
        for message in found()
        for text in (message.id if isinstance(message.id, list | tuple) else [message.id])
        for key in KEY.findall(str(text))
    }
    assert named - OF_WIDGETS == {key_of(action) for action in NAMED}


def test_the_welcome_tells_the_keys_of_the_table() -> None:
    told = {line.key for line in welcome("Anna")}
    assert {key_of(action) for action in ("most_urgent", "send", "canned", "help")} <= told
