"""`config.toml`: what it says over the defaults, and each mistake with its line.

A mistake costs the setting it is about, and nothing else. Only what the file decides about words
that are kept is not left to a default: where `keep_days` is not certain, nothing is purged.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import get_args

import msgspec
from msgspec import Struct, structs

from operator_tui.desk.entries import NO_LINE
from operator_tui.desk.text import SafeLine, clean, decode_hook
from operator_tui.store.ports import LONGEST_KEPT, IconSet, InterfaceLanguage, Preferences
from operator_tui.store.theme_files import theme_names, usable_names
from operator_tui.store.toml_faults import fault_in
from operator_tui.store.toml_text import line_of, read_text

KEYS = tuple(field.name for field in structs.fields(Preferences))
LANGUAGES: tuple[str, ...] = get_args(InterfaceLanguage)
ICON_SETS: tuple[str, ...] = get_args(IconSet)


class ConfigFault(StrEnum):
    """What is wrong; `ui` has the sentences."""

    UNREADABLE = "unreadable"
    """The file cannot be read, or is not written in UTF-8."""
    NOT_TOML = "not_toml"
    """`key` is the `TomlFault`."""
    NO_SETTING = "no_setting"
    NO_VALUE = "no_value"
    """The setting knows no such `value`."""
    NO_TEXT = "no_text"
    NO_DAYS = "no_days"
    """It must be a number of days from 1 to `LONGEST_KEPT`."""


class ConfigMistake(Struct, frozen=True):
    """A setting that cannot be used; line 0 is the whole file."""

    file: str
    """Its name, for what is said of it."""
    line: int
    fault: ConfigFault
    key: SafeLine = NO_LINE
    value: SafeLine = NO_LINE
    guess: str = ""
    """What was perhaps meant, or empty."""
    known: tuple[str, ...] = ()
    """What there is: settings, or values of the setting."""


class Config(Struct, frozen=True):
    """What is in force, and what in the file is not."""

    preferences: Preferences
    mistakes: tuple[ConfigMistake, ...] = ()


def read_config(path: Path, themes: Path | None = None) -> Config:
    """What the file says over the defaults; all defaults when there is none.

    `themes` is the folder of the user's own ones.
    """
    text = read_text(path)
    if text is None:
        return _nothing_of(ConfigMistake(path.name, 0, ConfigFault.UNREADABLE))
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line, fault = fault_in(text, error)
        told = clean(fault, SafeLine)
        return _nothing_of(ConfigMistake(path.name, line, ConfigFault.NOT_TOML, told))
    faults = dict(_faults(values, themes))
    told_of = (_placed(it, path.name, line_of(text, key)) for key, it in faults.items())
    good = {key: value for key, value in values.items() if key not in faults}
    chosen = msgspec.convert(good, Preferences, dec_hook=decode_hook)
    if not _certain(values, faults):
        chosen = structs.replace(chosen, keep_days=None)
    return Config(chosen, tuple(told_of))


def written(preferences: Preferences) -> str:
    """The preferences as they would stand in the file."""
    values = structs.asdict(preferences)
    return "\n".join(_written(key, value) for key, value in values.items())


def _nothing_of(mistake: ConfigMistake) -> Config:
    return Config(Preferences(keep_days=None), (mistake,))


def _placed(mistake: ConfigMistake, file: str, line: int) -> ConfigMistake:
    return structs.replace(mistake, file=file, line=line)


def _faults(
    values: Mapping[str, object], themes: Path | None
) -> Iterator[tuple[str, ConfigMistake]]:
    """Each key with a mistake, and the mistake, not placed yet."""
    allowed = {"language": LANGUAGES, "icons": ICON_SETS, "theme": theme_names(themes)}
    for key, value in values.items():
        if key not in KEYS:
            yield key, _mistake(ConfigFault.NO_SETTING, key, KEYS, meant=key)
        elif key == "keep_days":
            if type(value) is not int or not 1 <= value <= LONGEST_KEPT:
                yield key, _mistake(ConfigFault.NO_DAYS, key)
        elif not isinstance(value, str):
            yield key, _mistake(ConfigFault.NO_TEXT, key)
        elif key in allowed and value not in allowed[key]:
            known = usable_names(themes) if key == "theme" else allowed[key]
            told = _mistake(ConfigFault.NO_VALUE, key, known, meant=value)
            yield key, structs.replace(told, value=clean(value, SafeLine))


def _mistake(
    fault: ConfigFault, key: str, known: tuple[str, ...] = (), meant: str = ""
) -> ConfigMistake:
    guess = next(iter(get_close_matches(meant.lower(), known, n=1)), "")
    return ConfigMistake("", 0, fault, clean(key, SafeLine), guess=guess, known=known)


def _certain(values: Mapping[str, object], faults: Mapping[str, object]) -> bool:
    """Whether it is known how long things are to be kept: not when the number is none, and not
    when what means nothing here may have been meant for it, or may have it inside."""
    if "keep_days" in values:
        return "keep_days" not in faults
    return all(key in KEYS and not isinstance(it, dict | list) for key, it in values.items())


def _written(key: str, value: object) -> str:
    if value is None:
        return f"# {key}: not certain, so nothing is purged"
    return f"{key} = {value if isinstance(value, int) else _quoted(str(value))}"


def _quoted(text: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'
