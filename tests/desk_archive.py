"""What a scene's server knows from before the desk: messages older than those on it."""

from collections.abc import Callable

from operator_tui.desk.entries import Message


class Archive:
    """Answers whoever scrolls up."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self.wanted: list[str] = []
        """Chats of which older messages were asked for."""
        self.has: dict[str, tuple[Message, ...]] = {}

    async def older(self, chat: str) -> None:
        """`Backend.older`."""
        self.wanted.append(chat)
        self._tell()

    @property
    def told(self) -> dict[str, tuple[Message, ...]]:
        """By chat, what was asked for and is there."""
        return {chat: self.has[chat] for chat in self.wanted if chat in self.has}
