"""The canned replies for a chat, in its language and filled in, and the sheets that offer them."""

from typing import TYPE_CHECKING

from operator_tui.desk import canned
from operator_tui.desk.canned import CannedReply, Values
from operator_tui.desk.entries import NO_LINE
from operator_tui.desk.model import Chat, Desk
from operator_tui.ui.panels.canned import CannedSheet
from operator_tui.ui.panels.closing import ClosingSheet
from operator_tui.ui.setup import Setup

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen


def replies(setup: Setup, chat: Chat) -> tuple[CannedReply, ...]:
    """What can be said in the chat's language."""
    return canned.spoken(setup.canned, chat.language)


def values(desk: Desk | None, chat: Chat) -> Values:
    """The two names, as far as they are known."""
    return canned.known(chat.visitor.name, desk.operator.name if desk is not None else NO_LINE)


def canned_sheet(screen: "DeskScreen", chat: Chat) -> CannedSheet:
    """All of them."""
    sheet = CannedSheet()
    sheet.language, sheet.values = chat.language, values(screen.desk, chat)
    sheet.replies = replies(screen.setup, chat)
    return sheet


def closing_sheet(screen: "DeskScreen", chat: Chat) -> ClosingSheet:
    """Those of the closing protocol."""
    sheet = ClosingSheet()
    sheet.values, sheet.replies = values(screen.desk, chat), replies(screen.setup, chat)
    sheet.zone, sheet.chat = screen.zone, chat
    return sheet
