"""What keys are called, and which keys each action has now."""

from collections.abc import Mapping
from string import ascii_letters, digits

KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
}
"""Keys whose name is not their sign, as Textual calls them and as people do."""


IN_LIST = {*ascii_letters, *digits, "slash", "question_mark", "enter"}
"""Keys that write in a composer: they are actions only while the list has the focus."""


class _InUse:
    """The keys of every action: chosen at the start of the program, as the language is."""

    keys: Mapping[str, tuple[str, ...]] = {}


def use_keys(keys: Mapping[str, tuple[str, ...]]) -> None:
    """From now on each action has these keys, the one to tell people of first."""
    _InUse.keys = keys


def keys_of(action: str) -> tuple[str, ...]:
    """Every key of an action, in Textual's names; nothing for what only the palette does."""
    return _InUse.keys[action]


def key_of(action: str) -> str:
    """The key of an action to tell people of, as they call it."""
    return key_name(next(iter(keys_of(action)), ""))


def key_name(key: str) -> str:
    """A key as people call it: `ctrl+o` is Ctrl+O, `f2` F2, a letter itself."""
    if len(key) == 1:
        return key
    parts = [KEY_NAMES.get(part, part.capitalize()) for part in key.split("+")]
    return "+".join(parts)
