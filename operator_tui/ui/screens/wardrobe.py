"""Themes and icons, tried while the desk runs. What is to last stands in `config.toml`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

from operator_tui.store.ports import IconSet
from operator_tui.ui.icons import load_icons
from operator_tui.ui.look import Look
from operator_tui.ui.panels.palette import Entry
from operator_tui.ui.words import tr

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen

ICON_SETS: tuple[IconSet, ...] = get_args(IconSet)


class Wardrobe:
    """What the desk can wear, and what it wears."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._theme = screen.setup.theme
        self._icons = screen.setup.icons

    def entries(self) -> tuple[Entry, ...]:
        """For the palette."""
        return (*self._themes(), *self._icon_sets())

    def wear(self, look: str) -> None:
        """Put on what an entry does, and say how to keep it: the program writes no settings."""
        screen, themes = self._screen, self._screen.setup.themes
        kind, _, name = look.partition(":")
        if kind == "theme":
            self._theme = screen.app.theme = name
        else:
            self._icons = next(it for it in ICON_SETS if it == name)
        screen.look = Look(load_icons(self._icons), themes[self._theme].colours)
        kept = f'{kind} = "{name}"'
        screen.advice.tell(
            tr("For this run. To keep it, write {line} into config.toml.", line=kept)
        )

    def _themes(self) -> Iterator[Entry]:
        for name in self._screen.setup.themes:
            text, worn = tr("theme: {name}", name=name), name == self._theme
            yield Entry(f"theme:{name}", text, text, why_not=_worn(worn), is_look=True)

    def _icon_sets(self) -> Iterator[Entry]:
        for name in ICON_SETS:
            text, worn = tr("icons: {name}", name=name), name == self._icons
            yield Entry(f"icons:{name}", text, text, why_not=_worn(worn), is_look=True)


def _worn(worn: bool) -> str:
    return tr("This is in use.") if worn else ""
