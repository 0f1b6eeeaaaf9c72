"""Where everything stands on the desk screen, and the values that are handed down."""

from datetime import UTC, tzinfo

from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.containers import Horizontal, Vertical
from textual.reactive import var
from textual.screen import Screen

from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.time import Millis
from operator_tui.link.backend import Connection
from operator_tui.ui import actions
from operator_tui.ui.look import Look
from operator_tui.ui.widgets.advice_line import AdviceLine
from operator_tui.ui.widgets.chat_list import ChatList
from operator_tui.ui.widgets.composer import Composer
from operator_tui.ui.widgets.conversation import Conversation
from operator_tui.ui.widgets.conversation_header import ConversationHeader
from operator_tui.ui.widgets.keys_line import KeysLine
from operator_tui.ui.widgets.page import Page
from operator_tui.ui.widgets.side_panel import SidePanel
from operator_tui.ui.widgets.status_line import StatusLine
from operator_tui.ui.widgets.typing_line import TypingLine
from operator_tui.ui.widths import LIST_FROM, RAIL_FROM, ROOMY_FROM, WIDE_FROM


class DeskLayout(Screen[None]):
    """Status, panes, keys: `desk.tcss` says how wide, the widgets say what."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual declares it
        (0, "-bare"),
        (RAIL_FROM, "-rail"),
        (LIST_FROM, "-folded"),
        (WIDE_FROM, "-wide"),
        (ROOMY_FROM, "-roomy"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-short"),
        (24, "-medium"),
        (30, "-tall"),
    ]

    desk: var[Desk | None] = var(None)
    """What the log says, with own unsent words and signals laid over it."""
    now: var[Millis] = var(0)
    local: var[float] = var(0.0)
    """This machine's seconds at the last tick, for the connection's own times."""
    rate: var[float] = var(1.0)
    connection: var[Connection] = var(Connection())
    stranded: var[int] = var(0)
    """Texts that reached nobody and stand in no chat."""
    open_chat: var[str | None] = var(None)
    chat: var[Chat | None] = var(None)
    """The open chat, out of `desk`."""
    note: var[bool] = var(False)
    """The composer writes an internal note."""
    look: var[Look | None] = var(None)
    zone: var[tzinfo] = var(UTC)

    def __init__(self) -> None:
        super().__init__()
        # Textual's own keymap comes too late for panes that do their keys at once (KeysInOrder).
        self._bindings = BindingsMap.merge((self._bindings, actions.bindings()))

    def compose(self) -> ComposeResult:
        """Down by binding, once: what a widget shows is bound here and nowhere else."""
        cls = type(self)
        paint = (cls.now, cls.look)
        yield StatusLine().data_bind(
            cls.desk, cls.local, cls.rate, cls.connection, cls.stranded, cls.zone, *paint
        )
        with Horizontal(id="panes"):
            yield ChatList(id="list").data_bind(cls.desk, cls.open_chat, *paint)
            with Vertical(id="pane"):
                yield ConversationHeader().data_bind(cls.chat, cls.desk, *paint)
                with Vertical(id="stage"):
                    yield Conversation().data_bind(cls.chat, cls.desk, cls.zone, *paint)
                    peek = SidePanel(id="peek", inline=True)
                    yield peek.data_bind(cls.chat, cls.desk, cls.zone, *paint)
                    yield Page().data_bind(cls.look)
                    yield TypingLine().data_bind(cls.chat, *paint)
                yield Composer().data_bind(cls.look)
                yield AdviceLine().data_bind(cls.look)
            yield SidePanel(id="side").data_bind(cls.chat, cls.desk, cls.zone, *paint)
        yield KeysLine().data_bind(cls.look)
