"""Themes on the disk: the built-in ones and the user's own, one TOML file each.

A theme is `name`, `title`, `about`, `dark` and five tables of colours. Every colour must be there
and nothing else may be: a misspelt name would otherwise show as nothing at all.
"""

import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from enum import StrEnum
from os.path import lexists
from pathlib import Path

from msgspec import Struct

from operator_tui.desk.entries import NO_LINE
from operator_tui.desk.text import SafeLine, clean
from operator_tui.store.toml_faults import fault_in
from operator_tui.store.toml_text import read_text

COLOURS: dict[str, tuple[str, ...]] = {
    "ground": ("background", "surface", "raised", "selection", "cursor", "rule", "divider"),
    "ink": ("text", "muted", "accent", "on_accent"),
    "indicator": (
        "on_fill",
        "new",
        "transferred",
        "transferred_arrow",
        "operator_silent",
        "unanswered",
        "unanswered_soon",
        "visitor_silent",
        "boomerang",
        "screen_shared",
        "neutral",
        "paused",
        "closed",
    ),
    "author": ("visitor", "operator", "note", "note_ground", "system"),
    "signal": ("ok", "warning", "on_warning", "error", "on_error", "held"),
}
"""The tables of a theme and the colours in each. Painters name one `table.colour`."""

DEFAULT = "night"
"""What the desk wears until the operator chooses, and when a theme cannot be used."""

_FACTS = {"name": str, "title": str, "about": str, "dark": bool}
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_NAME = re.compile(r"[\w-]{1,40}")
"""A comma in a name would be a list of names to Textual."""


class Theme(Struct, frozen=True):
    """A theme whose every colour is there."""

    name: SafeLine
    title: SafeLine
    about: SafeLine
    dark: bool
    colours: dict[str, dict[str, str]]
    """By table and name, `#rrggbb`."""


class Trouble(StrEnum):
    """What is wrong with a theme; `ui` has the sentences."""

    ABSENT = "absent"
    """There is no theme of that name."""
    UNREADABLE = "unreadable"
    """The file cannot be read, or is not written in UTF-8."""
    NOT_TOML = "not_toml"
    """`key` is the `TomlFault`."""
    MISSING = "missing"
    UNKNOWN = "unknown"
    NOT_A_COLOUR = "not_a_colour"
    WRONG_KIND = "wrong_kind"
    """A fact of the wrong kind: `dark` is true or false, the others are texts."""


class ThemeError(Exception):
    """A theme that cannot be used: which file, which line (0: the whole file), what, and why."""

    def __init__(
        self, file: str, line: int, trouble: Trouble, key: str = "", guess: str = ""
    ) -> None:
        super().__init__(f"{file}, line {line}: {trouble} {key}")
        self.file = clean(file, SafeLine)
        self.line = line
        self.trouble = trouble
        self.key = clean(key, SafeLine)
        self.guess = guess
        """For `UNKNOWN` and `ABSENT`: the name that was perhaps meant, or empty."""


def theme_names(own: Path | None = None) -> tuple[str, ...]:
    """Every theme by name, sorted; `own`, the folder of the user's themes, need not exist.

    A file whose name could be no theme's is none: these names are told on the terminal.
    """
    stems = {path.stem for folder in _folders(own) for path in folder.glob("*.toml")}
    return tuple(sorted(stem for stem in stems if _NAME.fullmatch(stem)))


def usable_names(own: Path | None = None) -> tuple[str, ...]:
    """Those of `theme_names` whose files hold a theme."""
    return tuple(usable_themes(own))


def usable_themes(own: Path | None = None) -> dict[str, Theme]:
    """Every theme that can be worn, by the name that chooses it."""
    read = ((name, theme_or_default(name, own)) for name in theme_names(own))
    return {name: theme for name, (theme, trouble) in read if trouble is None}


