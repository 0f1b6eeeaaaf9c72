"""What is said about a mistake in the operator's own keys."""

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import TypeAlias

from operator_tui.ui.keymap import Keymap
from operator_tui.ui.keys import key_of
from operator_tui.ui.toml_notice import toml_fault
from operator_tui.ui.words import tr

Read: TypeAlias = tuple[int, str, str]
"""A mistake in the file itself, the store's `KeyMistake`: line, fault, action."""


def keys_mistakes(
    file: str, lines: Mapping[str, int], read: Iterable[Read], chosen: Keymap
) -> list[str]:
    """All of them by their lines, those of the file and of the keymap, without full stops."""
    told = [(line, _why(fault, action)) for line, fault, action in read]
    told += [
        (lines[it.action], _why(it.fault, it.action, it.key, it.other)) for it in chosen.mistakes
    ]
    return [f"{_where(file, line)}: {why}" for line, why in sorted(told, key=itemgetter(0))]


def _where(file: str, line: int) -> str:
    return tr("{file}, line {line}", file=file, line=line) if line else file


def _why(fault: str, action: str, key: str = "", other: str = "") -> str:
    match fault:
        case "no_action":
            why = tr('there is no action "{action}"', action=action)
            return tr('{why} (did you mean "{guess}"?)', why=why, guess=other) if other else why
        case "fixed":
            return tr('the keys of "{action}" cannot be changed', action=action)
        case "no_keys":
            return tr(
                '"{action}" needs a key, such as "f4", or several between [ and ]', action=action
            )
        case "no_key":
            return tr('"{key}" is no key that can be chosen', key=key)
        case "not_delivered":
            return tr('terminals do not tell "{key}" from other keys', key=key)
        case "reserved":
            return tr('"{key}" moves in the list, or copies and pastes', key=key)
        case "taken":
            return tr('"{key}" is a key of "{other}"', key=key, other=other)
        case "not_toml":
            return toml_fault(action)
        case _:
            return tr("cannot be read")


def keys_notice(told: str) -> str:
    """The notice on the desk for a mistake: what was done."""
    used = tr("{key} shows the keys that are in use.", key=key_of("help"))
    return f"{told}. {used}"
