"""The command palette: every action by name, for keyboards that keep their F keys to themselves."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from operator_tui.ui.actions import ACTIONS, Action, key_name
from operator_tui.ui.words import tr

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen


class ActionProvider(Provider):
    """The table of actions, with the key of each, or why it is not possible now."""

    async def discover(self) -> Hits:
        """All of them, before a word is typed."""
        for action, text, told in self._entries():
            yield DiscoveryHit(text, partial(self._do, action), help=told)

    async def search(self, query: str) -> Hits:
        """Those that fit the word."""
        matcher = self.matcher(query)
        for action, text, told in self._entries():
            if (score := matcher.match(text)) > 0:
                shown = matcher.highlight(text)
                yield Hit(score, shown, partial(self._do, action), text=text, help=told)

    def _entries(self) -> Iterator[tuple[Action, str, str]]:
        """Action, what it is called, and its key or the reason that it is not possible."""
        at = cast("DeskScreen", self.screen).situation
        for action in ACTIONS:
            if action.run is not None:
                yield action, tr(action.help), action.unless(at) or key_name(action.key)

    def _do(self, action: Action) -> None:
        cast("DeskScreen", self.screen).do(action.id)
