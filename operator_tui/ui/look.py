"""What painters need to know of the operator's choices: icons, and styles by their meaning."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol, TypeAlias

import textual.theme
from msgspec import Struct
from rich.style import Style

Colours: TypeAlias = Mapping[str, Mapping[str, str]]
"""A theme's tables of colours, `#rrggbb`: `ground`, `ink`, `indicator`, `author`, `signal`.

`ui` knows of `store` only its Protocols, so themes are handed in as these plain values.
"""


class Theme(Protocol):
    """A theme as the store reads it."""

    @property
    def dark(self) -> bool: ...
    @property
    def colours(self) -> Colours: ...


class Icons(Struct, frozen=True):
    """One-cell signs, one set of the three in `data/icons.toml`."""

    new: str
    arrow: str
    operator_silent: str
    visitor_silent: str
    boomerang: str
    screen_shared: str
    neutral: str
    paused: str
    closed: str
    draft: str
    note: str
    muted: str
    unsent: str
    held: str
    tick: str
    todo: str
    more: str
    cut: str
    bar_visitor: str
    cursor: str
    """Before the row where the keys go, in the list and in sheets."""
    bar_own: str
    bar_note: str
    up: str
    """`more`, but above the view."""
    available: str
    away: str
    separator: str
    """Between facts on one line: `nl · web`."""
    rule: str
    rule_note: str
    divider: str
    """Between the panes; visible only where their grounds are alike."""


class Look:
    """Icons and a theme; a style is asked for by meaning: `"ink.muted"` on `"ground.surface"`."""

    def __init__(self, icons: Icons, theme: Colours) -> None:
        self.icons = icons
        self.theme = theme

    def colour(self, name: str) -> str:
        """The colour `table.key` of the theme, `#rrggbb`."""
        table, key = name.split(".")
        return self.theme[table][key]

    def style(self, ink: str, ground: str, *, bold: bool = False, italic: bool = False) -> Style:
        """The style of text in the colour `ink` on the colour `ground`."""
        return _style(self.colour(ink), self.colour(ground), bold, italic)


def css_variables(theme: Colours) -> dict[str, str]:
    """The colours as variables of Textual CSS: `ink.on_accent` is `$ink-on-accent`.

    They must come from `App.get_theme_variable_defaults`: from a theme alone, Textual's first
    parse of the CSS does not know them.
    """
    return {
        f"{table}-{key}".replace("_", "-"): colour
        for table, colours in theme.items()
        if isinstance(colours, Mapping)
        for key, colour in colours.items()
    }


def textual_theme(name: str, theme: Colours, *, dark: bool) -> textual.theme.Theme:
    """The theme for Textual's own widgets: one accent, and nothing that glows on its own."""
    ground, ink, signal = theme["ground"], theme["ink"], theme["signal"]
    return textual.theme.Theme(
        name=name,
        dark=dark,
        primary=ink["accent"],
        accent=ink["accent"],
        foreground=ink["text"],
        background=ground["background"],
        surface=ground["surface"],
        panel=ground["raised"],
        success=signal["ok"],
        warning=signal["warning"],
        error=signal["error"],
        variables=css_variables(theme) | _widget_variables(ground, ink),
    )


def _widget_variables(ground: Mapping[str, str], ink: Mapping[str, str]) -> dict[str, str]:
    return {
        "text": ink["text"],
        "text-muted": ink["muted"],
        "text-disabled": ink["muted"],
        "foreground-muted": ink["muted"],
        "block-cursor-foreground": ink["text"],
        "block-cursor-background": ground["selection"],
        "block-hover-background": ground["cursor"],
        "border": ink["accent"],
        "border-blurred": ground["rule"],
        "input-cursor-background": ink["text"],
        "input-cursor-foreground": ground["background"],
        "input-selection-background": ground["selection"],
        "screen-selection-background": ground["selection"],
        "screen-selection-foreground": ink["text"],
        "scrollbar": ground["rule"],
        "scrollbar-hover": ink["muted"],
        "scrollbar-active": ink["accent"],
        "scrollbar-background": ground["surface"],
        "scrollbar-background-hover": ground["surface"],
        "scrollbar-background-active": ground["surface"],
        "scrollbar-corner-color": ground["surface"],
    }


@lru_cache(maxsize=512)
def _style(ink: str, ground: str, bold: bool, italic: bool) -> Style:
    return Style(color=ink, bgcolor=ground, bold=bold, italic=italic)
