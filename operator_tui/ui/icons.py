"""The three sets of signs, one cell each: for most terminals, for Nerd Fonts, for any at all."""

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from operator_tui.ui.look import Icons


class IconSet(StrEnum):
    """Which signs the operator's terminal can show in one cell."""

    UNICODE = "unicode"
    NERD = "nerd"
    """Needs a Nerd Font."""
    ASCII = "ascii"
    """Where a terminal shows some of the others two cells wide, or not at all."""


@cache
def load_icons(name: str = IconSet.UNICODE) -> Icons:
    """The signs of the set `name`; raises `ValueError` when there is no such set."""
    text = files("operator_tui").joinpath("data", "icons.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)[IconSet(name)], Icons)
