"""A small app with nothing but a composer and its advice line; it keeps what the composer says."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual import events
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.widget import Widget

from operator_tui.desk.drafts import NO_DRAFT, Draft
from operator_tui.store.ports import IconSet
from operator_tui.store.theme_files import load_theme
from operator_tui.ui.icons import load_icons
from operator_tui.ui.look import Look, css_variables, textual_theme
from operator_tui.ui.widgets.advice_line import AdviceLine
from operator_tui.ui.widgets.composer import Composer
from tests.ui.acting_screen import ActingScreen

SIGNS = {" ": "space", "/": "slash", ".": "full_stop", "!": "exclamation_mark", ",": "comma"}
CHARACTERS = {name: sign for sign, name in SIGNS.items()}


def look(icons: IconSet = "unicode", theme: str = "night") -> Look:
    return Look(load_icons(icons), load_theme(theme).colours)


class LookApp(App[None]):
    """An app that wears a look."""

    def __init__(self, worn: Look | None = None) -> None:
        self.worn = worn or look()
        super().__init__()
        self.register_theme(textual_theme("worn", self.worn.theme, dark=True))
        self.theme = "worn"
        self.animation_level = "none"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return css_variables(self.worn.theme)

    @asynccontextmanager
    async def hands(self, width: int = 60, height: int = 14) -> AsyncIterator["Hands"]:
        async with self.run_test(size=(width, height)) as pilot:
            yield Hands(pilot)


class Hands:
    """Presses keys and waits until every message they cause has gone its way, without sleeping."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            sign = CHARACTERS.get(key, key if len(key) == 1 else None)
            self.pilot.app.post_message(events.Key(SIGNS.get(key, key), sign))
            await self.settle()

    async def types(self, text: str) -> None:
        await self.press(*text)

    async def pastes(self, text: str) -> None:
        self.pilot.app.post_message(events.Paste(text))
        await self.settle()

    async def settle(self) -> None:
        """Down to the focused widget, and up again as messages bubble."""
        app = self.pilot.app
        focused = app.focused
        await turn(app)
        if focused is not None:
            for node in focused.ancestors_with_self:
                await turn(node)

    async def pause(self) -> None:
        """Until all is laid out and painted, too."""
        await self.pilot.pause()

    async def click(self, widget: type[Widget], offset: tuple[int, int]) -> None:
        await self.pilot.click(widget, offset=offset)


async def turn(node: MessagePump) -> None:
    """Until `node` has handled every message it has now."""
    done = asyncio.Event()
    node.call_later(done.set)
    await done.wait()


class WritingApp(LookApp):
    """The composer at the bottom, as in the desk."""

    CSS = "Vertical { height: 1fr; background: $ground-background; }"

    def __init__(self, worn: Look | None = None) -> None:
        super().__init__(worn)
        self.said: list[Message] = []
        self.acting = ActingScreen()

    def get_default_screen(self) -> ActingScreen:
        return self.acting

    def compose(self) -> ComposeResult:
        yield Vertical()
        yield Composer()
        yield AdviceLine()

    def on_mount(self) -> None:
        self.composer.look = self.worn
        self.advice.look = self.worn
        self.shows("c1", "Joost van den Heuvel")
        self.composer.focus()

    @property
    def composer(self) -> Composer:
        return self.query_one(Composer)

    @property
    def advice(self) -> AdviceLine:
        return self.query_one(AdviceLine)

    def shows(
        self, chat: str, name: str = "Sanne", *, note: bool = False, draft: Draft = NO_DRAFT
    ) -> None:
        self.composer.chat_id, self.composer.recipient, self.composer.note = chat, name, note
        self.composer.load(draft)

    def told(self, kind: type[Any]) -> list[Any]:
        return [message for message in self.said if type(message) is kind]

    def on_composer_submitted(self, event: Composer.Submitted) -> None:
        self.said.append(event)

    def on_composer_draft_changed(self, event: Composer.DraftChanged) -> None:
        self.said.append(event)

    def on_writing_area_refused(self, event: Composer.Refused) -> None:
        self.said.append(event)
        self.advice.refusal = event.reason
