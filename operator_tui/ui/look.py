"""What painters need to know of the operator's choices: icons, and styles by their meaning."""

from functools import lru_cache

from msgspec import Struct
from rich.style import Style

# `ui` may import `store` only through its Protocols, so the themes are handed in as values.
Theme = dict[str, dict[str, str]]


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
    tick: str
    todo: str
    more: str
    cut: str
    bar_visitor: str
    bar_own: str
    bar_note: str


class Look:
    """Icons and a theme; a style is asked for by meaning: `"ink.muted"` on `"ground.surface"`."""

    def __init__(self, icons: Icons, theme: Theme) -> None:
        self.icons = icons
        self.theme = theme

    def colour(self, name: str) -> str:
        """The colour `table.key` of the theme, `#rrggbb`."""
        table, key = name.split(".")
        return self.theme[table][key]

    def style(self, ink: str, ground: str, *, bold: bool = False, italic: bool = False) -> Style:
        """The style of text in the colour `ink` on the colour `ground`."""
        return _style(self.colour(ink), self.colour(ground), bold, italic)


@lru_cache(maxsize=512)
def _style(ink: str, ground: str, bold: bool, italic: bool) -> Style:
    return Style(color=ink, bgcolor=ground, bold=bold, italic=italic)