def load_theme(name: str, own: Path | None = None) -> Theme:
    """The theme in the file `name`.toml: the user's before the built-in one of that name.

    Raises `ThemeError`.
    """
    known = theme_names(own)
    if name not in known:  # a name is never a path: only names that a folder listed are opened
        raise ThemeError(f"{name}.toml", 0, Trouble.ABSENT, name, _guess(name, known))
    paths = [folder / f"{name}.toml" for folder in _folders(own)]
    path = next((path for path in paths if lexists(path)), paths[-1])
    text = read_text(path)
    if text is None:
        raise ThemeError(path.name, 0, Trouble.UNREADABLE)
    return parse_theme(text, path.name)


def theme_or_default(name: str, own: Path | None = None) -> tuple[Theme, ThemeError | None]:
    """The theme `name`, or the built-in `DEFAULT` with what is wrong: a desk always has a theme."""
    try:
        return load_theme(name, own), None
    except ThemeError as error:
        return load_theme(DEFAULT), error


def parse_theme(text: str, file: str) -> Theme:
    """The theme written in `text`; `file` is its name in errors. Raises `ThemeError`."""
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line, fault = fault_in(text, error)
        raise ThemeError(file, line, Trouble.NOT_TOML, fault) from error
    for key, trouble, guess in _faults(raw):
        raise ThemeError(file, _line_of(text, key), trouble, key, guess)
    colours = {
        table: {name: raw[table][name].lower() for name in COLOURS[table]} for table in COLOURS
    }
    name, title, about = (clean(raw.get(fact, ""), SafeLine) for fact in ("name", "title", "about"))
    return Theme(name, title or name, about or NO_LINE, raw["dark"], colours)


def _faults(raw: dict[str, object]) -> Iterator[tuple[str, Trouble, str]]:
    """Everything wrong with a theme: key (`table.colour`), trouble, guess."""
    yield from _wrong_names(raw, (*_FACTS, *COLOURS), "")
    for fact, kind in _FACTS.items():
        if not isinstance(raw[fact], kind):
            yield fact, Trouble.WRONG_KIND, ""
    if not _NAME.fullmatch(str(raw["name"])):
        yield "name", Trouble.WRONG_KIND, ""
    for table, names in COLOURS.items():
        colours = raw[table]
        if not isinstance(colours, dict):
            yield table, Trouble.WRONG_KIND, ""
            continue
        yield from _wrong_names(colours, names, f"{table}.")
        for name in names:
            if not (isinstance(colours[name], str) and _HEX.fullmatch(colours[name])):
                yield f"{table}.{name}", Trouble.NOT_A_COLOUR, ""


def _wrong_names(
    found: dict[str, object], wanted: tuple[str, ...], prefix: str
) -> Iterator[tuple[str, Trouble, str]]:
    """The unknown names first: a misspelt one is unknown *and* missing, and the former says why."""
    for name in found:
        if name not in wanted:
            yield prefix + name, Trouble.UNKNOWN, _guess(name, wanted)
    for name in wanted:
        if name not in found:
            yield prefix + name, Trouble.MISSING, ""


def _guess(name: str, known: tuple[str, ...]) -> str:
    return next(iter(get_close_matches(name, known, n=1)), "")


def _line_of(text: str, key: str) -> int:
    """Where `key` stands, or its table when it is missing; the first line when that is too."""
    table, _, name = key.rpartition(".")
    here, at_table = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        if heading := re.match(r"\s*\[\s*([^\]]*?)\s*\]", line):
            here = heading[1]
            if here == key:
                return number
            at_table = number if here == table else at_table
        elif here == table and re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", line):
            return number
    return at_table


def _folders(own: Path | None) -> tuple[Path, ...]:
    """Where themes are, the first with a name wins: the user's, the wheel's, the source tree's."""
    package = Path(__file__).parent.parent
    folders = (package / "themes", package.parent / "themes")
    built_in = next(folder for folder in folders if (folder / f"{DEFAULT}.toml").is_file())
    return (own, built_in) if own is not None and own.is_dir() else (built_in,)
