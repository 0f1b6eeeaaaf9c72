"""Between reception and ledger: collects what came of turns until all of it is kept at once."""

from collections.abc import Iterable

from operator_tui.desk.policy import Policy
from operator_tui.desk.time import Millis
from operator_tui.wire.codec import encode_event
from operator_tui.wire.frames import Result
from server_stub.service import collector
from server_stub.service.cutting import encoded
from server_stub.service.effects import Effect, Ended, Entered, Invited, Signalled, Told
from server_stub.service.floor import Floor
from server_stub.service.keeping import facts_between
from server_stub.service.kept import by_kind, floor_kept, read_value, read_values
from server_stub.service.ledger import Answered, Fact, Ledger
from server_stub.service.operators import Staff
from server_stub.service.simulated import Simulated
from server_stub.visitors.heard import Heard
from server_stub.visitors.injected import Injected

CLOCK, RATE, STAGE, HEARD, INPUT = "clock", "rate", "stage", "heard", "input"
"""Kinds of facts: the moment that was reached and how fast time passes, what colleagues remember,
what visitors heard, all that came in."""


class Keeper:
    """One transaction after another. `floor` is the floor as it is kept."""

    def __init__(self, ledger: Ledger, floor: Floor, stage: Simulated) -> None:
        self.floor = floor
        self._ledger = ledger
        self._stage = stage
        self._at: Millis | None = None
        self._remembered = b""
        self._heard_before = 0
        self._heard: list[Heard] = []
        self._inputs_before = 0
        self._inputs: list[bytes] = []
        self._effects: list[Entered | Signalled] = []
        self._taken: list[Entered | Signalled] = []

    def resumed(self, staff: Iterable[Staff], policy: Policy) -> Millis | None:
        """Have floor and stage where they were kept; the moment of it, or None: nothing was.

        LedgerError: what was kept cannot be read.
        """
        with collector.paused():
            return self._resumed(staff, policy)

    def _resumed(self, staff: Iterable[Staff], policy: Policy) -> Millis | None:
        facts = by_kind(self._ledger.facts(but=INPUT))
        if CLOCK not in facts:
            return None
        heard = read_values(facts, HEARD, Heard)
        self._at = read_value(facts, CLOCK, int)
        self._remembered = facts[STAGE][""]
        self._heard_before = len(heard)
        self._inputs_before = self._ledger.how_many(INPUT)
        self.floor = floor_kept(facts, staff, policy, self.floor.suggests)
        self._stage.resume(heard.values(), self._remembered, self._at)
        return self._at

    @property
    def entered(self) -> bool:
        """Whether an event waits to be kept."""
        return any(isinstance(one, Entered) for one in self._effects)

    def add(self, effects: Iterable[Effect]) -> None:
        """Tell the visitors at once; what others are to know waits until it is kept."""
        for effect in effects:
            match effect:
                case Told(visitor, text, at):
                    self._stage.told(visitor, text, at)
                    self._heard.append(Heard(visitor, at, text))
                case Invited(visitor, text, at):
                    self._stage.invited(visitor, text, at)
                    self._heard.append(Heard(visitor, at, text, invitation=True))
                case Ended(visitor, at):
                    self._stage.closed(visitor, at)
                    self._heard.append(Heard(visitor, at, None))
                case Entered() | Signalled():
                    self._effects.append(effect)

    def inject(self, thrown: Iterable[Injected], at: Millis) -> None:
        """Have visitors do what a trainer wants, and remember it with what they hear."""
        for place, one in enumerate(thrown):
            self._stage.inject(one, at)
            self._heard.append(Heard(one.visitor, at, None, one, together=place > 0))

    def record(self, row: bytes) -> None:
        """Keep what came in with what comes of it: fed back in its order it makes the same logs."""
        self._inputs.append(row)

    def withdraw(self) -> None:
        """What came in last came to nothing."""
        del self._inputs[-1:]

    def keep(self, at: Millis, floor: Floor, answered: Answered | None = None) -> Result | None:
        """All that was added, the floor and the moment, in one transaction; gives the result."""
        changed = self._effects or self._heard or self._inputs or answered is not None
        if at == self._at and floor is self.floor and not changed:
            return None
        events = [
            (one.operator, one.at, bytes(encode_event(one.event)))
            for one in self._effects
            if isinstance(one, Entered)
        ]
        result = self._ledger.commit(events, answered, self._facts(at, floor))
        self._at, self.floor = at, floor
        self._heard_before += len(self._heard)
        self._taken += self._effects
        self._inputs_before += len(self._inputs)
        self._heard, self._inputs, self._effects = [], [], []
        return result

    def taken(self) -> list[Entered | Signalled]:
        """What is kept and may be told, each once."""
        taken, self._taken = self._taken, []
        return taken

    def _facts(self, at: Millis, floor: Floor) -> Iterable[Fact]:
        """Only a ledger that outlives the process asks for them."""
        yield from facts_between(self.floor, floor)
        for count, heard in enumerate(self._heard, self._heard_before):
            yield Fact(HEARD, str(count), encoded(heard))
        for count, row in enumerate(self._inputs, self._inputs_before):
            yield Fact(INPUT, str(count), row)
        if (remembered := self._stage.remembered()) != self._remembered or self._at is None:
            self._remembered = remembered
            yield Fact(STAGE, "", remembered)
        yield Fact(CLOCK, "", encoded(at))
