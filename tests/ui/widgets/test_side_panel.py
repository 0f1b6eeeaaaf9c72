from textual.app import App, ComposeResult

from operator_tui.desk.model import Chat
from operator_tui.desk.time import SECOND
from operator_tui.ui.widgets.conversation_header import ConversationHeader
from operator_tui.ui.widgets.side_panel import SidePanel
from tests.ui import chats
from tests.ui.chats import NOW
from tests.ui.talk import ZONE, joost


class PanelApp(App[None]):
    AUTO_FOCUS = None
    CSS = "SidePanel { height: 1fr; }"

    def __init__(self, chat: Chat | None, *, inline: bool = False) -> None:
        super().__init__()
        self.panel = SidePanel(inline=inline)
        self.header = ConversationHeader()
        for widget in (self.panel, self.header):
            widget.look, widget.now, widget.chat = chats.look(), NOW, chat
        self.panel.zone = ZONE

    def compose(self) -> ComposeResult:
        yield self.header
        yield self.panel

    def shows(self) -> list[str]:
        return [self.panel.render_line(y).text.rstrip() for y in range(self.panel.size.height)]


async def test_a_panel_with_room_shows_all() -> None:
    app = PanelApp(joost())
    async with app.run_test(size=(32, 40)):
        assert app.shows()[0] == "  visitor"
        assert "  Marieke, 14:03" in app.shows()


async def test_a_longer_panel_says_how_much_is_hidden_and_scrolls() -> None:
    app = PanelApp(joost(), inline=True)
    async with app.run_test(size=(48, 16)) as pilot:
        assert app.shows()[-1] == "   ↓ 11 more"
        app.panel.focus()
        await pilot.press("down")
        assert app.shows()[-1] == "   ↓ 10 more"
        await pilot.press("end")
        assert app.shows()[-1] == "   Marieke, 14:03"


async def test_a_panel_shows_from_the_top_for_another_chat() -> None:
    app = PanelApp(joost())
    async with app.run_test(size=(32, 12)) as pilot:
        app.panel.focus()
        await pilot.press("end")
        app.panel.chat = chats.quiet()
        await pilot.pause()
        assert app.shows()[0] == "  visitor"


async def test_the_place_is_kept_while_the_time_counts_up() -> None:
    app = PanelApp(joost())
    async with app.run_test(size=(32, 12)) as pilot:
        app.panel.focus()
        await pilot.press("down")
        app.panel.now = NOW + SECOND
        await pilot.pause()
        assert "  on site  5:13" in app.shows()
        assert app.panel.scroll_offset.y == 1


async def test_without_a_chat_the_panel_and_the_header_are_blank() -> None:
    app = PanelApp(joost())
    async with app.run_test(size=(32, 12)) as pilot:
        app.panel.chat = app.header.chat = None
        await pilot.pause()
        assert not any(app.shows())
        assert not app.header.render_line(0).text.strip()


async def test_the_header_counts_on() -> None:
    app = PanelApp(joost())
    async with app.run_test(size=(70, 12)):
        app.header.now = NOW + SECOND
        assert "late +0:24" in app.header.render_line(0).text
