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
        self.settle()
        self._chat, self._until = chat, local + UNDO_FOR

    def undo(self) -> Chat | None:
        """Bring the last one back; its command is never made."""
        chat, self._chat = self._chat, None
        return chat

    def tick(self, local: float) -> None:
        """Make the removal real when its time is up."""
        if self._chat is not None and local >= self._until:
            self.settle()

    def settle(self) -> None:
        """Make the removal real now: at the next one, and when the desk is left."""
        if self._chat is not None:
            self._gone |= {self._chat.id}
            self._enter(RemoveChat(self._chat.id))
            self._chat = None

    def over(self, desk: Desk) -> Desk:
        """The desk without what is removed here."""
        hidden = self._gone | ({self._chat.id} if self._chat is not None else set())
        self._gone &= desk.chats.keys()
        if not hidden & desk.chats.keys():
            return desk
        left = {key: chat for key, chat in desk.chats.items() if key not in hidden}
        return structs.replace(desk, chats=left)
