"""Delivery against a server of thirty lines, under cuts, failing disks and wiped servers."""

from collections import deque
from itertools import count, takewhile

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from operator_tui.desk.entries import Message
from operator_tui.desk.events import VisitorLeft
from operator_tui.desk.kept import Kept, Place, after
from operator_tui.desk.model import Channel, Chat, Desk, Visitor
from operator_tui.desk.pending import Fate
from operator_tui.wire import codec
from operator_tui.wire.close_codes import TOO_LONG
from operator_tui.wire.effects import Close, Effect, Send, State, Store
from operator_tui.wire.frames import EventFrame, FromClient, FromServer, Hello, Op, Result
from tests.wire.desk_side import (
    ANNA,
    DEVICE,
    START,
    DeskSide,
    accepted,
    event,
    own_message,
    row,
    says,
    welcome,
)

REFUSED_TEXT = "no"


class ToyServer:
    """A log, numbers for each device, and their results; what it does, it does at once."""

    def __init__(self) -> None:
        self._epochs = (f"epoch-{n}" for n in count(1))
        self.ever: set[str] = set()
        self.wipe()

    def wipe(self) -> None:
        self.epoch = next(self._epochs)
        self.log: list[EventFrame] = []
        self.too_long: set[int] = set()
        """Events at which a connection ends, each time they come."""
        self.messages: list[Message] = []
        self.results: dict[str, list[Result]] = {}

    def hears(self, frame: FromClient) -> list[FromServer]:
        match frame:
            case Hello():
                return self._welcome(frame)
            case Op():
                return self._op(frame)
            case _:
                return []

    def _welcome(self, hello: Hello) -> list[FromServer]:
        self.device = hello.device
        resumes = hello.epoch == self.epoch and hello.seq <= len(self.log)
        answer = welcome(
            head=len(self.log),
            last_n=len(self.results.get(hello.device, [])),
            epoch=self.epoch,
            mode="resume" if resumes else "snapshot",
        )
        if resumes:
            return [answer, *self.log[hello.seq :]]
        said = tuple(self.messages)
        chat = Chat("c1", Visitor("v1"), Channel.WEB, "en", START, START, timeline=said)
        desk = Desk(ANNA, seq=len(self.log), chats={"c1": chat})
        return [answer, *codec.snapshot(desk, desk.seq)]

    def _op(self, op: Op) -> list[FromServer]:
        results = self.results.setdefault(self.device, [])
        if op.n <= len(results):
            assert results[op.n - 1].id == op.id, "another command under a number that is used"
            return [structs.replace(results[op.n - 1], duplicate=True)]
        assert op.n == len(results) + 1, "a gap in the numbers"
        if codec.read_command(op.command) == says(REFUSED_TEXT):
            results.append(Result(op.n, op.id, ok=False, code="chat_closed"))
            return [results[-1]]
        results.append(accepted(op.n, op.id, len(self.log) + 1))
        return [results[-1], self.adds(op)]

    def adds(self, op: Op | None = None) -> EventFrame:
        """One more event: the message of `op`, or something a visitor did."""
        seq = len(self.log) + 1
        if op is None:
            self.log.append(event(seq, VisitorLeft("c1")))
        else:
            written = own_message(op.id, op.n, device=self.device)
            self.messages.append(written.message)
            self.ever.add(op.id)
            self.log.append(event(seq, written))
        return self.log[-1]


