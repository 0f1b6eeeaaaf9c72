"""Delivery under test, with a store that is driven by hand and frames that are easy to say."""

from itertools import count
from typing import TypeVar

from operator_tui.desk.commands import Command, WriteMessage
from operator_tui.desk.entries import Author, AuthorKind, Message, Origin
from operator_tui.desk.events import Event, MessageWritten, VisitorLeft
from operator_tui.desk.kept import Batch, Kept, Place, after
from operator_tui.desk.model import Desk, Operator
from operator_tui.desk.pending import OutboxRow
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.wire import codec
from operator_tui.wire.delivery import Delivery
from operator_tui.wire.effects import Close, Effect, Send, Store
from operator_tui.wire.frames import EventFrame, FromServer, Op, Result, Welcome

EPOCH = "epoch-1"
DEVICE = "device-1"
START = 1_700_000_000_000
ANNA = Operator("anna", clean("Anna", SafeLine))

E = TypeVar("E")


class DeskSide:
    """Delivery with its disk: `do` stores at once unless `slow`; everything it asked is kept."""

    def __init__(self, kept: Kept | None = None) -> None:
        self.kept = kept or Kept(Place(DEVICE))
        self.slow = False
        self.fails = False
        self.done: list[Effect] = []
        self._devices = (f"device-{n}" for n in count(2))
        self.restart()

    def restart(self, *, has_desk: bool = True) -> None:
        self.delivery = Delivery(
            self.kept.place,
            self.kept.outbox,
            device_name=clean("desk", SafeLine),
            new_device=lambda: next(self._devices),
            has_desk=has_desk,
        )

    def do(self, effects: list[Effect]) -> None:
        for effect in effects:
            self.done.append(effect)
            if isinstance(effect, Store) and not self.slow:
                self.finish(effect.batch)

    def finish(self, batch: Batch) -> None:
        if self.fails:
            self.do(self.delivery.failed())
        else:
            self.kept = after(self.kept, batch)
            self.do(self.delivery.stored())

    def hears(self, *frames: FromServer, now: float = 0.0) -> None:
        self.do(self.delivery.receive(frames, now))

    def opens(self, answer: Welcome, *frames: FromServer, now: float = 0.0) -> None:
        self.do(self.delivery.connected(now))
        self.hears(answer, *frames, now=now)

    def enters(self, name: str, command: Command | None = None, made: int = START) -> None:
        self.do(self.delivery.enter(row(name, command, made)))

    def breaks(self, code: int = 1006) -> None:
        self.do(self.delivery.disconnected(code))

    def took(self, kind: type[E]) -> list[E]:
        """The effects of one kind since the last call; the others are forgotten."""
        taken: list[E] = [effect for effect in self.done if isinstance(effect, kind)]
        self.done.clear()
        return taken

    def ops(self) -> list[tuple[int, str]]:
        frames = [send.frame for send in self.took(Send)]
        return [(frame.n, frame.id) for frame in frames if isinstance(frame, Op)]

    def closes(self) -> list[str]:
        return [close.reason for close in self.took(Close)]

    def fates(self) -> dict[str, str]:
        return {row.id: str(row.fate) for row in self.delivery.outbox}


def live(seq: int = 0, last_n: int = 0, *rows: OutboxRow) -> DeskSide:
    """A desk that stands at `seq` and is LIVE."""
    place = Place(DEVICE, EPOCH, seq, last_n + 1)
    side = DeskSide(Kept(place, rows, desk=Desk(ANNA, seq=seq)))
    side.opens(welcome(head=seq, last_n=last_n))
    side.done.clear()
    return side


def welcome(head: int = 0, last_n: int = 0, **changes: object) -> Welcome:
    values: dict[str, object] = {
        "v": 1,
        "epoch": EPOCH,
        "mode": "resume",
        "head": head,
        "last_n": last_n,
        "operator": ANNA,
        "now": START,
        "rate": 1.0,
    }
    return Welcome(**(values | changes))  # type: ignore[arg-type]


def event(seq: int, what: Event | None = None) -> EventFrame:
    return EventFrame(seq, START + seq, codec.encode_event(what or VisitorLeft("c1")))


def own_message(op: str, n: int, chat: str = "c1", device: str = DEVICE) -> MessageWritten:
    author = Author(AuthorKind.OPERATOR, ANNA.name, ANNA.id)
    message = Message(f"m-{op}", author, clean(op), START, origin=Origin(device, n, op))
    return MessageWritten(chat, message)


def says(text: str, chat: str = "c1") -> WriteMessage:
    return WriteMessage(chat, clean(text, SafeText))


def row(name: str, command: Command | None = None, made: int = START) -> OutboxRow:
    return OutboxRow(name, made, command or says(name))


def accepted(n: int, name: str, seq: int = 0, **changes: object) -> Result:
    return Result(n, name, ok=True, seq=seq, **changes)  # type: ignore[arg-type]
