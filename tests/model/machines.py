"""Two desks, one server and the network between them, when nothing goes wrong."""

from itertools import count

from server_stub.visitors.acts import Act, Closes, Leaves, Returns
from tests.model.archive import Archive
from tests.model.desk import DeskModel
from tests.model.judging import Judge
from tests.model.network import Wire
from tests.model.promises import Promises
from tests.model.server import OPERATORS, ServerModel
from tests.server_stub.scripted import opens, says

SPANS = (0.2, 1.0, 6.0, 16.0, 130.0)
"""Seconds that pass at once: a moment, a heartbeat, a silence, more than a reply may wait."""
VISITORS = ("sanne", "piet", "tom", "eva", "jan")


class Machines:
    """Every public method is one thing that can happen. `who` is a desk, `x` a choice."""

    def __init__(self, operators: tuple[str, str] = OPERATORS) -> None:
        self.now = 1_000.0
        self.archive = Archive()
        self.server = ServerModel(lambda: self.now)
        self.desks = [
            DeskModel(operator, f"device-{place}", Promises(operator, self.archive))
            for place, operator in enumerate(operators)
        ]
        self.judge = Judge(self.server, self.desks, self.archive)
        self._ops = (f"op-{n}" for n in count())
        self._texts = count()

    def connects(self, who: int, _: int) -> None:
        desk = self.desks[who]
        if desk.wire is None:
            wire = Wire()
            self.server.accepts(wire, desk.operator)
            desk.connects(wire, self.now)

    def desk_reads(self, who: int, x: int) -> None:
        self.desks[who].reads(1 + x, self.now)

    def disk_writes(self, who: int, _: int) -> None:
        self.desks[who].disk_writes()

    def disk_fails(self, who: int, _: int) -> None:
        self.desks[who].disk_fails()

    def server_reads(self, who: int, _: int) -> None:
        wire = self.desks[who].wire
        if wire is not None and (peer := self.server.peer_of(wire)) is not None:
            self.judge.reading(peer)

    def server_writes(self, who: int, _: int) -> None:
        wire = self.desks[who].wire
        if wire is not None and (peer := self.server.peer_of(wire)) is not None:
            self.judge.writing(peer)

    def goes_on(self, who: int, x: int) -> None:
        """Everything does its part once, in a natural order."""
        for act in (self.connects, self.disk_writes, self.server_reads, self.server_writes):
            act(who, x)
        self.desk_reads(who, 7)
        self.disk_writes(who, x)

    def goes_well(self, who: int, x: int) -> None:
        for _ in range(4):
            self.goes_on(who, x)

    def visitor_says(self, _: int, x: int) -> None:
        self.server.acts(VISITORS[x % len(VISITORS)], says(f"And {next(self._texts)}?"))

    def visitor_acts(self, _: int, x: int) -> None:
        acts: tuple[Act, ...] = (Leaves(), Returns(), opens(VISITORS[x % len(VISITORS)]), Closes())
        self.server.acts(VISITORS[x % len(VISITORS)], acts[x // 2 % 4])

    def time_passes(self, _: int, x: int) -> None:
        self.now += SPANS[x % len(SPANS)]
        self.server.passes()
        for desk in self.desks:
            desk.ticks(self.now)
