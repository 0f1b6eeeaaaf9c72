"""The other side of a scene: a server behind the port that does as it is told, and no sockets."""

import asyncio
from collections.abc import Callable
from itertools import count

from msgspec import structs

from operator_tui.desk import events as happened
from operator_tui.desk.advance import advance
from operator_tui.desk.commands import (
    AcceptChat,
    CloseChat,
    Command,
    RemoveChat,
    SetAvailability,
    TickStep,
    TransferChat,
    WaiveAnswer,
    WriteMessage,
    WriteNote,
)
from operator_tui.desk.entries import Author, AuthorKind, Message, Origin
from operator_tui.desk.model import Desk, Operator
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.policy import Policy
from operator_tui.desk.signals import Signal, Signals, heard
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.time import Millis, ServerTime
from operator_tui.link.backend import Connection, LinkState, NotEnteredError, Update
from tests.desk_archive import Archive

START: Millis = 1_780_000_000_000
"""When scenes begin on the server's clock: some noon."""
OPERATOR = Operator("anna", clean("Anna", SafeLine))
HOST = "shop.example:443"


class Hand:
    """A clock that moves only by hand."""

    def __init__(self) -> None:
        self.local = 1_000.0

    def seconds(self) -> float:
        return self.local


class Server:
    """Keeps a log, folds it, and takes commands as a server would."""

    def __init__(self, hand: Hand, policy: Policy) -> None:
        self.hand = hand
        self.desk = Desk(OPERATOR, policy)
        self.known = True
        """Whether the first snapshot is there."""
        self.signals = Signals()
        self.outbox: tuple[OutboxRow, ...] = ()
        self.connection = Connection(LinkState.LIVE, since=hand.local, server=HOST)
        self.time = ServerTime(START, hand.local, 1.0)
        self.commands: list[Command] = []
        self.typed: list[str] = []
        self.archive = Archive(self.tell)
        self.older = self.archive.older
        self.released: list[str] = []
        self.answers = True
        """Whether commands are answered at once; else they stay in the outbox."""
        self.disk_fails = ""
        """The code with which nothing is entered, discarded or released at all."""
        self.disk_waits: asyncio.Event | None = None
        """Until it is set, nothing of that is safe yet."""
        self._ids = count(1)
        self._changed: Callable[[Update], None] = lambda _: None

    @property
    def now(self) -> Millis:
        return self.time.now(self.hand.local)

    # the port

    async def run(self, changed: Callable[[Update], None]) -> None:
        self._changed = changed
        self.tell()
        await asyncio.Event().wait()

    async def enter(self, command: Command) -> None:
        await _disk(self)
        self.commands.append(command)
        self.outbox += (OutboxRow(self.id(), self.now, command, fate=self._fate()),)
        if self.answers:
            self.answer()
        self.tell()

    async def discard(self, op: str) -> None:
        await _disk(self)
        self.outbox = tuple(row for row in self.outbox if row.id != op)
        self.tell()

    async def release(self, op: str) -> None:
        await _disk(self)
        self.released.append(op)
        self._each(Fate.SENDING)
        self.answer()

    def typing(self, chat: str) -> None:
        self.typed.append(chat)

    # what a server does

    def id(self) -> str:
        return f"id{next(self._ids)}"

    def tell(self) -> None:
        desk = self.desk if self.known else None
        told = (desk, self.signals, self.outbox, self.connection, self.time)
        self._changed(Update(*told, self.archive.told))

    def log(self, *events: happened.Event, ago: Millis = 0) -> None:
        for event in events:
            logged = happened.Logged(self.desk.seq + 1, self.now - ago, event)
            self.desk = advance(self.desk, logged)
        self.tell()

    def signal(self, signal: Signal, ttl: Millis = 6_000) -> None:
        self.signals = heard(self.signals, signal, self.now, ttl)
        self.tell()

    def answer(self) -> None:
        """Commit everything that waits in the outbox."""
        for row in self.outbox:
            for event in self._events(row):
                self.desk = advance(self.desk, happened.Logged(self.desk.seq + 1, self.now, event))
        self.outbox = ()
        self.tell()

    def says_no(self, code: str, detail: str = "") -> None:
        """Refuse everything that waits in the outbox."""
        name = clean(detail, SafeLine)
        self.outbox = tuple(
            structs.replace(row, fate=Fate.REFUSED, refusal=code, detail=name)
            for row in self.outbox
        )
        self.tell()

    # the link

    def loses_the_link(self) -> None:
        self.answers = False
        self.is_at(LinkState.LOST, next_try=self.hand.local + 3)

    def is_back(self, *, holding: bool = False) -> None:
        """The link returns; what waited is sent, or `holding` it for the operator."""
        if holding:
            self._each(Fate.HELD)
        self.answers = True
        self.is_at(LinkState.LIVE)
        if not holding:
            self.answer()

    def is_at(
        self, state: LinkState, next_try: float | None = None, reason: str | None = None
    ) -> None:
        self.connection = Connection(state, self.hand.local, None, next_try, reason, HOST)
        self.tell()

    def runs_at(self, rate: float) -> None:
        """A trainer turns the clock: 0 is pause."""
        self.time = ServerTime(self.now, self.hand.local, rate)
        self.tell()

    # what it received

    @property
    def messages(self) -> list[str]:
        return [str(c.text) for c in self.commands if isinstance(c, WriteMessage)]

    @property
    def notes(self) -> list[WriteNote]:
        return [c for c in self.commands if isinstance(c, WriteNote)]

    def received(self, *texts: str) -> None:
        """These replies, in this order, and no other."""
        assert self.messages == list(texts), f"the server received {self.messages}"

    def has(self, command: Command) -> None:
        assert command in self.commands, f"the server received {self.commands}"

    def _each(self, fate: Fate) -> None:
        self.outbox = tuple(structs.replace(row, fate=fate) for row in self.outbox)

    def _fate(self) -> Fate:
        live = self.connection.state == LinkState.LIVE
        return Fate.SENDING if live else Fate.WAITING

    def _events(self, row: OutboxRow) -> list[happened.Event]:
        me = Author(AuthorKind.OPERATOR, OPERATOR.name, OPERATOR.id)
        origin = Origin("here", 1, row.id)
        match row.command:
            case WriteMessage(chat, text, canned):
                message = Message(self.id(), me, text, self.now, canned=canned, origin=origin)
                return [happened.MessageWritten(chat, message)]
            case WriteNote(chat, text):
                message = Message(self.id(), me, text, self.now, note=True, origin=origin)
                return [happened.MessageWritten(chat, message)]
            case _:
                return _becomes(row.command)


async def _disk(server: Server) -> None:
    if server.disk_waits is not None:
        await server.disk_waits.wait()
    if server.disk_fails:
        raise NotEnteredError(server.disk_fails)


def _becomes(command: Command) -> list[happened.Event]:
    """The event that a command without words becomes."""
    match command:
        case CloseChat(chat, outcome, steps, reason):
            return [happened.ChatClosed(chat, "operator", outcome, steps, reason)]
        case RemoveChat(chat):
            return [happened.ChatRemoved(chat)]
        case WaiveAnswer(chat):
            return [happened.NoAnswerNeeded(chat)]
        case TickStep(chat, step, done):
            return [happened.StepTicked(chat, step, done)]
        case TransferChat(chat, _, _):
            return [happened.TransferredOut(chat)]
        case SetAvailability(available):
            return [happened.AvailabilityChanged(available)]
        case AcceptChat(chat):
            return [happened.TransferAccepted(chat)] if chat else []
        case _:
            return []
