"""How somebody beside the operators follows a session."""

from typing import Protocol

from operator_tui.desk.model import Id
from server_stub.service.effects import Entered


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
