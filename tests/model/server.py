"""The product's server without sockets: house, practice, ledger, and a peer for each wire."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import chain, count, islice
from pathlib import Path

from operator_tui.desk.policy import Policy
from operator_tui.desk.signals import Signal
from operator_tui.desk.time import Millis
from operator_tui.wire.codec import encode
from operator_tui.wire.frames import Frame, Hello
from server_stub.bucket import Bucket
from server_stub.clock import VirtualClock
from server_stub.dialogue import Dialogue, read
from server_stub.house import House
from server_stub.peer import Admitted, Closing
from server_stub.service.ledger import LedgerError
from server_stub.service.ledger_file import FileLedger
from server_stub.service.practice import Practice
from server_stub.visitors.acts import Act
from tests.model.disk import Disk, Killed
from tests.model.network import Wire
from tests.server_stub.scripted import ANNA, BRAM, START, Scripted, after, opens, says

STAFF = (ANNA, BRAM)
OPERATORS = (ANNA.id, BRAM.id)
WINDOW = 6
"""Frames that the network takes before a write has to wait."""
BURST = 8.0
BEHIND = 4
"""Transactions that the disk may be behind: an event trimmed unseen could not be judged."""
POLICY = Policy(places=3)
PAST = (
    after(-300, "sanne", opens("sanne", "anna")),
    after(-200, "sanne", says("It leaks")),
    after(-100, "piet", opens("piet", "anna")),
    after(-90, "tom", opens("tom", "bram")),
)

_came = count()
epochs = (f"epoch-{n}" for n in count(1))


class ServerModel:
    """One process of the server after the other, over one disk.

    `later`: what happens is committed by `commits`, together with all that came meanwhile.
    """

    def __init__(self, local: Callable[[], float], *, later: bool = False) -> None:
        self.local, self._later = local, later
        self.disk, self._copy = Disk(), Disk()
        self.peers: list[Peer] = []
        self._starts()

    def _starts(self) -> None:
        clock = VirtualClock(0, 0.0, self.local)
        self.house = House(self._begin, clock, rate=1.0, now=lambda: START)
        self.house.commits.later((lambda: None) if self._later else None)

    def _begin(self, start: Millis) -> Practice:
        ledger = FileLedger(Path("ledger"), OPERATORS, lambda: next(epochs), self.disk.connect)
        return Practice(STAFF, POLICY, Scripted(*PAST), start, ledger)

    def accepts(self, wire: Wire, operator: str) -> None:
        """A connection, its token checked."""
        self.peers.append(Peer(wire, operator, self))

    def peer_of(self, wire: Wire) -> "Peer | None":
        """Who serves this wire."""
        return next((peer for peer in self.peers if peer.wire is wire), None)

    def zombies(self) -> "list[Peer]":
        """Connections whose desk is gone."""
        return [peer for peer in self.peers if not peer.wire.desk_holds]

    def guarded(self, what: Callable[[], None]) -> None:
        """Do something; a kill in the middle of it ends the process."""
        try:
            what()
            if self.house.begun and self.house.practice.ledger.waiting > BEHIND:
                self._commits()
        except Killed:
            self.dies()

    def acts(self, visitor: str, act: Act) -> None:
        """A visitor does something, if anybody is there to hear it."""

        def visits() -> None:
            if self.house.begun:
                with suppress(Closing):
                    self.house.visit(visitor, act)

        self.guarded(visits)

    def passes(self) -> None:
        """Time has passed: what is due happens."""
        self.guarded(self._pumps)

    def _pumps(self) -> None:
        self.house.clock.pump()

    def commits(self) -> None:
        """As `server_stub.committing` does: all that waits is on the disk, and then told."""
        self.guarded(self._commits)

    def _commits(self) -> None:
        if self.house.begun and (batch := (ledger := self.house.practice.ledger).batch()):
            try:
                ledger.write(batch)
            except LedgerError as error:
                self.house.give_up(error)
            else:
                ledger.kept(batch)

    def when_kept(self, tell: Callable[[], None]) -> None:
        """Do it once all that has happened so far is on the disk; never, if that never is."""
        if self.house.begun:
            self.house.practice.ledger.when_kept(tell)
        else:
            tell()

    def dies(self) -> None:
        """kill -9: memory is gone, the disk stays, and another process starts."""
        self.disk.fault = None
        if self.house.begun:
            self.house.practice.ledger.close()
        for peer in self.peers:
            peer.wire.server_lets_go()
        self.peers = []
        self._starts()

    def is_wiped(self) -> None:
        """Log, results and last n are gone."""
        self._goes_on_with(Disk())

    def is_backed_up(self) -> None:
        """Its disk is copied as it is now, under its hands."""
        self._copy.close()
        self._copy = self.disk.copied()

    def is_restored(self) -> None:
        """The copy is put back; the first is of an empty disk."""
        self._goes_on_with(self._copy.copied())

    def ends(self) -> None:
        """Let go of the disks."""
        self._goes_on_with(self._copy)
        self.disk.close()

    def _goes_on_with(self, disk: Disk) -> None:
        self.dies()
        self.disk.close()
        self.disk = disk


class Peer:
    """A connection of the server's: the product's dialogue over a wire, one step at a time."""

    def __init__(self, wire: Wire, operator: str, server: ServerModel) -> None:
        self.wire, self.operator, self._server = wire, operator, server
        self.came = next(_came)
        local = server.local
        self.dialogue = Dialogue(server.house, local, Bucket(local, burst=BURST))
        self._reads_at = local()
        self._stopping: Closing | None = None
        self._saying = self._is_out_of_step = False
        """Waiting for the disk: with what is to be said, or to say why it ends."""

    @property
    def admitted(self) -> Admitted | None:
        """What it began with, once it has said hello."""
        return self.dialogue.admitted

    @property
    def device(self) -> str:
        """Whose connection it is, once it has said hello."""
        return "" if self.admitted is None else self.admitted.caller.device

    @property
    def generation(self) -> int:
        """Which of the device's connections it is."""
        return 0 if self.admitted is None else self.admitted.caller.generation

    def ring(self) -> None:
        """The next write looks anyway."""

    def signal(self, signal: Signal, ttl: Millis) -> None:
        """With the next write."""
        self.dialogue.signal(signal, ttl)

    def beat(self) -> None:
        """With the next write."""
        self.dialogue.beat()

    def stop(self, closing: Closing) -> None:
        """Until the next write it goes on reading: two tasks are not stopped at one moment."""
        self._stopping = self._stopping or closing

    def reads(self) -> None:
        """One frame, if the pace allows it."""
        now = self._server.local()
        if self.wire.up and now >= self._reads_at and not self._is_out_of_step:
            data = self.wire.up.popleft()
            try:
                self._reads_at = now + self._hear(data)
            except Closing as closing:
                self._is_out_of_step = True
                self._ends_when_kept(closing)

    def writes(self) -> None:
        """All there is to send, as far as the network takes it."""
        if self._stopping is not None:
            self.ends(self._stopping)
        elif not self._saying and self.dialogue.is_silent:
            self.ends(Closing(4408))
        elif not self._saying:
            try:
                self._say()
            except Closing as closing:
                self.ends(closing)

    def ends(self, closing: Closing) -> None:
        """Say why, close, and be gone."""
        if closing.error is not None:
            self._send(closing.error)
        self.wire.server_lets_go(closing.code)
        self.leaves()

    def leaves(self) -> None:
        """The connection is gone."""
        if self in self._server.peers:
            self._server.peers.remove(self)
        if self.admitted is not None:
            self._server.house.leave(self.operator, self.device, self)

    def _hear(self, data: str) -> float:
        if self.admitted is not None:
            return self.dialogue.hear(data)
        if not isinstance(frame := read(data), Hello):
            raise Closing(4400, "bad_frame")
        self.dialogue.admit(self.operator, frame, self)
        self.dialogue.opened()
        return 0.0

    def _ends_when_kept(self, closing: Closing) -> None:
        house = self._server.house
        if self.admitted is not None and house.begun and house.practice.ledger.waiting:
            self._server.when_kept(lambda: self.stop(closing))
        else:
            self.ends(closing)

    def _say(self) -> None:
        """What is to be said now, as far as the network takes it, and once it is kept."""
        room = max(0, WINDOW - len(self.wire.down))
        made = tuple(islice(chain(self.dialogue.frames(), self.dialogue.beats()), room))
        if made:
            self._saying = True
            self._server.when_kept(lambda: self._said(made))

    def _said(self, made: Iterable[Frame]) -> None:
        self._saying = False
        if self._stopping is None:
            for frame in made:
                self._send(frame)

    def _send(self, frame: Frame) -> None:
        self.wire.send_down(encode(frame))
