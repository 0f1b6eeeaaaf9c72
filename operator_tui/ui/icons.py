"""The three sets of signs, one cell each: for most terminals, for Nerd Fonts, for any at all."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from operator_tui.store.ports import IconSet
from operator_tui.ui.look import Icons


@cache
def load_icons(name: IconSet = "unicode") -> Icons:
    """The signs of a set: `ascii` where a terminal shows others two cells wide, or not at all."""
    text = files("operator_tui").joinpath("data", "icons.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)[name], Icons)
