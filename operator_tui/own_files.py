"""What is wrong in the operator's own files, for `doctor`: config, canned replies, keys, themes."""

from collections.abc import Iterator
from os.path import lexists

from msgspec import Struct

from operator_tui.store import canned_files, key_files, theme_files
from operator_tui.store.config import Config, read_config
from operator_tui.store.paths import Paths
from operator_tui.ui.canned_notice import canned_mistake
from operator_tui.ui.config_notice import config_mistake
from operator_tui.ui.keymap import keymap
from operator_tui.ui.keys_notice import keys_mistakes
from operator_tui.ui.theme_notice import theme_mistake

INDENT = " " * 12


class Found(Struct, frozen=True):
    """What there is of one kind of file, in lines, and whether there is a mistake in it."""

    lines: tuple[str, ...]
    mistakes: bool


def examined(files: Paths) -> Iterator[Found]:
    """Each kind of file in turn."""
    yield _config(files)
    yield _canned(files)
    yield _keys(files)
    yield _themes(files)


def _config(files: Paths) -> Found:
    read = read_config(files.config, files.themes)
    there = files.config.exists()
    said = "no mistakes" if there else "none: the defaults are used"
    return _told("config", "" if read.mistakes else said, config_mistakes(read))


def config_mistakes(read: Config) -> list[str]:
    """Each mistake in `config.toml`, without a full stop."""
    return [
        config_mistake(
            it.file, it.line, it.fault, it.key, value=it.value, guess=it.guess, known=it.known
        )
        for it in read.mistakes
    ]


def _canned(files: Paths) -> Found:
    if not lexists(files.canned):
        return _told("canned", "none of your own: the bundled replies are used", ())
    loaded = canned_files.load(files.canned)
    mistakes = [
        canned_mistake(it.file, it.line, it.kind, it.detail, it.guess) for it in loaded.mistakes
    ]
    return _told("canned", f"{loaded.own} of your own loaded", mistakes)


def _keys(files: Paths) -> Found:
    if not lexists(files.keys):
        return _told("keys", "none of your own: F1 shows all keys", ())
    own = key_files.load_keys(files.keys)
    chosen = keymap(own.asked)
    changed = len(own.asked.keys() - {it.action for it in chosen.mistakes})
    mistakes = keys_mistakes(own.file, own.lines, own.mistakes, chosen)
    return _told("keys", f"{changed} of your own without a mistake", mistakes)


def _themes(files: Paths) -> Found:
    built_in = theme_files.theme_names()
    own = sorted(path.stem for path in files.themes.glob("*.toml"))
    usable, mistakes = [], []
    for name in own:
        try:
            theme_files.load_theme(name, files.themes)
            usable.append(name)
        except theme_files.ThemeError as error:
            where = error.file, error.line, error.trouble, error.key, error.guess
            mistakes.append(theme_mistake(*where))
    said = ", ".join((*built_in, *(f"{name} (yours)" for name in usable)))
    return _told("themes", said, mistakes)


def _told(kind: str, said: str, mistakes: tuple[str, ...] | list[str]) -> Found:
    """What there is first; without it the first mistake stands in its place."""
    lines = [said, *mistakes] if said else list(mistakes)
    below = (f"{INDENT}{line}" for line in lines[1:])
    return Found((f"{kind:11} {lines[0]}", *below), bool(mistakes))
