"""A fluent driver for scenes: the real app on Textual's Pilot, a server in ten lines, time by hand.

async with scene() as desk:
    await desk.visitor("Sanne").says("Waar is mijn bestelling?")
    await desk.clock.passes(61)
    desk.list.shows("Sanne", Indicator.NEW)
    await desk.operator.presses("f2")
    await desk.operator.writes("Ik zoek het op, Sanne.")
    desk.server.received("Ik zoek het op, Sanne.")
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

from msgspec import structs
from rich.cells import cell_len
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget

from operator_tui import ui
from operator_tui.desk import events as happened
from operator_tui.desk import urgency
from operator_tui.desk.entries import Author, AuthorKind, Message, Step
from operator_tui.desk.model import Channel, Chat, Colleague, Passed, PassedCause, Visitor
from operator_tui.desk.policy import Policy
from operator_tui.desk.signals import ColleagueSeen, VisitorTyping
from operator_tui.desk.states import Indicator, indicator
from operator_tui.desk.text import SafeAddress, SafeLine, clean
from operator_tui.desk.time import Millis
from operator_tui.ui.app import OperatorApp
from operator_tui.ui.screens.desk import DeskScreen
from operator_tui.ui.widgets.advice_line import AdviceLine
from operator_tui.ui.widgets.chat_list import ChatList
from operator_tui.ui.widgets.composer import Composer
from operator_tui.ui.widgets.conversation import Conversation
from operator_tui.ui.widgets.keys_line import KeysLine
from operator_tui.ui.widgets.status_line import StatusLine
from tests.desk_server import Hand, Server
from tests.setups import setup

FOUR_SIZES = ((140, 40), (100, 30), (80, 24), (60, 20))
"""The sizes of screens.md."""
SIGNS = {"space": " ", "slash": "/", "question_mark": "?"}
"""Keys with a name and a sign."""
ROUNDS = 4
"""A key becomes an act, the act an update, the update a layout, the layout a painting."""


class VisitorSide:
    """One visitor: everything done here reaches the desk as an event."""

    def __init__(self, desk: "Scene", name: str, chat: str, language: str) -> None:
        self.desk, self.name, self.chat, self.language = desk, name, chat, language

    async def opens(
        self,
        page: str = "shop.example/coats",
        channel: Channel = Channel.WEB,
        on_site: Millis | None = None,
        **known: Any,  # noqa: ANN401 - fields of Visitor
    ) -> Self:
        now = self.desk.server.now
        since = None if on_site is None else now - on_site
        visitor = Visitor(
            f"v-{self.chat}", clean(self.name, SafeLine), on_site_since=since, **known
        )
        opened = happened.ChatOpened(
            self.chat, visitor, channel, self.language, now, clean(page, SafeAddress)
        )
        return await self.does(opened)

    async def says(self, *texts: str) -> Self:
        if self.chat not in self.desk.server.desk.chats:
            await self.opens()
        author = Author(AuthorKind.VISITOR, clean(self.name, SafeLine))
        server = self.desk.server
        messages = [Message(server.id(), author, clean(text), server.now) for text in texts]
        return await self.does(*(happened.MessageWritten(self.chat, m) for m in messages))

    async def is_answered(self, text: str = "Ik kijk het na.") -> Self:
        """The operator wrote, some way or other."""
        me = self.desk.server.desk.operator
        author, server = Author(AuthorKind.OPERATOR, me.name, me.id), self.desk.server
        message = Message(server.id(), author, clean(text), server.now)
        return await self.does(happened.MessageWritten(self.chat, message))

    async def is_passed_on(self, by: str, note: str, *, accept_within: Millis = 0) -> Self:
        """A colleague passes the chat on to this desk, with what was said in it."""
        known = self.desk.server.desk.chats[self.chat]
        until = self.desk.server.now + accept_within if accept_within else None
        passed = Passed(
            clean(by, SafeLine), PassedCause.BY_HAND, self.desk.server.now, clean(note), until
        )
        return await self.does(happened.TransferredIn(self.chat, known, passed))

    async def has_done(self, *steps: Step) -> Self:
        return await self.does(*(happened.StepTicked(self.chat, step) for step in steps))

    async def is_gone(self) -> Self:
        """The chat went to a colleague."""
        return await self.does(happened.TransferredOut(self.chat))

    async def types(self) -> Self:
        self.desk.server.signal(VisitorTyping(self.chat))
        await self.desk.settles()
        return self

    async def leaves(self) -> Self:
        return await self.does(happened.VisitorLeft(self.chat))

    async def returns(self, page: str = "shop.example/returns") -> Self:
        return await self.does(happened.VisitorReturned(self.chat, clean(page, SafeAddress)))

    async def closes(self) -> Self:
        return await self.does(happened.ChatClosed(self.chat, "visitor"))

    async def shares_the_screen(self) -> Self:
        return await self.does(happened.ScreenShared(self.chat))

    async def does(self, *what: happened.Event) -> Self:
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
    """Hands on keyboard and mouse."""

    def __init__(self, desk: "Scene") -> None:
        self.desk = desk

    async def presses(self, *keys: str) -> Self:
        """One key after the other, each when all that came of the last is done."""
        for key in keys:
            self.sends(key)
            await self.desk.settles()
        return self

    def sends(self, *keys: str) -> None:
        """Keys that stand in the line before anything comes of them."""
        for key in keys:
            sign = key if len(key) == 1 else SIGNS.get(key)
            self.desk.app.post_message(events.Key(key, sign))

    async def types(self, text: str) -> Self:
        """All at once, as fast hands do."""
        for sign in text:
            key = "ctrl+j" if sign == "\n" else _character_to_key(sign)
            self.desk.app.post_message(events.Key(key, sign))
        await self.desk.settles()
        return self

    async def pastes(self, text: str) -> Self:
        """Typing without the time it takes."""
        focused = self.desk.app.focused
        assert focused is not None
        focused.post_message(events.Paste(text))
        await self.desk.settles()
        return self

    async def writes(self, text: str) -> Self:
        await self.pastes(text)
        return await self.presses("enter")

    async def clicks(self, text: str) -> Self:
        """On the first cell of `text`, wherever it stands on the screen."""
        await self.desk.pilot.click(offset=self.desk.where(text))
        await self.desk.settles()
        return self

    async def wheels(self, widget: Widget, *, up: bool) -> Self:
        kind = events.MouseScrollUp if up else events.MouseScrollDown
        widget.post_message(kind(widget, 5, 5, 0, 0, 0, False, False, False))
        await self.desk.settles()
        return self


class ListSide:
    def __init__(self, desk: "Scene") -> None:
        self.desk = desk

    @property
    def widget(self) -> ChatList:
        return self.desk.screen.query_one(ChatList)

    def shows(self, name: str, expected: Indicator) -> None:
        found = {c.visitor.name: self._indicator(c) for c in self._chats()}
        assert found.get(clean(name, SafeLine)) == expected, f"the list has {found}"

    def order(self) -> list[str]:
        screen = self.desk.screen
        assert screen.desk is not None
        return [str(row.chat.visitor.name) for row in urgency.rows(screen.desk, screen.now)]

    def row(self, name: str) -> str:
        """Both lines of a row, as they are painted."""
        lines = self.desk.lines_of(self.widget)
        at = next((n for n, line in enumerate(lines) if name in line), None)
        assert at is not None, f"{name} is not in the list:\n" + "\n".join(lines)
        return "\n".join(lines[at : at + 2])

    @property
    def cursor(self) -> str | None:
        """The name under the cursor; None without the focus."""
        here = {chat.id: str(chat.visitor.name) for chat in self._chats()}
        return here.get(self.widget.cursor or "") if self.widget.has_focus else None

    def _chats(self) -> list[Chat]:
        assert self.desk.screen.desk is not None
        return list(self.desk.screen.desk.chats.values())

    def _indicator(self, chat: Chat) -> Indicator:
        screen = self.desk.screen
        assert screen.desk is not None
        return indicator(chat, screen.now, screen.desk.policy)


class HeardApp(OperatorApp):
    """The app, with an ear for its bell and an eye on the window's title."""

    CSS_PATH = str(Path(ui.__file__).with_name("desk.tcss"))
    bells = 0

    def __init__(self, *args: Any) -> None:  # noqa: ANN401 - whatever the app takes
        super().__init__(*args)
        self.written: list[str] = []

    def bell(self) -> None:
        self.bells += 1

    def _write(self, sequence: str) -> None:
        self.written.append(sequence)


