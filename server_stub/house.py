"""The house: the practice session, its clock and everybody connected to it. Knows no sockets."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeAlias

from operator_tui.desk.entries import Id
from operator_tui.desk.signals import OperatorTyping, Signal
from operator_tui.desk.time import Millis
from operator_tui.wire.frames import VERSION, Heartbeat, Hello, History, Op, Page, Result
from server_stub.clock import VirtualClock, checked_rate, wall
from server_stub.commits import Commits
from server_stub.guests.onlooker import Onlooker, lose, tell, tell_typing
from server_stub.peer import Admitted, Closing, Peer
from server_stub.peers import Peers
from server_stub.service.history import page
from server_stub.service.ledger import LedgerError, Misstep
from server_stub.service.logs import Record
from server_stub.service.practice import Caller, Practice
from server_stub.service.presence import everything
from server_stub.visitors.acts import Act
from server_stub.visitors.injected import Injected
from server_stub.waking import Waking
from server_stub.welcoming import admitted

log = logging.getLogger(__name__)

BATCH = 64
"""Events taken from the log at once."""
MISSTEPS: dict[Misstep, int] = {"fenced": 4409, "gap": 4408, "device_forked": 4410}
"""How a connection that is out of step ends (docs/protocol.md, "Ending")."""

Begin: TypeAlias = Callable[[Millis], Practice]
"""Makes the session that begins, or goes on, at that moment."""
Now: TypeAlias = Callable[[], Millis]


class House:
    """Begins the session when the first operator comes in, at the wall clock's moment."""

    def __init__(self, begin: Begin, clock: VirtualClock, rate: float, now: Now = wall) -> None:
        self.clock = clock
        self._begin, self._wall = begin, now
        self.rate = rate
        """How fast the session's clock runs, or will when the session begins; 0: it is paused."""
        self._practice: Practice | None = None
        self._peers, self.commits = Peers(), Commits()
        self._waking = Waking(clock, self._tick)
        self.onlookers: list[Onlooker] = []

    @property
    def begun(self) -> bool:
        """Whether the session has begun: the first operator has come in."""
        return self._practice is not None

    @property
    def practice(self) -> Practice:
        """The session under way. Raises `Closing` when there is none."""
        if self._practice is None:
            raise Closing(1013)
        return self._practice

    def admit(self, operator: Id, hello: Hello, peer: Peer) -> Admitted:
        """Let a device in. An older connection of it is fenced off before anything is said.

        Whatever comes of it, the connection has to `leave` at its end.
        """
        if hello.v != VERSION:
            raise Closing(4406, "version")
        self._peers.enter(operator, hello.device, peer)
        with self._acting(self._go_on) as practice:
            self._come_and_go()
            standing = practice.admit(operator, hello.device, hello.epoch, hello.seq, hello.run)
        if standing.renewed:
            self._peers.stop_of(operator, Closing(1012), but=peer)
        log.info("operator %s device %s in, resumes %s", operator, hello.device, standing.resumes)
        return admitted(practice, operator, hello, standing, self.clock.rate)

    def greet(self, caller: Caller, peer: Peer) -> None:
        """Tell a connection what is true now and stands in no log."""
        for told in everything(self.practice.floor, caller.operator, self.clock.now()):
            peer.signal(told.signal, told.ttl)

    def leave(self, operator: Id, device: Id, peer: Peer) -> None:
        """The connection is gone."""
        if self._peers.leave(operator, device, peer):
            log.info("operator %s device %s out", operator, device)
            with suppress(Closing), self._acting():
                self._come_and_go()

    def op(self, caller: Caller, op: Op) -> Result:
        """Try an op; raises `Closing` when the connection is out of step."""
        with self._acting() as practice:
            result = practice.op(caller, op, self.clock.now())
        if isinstance(result, str):
            raise Closing(MISSTEPS[result], result)
        if not result.ok:
            log.info("operator %s op %s refused: %s", caller.operator, result.id, result.code)
        return result

    def heard(self, caller: Caller, signal: Signal) -> None:
        """A signal from a client: only its operator's typing means anything here."""
        if isinstance(signal, OperatorTyping):
            with self._acting() as practice:
                practice.typed(caller.operator, signal.chat, self.clock.now())
                tell_typing(self.onlookers, caller.operator, signal.chat)

    def visit(self, visitor: Id, act: Act) -> None:
        """A visitor played by hand does something now."""
        with self._acting() as practice:
            practice.visit(visitor, act, self.clock.now())

    def inject(self, *injected: Injected) -> None:
        """A trainer throws something in."""
        with self._acting() as practice:
            practice.inject(injected, self.clock.now())

    def come_to_now(self) -> Practice:
        """The session, where everything has happened that is due by now. Raises `Closing`."""
        with self._acting() as practice:
            practice.run_to(self.clock.now())
        return practice

    def revoke(self, operator: Id) -> None:
        """The operator's token is no longer good: nothing that comes with it is applied."""
        self._peers.stop_of(operator, Closing(4401))

    def page(self, caller: Caller, asked: History) -> Page:
        """Older messages of a chat, or of an earlier one, of a visitor on the operator's desk."""
        with self._acting() as practice:
            return page(practice.floor, caller.operator, asked)

    def head(self, caller: Caller) -> int:
        """The last event in the operator's log."""
        return self.practice.ledger.head(caller.operator)

    def heartbeat(self, caller: Caller) -> Heartbeat:
        """Where the operator's log and the clock stand; kept, so that no restart takes it back."""
        practice = self.come_to_now()
        return Heartbeat(head=self.head(caller), now=practice.now, rate=self.clock.rate)

    def after(self, caller: Caller, cursor: int) -> list[Record]:
        """Events that follow the cursor; raises `Closing` when they are no longer kept."""
        records = self.practice.ledger.after(caller.operator, cursor, BATCH)
        if records is None:
            raise Closing(1012)
        return list(records)

    def set_rate(self, rate: float) -> None:
        """Run the session's clock at `rate`, after a restart too; every client hears at once.

        ValueError: no session may run at it.
        """
        self.rate = checked_rate(rate)
        if self.begun:
            with self._acting() as practice:
                practice.run_to(self.clock.now())
                practice.keep_rate(rate)
            self.clock.set_rate(rate)
            self._peers.beat()

    def step(self) -> bool:
        """Jump to the next event in anybody's log, at any rate; False: none is to come."""
        with self._acting() as practice:
            practice.run_to(self.clock.now())
            stepped = practice.step()
            self.clock.move_to(practice.now)
        self._peers.beat()
        return stepped

    @contextmanager
    def _acting(self, on: Callable[[], Practice] | None = None) -> Iterator[Practice]:
        """Let the session act, then pass on what it says; without its ledger it cannot go on."""
        try:
            yield self.practice if on is None else on()
        except LedgerError as error:
            raise self.give_up(error) from error
        self._settle()

    def _go_on(self) -> Practice:
        """Begin the session, or have it stand where the ledger knows it stood."""
        if self._practice is None:
            self._practice = self._begin(self._wall())
            self.clock.move_to(self._practice.now)
            self.clock.set_rate(self.rate)
            self.commits.begin(self._practice.ledger)
        return self._practice

    def give_up(self, error: LedgerError) -> Closing:
        """Nothing is known to be kept any more: everybody has to come in again."""
        log.error("the session stands still: %s", error)
        closing = Closing(1011 if error.lasting else 1013)  # trying again may help, or will not
        self._practice = None
        self._waking.forget()
        self.clock.set_rate(0.0)
        self._peers.stop(closing)
        lose(self.onlookers, closing)
        self.commits.lost(closing)
        return closing

    def _come_and_go(self) -> None:
        self.practice.come_and_go(self._peers.present(), self.clock.now())

    def _tick(self, now: Millis) -> None:
        if self.begun and not self.commits.put_off(lambda: self._waking.by(self.clock.now())):
            with suppress(Closing), self._acting() as practice:
                practice.run_to(now)

    def _settle(self) -> None:
        """Pass on what the session has to say, and be called when it has more."""
        practice = self.practice
        self.commits.changed()
        said, practice.out = practice.out, []
        self._peers.pass_on(said)
        tell(self.onlookers, said)
        self._waking.by(practice.next_due())
