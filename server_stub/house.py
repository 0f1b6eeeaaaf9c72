"""The house: the practice session, its clock and everybody connected to it. Knows no sockets."""

import logging
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from operator_tui.desk.model import Id
from operator_tui.desk.signals import OperatorTyping, Signal
from operator_tui.desk.time import Millis
from operator_tui.wire.codec import snapshot
from operator_tui.wire.frames import (
    VERSION,
    Error,
    Heartbeat,
    Hello,
    History,
    Op,
    Page,
    Result,
    Snapshot,
    Welcome,
)
from server_stub.clock import VirtualClock, wall
from server_stub.service.cutting import snapshot_of
from server_stub.service.effects import Entered, Signalled
from server_stub.service.history import page
from server_stub.service.ledger import Misstep, Record, Standing
from server_stub.service.practice import Caller, Practice
from server_stub.service.presence import everything
from server_stub.visiting.onlooker import Onlooker
from server_stub.visitors.acts import Act

log = logging.getLogger(__name__)

BATCH = 64
"""Events taken from the log at once."""


class Closing(Exception):  # noqa: N818
    """The connection is to be closed with `code`, after saying `error`."""

    def __init__(self, code: int, error: str | None = None) -> None:
        super().__init__(code, error)
        self.code = code
        self.error = None if error is None else Error(error)


class Peer(Protocol):
    """A connection, as the house sees it: told that there is news, it fetches it in its time."""

    def ring(self) -> None:
        """The log has grown."""
        ...

    def signal(self, signal: Signal, ttl: Millis) -> None:
        """Tell the client this when it can take it; the latest of its subject is enough."""
        ...

    def beat(self) -> None:
        """Send a heartbeat at once."""
        ...

    def stop(self, closing: Closing) -> None:
        """Say no more and close."""
        ...


class Admitted(Struct, frozen=True):
    """What a connection starts with; `snapshot` is empty when the client only resumes."""

    caller: Caller
    welcome: Welcome
    cursor: int
    snapshot: tuple[Snapshot, ...]


MISSTEPS = {
    "fenced": Closing(4409, "fenced"),
    "gap": Closing(4408, "gap"),
    "device_forked": Closing(4410, "device_forked"),
}
"""How a connection that is out of step ends (docs/protocol.md, "Close codes")."""


