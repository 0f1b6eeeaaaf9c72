from time import perf_counter

import pytest
from rich.text import Text
from textual.app import App, ComposeResult
from textual.widgets import RichLog

from operator_tui.desk.entries import Message
from operator_tui.desk.model import Chat
from operator_tui.desk.time import MINUTE
from operator_tui.ui.render.wrap import wrap
from tests.ui.chats import NOW
from tests.ui.talk import TalkApp, long_chat, replaced, visitor_says

MESSAGES = 10_000
SIZE = (70, 32)

pytestmark = pytest.mark.benchmark


class NaiveApp(App[None]):
    def compose(self) -> ComposeResult:
        yield RichLog(wrap=True)

    def show(self, chat: Chat) -> None:
        log = self.query_one(RichLog)
        log.clear()
        for entry in chat.timeline:
            if isinstance(entry, Message):
                log.write(Text(entry.text))


def painted(app: TalkApp) -> None:
    for y in range(app.talk.size.height):
        app.talk.render_line(y)


async def switch(app: TalkApp, chat: Chat) -> float:
    start = perf_counter()
    app.talk.chat = chat
    painted(app)
    return perf_counter() - start


async def test_switching_between_chats_of_ten_thousand_messages() -> None:
    one, other = long_chat(MESSAGES, "One"), long_chat(MESSAGES, "Other")
    app = TalkApp(one)
    async with app.run_test(size=SIZE):
        wrap.cache_clear()
        first = await switch(app, other)
        again = await switch(app, one)
        more = replaced(one, timeline=(*one.timeline, visitor_says("Nog een", NOW + MINUTE)))
        added = await switch(app, more)
        assert app.shows()[-1] == " ▌ Nog een"
    naive = NaiveApp()
    async with naive.run_test(size=SIZE):
        start = perf_counter()
        naive.show(other)
        slow = perf_counter() - start
    print(
        f"\n{MESSAGES} messages, RichLog 1: first time {slow / first:.0f} times as fast,"
        f" back {slow / again:.0f}, one more message {slow / added:.0f}"
        f" ({first * 1e3:.0f} / {again * 1e3:.1f} / {added * 1e3:.1f} ms, RichLog {slow * 1e3:.0f})"
    )
