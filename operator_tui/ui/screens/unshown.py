"""What could not be read and stands in no conversation: that there is such, said once."""

from collections.abc import Callable

from operator_tui.desk.model import Desk
from operator_tui.ui.words import trn


class Unshown:
    """Compares each desk with what was told; `tell` says how much more there is of it."""

    def __init__(self, tell: Callable[[str], object], free: Callable[[], bool]) -> None:
        self._tell = tell
        self._free = free
        """Whether nothing else is said where `tell` says it: what stands there may be read."""
        self._told = 0

    def look(self, desk: Desk | None) -> None:
        """Tell what is new, as soon as there is room for it. A snapshot tells all anew, and what a
        restart finds is told again: it is missing still."""
        found = desk.unreadable if desk is not None else 0
        if found > self._told and self._free():
            news, self._told = found - self._told, found
            self._tell(unread(news))
        self._told = min(self._told, found)


def unread(n: int) -> str:
    """What is said of `n` events of which not even the chat could be read, or is not here."""
    return trn(
        "A message could not be read, and nobody can tell in which chat.",
        "{n} messages could not be read, and nobody can tell in which chats.",
        n,
    )
