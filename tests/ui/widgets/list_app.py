"""The smallest program that shows a chat list beside something else that takes the focus."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input

from operator_tui.desk.model import Desk
from operator_tui.ui.look import css_variables, textual_theme
from operator_tui.ui.widgets.chat_list import ChatList
from tests.themes import colours_of
from tests.ui import chats
from tests.ui.acting_screen import ActingScreen


class ListApp(App[None]):
    AUTO_FOCUS = "Input"

    def __init__(self, desk: Desk, width: int) -> None:
        super().__init__()
        self.heard: list[Message] = []
        self.register_theme(textual_theme("night", colours_of("night"), dark=True))
        self.theme = "night"
        self._desk, self._width = desk, width
        self.acting = ActingScreen()

    def get_default_screen(self) -> ActingScreen:
        return self.acting

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return css_variables(colours_of("night"))

    def compose(self) -> ComposeResult:
        with Horizontal():
            chat_list = ChatList()
            chat_list.styles.width = self._width
            chat_list.desk, chat_list.now, chat_list.look = self._desk, chats.NOW, chats.look()
            yield chat_list
            yield Input()

    def on_chat_list_opened(self, event: ChatList.Opened) -> None:
        self.heard.append(event)

    def on_chat_list_cursor_moved(self, event: ChatList.CursorMoved) -> None:
        self.heard.append(event)


class Scene:
    """A list, what it said, and what it shows."""

    def __init__(self, pilot: Pilot[None], app: ListApp) -> None:
        self.pilot, self.app = pilot, app
        self.list = app.query_one(ChatList)

    @property
    def lines(self) -> list[str]:
        return [self.list.render_line(y).text for y in range(self.list.size.height)]

    @property
    def opened(self) -> list[str]:
        return [said.chat for said in self.app.heard if isinstance(said, ChatList.Opened)]

    @property
    def moved(self) -> list[str | None]:
        return [said.chat for said in self.app.heard if isinstance(said, ChatList.CursorMoved)]

    async def focus(self) -> None:
        self.list.focus()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def becomes(self, desk: Desk, now: int = chats.NOW) -> None:
        self.list.desk, self.list.now = desk, now
        await self.pilot.pause()


@asynccontextmanager
async def chat_list(desk: Desk, width: int = 32, height: int = 24) -> AsyncIterator[Scene]:
    app = ListApp(desk, width)
    async with app.run_test(size=(60, height)) as pilot:
        await pilot.pause()
        yield Scene(pilot, app)
