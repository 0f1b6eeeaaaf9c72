"""The command palette: every action by name, for keyboards that keep their F keys to themselves."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.style import Style

from operator_tui.ui.actions import ACTIONS, Action
from operator_tui.ui.keys import key_of
from operator_tui.ui.render.keys import spelled
from operator_tui.ui.words import tr

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen


FOUND = Style(reverse=True)


class ActionProvider(Provider):
    """The table of actions, with the key of each, or why it is not possible now.

    Texts are handed over as Content, the help too, which asks for a str: a str is read as markup.
    """

    async def discover(self) -> Hits:
        """All of them, before a word is typed."""
        for action, text, told in self._entries():
            do = partial(self._do, action)
            yield DiscoveryHit(Content(text), do, text=text, help=Content(told))  # type: ignore[arg-type]

    async def search(self, query: str) -> Hits:
        """Those that fit the word."""
        fuzzy, style = FuzzySearch(), self.match_style or FOUND
        found = False
        for action, text, told in self._entries():
            score, places = fuzzy.match(query, text)
            if score > 0:
                found = True
                do = partial(self._do, action)
                yield Hit(
                    score,
                    marked(text, places, style),
                    do,
                    text=text,
                    help=Content(told),  # type: ignore[arg-type]
                )
        if not found:
            told = tr("Nothing you can do here is called that.")
            yield Hit(1, Content(told), _do_nothing, text=told)

    def _entries(self) -> Iterator[tuple[Action, str, str]]:
        """Action, what it is called, and its key or the reason that it is not possible."""
        screen = cast("DeskScreen", self.screen)
        at, look = screen.situation, screen.setup.look
        for action in ACTIONS:
            if action.run is not None:
                yield action, tr(action.help), action.unless(at) or spelled(key_of(action.id), look)

    def _do(self, action: Action) -> None:
        cast("DeskScreen", self.screen).do(action.id)


def _do_nothing() -> None:
    """For a line that only tells."""


def marked(text: str, places: Sequence[int], style: Style) -> Content:
    """`text` with the letters at `places` marked."""
    shown = Content(text)
    for place in places:
        if not text[place].isspace():
            shown = shown.stylize(style, place, place + 1)
    return shown
