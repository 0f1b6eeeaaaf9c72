"""A fluent driver for scenes: the real app on Textual's Pilot, a server in ten lines, time by hand.

async with scene() as desk:
    await desk.visitor("Sanne").says("Waar is mijn bestelling?")
    await desk.clock.passes(61)
    desk.list.shows("Sanne", Indicator.NEW)
    await desk.operator.presses("f2")
    await desk.operator.writes("Ik zoek het op, Sanne.")
    desk.server.received("Ik zoek het op, Sanne.")
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, Self

from msgspec import structs
from textual.pilot import Pilot

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
from operator_tui.desk.model import (
    Author,
    AuthorKind,
    Channel,
    Chat,
    Colleague,
    Desk,
    Message,
    Operator,
    Origin,
    Visitor,
)
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.policy import Policy
from operator_tui.desk.signals import Signal, Signals, VisitorTyping, heard
from operator_tui.desk.states import Indicator, indicator
from operator_tui.desk.text import SafeAddress, SafeLine, clean
from operator_tui.desk.time import Millis, ServerTime
from operator_tui.link.backend import Connection, LinkState, NotEnteredError, Update
from operator_tui.ui.app import OperatorApp
from operator_tui.ui.screens.desk import DeskScreen
from tests.setups import setup

START: Millis = 1_780_000_000_000
"""When scenes begin on the server's clock: some noon."""
OPERATOR = Operator("anna", clean("Anna", SafeLine))


class Hand:
    """A clock that moves only by hand."""

    def __init__(self) -> None:
        self.local = 1_000.0

    def seconds(self) -> float:
        return self.local


class Server:
    """The other side of the port: keeps a log, folds it, and takes commands as a server would."""

    def __init__(self, hand: Hand, policy: Policy) -> None:
        self.hand = hand
        self.desk = Desk(OPERATOR, policy)
        self.signals = Signals()
        self.outbox: tuple[OutboxRow, ...] = ()
        self.connection = Connection(LinkState.LIVE, since=hand.local, server="shop.example:443")
        self.time = ServerTime(START, hand.local, 1.0)
        self.commands: list[Command] = []
        self.typed: list[str] = []
        self.released: list[str] = []
        self.answers = True
        """Whether commands are answered at once; else they stay in the outbox."""
        self.refuses: str | None = None
        """The code with which every command is refused, or the disk when it begins with `disk`."""
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
        if self.refuses == "disk":
            raise NotEnteredError("disk")
        self.commands.append(command)
        row = OutboxRow(self.id(), self.now, command, fate=self._fate(), refusal=self.refuses)
        self.outbox += (row,)
        if self.answers and self.refuses is None:
            self.answer()
        self.tell()

    async def discard(self, op: str) -> None:
        self.outbox = tuple(row for row in self.outbox if row.id != op)
        self.tell()

    async def release(self, op: str) -> None:
        self.released.append(op)

    def typing(self, chat: str) -> None:
        self.typed.append(chat)

    # what a server does

    def id(self) -> str:
        return f"id{next(self._ids)}"

    def tell(self) -> None:
        self._changed(Update(self.desk, self.signals, self.outbox, self.connection, self.time))

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

    def loses_the_link(self) -> None:
        self.connection = Connection(
            LinkState.LOST, since=self.hand.local, next_try=self.hand.local + 3, server="shop"
        )
        self.tell()

    def received(self, text: str) -> None:
        sent = [c.text for c in self.commands if isinstance(c, WriteMessage)]
        assert text in sent, f"the server received {sent}"

    def has(self, command: Command) -> None:
        assert command in self.commands, f"the server received {self.commands}"

    def _fate(self) -> Fate:
        if self.refuses is not None:
            return Fate.REFUSED
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


class VisitorSide:
    """One visitor: everything done here reaches the desk as an event."""

    def __init__(self, desk: "Scene", name: str, chat: str, language: str) -> None:
        self.desk, self.name, self.chat, self.language = desk, name, chat, language

    async def opens(self, page: str = "shop.example/coats", channel: Channel = Channel.WEB) -> Self:
        visitor = Visitor(f"v-{self.chat}", clean(self.name, SafeLine))
        now = self.desk.server.now
        opened = happened.ChatOpened(
            self.chat, visitor, channel, self.language, now, clean(page, SafeAddress)
        )
        return await self._does(opened)

    async def says(self, *texts: str) -> Self:
        if self.chat not in self.desk.server.desk.chats:
            await self.opens()
        author = Author(AuthorKind.VISITOR, clean(self.name, SafeLine))
        server = self.desk.server
        messages = [Message(server.id(), author, clean(text), server.now) for text in texts]
        return await self._does(*(happened.MessageWritten(self.chat, m) for m in messages))

    async def types(self) -> Self:
        self.desk.server.signal(VisitorTyping(self.chat))
        await self.desk.settles()
        return self

    async def leaves(self) -> Self:
        return await self._does(happened.VisitorLeft(self.chat))

    async def returns(self, page: str = "shop.example/returns") -> Self:
        return await self._does(happened.VisitorReturned(self.chat, clean(page, SafeAddress)))

    async def closes(self) -> Self:
        return await self._does(happened.ChatClosed(self.chat, "visitor"))

    async def shares_the_screen(self) -> Self:
        return await self._does(happened.ScreenShared(self.chat))

    async def _does(self, *what: happened.Event) -> Self:
        self.desk.server.log(*what)
        await self.desk.settles()
        return self


