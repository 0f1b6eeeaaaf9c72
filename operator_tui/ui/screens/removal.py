"""Removing closed chats: off the list at once, on the server six seconds later: undo is free."""

from collections.abc import Callable

from msgspec import structs

from operator_tui.desk.commands import RemoveChat
from operator_tui.desk.model import Chat, Desk

UNDO_FOR = 6.0
"""Local seconds in which a removal can be undone."""


class Removal:
    """The last removal, until its time is up. `enter` hands a command to the server."""

    def __init__(self, enter: Callable[[RemoveChat], object]) -> None:
        self._enter = enter
        self._chat: Chat | None = None
        self._until = 0.0
        self._gone: frozenset[str] = frozenset()

    @property
    def chat(self) -> Chat | None:
        """The chat that undo would bring back."""
        return self._chat

    @property
    def until(self) -> float | None:
        """The local second at which the removal becomes real; None when none waits."""
        return self._until if self._chat is not None else None

    def remove(self, chat: Chat, local: float) -> None:
        """Hide `chat`; an earlier removal becomes real now."""
        self._make_real()
        self._chat, self._until = chat, local + UNDO_FOR

    def undo(self) -> Chat | None:
        """Bring the last one back; its command is never made."""
        chat, self._chat = self._chat, None
        return chat

    def tick(self, local: float) -> None:
        """Make the removal real when its time is up."""
        if self._chat is not None and local >= self._until:
            self._make_real()

    def _make_real(self) -> None:
        if (command := self.settle()) is not None:
            self._enter(command)

    def settle(self) -> RemoveChat | None:
        """End the time for undo; the command that is due now, or None."""
        if self._chat is None:
            return None
        chat, self._chat = self._chat.id, None
        self._gone |= {chat}
        return RemoveChat(chat)

    def over(self, desk: Desk) -> Desk:
        """The desk without what is removed here."""
        hidden = self._gone | ({self._chat.id} if self._chat is not None else set())
        self._gone &= desk.chats.keys()
        if not hidden & desk.chats.keys():
            return desk
        left = {key: chat for key, chat in desk.chats.items() if key not in hidden}
        return structs.replace(desk, chats=left)