class Storm:
    """A desk, a toy server, and a queue each way that can be cut at any frame."""

    def __init__(self) -> None:
        self.server = ToyServer()
        self.desk = DeskSide(Kept(Place(DEVICE)))
        self.up: deque[FromClient] = deque()
        self.down: deque[FromServer] = deque()
        self.store: Store | None = None
        self.connected = self.welcomed = self.torn = False
        self.safe: list[str] = []
        """Commands that were stored, in their order."""
        self.names = (f"op-{n}" for n in count())
        self.backup = self.desk.kept

    def does(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case Send(frame):
                    self.sends(frame)
                case Store():
                    assert self.store is None, "two stores at once"
                    self.store = effect
                case Close():
                    self.cut()

    def sends(self, frame: FromClient) -> None:
        """Nothing goes out that the disk does not have."""
        kept = self.desk.kept
        assert self.connected
        match frame:
            case Op():
                assert (frame.id, frame.n) in {(one.id, one.n) for one in kept.outbox}
            case Hello():
                at = kept.place
                known = {(at.epoch, at.seq), (None, 0)} if self.torn else {(at.epoch, at.seq)}
                assert frame.device == at.device
                assert (frame.epoch, frame.seq) in known
            case _:
                pass
        self.up.append(frame)

    def connects(self) -> None:
        if not self.connected:
            self.connected, self.welcomed = True, False
            self.does(self.desk.delivery.connected(0.0))

    def cut(self, code: int = 1006) -> None:
        if self.connected:
            self.connected = False
            self.up.clear()
            self.down.clear()
            self.does(self.desk.delivery.disconnected(code))

    def enters(self, text: str = "yes") -> None:
        self.does(self.desk.delivery.enter(row(next(self.names), says(text))))

    def enters_what_is_refused(self) -> None:
        self.enters(REFUSED_TEXT)

    def visitor_acts(self) -> None:
        happened = self.server.adds()
        if self.connected and self.welcomed:
            self.down.append(happened)

    def an_event_is_too_long(self) -> None:
        self.server.too_long.add(len(self.server.log) + 1)
        self.visitor_acts()

    def server_repeats_itself(self) -> None:
        if self.connected and self.welcomed:
            self.down.extend(self.server.log[-2:])

    def server_reads(self) -> None:
        if self.up:
            self.welcomed = True
            self.down.extend(self.server.hears(self.up.popleft()))

    def desk_reads(self) -> None:
        if self.down:
            self._receives([self.down.popleft()])

    def desk_reads_all(self) -> None:
        frames, self.down = list(self.down), deque()
        self._receives(frames)

    def _receives(self, frames: list[FromServer]) -> None:
        read = list(takewhile(self._ends, frames))
        self.does(self.desk.delivery.receive(read, 0.0))
        if len(read) < len(frames):
            self.torn = True
            self.cut(TOO_LONG)

    def _ends(self, frame: FromServer) -> bool:
        return not (isinstance(frame, EventFrame) and frame.seq in self.server.too_long)

    def disk_writes(self) -> None:
        if self.store is not None:
            batch, self.store = self.store.batch, None
            known = {one.id for one in self.desk.kept.outbox} | set(self.safe)
            self.safe += [one.id for one in batch.rows if one.id not in known]
            self.desk.kept = after(self.desk.kept, batch)
            self.does(self.desk.delivery.stored())

    def disk_fails(self) -> None:
        if self.store is not None:
            self.store = None
            self.does(self.desk.delivery.failed())

    def desk_is_killed(self) -> None:
        self.connected, self.store = False, None
        self.up.clear()
        self.down.clear()
        self.desk.restart()

    def server_is_wiped(self) -> None:
        self.cut()
        self.server.wipe()

    def disk_is_backed_up(self) -> None:
        self.backup = self.desk.kept

    def disk_is_restored(self) -> None:
        self.desk.kept = self.backup
        self.safe = [one.id for one in self.backup.outbox]
        self.desk_is_killed()

    def goes_on(self) -> None:
        self.connects()
        for step in (self.disk_writes, self.server_reads, self.desk_reads, self.disk_writes):
            step()

    def goes_well(self) -> None:
        for _ in range(6):
            self.goes_on()

    def heals(self) -> None:
        for _ in range(500):
            self.goes_on()
            if self.desk.delivery.state is State.LIVE and not (self.up or self.down or self.store):
                return
        raise AssertionError("it does not come to rest")


NOT_ACTS = {"does", "sends", "heals"}
ACTS = [name for name in vars(Storm) if not name.startswith("_") and name not in NOT_ACTS]
OFTEN = ["goes_on", "goes_well", "enters", "enters", "visitor_acts", "connects", "server_reads"]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(ACTS + 2 * OFTEN), min_size=20, max_size=100))
def test_after_any_storm_everything_arrived_once_and_in_order(acts: list[str]) -> None:
    storm = Storm()
    for act in acts:
        getattr(storm, act)()
    storm.heals()

    kept, server = storm.desk.kept, storm.server
    assert (kept.place.epoch, kept.place.seq) == (server.epoch, len(server.log))
    first = kept.desk.seq + 1 if kept.desk is not None else 1
    assert [logged.seq for logged in kept.tail] == list(range(first, len(server.log) + 1))

    assert {one.fate for one in kept.outbox} <= {Fate.REFUSED}
    refused = {one.id for one in kept.outbox}
    assert set(storm.safe) <= server.ever | refused, "something is nowhere"

    arrived = [message.origin.op for message in server.messages if message.origin is not None]
    assert len(arrived) == len(set(arrived)), "something arrived twice"
    numbers = [int(op.removeprefix("op-")) for op in arrived]
    if not {"server_is_wiped", "disk_is_restored"} <= set(acts):
        # Together they bring back what only the world before the wipe had: it comes later, then.
        assert numbers == sorted(numbers), "not in the order typed"
