"""The operator's own keys over those of the table of actions.

Textual has keymaps too, but passes over an unknown action without a word, and tells wrongly which
keys clash. Here a mistake costs the key it is about, and nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from string import ascii_lowercase

from msgspec import Struct

from operator_tui.ui.actions import ACTIONS, BY_ID
from operator_tui.ui.keys import IN_LIST, KEY_NAMES

FIXED = {"leave", "undo"} | {action.id for action in ACTIONS if action.run is None}
"""Actions whose keys mean something in every pane: a pane handles them itself, or wants them."""
SIGNS = {KEY_NAMES[key]: key for key in ("slash", "question_mark", "enter")}
RESERVED = {"j", "k", "g", "G"} | {f"ctrl+{letter}" for letter in "cvxz"}
"""The list's own moves; copy, paste, cut and undo in every field."""
NOT_DELIVERED = {f"ctrl+{letter}" for letter in "hijm"} | {"ctrl+enter"}
"""A terminal sends Backspace, Tab and Enter for these; Ctrl+J is the new line of the composer."""
ANYWHERE = {
    *(f"f{number}" for number in range(1, 13)),
    *(f"ctrl+{letter}" for letter in ascii_lowercase),
    *(f"ctrl+{arrow}" for arrow in ("up", "down")),
}


class Fault(StrEnum):
    """Why a line of the file cannot be done; `ui/keys_notice.py` has the sentences."""

    NO_ACTION = "no_action"
    FIXED = "fixed"
    """The action's keys cannot be others."""
    NO_KEY = "no_key"
    NOT_DELIVERED = "not_delivered"
    """A terminal sends something else for that key, or nothing."""
    RESERVED = "reserved"
    TAKEN = "taken"
    """Another action has that key."""


class Mistake(Struct, frozen=True):
    """What in `action`'s line cannot be done."""

    action: str
    fault: Fault
    key: str = ""
    """As the file has it."""
    other: str = ""
    """`TAKEN`: the action that has it. `NO_ACTION`: the one that was perhaps meant."""


class Keymap(Struct, frozen=True):
    """The keys of every action, and what of the operator's own could not be taken over."""

    keys: Mapping[str, tuple[str, ...]]
    mistakes: tuple[Mistake, ...] = ()


def keymap(asked: Mapping[str, Iterable[str]]) -> Keymap:
    """The table's keys with those that are `asked` for: for an action all of its keys are new.

    An action keeps the keys it had when none of the new ones can be used.
    """
    mistakes: list[Mistake] = []
    wanted = {name: tuple(_usable(name, texts, mistakes)) for name, texts in asked.items()}
    dealt = _dealt({name: keys for name, keys in wanted.items() if keys})
    return Keymap(dealt.keys, (*mistakes, *dealt.mistakes))


def _dealt(wanted: Mapping[str, tuple[str, ...]]) -> Keymap:
    """Each key to the first that wants it, but to none that the others leave without any."""
    keys = {action.id: action.keys for action in ACTIONS}
    taken = {key: name for name in keys if name not in wanted for key in keys[name]}
    clashes: list[Mistake] = []
    for name, asked in wanted.items():
        keys[name] = tuple(key for key in dict.fromkeys(asked) if key not in taken)
        clashes += [Mistake(name, Fault.TAKEN, key, taken[key]) for key in asked if key in taken]
        taken |= dict.fromkeys(keys[name], name)
    if (empty := next((name for name in wanted if not keys[name]), None)) is None:
        return Keymap(keys, tuple(clashes))
    rest = _dealt({name: asked for name, asked in wanted.items() if name != empty})
    return Keymap(rest.keys, (*(it for it in clashes if it.action == empty), *rest.mistakes))


def spelled(key: str) -> str:
    """The key as Textual names it: `Ctrl+K` is `ctrl+k`, `?` is `question_mark`."""
    if len(key) == 1:
        return SIGNS.get(key, key)
    return SIGNS.get(key.capitalize(), key.replace(" ", "").lower())


def _usable(name: str, texts: Iterable[str], mistakes: list[Mistake]) -> Iterator[str]:
    """The keys among `texts` that there are; the others become mistakes."""
    if name not in BY_ID:
        near = next(iter(get_close_matches(name.lower(), set(BY_ID) - FIXED, n=1)), "")
        mistakes.append(Mistake(name, Fault.NO_ACTION, other=near))
    elif name in FIXED:
        mistakes.append(Mistake(name, Fault.FIXED))
    else:
        for text in texts:
            if (fault := _fault(spelled(text))) is None:
                yield spelled(text)
            else:
                mistakes.append(Mistake(name, fault, text))


def _fault(key: str) -> Fault | None:
    if key in NOT_DELIVERED or key.startswith("alt+"):
        return Fault.NOT_DELIVERED
    if key in RESERVED:
        return Fault.RESERVED
    return None if key in IN_LIST | ANYWHERE else Fault.NO_KEY