class Scene:
    """A running desk with everything around it in the test's hand."""

    def __init__(self, app: HeardApp, pilot: Pilot[int], server: Server, hand: Hand) -> None:
        self.app, self.pilot, self.server, self.hand = app, pilot, server, hand
        self.clock, self.operator, self.list = ClockSide(self), OperatorSide(self), ListSide(self)
        self._visitors: dict[str, VisitorSide] = {}

    @property
    def screen(self) -> DeskScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, DeskScreen)
        return screen

    @property
    def composer(self) -> Composer:
        return self.screen.query_one(Composer)

    @property
    def conversation(self) -> Conversation:
        return self.screen.query_one(Conversation)

    def visitor(self, name: str, language: str = "nl") -> VisitorSide:
        if name not in self._visitors:
            chat = f"c{len(self._visitors) + 1}"
            self._visitors[name] = VisitorSide(self, name, chat, language)
        return self._visitors[name]

    async def open_with(self, name: str, *texts: str, language: str = "nl") -> VisitorSide:
        """A visitor who has asked something, in the open chat, with the composer in focus."""
        visitor = await self.visitor(name, language).says(*(texts or ("Hallo, ik heb een vraag.",)))
        self.screen.open(visitor.chat, write=True)
        await self.settles()
        return visitor

    async def colleague(self, name: str, *, taken: int = 0, places: int = 2) -> Colleague:
        one = Colleague(name.lower(), clean(name, SafeLine), ("nl", "en"), True, taken, places)
        self.server.signal(ColleagueSeen(one))
        await self.settles()
        return one

    async def settles(self) -> None:
        """Let everything that is under way arrive: messages, workers, one painting."""
        for _ in range(ROUNDS):
            await self.pilot.pause(0)

    async def comes(self, text: str) -> None:
        """Wait until a text that others make in their own time is on the screen."""
        for _ in range(100):
            await self.pilot.pause(0.01)
            if any(text in line for line in self.lines()):
                return
        self.sees(text)

    # what is seen

    def lines(self) -> list[str]:
        """The screen as text, a line each."""
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return [strip.text for strip in strips]

    def lines_of(self, widget: Widget) -> list[str]:
        """What a widget shows, a line each."""
        return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]

    def where(self, text: str) -> tuple[int, int]:
        """The cell at which a text begins."""
        for y, line in enumerate(self.lines()):
            if text in line:
                return cell_len(line[: line.index(text)]), y
        raise AssertionError(f"{text!r} is not on the screen:\n" + "\n".join(self.lines()))

    @property
    def status(self) -> str:
        return self.lines_of(self.screen.query_one(StatusLine))[0]

    @property
    def keys(self) -> str:
        return self.lines_of(self.screen.query_one(KeysLine))[0]

    @property
    def advice(self) -> str:
        lines = self.lines_of(self.screen.query_one(AdviceLine))
        return " ".join(line.strip() for line in lines)

    @property
    def said(self) -> str:
        """What the conversation shows, its lines joined by blanks."""
        return " ".join(" ".join(self.lines_of(self.conversation)).split())

    @property
    def title(self) -> str:
        return self.app.written[-1].removeprefix("\x1b]2;").removesuffix("\x07")

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
    size: tuple[int, int] = (140, 30),
    policy: Policy | None = None,
    *,
    connected: bool = True,
    **choices: Any,  # noqa: ANN401 - fields of Setup
) -> AsyncIterator[Scene]:
    """A desk that is live and empty, its welcome already seen."""
    hand = Hand()
    server = Server(hand, structs.replace(policy or Policy(), places=12))
    server.known = connected
    app = HeardApp(server, hand, setup(**choices))
    async with app.run_test(size=size) as pilot:
        desk = Scene(app, pilot, server, hand)
        await desk.settles()
        yield desk
