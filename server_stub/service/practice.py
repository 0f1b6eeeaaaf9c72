"""One practice session under way: stage, reception and ledger, driven by the virtual clock."""

import logging
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from operator_tui.desk.entries import Id, Origin
from operator_tui.desk.model import Desk, Operator
from operator_tui.desk.policy import Policy
from operator_tui.desk.time import DAY, Millis
from operator_tui.wire.codec import WireError, read_command
from operator_tui.wire.frames import Op, Result
from server_stub.service import reception
from server_stub.service.cutting import encoded
from server_stub.service.effects import Entered, Refused, Signalled
from server_stub.service.floor import opened_floor
from server_stub.service.keeper import RATE, Keeper
from server_stub.service.ledger import Answered, Fact, Ledger, Misstep, Standing
from server_stub.service.operators import Staff
from server_stub.service.simulated import Simulated
from server_stub.service.turn import Turned
from server_stub.visitors.acts import Act, Acted, Happening
from server_stub.visitors.injected import Injected
from server_stub.visitors.seen import Seen

LONGEST_STEP: Millis = 2 * DAY
"""Nothing further away is stepped to: visitors who are made to keep silent are so for a year."""
ROUNDS = 100
"""How often simulated colleagues may answer each other at one moment before they must wait."""
MOST_ROUNDS = 1_000
"""So often something may be due at one moment again before it counts as a mistake."""


STUCK = (
    "visitors turn in a circle, and nobody does anything by itself any more; what operators and"
    " trainers do still counts. It is a mistake in a play or in the program: play the visitors"
    " who came last with `server-stub try`, mend their plays, and begin with another --state."
)
"""Told to the trainer."""

log = logging.getLogger(__name__)


class Caller(Struct, frozen=True):
    """A connection as the ledger knows it."""

    operator: Id
    device: Id
    generation: int


