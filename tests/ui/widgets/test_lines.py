from datetime import UTC

from textual.app import App, ComposeResult

from operator_tui.desk.time import SECOND
from operator_tui.link.backend import Connection, LinkState
from operator_tui.ui.render.keys import KeyHint
from operator_tui.ui.widgets.keys_line import KeysLine
from operator_tui.ui.widgets.status_line import StatusLine
from tests.ui import chats


class LinesApp(App[None]):
    """A status line and a keys line, and nothing between them."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []

    def compose(self) -> ComposeResult:
        status = StatusLine()
        status.desk, status.now, status.look = chats.model_desk(), chats.NOW, chats.look()
        status.connection, status.zone = Connection(LinkState.LIVE), UTC
        yield status
        keys = KeysLine()
        keys.look = chats.look()
        keys.hints = (KeyHint("F3", "canned", enabled=False, action="canned"),)
        yield keys

    def on_keys_line_pressed(self, event: KeysLine.Pressed) -> None:
        self.pressed.append(event.action)


async def test_the_status_line_follows_clock_connection_and_width() -> None:
    app = LinesApp()
    async with app.run_test(size=(100, 6)) as pilot:
        line = app.query_one(StatusLine)
        assert line.render_line(0).text.endswith("live   13:06:48 ")
        line.now = chats.NOW + SECOND
        assert line.render_line(0).text.endswith("live   13:06:49 ")
        line.connection, line.local = Connection(LinkState.LOST, since=5.0, next_try=9.0), 7.0
        assert line.render_line(0).text.startswith(" connection lost 0:02 ")
        assert "next try in 2 s" in line.render_line(0).text
        await pilot.resize_terminal(60, 6)
        assert line.render_line(0).cell_length == 60


async def test_an_unchanged_status_line_is_not_sent_again() -> None:
    app = LinesApp()
    async with app.run_test(size=(100, 6)):
        line = app.query_one(StatusLine)
        sent: list[str] = []
        line.refresh = lambda *_, **__: sent.append(line.render_line(0).text)  # type: ignore[assignment,method-assign]
        line.now = chats.NOW + 1
        assert sent == []
        line.now = chats.NOW + SECOND
        assert len(sent) == 1


async def test_every_entry_of_the_keys_line_can_be_clicked() -> None:
    app = LinesApp()
    async with app.run_test(size=(100, 6)) as pilot:
        for x in (2, 8, 50, 95):
            await pilot.click(KeysLine, offset=(x, 0))
        assert app.pressed == ["canned", "canned", "help"]
