"""The product's server without sockets: house, practice, ledger, and a peer for each wire."""

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path

from msgspec import Raw

from operator_tui.desk.policy import Policy
from operator_tui.desk.signals import Signal
from operator_tui.desk.time import Millis
from operator_tui.wire.codec import encode
from operator_tui.wire.frames import EventFrame, Frame, Heartbeat, Hello, History, Op
from operator_tui.wire.frames import Signal as SignalFrame
from server_stub.clock import VirtualClock
from server_stub.connection import BEAT_EVERY, SILENT_AFTER, read
from server_stub.house import House
from server_stub.mailbox import Mailbox
from server_stub.pace import Pace
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
    """What `server_stub.connection` does, one step at a time."""

    def __init__(self, wire: Wire, operator: str, server: ServerModel) -> None:
        self.wire, self.operator, self._server = wire, operator, server
        self.came = next(_came)
        self.admitted: Admitted | None = None
        self.cursor = 0
        self._opening: deque[Frame] = deque()
        self._mail = Mailbox()
        self._pace = Pace(server.local, burst=BURST)
        self._reads_at = self._heard_at = self._beat_at = server.local()
        self._stopping: Closing | None = None
        self._saying = self._is_out_of_step = False
        """Waiting for the disk: with what is to be said, or to say why it ends."""

    @property
    def device(self) -> str:
        """Whose connection it is, once it has said hello."""
        return "" if self.admitted is None else self.admitted.caller.device

    @property
    def generation(self) -> int:
        """Which of the device's connections it is."""
        return 0 if self.admitted is None else self.admitted.caller.generation

    @property
    def opening(self) -> tuple[Frame, ...]:
        """What of the welcome and the snapshot is still to be sent."""
        return tuple(self._opening)

    def ring(self) -> None:
        """The next write looks anyway."""

    def signal(self, signal: Signal, ttl: Millis) -> None:
        """With the next write."""
        self._mail.signal(SignalFrame(signal, ttl))

    def beat(self) -> None:
        """With the next write."""
        self._beat_at = self._server.local()

    def stop(self, closing: Closing) -> None:
        """Until the next write it goes on reading: two tasks are not stopped at one moment."""
        self._stopping = self._stopping or closing

    def reads(self) -> None:
        """One frame, if the pace allows it."""
        now = self._server.local()
        if self.wire.up and now >= self._reads_at and not self._is_out_of_step:
            data = self.wire.up.popleft()
            self._heard_at = now
            self._reads_at = now + self._pace.take()
            try:
                self._take(data)
            except Closing as closing:
                self._is_out_of_step = True
                self._ends_when_kept(closing)

    def writes(self) -> None:
        """All there is to send, as far as the network takes it."""
        if self._stopping is not None:
            self.ends(self._stopping)
        elif not self._saying and self._server.local() >= self._heard_at + SILENT_AFTER:
            self.ends(Closing(4408))
        elif not self._saying:
            try:
                self._say(self._frames())
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

    def _ends_when_kept(self, closing: Closing) -> None:
        house = self._server.house
        if self.admitted is not None and house.begun and house.practice.ledger.waiting:
            self._server.when_kept(lambda: self.stop(closing))
        else:
            self.ends(closing)

    def _take(self, data: str) -> None:
        frame, house = read(data), self._server.house
        if self.admitted is None:
            if not isinstance(frame, Hello):
                raise Closing(4400, "bad_frame")
            self.admitted = house.admit(self.operator, frame, self)
            self.cursor = self.admitted.cursor
            self._opening.extend((self.admitted.welcome, *self.admitted.snapshot))
            return
        match frame:
            case Op():
                self._mail.answer(house.op(self.admitted.caller, frame))
            case History():
                self._mail.answer(house.page(self.admitted.caller, frame))
            case Hello():
                raise Closing(4400, "bad_frame")
            case _:
                pass

    def _say(self, frames: Iterable[Frame]) -> None:
        """What is to be said now, as far as the network takes it, and once it is kept."""
        made: list[Frame] = []
        for frame in frames:
            made.append(frame)
            if len(self.wire.down) + len(made) >= WINDOW:
                break
        if made:
            self._saying = True
            self._server.when_kept(lambda: self._said(made))

    def _said(self, made: Iterable[Frame]) -> None:
        self._saying = False
        if self._stopping is None:
            for frame in made:
                self._send(frame)

    def _frames(self) -> Iterable[Frame]:
        """In the order of a connection's writes; what is not taken now is there the next time."""
        admitted, house = self.admitted, self._server.house
        if admitted is None or len(self.wire.down) >= WINDOW:
            return
        while self._opening:
            yield self._opening.popleft()
        for record in house.after(admitted.caller, self.cursor):
            self.cursor = record.seq
            yield EventFrame(record.seq, record.at, Raw(record.event))
        while (answer := self._mail.next_answer(self.cursor)) is not None:
            yield answer
        yield from self._mail.take_signals()
        if self._server.local() >= self._beat_at:
            self._beat_at = self._server.local() + BEAT_EVERY
            yield self._beat_of(house)

    def _beat_of(self, house: House) -> Heartbeat:
        assert self.admitted is not None
        return house.heartbeat(self.admitted.caller)

    def _send(self, frame: Frame) -> None:
        self.wire.send_down(encode(frame))
