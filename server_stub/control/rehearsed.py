"""The visitor of a rehearsal (`server-stub try`), who is given the orders of a session."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import structs

from operator_tui.desk.model import Chat
from server_stub.control.cast import Cast
from server_stub.control.errors import OrderError
from server_stub.control.people import Person
from server_stub.control.throwing import Throwing
from server_stub.plays.intents import Known
from server_stub.visitors import acts
from server_stub.visitors.acts import Acted
from server_stub.visitors.injected import Made
from server_stub.visitors.rehearsal import Rehearsal

WORDS = (
    "leave",
    "return",
    "share",
    "unshare",
    "silence",
    "anger",
    "say",
    "burst",
    "boomerang",
    "transfer",
    "do",
)
"""Orders that mean the same here as in a session; the one visitor there is need not be named."""


class Rehearsed:
    """Knows how things stand with the visitor from what it has done."""

    def __init__(self, rehearsal: Rehearsal, beside: Path, known: Known) -> None:
        """Newcomers' plays would be those `beside` this one; here nobody else comes."""
        self._rehearsal, self._known = rehearsal, known
        self._cast = Cast(str(beside), known)
        self._chat: Chat | None = None
        self._been = False

    def saw(self, acted: Iterable[Acted]) -> None:
        """The visitor did this."""
        for one in acted:
            self._chat = _after(self._chat, one)
            self._been = self._been or self._chat is not None

    def read(self, words: Sequence[str]) -> list[Made]:
        """What an order makes the visitor do. OrderError: it cannot be done."""
        seen = self._rehearsal.seen
        person = Person(seen.id, seen.name, seen, self._chat, "you", been=self._been)
        order, *rest = words
        thrown = Throwing([person], self._cast, self._known).read(order, [person.id, *rest])
        if not all(isinstance(one, Made) for one in thrown):
            raise OrderError("Here nobody else comes.")
        return [one for one in thrown if isinstance(one, Made)]


def _after(chat: Chat | None, acted: Acted) -> Chat | None:
    """The visitor's chat after the act, as far as orders ask about it."""
    at = acted.at
    match acted.act:
        case acts.Opens() as act:
            return Chat(act.chat, act.visitor, act.channel, act.language, at, at, act.page)
        case _ if chat is None:
            return None
        case acts.Leaves():
            return structs.replace(chat, left_at=at)
        case acts.Returns(page):
            return structs.replace(chat, left_at=None, page=page)
        case acts.GoesTo(page):
            return structs.replace(chat, page=page)
        case acts.SharesScreen():
            return structs.replace(chat, sharing_since=at)
        case acts.StopsSharing():
            return structs.replace(chat, sharing_since=None)
        case acts.Closes():
            return structs.replace(chat, closed_at=at)
        case acts.Reactivates():
            return structs.replace(chat, closed_at=None)
        case _:
            return chat
