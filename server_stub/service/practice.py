"""One practice session under way: stage, reception and ledger, driven by the virtual clock."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from operator_tui.desk.commands import Command
from operator_tui.desk.model import Desk, Id, Operator, Origin
from operator_tui.desk.policy import Policy
from operator_tui.desk.time import Millis
from operator_tui.wire.codec import WireError, encode_event, read_command
from operator_tui.wire.frames import Op, Result
from server_stub.service import reception
from server_stub.service.effects import Ended, Entered, Refused, Signalled, Told
from server_stub.service.floor import opened_floor
from server_stub.service.ledger import Answered, Ledger, Misstep, Standing
from server_stub.service.operators import Staff
from server_stub.service.turn import Turned
from server_stub.visitors.acts import Act, Acted, Happening

ROUNDS = 100
"""How often simulated colleagues may answer each other at one moment before they must wait."""


class Simulated(Protocol):
    """Visitors and colleagues, as the reception meets them (`visitors/stage.py` has the rules)."""

    begins: Millis

    def next_time(self) -> Millis | None:
        """When something is due next."""
        ...

    def advance(self, to: Millis) -> list[Happening]:
        """What happens up to and with `to`."""
        ...

    def told(self, visitor: Id, text: str, at: Millis) -> None:
        """An operator wrote to the visitor."""
        ...

    def closed(self, visitor: Id, at: Millis) -> None:
        """An operator closed the visitor's chat."""
        ...

    def colleagues(self, desks: Mapping[Id, Desk], now: Millis) -> list[tuple[Id, Command]]:
        """What simulated colleagues do now."""
        ...


class Caller(Struct, frozen=True):
    """A connection as the ledger knows it."""

    operator: Id
    device: Id
    generation: int


class Practice:
    """Knows no sockets and no real time. `out` fills with what connections have to send."""

    def __init__(
        self,
        staff: Sequence[Staff],
        policy: Policy,
        stage: Simulated,
        start: Millis,
        new_epoch: Callable[[], str],
    ) -> None:
        self.floor = opened_floor(staff, policy)
        self.ledger = Ledger((one.id for one in staff), new_epoch)
        self.out: list[Entered | Signalled] = []
        self._simulated = {one.id for one in staff if one.simulated}
        self._stage = stage
        self._at = min(stage.begins, start)
        self.run_to(start)

    def desk(self, operator: Id) -> Desk:
        """The operator's desk, whole."""
        return self.floor.desks[operator]

    def operator(self, operator: Id) -> Operator:
        """Who the operator is."""
        return self.desk(operator).operator

    def next_due(self) -> Millis | None:
        """When `run_to` has something to do; None: never, unless somebody acts."""
        dues = (self._stage.next_time(), reception.next_due(self.floor, self._at))
        known = [max(due, self._at) for due in dues if due is not None]
        return min(known, default=None)

    def run_to(self, now: Millis) -> None:
        """Let everything happen that is due up to `now`, each thing at its own moment."""
        while (due := self.next_due()) is not None and due <= now:
            self._at = due
            for happening in self._stage.advance(due):
                self._happen(happening)
            self._adopt(reception.tick(self.floor, due))
            self._play_colleagues()
        self._at = max(self._at, now)

    def admit(self, operator: Id, device: Id, epoch: Id | None, seq: int) -> Standing:
        """Let a device of the operator in; older connections of it are fenced off."""
        return self.ledger.admit(operator, device, epoch, seq)

    def come_and_go(self, present: Iterable[Id], now: Millis) -> None:
        """The operators who are connected from now on."""
        self.run_to(now)
        self._adopt(reception.come_and_go(self.floor, frozenset(present), self._at))
        self._play_colleagues()

    def typed(self, operator: Id, chat: Id, now: Millis) -> None:
        """The operator is typing in the chat."""
        self.run_to(now)
        self.floor = reception.typed(self.floor, operator, chat, self._at)

    def visit(self, visitor: Id, act: Act, now: Millis) -> None:
        """A visitor played by hand does something, exactly as a simulated one would."""
        self.run_to(now)
        self._happen(Acted(visitor, self._at, act))
        self._play_colleagues()

    def op(self, caller: Caller, op: Op, now: Millis) -> Result | Misstep:
        """Try an op once, however often it comes; the result is kept before it is given."""
        self.run_to(now)
        operator, device = caller.operator, caller.device
        known = self.ledger.judge(operator, device, caller.generation, op.n, op.id)
        if known is not None:
            return known
        turned = self._tried(operator, op, Origin(device, op.n, op.id))
        no = turned.refused
        result = Result(op.n, op.id, ok=True)
        if no is not None:
            result = Result(op.n, op.id, ok=False, code=no.code, detail=no.detail)
        kept = self._adopt(turned, Answered(operator, device, result))
        self._play_colleagues()
        return kept or result

    def _tried(self, operator: Id, op: Op, origin: Origin) -> Turned:
        try:
            command = read_command(op.command)
        except WireError as error:
            return Turned(self.floor, refused=Refused(error.code))
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

    def _adopt(self, turned: Turned, answered: Answered | None = None) -> Result | None:
        """Keep what came of a turn, and only then let anybody know."""
        entered = [effect for effect in turned.effects if isinstance(effect, Entered)]
        result = self.ledger.commit(
            ((one.operator, one.at, bytes(encode_event(one.event))) for one in entered), answered
        )
        self.floor = turned.floor
        for effect in turned.effects:
            match effect:
                case Told(visitor, text, at):
                    self._stage.told(visitor, text, at)
                case Ended(visitor, at):
                    self._stage.closed(visitor, at)
                case Entered() | Signalled():
                    self.out.append(effect)
        return result