class ClockSide:
    def __init__(self, desk: "Scene") -> None:
        self.desk = desk

    async def passes(self, seconds: float) -> None:
        self.desk.hand.local += seconds
        self.desk.screen.feed.tick()
        await self.desk.settles()


class OperatorSide:
    def __init__(self, desk: "Scene") -> None:
        self.desk = desk

    async def presses(self, *keys: str) -> Self:
        await self.desk.pilot.press(*keys)
        await self.desk.settles()
        return self

    async def types(self, text: str) -> Self:
        keys = {" ": "space", "\n": "ctrl+j", "/": "slash"}
        await self.desk.pilot.press(*(keys.get(sign, sign) for sign in text))
        await self.desk.settles()
        return self

    async def writes(self, text: str) -> Self:
        await self.types(text)
        return await self.presses("enter")


class ListSide:
    def __init__(self, desk: "Scene") -> None:
        self.desk = desk

    def shows(self, name: str, expected: Indicator) -> None:
        found = {c.visitor.name: self._indicator(c) for c in self._chats()}
        assert found.get(clean(name, SafeLine)) == expected, f"the list has {found}"

    def order(self) -> list[str]:
        from operator_tui.desk import queue

        screen = self.desk.screen
        assert screen.desk is not None
        return [row.chat.visitor.name for row in queue.rows(screen.desk, screen.now)]

    def _chats(self) -> list[Chat]:
        assert self.desk.screen.desk is not None
        return list(self.desk.screen.desk.chats.values())

    def _indicator(self, chat: Chat) -> Indicator:
        screen = self.desk.screen
        assert screen.desk is not None
        return indicator(chat, screen.now, screen.desk.policy)


class Scene:
    """A running desk with everything around it in the test's hand."""

    def __init__(self, app: OperatorApp, pilot: Pilot[int], server: Server, hand: Hand) -> None:
        self.app, self.pilot, self.server, self.hand = app, pilot, server, hand
        self.clock, self.operator, self.list = ClockSide(self), OperatorSide(self), ListSide(self)
        self._visitors: dict[str, VisitorSide] = {}

    @property
    def screen(self) -> DeskScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, DeskScreen)
        return screen

    def visitor(self, name: str, language: str = "nl") -> VisitorSide:
        if name not in self._visitors:
            chat = f"c{len(self._visitors) + 1}"
            self._visitors[name] = VisitorSide(self, name, chat, language)
        return self._visitors[name]

    def colleague(self, name: str, *, taken: int = 0, places: int = 2) -> Colleague:
        one = Colleague(name.lower(), clean(name, SafeLine), ("nl", "en"), True, taken, places)
        from operator_tui.desk.signals import ColleagueSeen

        self.server.signal(ColleagueSeen(one))
        return one

    async def settles(self) -> None:
        """Let everything that is under way arrive: messages, workers, one painting."""
        await self.pilot.pause()
        await self.pilot.pause()

    def lines(self) -> list[str]:
        """The screen as text, a line each."""
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return [strip.text for strip in strips]

    def sees(self, *texts: str) -> None:
        shown = "\n".join(self.lines())
        for text in texts:
            assert text in shown, f"{text!r} is not on the screen:\n{shown}"

    def sees_no(self, *texts: str) -> None:
        shown = "\n".join(self.lines())
        for text in texts:
            assert text not in shown, f"{text!r} is on the screen:\n{shown}"


@asynccontextmanager
async def scene(
    size: tuple[int, int] = (140, 40), policy: Policy | None = None, **choices: Any
) -> AsyncIterator[Scene]:
    """A desk that is live and empty, its welcome already seen."""
    hand = Hand()
    server = Server(hand, structs.replace(policy or Policy(), places=12))
    app = OperatorApp(server, hand, setup(**choices))
    async with app.run_test(size=size) as pilot:
        desk = Scene(app, pilot, server, hand)
        await desk.settles()
        yield desk
