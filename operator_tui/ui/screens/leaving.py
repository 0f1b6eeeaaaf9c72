"""Leaving the desk: at once when no visitor is there, else only when it is meant."""

from contextlib import suppress
from typing import TYPE_CHECKING

from operator_tui.link.backend import NotEnteredError
from operator_tui.ui.keys import key_of
from operator_tui.ui.words import trn

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen

ASKS_FOR = 6.0
"""Local seconds within which a second Ctrl+Q quits while chats are open."""


class Leaving:
    """Ctrl+Q, asked back once."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._until = 0.0

    def quit(self) -> None:
        """Leave; while chats are open, at the second press."""
        screen = self._screen
        open_chats = tuple(screen.desk.chats) if screen.desk is not None else ()
        chats, drafts = len(open_chats), sum(map(screen.pen.has_draft, open_chats))
        if chats and screen.local >= self._until:
            self._until = screen.local + ASKS_FOR
            asked = trn(
                "{n} chat is open. {key} again: quit.",
                "{n} chats are open. {key} again: quit.",
                chats,
                key=key_of("quit"),
            )
            unsent = trn("{n} draft is not sent.", "{n} drafts are not sent.", drafts)
            screen.advice.refuse(f"{asked} {unsent}" if drafts else asked)
            return
        screen.run_worker(self._go())

    async def _go(self) -> None:
        """What was removed here is removed there first, and what was begun is on the disk."""
        screen = self._screen
        try:
            if (command := screen.undo.settle()) is not None:
                with suppress(NotEnteredError):  # then the chat is on the list at the next start
                    await screen.backend.enter(command)
        finally:
            await screen.keeping.flush()
            screen.app.exit(0)
