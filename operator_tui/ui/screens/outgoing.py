"""Commands on their way into the outbox, without waiting for them."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING

from operator_tui.desk.commands import Command
from operator_tui.link.backend import NotEnteredError
from operator_tui.ui.refusals import refusal
from operator_tui.ui.widgets.still_scroll import StillScroll

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen


def _nothing() -> None:
    """What most commands are followed by."""


class Outgoing:
    """One worker for each command, so that no key waits for the disk."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._discarded: set[str] = set()
        """What is out of the outbox, or on its way out: a second press asks for nothing more."""

    def enter(self, command: Command, after: Callable[[], None] = _nothing) -> None:
        """Hand a command over, then call `after`; why it was not kept stands on the advice line."""
        self._run(self._ask(self._screen.backend.enter(command), after, after))

    def discard(self, op: str, after: Callable[[], None] = _nothing) -> None:
        """Take a held or refused command out of the outbox; `after` only once it is out."""
        if op not in self._discarded:
            self._discarded.add(op)
            asked = self._screen.backend.discard(op)
            self._run(self._ask(asked, after, partial(self._discarded.discard, op)))

    def only(self, rows: set[str]) -> None:
        """These are in the outbox: what is out of it needs no remembering."""
        self._discarded &= rows

    def release(self, op: str) -> None:
        """Send a held command after all."""
        self._run(self._ask(self._screen.backend.release(op)))

    def scrolled(self, event: StillScroll.Scrolled) -> None:
        """A place is kept; above the oldest message of the open chat, older ones are asked for."""
        screen = self._screen
        screen.keeping.soon()
        if event.beyond and screen.chat is not None:
            screen.run_worker(screen.backend.older(screen.chat.id), group="older")

    def _run(self, asked: Coroutine[None, None, None]) -> None:
        self._screen.run_worker(asked, group="outgoing")

    async def _ask(
        self,
        asked: Coroutine[None, None, None],
        after: Callable[[], None] = _nothing,
        otherwise: Callable[[], None] = _nothing,
    ) -> None:
        try:
            await asked
        except NotEnteredError as error:
            otherwise()
            self._screen.feed.tick()
            self._screen.advice.refuse(refusal(error.code))
        else:
            after()
