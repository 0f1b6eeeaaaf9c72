"""Commands on their way into the outbox, without waiting for them."""

from collections.abc import Callable
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

    def enter(self, command: Command, after: Callable[[], None] = _nothing) -> None:
        """Hand a command over, then call `after`; why it was not kept stands on the advice line."""
        self._screen.run_worker(self._enter(command, after), group="outgoing")

    def discard(self, op: str) -> None:
        """Take a held or refused command out of the outbox."""
        self._screen.run_worker(self._screen.backend.discard(op), group="outgoing")

    def release(self, op: str) -> None:
        """Send a held command after all."""
        self._screen.run_worker(self._screen.backend.release(op), group="outgoing")

    def scrolled(self, event: StillScroll.Scrolled) -> None:
        """A place is kept; above the oldest message of the open chat, older ones are asked for."""
        screen = self._screen
        screen.keeping.soon()
        if event.beyond and screen.chat is not None:
            screen.run_worker(screen.backend.older(screen.chat.id), group="older")

    async def _enter(self, command: Command, after: Callable[[], None]) -> None:
        try:
            await self._screen.backend.enter(command)
        except NotEnteredError as error:
            after()
            self._screen.feed.tick()
            self._screen.advice.refuse(refusal(error.code))
        else:
            after()
