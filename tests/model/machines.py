"""Two desks, one server and the network between them, when nothing goes wrong."""

from itertools import count

from msgspec import structs

from operator_tui.desk.model import Visitor
from operator_tui.desk.text import SafeLine, clean
from server_stub.visitors.acts import (
    Act,
    Browses,
    Closes,
    IgnoresInvitation,
    Leaves,
    Opens,
    Returns,
)
from tests.model.archive import Archive
from tests.model.desk import DeskModel
from tests.model.judging import Judge
from tests.model.network import Wire
from tests.model.promises import Promises
from tests.model.server import OPERATORS, ServerModel
from tests.model.shelf import MakeShelf, PureShelf
from tests.server_stub.scripted import opens, says

SPANS = (0.2, 1.0, 6.0, 16.0, 130.0)
"""Seconds that pass at once: a moment, a heartbeat, a silence, more than a reply may wait."""
VISITORS = ("sanne", "piet", "tom", "eva", "jan")
GUESTS = ("nora", "otto")
"""They look around first, and may be offered help."""


class Machines:
    """Every public method is one thing that can happen. `who` is a desk, `x` a choice."""

    def __init__(
        self,
        operators: tuple[str, str] = OPERATORS,
        shelf: MakeShelf = PureShelf,
        *,
        later: bool = False,
    ) -> None:
        """`later`: the server commits by itself, together with what came meanwhile."""
        self.now = 1_000.0
        self.archive = Archive()
        self.server = ServerModel(lambda: self.now, later=later)
        self.desks = [
            DeskModel(operator, f"device-{place}", Promises(operator, self.archive), shelf)
            for place, operator in enumerate(operators)
        ]
        self.judge = Judge(self.server, self.desks, self.archive)
        self._ops = (f"op-{n}" for n in count())
        self._texts = count()
        self._chats = count()

    def ends(self) -> None:
        """Let go of the disks."""
        self.server.ends()
        for desk in self.desks:
            desk.shelf.close()

    def connects(self, who: int, _: int) -> None:
        desk = self.desks[who]
        if desk.wire is None:
            wire = Wire()
            self.server.accepts(wire, desk.operator)
            desk.connects(wire, self.now)

    def desk_reads(self, who: int, x: int) -> None:
        self.desks[who].reads(1 + x % 8, self.now)

    def disk_writes(self, who: int, _: int) -> None:
        self.desks[who].disk_writes(self.now)

    def disk_fails(self, who: int, _: int) -> None:
        self.desks[who].disk_writes(self.now, "fails")

    def server_reads(self, who: int, _: int) -> None:
        wire = self.desks[who].wire
        if wire is not None and (peer := self.server.peer_of(wire)) is not None:
            self.judge.reading(peer)

    def server_writes(self, who: int, _: int) -> None:
        wire = self.desks[who].wire
        if wire is not None and (peer := self.server.peer_of(wire)) is not None:
            self.judge.writing(peer)

    def server_commits(self, _: int, __: int) -> None:
        self.judge.committing()

    def goes_on(self, who: int, x: int) -> None:
        """Everything does its part once, in a natural order."""
        for act in (self.connects, self.disk_writes, self.server_reads, self.server_writes):
            act(who, x)
        self.server_commits(who, x)
        self.desk_reads(who, 7)
        self.disk_writes(who, x)

    def goes_well(self, who: int, x: int) -> None:
        for _ in range(4):
            self.goes_on(who, x)

    def visitor_says(self, _: int, x: int) -> None:
        self._says(VISITORS[x % len(VISITORS)])

    def visitor_acts(self, _: int, x: int) -> None:
        visitor = VISITORS[x % len(VISITORS)]
        acts: tuple[Act, ...] = (Leaves(), Returns(), self._opens(visitor), Closes())
        self.server.acts(visitor, acts[x // len(VISITORS) % 4])

    def guest_acts(self, _: int, x: int) -> None:
        """Somebody without a chat looks around, and takes the help that is offered, or does not."""
        guest = GUESTS[x % 2]
        browses = Browses(Visitor(guest, clean(guest.title(), SafeLine)), "en")
        acts: tuple[Act, ...] = (browses, browses, self._opens(guest), IgnoresInvitation())
        self.server.acts(guest, acts[x // 2 % 4])

    def time_passes(self, _: int, x: int) -> None:
        self.now += SPANS[x % len(SPANS)]
        self.server.passes()
        for desk in self.desks:
            desk.ticks(self.now)

    def _says(self, visitor: str) -> None:
        self.server.acts(visitor, says(f"And {next(self._texts)}?"))
        self.judge.look()

    def _opens(self, visitor: str) -> Opens:
        """A chat of its own each time: one that is over is not opened again."""
        return structs.replace(opens(visitor), chat=f"chat-{visitor}-{next(self._chats)}")
