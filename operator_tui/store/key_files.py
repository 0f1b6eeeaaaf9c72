"""The operator's own keys, `keys.toml`: names of actions, and the keys of each.

What an action or a key is, only `ui` knows (`ui/keymap.py`): here is read what the file says.
"""

import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from operator_tui.desk.text import SafeLine, clean
from operator_tui.store.toml_faults import fault_in
from operator_tui.store.toml_text import line_of, read_text


class KeyFault(StrEnum):
    """What is wrong with the file itself; `ui` has the sentences."""

    UNREADABLE = "unreadable"
    """The file cannot be read, or is not written in UTF-8."""
    NOT_TOML = "not_toml"
    """`action` is the `TomlFault`."""
    NO_KEYS = "no_keys"
    """The value of `action` is neither a key nor a list of at least one."""


class KeyMistake(NamedTuple):
    """A line that cannot be used; line 0 is the whole file."""

    line: int
    fault: KeyFault
    action: str
    """Cleaned."""


class OwnKeys(Struct, frozen=True):
    """What the file asks for, and what in it is none of it."""

    file: str
    """Its name, for what is said of it."""
    asked: dict[str, tuple[SafeLine, ...]] = {}
    lines: dict[str, int] = {}
    """Where each stands."""
    mistakes: tuple[KeyMistake, ...] = ()


def load_keys(path: Path) -> OwnKeys:
    """What the file `path`, which need not exist, asks for."""
    text = read_text(path)
    if text is None:
        fault = KeyMistake(0, KeyFault.UNREADABLE, clean("", SafeLine))
        return OwnKeys(path.name, mistakes=(fault,))
    return read_keys(text, path.name)


def read_keys(text: str, file: str) -> OwnKeys:
    """What `text`, which stands in `file`, asks for."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line, fault = fault_in(text, error)
        wrong = KeyMistake(line, KeyFault.NOT_TOML, clean(fault, SafeLine))
        return OwnKeys(file, mistakes=(wrong,))
    names: dict[str, str] = {clean(name, SafeLine): name for name in table}
    lines = {shown: line_of(text, name) for shown, name in names.items()}
    asked = {shown: tuple(_keys(table[name])) for shown, name in names.items()}
    empty = [KeyMistake(lines[name], KeyFault.NO_KEYS, name) for name in asked if not asked[name]]
    found = {name: keys for name, keys in asked.items() if keys}
    return OwnKeys(file, found, lines, tuple(empty))


def _keys(value: object) -> Iterator[SafeLine]:
    """The keys of one action; none when the value is no key and no list of keys."""
    texts: list[object] = value if isinstance(value, list) else [value]
    words = [text for text in texts if isinstance(text, str)]
    if len(words) == len(texts):
        yield from (clean(word, SafeLine) for word in words)
