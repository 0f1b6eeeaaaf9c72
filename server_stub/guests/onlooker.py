"""How somebody beside the operators follows a session."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from operator_tui.desk.entries import Id
from server_stub.peer import Closing
from server_stub.service.effects import Entered, Signalled


class Onlooker(Protocol):
    """Who follows the session beside the operators: the visitors played by hand.

    None of these may act on the session; they note what they hear and act later.
    """

    def happened(self, entered: Entered) -> None:
        """An event was entered in an operator's log."""
        ...

    def typed(self, operator: Id, chat: Id) -> None:
        """An operator is typing in a chat."""
        ...

    def settled(self) -> None:
        """All that was to be told for now has been told; the floor may be looked at."""
        ...

    def lost(self, closing: Closing) -> None:
        """What was not kept has never been: all that was noted is to be learned anew."""
        ...


def tell(onlookers: Iterable[Onlooker], said: Sequence[Entered | Signalled]) -> None:
    """Let them know what has happened."""
    for onlooker in onlookers:
        for effect in said:
            if isinstance(effect, Entered):
                onlooker.happened(effect)
        onlooker.settled()


def tell_typing(onlookers: Iterable[Onlooker], operator: Id, chat: Id) -> None:
    """Let them know that an operator is typing."""
    for onlooker in onlookers:
        onlooker.typed(operator, chat)


def lose(onlookers: Iterable[Onlooker], closing: Closing) -> None:
    """Let them know that what was not kept is lost."""
    for onlooker in onlookers:
        onlooker.lost(closing)
