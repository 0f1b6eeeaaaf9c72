"""`config.toml`, read strictly: a mistake is told with file, line, key and what was perhaps meant.

The messages are English: the language is one of the things that may be wrong here.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

import msgspec

from operator_tui.desk.text import SafeLine, clean, decode_hook
from operator_tui.store.ports import IconSet, InterfaceLanguage, Preferences
from operator_tui.store.toml_faults import fault_in

KEYS = tuple(field.name for field in msgspec.structs.fields(Preferences))
LANGUAGES: tuple[str, ...] = get_args(InterfaceLanguage)
ICON_SETS: tuple[str, ...] = get_args(IconSet)
LONGEST_KEPT = 3_650
"""Days."""
_LARGEST = 64 * 1024


class ConfigError(Exception):
    """The file cannot be used as it is; `faults` has a line for each mistake in it."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def read_config(
    path: Path, themes: Sequence[str], usable: Callable[[], Sequence[str]] | None = None
) -> Preferences:
    """What the file says over the defaults; all defaults when there is none.

    `themes` are the names there are, `usable` those to tell of. Raises `ConfigError`.
    """
    text = _text(path)
    values = _table(path, text)
    faults = [
        f"{path}, line {_line_of(text, key)}, {fault}"
        for key, fault in _faults(values, themes, usable or (lambda: themes))
    ]
    if faults:
        raise ConfigError(faults)
    return msgspec.convert(values, Preferences, dec_hook=decode_hook)


def written(preferences: Preferences) -> str:
    """The preferences as they would stand in the file."""
    values = msgspec.structs.asdict(preferences)
    return "\n".join(f"{key} = {_written(value)}" for key, value in values.items())


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST).decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ConfigError([f"{path}: {error.strerror}"]) from error
    except UnicodeError as error:
        raise ConfigError([f"{path}: not written in UTF-8"]) from error


def _table(path: Path, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line, fault = fault_in(text, error)
        raise ConfigError([f"{path}, line {line}: {fault}"]) from error


def _line_of(text: str, key: str) -> int:
    """Where `key` stands, alone or as the name of a table; the first line when it is not found."""
    named = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
    return next((n for n, line in enumerate(text.splitlines(), 1) if named.match(line)), 1)


def _faults(
    values: Mapping[str, object], themes: Sequence[str], usable: Callable[[], Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Each key with a mistake, and the mistake."""
    allowed = {"language": LANGUAGES, "icons": ICON_SETS, "theme": tuple(themes)}
    for key, value in values.items():
        if key not in KEYS:
            yield key, f"{_named(key)}: no such key{_meant(key, KEYS)} There are {_list(KEYS)}."
        elif key == "keep_days":
            if type(value) is not int or not 1 <= value <= LONGEST_KEPT:
                yield key, f"{_named(key)}: it must be a number of days from 1 to {LONGEST_KEPT}"
        elif not isinstance(value, str):
            yield key, f"{_named(key)}: it must be a text in quotes"
        elif key in allowed and value not in allowed[key]:
            known = usable() if key == "theme" else allowed[key]
            guess = _meant(value, known)
            yield key, f"{_named(key)}: no {_named(value)}{guess} There are {_list(known)}."


def _meant(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word.lower(), known, n=1)
    return f', did you mean "{close[0]}"?' if close else "."


def _named(word: str) -> str:
    return f'"{clean(word, SafeLine)}"'


def _list(words: Sequence[str]) -> str:
    return ", ".join(words)


def _written(value: object) -> str:
    return str(value) if isinstance(value, int) else _quoted(str(value))


def _quoted(text: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'
