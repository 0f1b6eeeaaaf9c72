"""The built-in themes as painters get them."""

from operator_tui.store.theme_files import load_theme
from operator_tui.ui.look import Colours


def colours_of(name: str) -> Colours:
    return load_theme(name).colours
