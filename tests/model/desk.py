"""One device of an operator: the product's delivery, with its disk and what its operator knows."""

from collections.abc import Iterator, Sequence
from itertools import count

from msgspec import Raw, Struct, structs

from operator_tui.desk.commands import Command
from operator_tui.desk.kept import Batch, Kept, last_moment
from operator_tui.desk.model import Desk
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.time import ServerTime
from operator_tui.link.folded import Folded
from operator_tui.store.ports import StoreError
from operator_tui.wire import codec
from operator_tui.wire.codec import UnknownFrame, WireError
from operator_tui.wire.delivery import Delivery
from operator_tui.wire.effects import Close, Effect, Send, Store
from operator_tui.wire.frames import EventFrame, FromServer, Op, Welcome
from operator_tui.wire.outbox_rules import OutboxFullError
from tests.model.disk import Killed
from tests.model.network import Closed, Wire
from tests.model.promises import Promises
from tests.model.shelf import MakeShelf

NAME = clean("desk", SafeLine)
UNREADABLE = '{"kind":"rated","chat":"chat-sanne","stars":99}'


class Damage(Struct, frozen=True):
    """What becomes of an event on its way: `{` is a frame that nobody can read at all."""

    text: str
    lasting: bool = False


class DeskModel:
    """One window, as `link.driver` drives it. What is kept on `shelf` is all that outlives it."""

    def __init__(self, operator: str, name: str, promises: Promises, shelf: MakeShelf) -> None:
        self.operator, self.promises = operator, promises
        self._devices: Iterator[str] = (f"{name}.{n}" for n in count(1))
        self.shelf = shelf(next(self._devices))
        self.wire: Wire | None = None
        self.storing: Batch | None = None
        self.damaged: dict[int, Damage] = {}
        """Events by seq that do not arrive as they were sent."""
        self._welcome: Welcome | None = None
        self.starts(0.0)

    @property
    def kept(self) -> Kept:
        """What is on the disk."""
        return self.shelf.kept

    def starts(self, now: float, still_under_way: int = 0) -> None:
        """A process begins with what is on the disk; the one before it is gone."""
        if self.wire is not None:
            self.wire.desk_lets_go(still_under_way)
        self.wire = self.storing = None
        kept = self.kept
        self._folded = Folded(kept)
        self.delivery = Delivery(
            kept.place,
            kept.outbox,
            device_name=NAME,
            new_device=lambda: next(self._devices),
            has_desk=kept.desk is not None,
            time=ServerTime(last_moment(kept), now),
        )

    def view(self) -> Desk | None:
        """What the screen is painted from."""
        return self._folded.desk

    def connects(self, wire: Wire, now: float) -> None:
        """There is a connection."""
        self.wire = wire
        self._do(self.delivery.connected(now))

    def reads(self, most: int, now: float) -> None:
        """Up to so many frames together, as they are at hand."""
        frames: list[FromServer | UnknownFrame] = []
        while self.wire is not None and self.wire.down and most > 0:
            most -= 1
            data = self.wire.down.popleft()
            if isinstance(data, Closed):
                self._receive(frames, now)
                self._ended(data.code)
                return
            self._decode(data, frames)
        self._receive(frames, now)

    def breaks(self, still_under_way: int = 0) -> None:
        """The connection is seen to be gone."""
        if self.wire is not None:
            self.wire.desk_lets_go(still_under_way)
            self._ended(1006)

    def ticks(self, now: float) -> None:
        """Time has passed."""
        self._do(self.delivery.tick(now))

    def enters(self, op: str, command: Command, now: float) -> None:
        """The operator presses Enter; a full outbox keeps the text in the composer."""
        row = OutboxRow(op, self.delivery.time.now(now), command)
        try:
            self._do(self.delivery.enter(row, now))
        except OutboxFullError:
            return
        self.promises.enters(row)

    def discards(self, op: str) -> None:
        """The operator gives a row up."""
        self.promises.discards(op)
        self._do(self.delivery.discard(op))

    def releases(self, op: str, now: float) -> None:
        """The operator sends a held row after all."""
        self.promises.releases(op)
        self._do(self.delivery.release(op, now))

    def disk_writes(self, now: float, fault: str | None = None) -> None:
        """The batch under way is on the disk, or it is not and never will be.

        Delivery hears of it, unless that kills the process: `fault` is one of `shelf.MOMENTS`.
        """
        if self.storing is None:
            return
        batch, self.storing, before = self.storing, None, self.kept
        written = self._folded.checkpointed(batch)
        try:
            self.shelf.commit(written, fault)
        except StoreError:
            assert_alike(before, self.kept)
            self.promises.keeps_in_the_composer(self.kept)
            self._do(self.delivery.failed())
        except Killed:
            if fault == "killed_after":
                self.promises.stores(before, batch)
            else:
                assert_alike(before, self.kept)
            self.starts(now, 1)
        else:
            self.promises.stores(before, batch)
            self._folded.stored(written)
            self._do(self.delivery.stored())

    def is_killed(self, still_under_way: int, now: float) -> None:
        """kill -9; another process starts on what is on the disk."""
        self.shelf.dies()
        self.starts(now, still_under_way)

    def is_restored(self, now: float) -> None:
        """An older copy of the database is put back."""
        self.shelf.restore()
        self.promises.is_restored(self.kept)
        self.starts(now)

    def rows(self, fate: Fate) -> list[OutboxRow]:
        """The rows of this fate, as the operator sees them."""
        return [row for row in self.delivery.outbox if row.fate is fate]

    def _decode(self, data: str, frames: list[FromServer | UnknownFrame]) -> None:
        try:
            frame = codec.from_server(data)
        except WireError:
            self.delivery.unreadable()
            return
        if isinstance(frame, Welcome):
            self._welcome = frame
        if isinstance(frame, EventFrame) and frame.seq in self.damaged:
            if (damage := damaged(self.damaged, frame.seq)) == "{":
                self.delivery.unreadable()
                return
            frame = structs.replace(frame, event=Raw(damage.encode()))
        frames.append(frame)

    def _receive(self, frames: Sequence[FromServer | UnknownFrame], now: float) -> None:
        if frames:
            self._do(self.delivery.receive(frames, now))

    def _ended(self, code: int) -> None:
        self.wire = None
        self._do(self.delivery.disconnected(code))

    def _do(self, effects: list[Effect]) -> None:
        closes = False
        for effect in effects:
            match effect:
                case Send(frame):
                    if isinstance(frame, Op):
                        assert self._welcome is not None, "an op before any welcome"
                        self.promises.sends(self.kept, frame, self._welcome)
                    if self.wire is not None:
                        self.wire.send_up(codec.encode(frame))
                case Store(batch):
                    assert self.storing is None, "two commits under way at once"
                    self.storing = batch
                case Close():
                    closes = True
                case _:
                    pass
        if closes:
            self.breaks(still_under_way=1)


def damaged(events: dict[int, Damage], seq: int) -> str:
    """As what an event arrives; the next time too, if its damage lasts."""
    damage = events[seq] if events[seq].lasting else events.pop(seq)
    return damage.text


def assert_alike(before: Kept, now: Kept) -> None:
    """I8: a commit that failed has changed nothing."""
    assert (before.place, before.outbox) == (now.place, now.outbox), "I8: half a commit"
    seqs = [[logged.seq for logged in kept.tail] for kept in (before, now)]
    assert seqs[0] == seqs[1], "I8: half a commit"