class Practice:
    """Knows no sockets and no real time. `out` fills with what connections have to send.

    Every public method that changes something is one transaction of the ledger. A `LedgerError`
    means that it is not known to be kept: the practice is worth nothing then, and one made anew
    from what the ledger has goes on.
    """

    def __init__(
        self,
        staff: Sequence[Staff],
        policy: Policy,
        stage: Simulated,
        start: Millis,
        ledger: Ledger,
    ) -> None:
        """Begin at `start`, or go on where the ledger says that everything stood."""
        self.ledger = ledger
        self.out: list[Entered | Signalled] = []
        self._simulated = {one.id for one in staff if one.simulated}
        self._stage = stage
        self._keeper = Keeper(ledger, opened_floor(staff, policy, stage.suggests), stage)
        kept = self._keeper.resumed(staff, policy)
        self.floor = self._keeper.floor
        self.stuck = False
        """Visitors turn in a circle at one moment, by a mistake in the program or in a play: nobody
        does anything by itself any more, and what others do still counts."""
        self._at = min(stage.begins, start) if kept is None else kept
        self._play_colleagues()  # who looks at a desk again knows when there is something to do
        self.run_to(start)

    @property
    def now(self) -> Millis:
        """The moment up to which everything has happened, and is kept."""
        return self._at

    def desk(self, operator: Id) -> Desk:
        """The operator's desk, whole."""
        return self.floor.desks[operator]

    def operator(self, operator: Id) -> Operator:
        """Who the operator is."""
        return self.desk(operator).operator

    def seen(self) -> Iterator[Seen]:
        """Every simulated visitor as a trainer sees it."""
        return self._stage.seen()

    def next_due(self) -> Millis | None:
        """When `run_to` has something to do; None: never, unless somebody acts."""
        if self.stuck:
            return None
        dues = (self._stage.next_time(), reception.next_due(self.floor, self._at))
        known = [max(due, self._at) for due in dues if due is not None]
        return min(known, default=None)

    def run_to(self, now: Millis) -> None:
        """Let everything happen that is due up to `now`, each thing at its own moment."""
        self._run(now)
        self._keep()

    def step(self) -> bool:
        """Let time pass up to the next event in anybody's log; False: none is to come soon."""
        last = self._at + LONGEST_STEP
        while not self._keeper.entered and (due := self.next_due()) is not None and due <= last:
            self._run(due)
        stepped = self._keeper.entered
        self._keep()
        return stepped

    def keep_rate(self, rate: float) -> None:
        """Remember how fast the clock runs: after a restart a pause is still one."""
        self.ledger.commit((), None, (Fact(RATE, "", encoded(rate)),))

    def admit(
        self, operator: Id, device: Id, epoch: Id | None, seq: int, run: Id | None = None
    ) -> Standing:
        """Let a device of the operator in; older connections of it are fenced off."""
        return self.ledger.admit(operator, device, epoch, seq, run)

    def come_and_go(self, present: Iterable[Id], now: Millis) -> None:
        """The operators who are connected from now on."""
        self._run(now)
        self._adopt(reception.come_and_go(self.floor, frozenset(present), self._at))
        self._finish()

    def typed(self, operator: Id, chat: Id, now: Millis) -> None:
        """The operator is typing in the chat."""
        self._run(now)
        self.floor = reception.typed(self.floor, operator, chat, self._at)
        self._keep()

    def visit(self, visitor: Id, act: Act, now: Millis) -> None:
        """A visitor played by hand does something, exactly as a simulated one would."""
        self._run(now)
        self._happen(Acted(visitor, self._at, act))
        self._finish()

    def inject(self, injected: Iterable[Injected], now: Millis) -> None:
        """A trainer throws something in; what comes of it at once stands in the same transaction.

        It has been read before: an action or a play that cannot be read is a mistake here.
        """
        self._run(now)
        self._keeper.inject(injected, self._at)
        self._finish()

    def op(self, caller: Caller, op: Op, now: Millis) -> Result | Misstep:
        """Try an op once, however often it comes; the result is kept before it is given."""
        self._run(now)
        operator, device = caller.operator, caller.device
        known = self.ledger.judge(operator, device, caller.generation, op.n, op.id)
        if known is not None:
            self._keep()
            return known
        turned = self._tried(operator, op, Origin(device, op.n, op.id))
        no = turned.refused
        code, detail = (None, None) if no is None else (no.code, no.detail)
        result = Result(op.n, op.id, ok=no is None, code=code, detail=detail)
        self._adopt(turned)
        return self._finish(Answered(operator, device, result)) or result

    def _run(self, now: Millis) -> None:
        rounds = 0
        while (due := self.next_due()) is not None and due <= now:
            rounds = rounds + 1 if due == self._at else 0
            if rounds > MOST_ROUNDS:
                self.stuck = True
                log.critical(STUCK)
                break
            self._at = due
            for happening in self._stage.advance(due):
                self._happen(happening)
            self._adopt(reception.tick(self.floor, due))
            self._play_colleagues()
        self._at = max(self._at, now)

    def _finish(self, answered: Answered | None = None) -> Result | None:
        """Let everybody react who does so at once, and keep all of it.

        What is kept is always a moment up to which everything has happened: so a restart knows
        what is still to come.
        """
        self._play_colleagues()
        self._run(self._at)
        return self._keep(answered)

    def _keep(self, answered: Answered | None = None) -> Result | None:
        """One transaction; only then may anybody know."""
        result = self._keeper.keep(self._at, self.floor, answered)
        self.out += self._keeper.taken()
        return result

    def _tried(self, operator: Id, op: Op, origin: Origin) -> Turned:
        try:
            command = read_command(op.command)
        except WireError as error:
            code = "too_long" if error.code == "too_long" else "unknown_command"
            return Turned(self.floor, refused=Refused(code))
        return reception.command(self.floor, operator, command, self._at, origin)

    def _happen(self, happening: Happening) -> None:
        if isinstance(happening, Acted):
            turned = reception.act(self.floor, happening)
        else:
            turned = reception.command(
                self.floor, happening.operator, happening.command, happening.at
            )
        self._adopt(turned)

    def _play_colleagues(self) -> None:
        """Let simulated colleagues act, and act on each other's acts."""
        for _ in range(ROUNDS):
            desks = {one: self.floor.desks[one] for one in self._simulated}
            orders = self._stage.colleagues(desks, self._at)
            for operator, command in orders:
                self._adopt(reception.command(self.floor, operator, command, self._at))
            if not orders:
                return

    def _adopt(self, turned: Turned) -> None:
        self.floor = turned.floor
        self._keeper.add(turned.effects)
