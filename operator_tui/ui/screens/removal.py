"""Chats that leave the list at once and the server a few seconds later: until then undo is free."""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from msgspec import Struct, structs

from operator_tui.desk import closing
from operator_tui.desk.commands import CloseChat, RemoveChat
from operator_tui.desk.model import Chat, Desk

UNDO_REMOVAL = 6.0
"""Local seconds in which a removed chat can be brought back (design, "Attention")."""
UNDO_CLOSING = 10.0
"""And one that was closed with every step done (screens.md, "Sheets")."""

Parting: TypeAlias = RemoveChat | CloseChat
"""What is asked of the server when the time for undo is up."""


class Gone(Struct, frozen=True, eq=False):
    """A chat that has left the list, and the command that is not made yet."""

    chat: Chat
    command: Parting
    until: float


class Removal:
    """The last chat that left, until its time is up.

    `enter` hands a command over, and calls back when the outbox has it, or when that failed: from
    then on the desk itself tells whether the chat is gone.
    """

    def __init__(self, enter: Callable[[Parting, Callable[[], None]], object]) -> None:
        self._enter = enter
        self._last: Gone | None = None
        self._left: frozenset[str] = frozenset()

    @property
    def chat(self) -> Chat | None:
        """The chat that undo would bring back."""
        return self._last.chat if self._last is not None else None

    @property
    def closing(self) -> bool:
        """Whether it was closed here; else its visitor had closed it."""
        return self._last is not None and isinstance(self._last.command, CloseChat)

    def remove(self, chat: Chat, local: float) -> None:
        """Hide a chat that its visitor has closed; an earlier one leaves for good now."""
        self._hide(Gone(chat, RemoveChat(chat.id), local + UNDO_REMOVAL))

    def close(self, chat: Chat, local: float) -> None:
        """Hide a chat that has come to its good end."""
        self._hide(Gone(chat, CloseChat(chat.id), local + UNDO_CLOSING))

    def undo(self) -> Chat | None:
        """Bring the last one back; its command is never made."""
        chat, self._last = self.chat, None
        return chat

    def tick(self, local: float) -> None:
        """Make the command when its time is up."""
        if self._last is not None and local >= self._last.until:
            self._part()

    def settle(self) -> Parting | None:
        """End the time for undo; the command that is due now, or None."""
        last, self._last = self._last, None
        if last is None:
            return None
        self._left |= {last.chat.id}
        return last.command

    def over(self, desk: Desk) -> Desk:
        """The desk without what has left it here. A goodbye that the visitor answers is none."""
        if self._last is not None and self.closing:
            now = desk.chats.get(self._last.chat.id)
            if now is not None and not closing.ready(now):
                self._last = None
        hidden = self._left | ({self._last.chat.id} if self._last is not None else set())
        if not hidden & desk.chats.keys():
            return desk
        left = {key: chat for key, chat in desk.chats.items() if key not in hidden}
        return structs.replace(desk, chats=left)

    def _hide(self, gone: Gone) -> None:
        self._part()
        self._last = gone

    def _part(self) -> None:
        if (command := self.settle()) is not None:
            self._enter(command, partial(self._handed_over, command.chat))

    def _handed_over(self, chat: str) -> None:
        self._left -= {chat}