class House:
    """Begins the session when the first operator comes in, at the wall clock's moment."""

    def __init__(
        self,
        begin: Callable[[Millis], Practice],
        clock: VirtualClock,
        rate: float,
        now: Callable[[], Millis] = wall,
    ) -> None:
        self.clock = clock
        self._begin, self._rate, self._wall = begin, rate, now
        self._practice: Practice | None = None
        self._peers: dict[tuple[Id, Id], Peer] = {}
        self._due: Millis | None = None
        self.onlookers: list[Onlooker] = []

    @property
    def begun(self) -> bool:
        """Whether the session has begun: the first operator has come in."""
        return self._practice is not None

    @property
    def practice(self) -> Practice:
        """The session; it begins when it is first asked for."""
        if self._practice is None:
            self.clock.move_to(self._wall())
            self._practice = self._begin(self.clock.now())
            self.clock.set_rate(self._rate)
        return self._practice

    def admit(self, operator: Id, hello: Hello, peer: Peer) -> Admitted:
        """Let a device in. An older connection of it is fenced off before anything is said."""
        if hello.v != VERSION:
            raise Closing(4406, "version")
        practice, key = self.practice, (operator, hello.device)
        if (older := self._peers.pop(key, None)) is not None:
            older.stop(MISSTEPS["fenced"])
        self._peers[key] = peer
        self._come_and_go()
        standing = practice.admit(operator, hello.device, hello.epoch, hello.seq)
        if standing.renewed:
            self._restart_others(operator, peer)
        log.info("operator %s device %s in, resumes %s", operator, hello.device, standing.resumes)
        return self._admitted(operator, hello, standing)

    def _admitted(self, operator: Id, hello: Hello, standing: Standing) -> Admitted:
        desk = self.practice.desk(operator)
        welcome = Welcome(
            v=VERSION,
            epoch=standing.epoch,
            mode="resume" if standing.resumes else "snapshot",
            head=standing.head,
            last_n=standing.last_n,
            operator=desk.operator,
            now=self.clock.now(),
            rate=self.clock.rate,
            policy=desk.policy,
        )
        caller = Caller(operator, hello.device, standing.generation)
        if standing.resumes:
            return Admitted(caller, welcome, hello.seq, ())
        parts = tuple(snapshot(snapshot_of(desk), standing.head))
        return Admitted(caller, welcome, standing.head, parts)

    def greet(self, caller: Caller, peer: Peer) -> None:
        """Tell a connection what is true now and stands in no log."""
        for told in everything(self.practice.floor, caller.operator, self.clock.now()):
            peer.signal(told.signal, told.ttl)

    def leave(self, caller: Caller, peer: Peer) -> None:
        """The connection is gone."""
        key = (caller.operator, caller.device)
        if self._peers.get(key) is peer:
            del self._peers[key]
            self._come_and_go()
            log.info("operator %s device %s out", caller.operator, caller.device)

    def op(self, caller: Caller, op: Op) -> Result:
        """Try an op; raises `Closing` when the connection is out of step."""
        result: Result | Misstep = self.practice.op(caller, op, self.clock.now())
        self._settle()
        if isinstance(result, str):
            raise MISSTEPS[result]
        if not result.ok:
            log.info("operator %s op %s refused: %s", caller.operator, result.id, result.code)
        return result

    def heard(self, caller: Caller, signal: Signal) -> None:
        """A signal from a client: only its operator's typing means anything here."""
        if isinstance(signal, OperatorTyping):
            self.practice.typed(caller.operator, signal.chat, self.clock.now())
            for onlooker in self.onlookers:
                onlooker.typed(caller.operator, signal.chat)
            self._settle()

    def visit(self, visitor: Id, act: Act) -> None:
        """A visitor played by hand does something now."""
        self.practice.visit(visitor, act, self.clock.now())
        self._settle()

    def page(self, caller: Caller, asked: History) -> Page:
        """Older messages of a chat on the operator's desk."""
        return page(self.practice.desk(caller.operator), asked)

    def heartbeat(self, caller: Caller) -> Heartbeat:
        """Where the operator's log and the clock stand."""
        head = self.practice.ledger.head(caller.operator)
        return Heartbeat(head=head, now=self.clock.now(), rate=self.clock.rate)

    def after(self, caller: Caller, cursor: int) -> list[Record]:
        """Events that follow the cursor; raises `Closing` when they are no longer kept."""
        records = self.practice.ledger.after(caller.operator, cursor, BATCH)
        if records is None:
            raise Closing(1012)
        return list(records)

    def set_rate(self, rate: float) -> None:
        """Run the session's clock at `rate`; every client hears of it at once."""
        self.clock.set_rate(rate)
        self._rate = rate
        for peer in self._peers.values():
            peer.beat()

    def _come_and_go(self) -> None:
        present = {operator for operator, _ in self._peers}
        self.practice.come_and_go(present, self.clock.now())
        self._settle()

    def _restart_others(self, operator: Id, newest: Peer) -> None:
        for (who, _), peer in self._peers.items():
            if who == operator and peer is not newest:
                peer.stop(Closing(1012))

    def _tick(self, now: Millis) -> None:
        self._due = None
        self.practice.run_to(now)
        self._settle()

    def _settle(self) -> None:
        """Pass on what the session has to say, and be called when it has more."""
        practice = self.practice
        said, practice.out = practice.out, []
        for effect in said:
            if isinstance(effect, Entered):
                for onlooker in self.onlookers:
                    onlooker.happened(effect)
            for (operator, _), peer in self._peers.items():
                if operator != effect.operator:
                    continue
                if isinstance(effect, Signalled):
                    peer.signal(effect.signal, effect.ttl)
                else:
                    peer.ring()
        for onlooker in self.onlookers:
            onlooker.settled()
        due = practice.next_due()
        if due is not None and (self._due is None or due < self._due):
            self._due = due
            self.clock.call_at(due, self._tick)
