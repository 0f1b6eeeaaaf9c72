"""Which sheet is open, what it shows, and what comes of it. One at a time; the list stays live."""

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from operator_tui.desk import closing
from operator_tui.desk.commands import CloseChat, TickStep, TransferChat
from operator_tui.desk.model import Chat
from operator_tui.desk.text import clean
from operator_tui.ui.panels.browsing import BrowsingSheet
from operator_tui.ui.panels.canned import CannedSheet
from operator_tui.ui.panels.closing import ClosingSheet
from operator_tui.ui.panels.find import FindSheet
from operator_tui.ui.panels.help import HelpSheet
from operator_tui.ui.panels.inviting import InviteSheet
from operator_tui.ui.panels.palette import PaletteSheet
from operator_tui.ui.panels.sheet import Sheet
from operator_tui.ui.panels.transfer import TransferSheet
from operator_tui.ui.panels.unsent import UnsentSheet
from operator_tui.ui.render.keys import KeyHint
from operator_tui.ui.screens import inviting, stock
from operator_tui.ui.screens.begun import Begun
from operator_tui.ui.screens.wardrobe import Wardrobe
from operator_tui.ui.widgets.chat_list import ChatList
from operator_tui.ui.widgets.conversation import Conversation
from operator_tui.ui.words import tr

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen

PRESS = "press:"
"""Before a key in the action of a hint: a click on it presses that key in the sheet."""


class Sheets:
    """Opens and closes the sheets of the desk screen, and carries out what is chosen in them."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._sheet: Sheet | None = None
        self._chat: str | None = None
        """The chat that the open sheet is about; None: about no chat."""
        self._came_from: Widget | None = None
        """The pane that had the focus before, and gets it back."""
        self.begun = Begun()
        self._wardrobe = Wardrobe(screen)

    @property
    def sheet(self) -> Sheet | None:
        """The open one."""
        return self._sheet

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """What the keys line says while a sheet gets the keys; empty when none does, or another
        pane. Without the focus is only a terminal that is in the background."""
        if self._sheet is None or self._screen.focused not in {None, self._sheet}:
            return ()
        return tuple(
            KeyHint(hint.key, hint.label, True, f"{PRESS}{hint.press}")
            for hint in self._sheet.hints
        )

    # opening

    def canned(self, chat: Chat) -> None:
        """F3."""
        self.open(stock.canned_sheet(self._screen, chat), chat)

    def closing(self, chat: Chat) -> None:
        """F5: closes at once when every step is done and nothing is owed; undo is free for a while,
        as it is for every other close."""
        if closing.ready(chat):
            _close(self._screen, chat, CloseChat(chat.id))
            return
        sheet = stock.closing_sheet(self._screen, chat)
        sheet.begun = self.begun.reason(chat.id)
        self.open(sheet, chat)

    def transfer(self, chat: Chat) -> None:
        """F4."""
        sheet = TransferSheet()
        sheet.desk, sheet.chat, sheet.now = self._screen.desk, chat, self._screen.now
        sheet.written(self.begun.note(chat.id))
        self.open(sheet, chat)

    def help(self) -> None:
        """F1; the second time it goes."""
        self._toggle(HelpSheet)

    def palette(self) -> None:
        """Ctrl+P; the second time it goes."""
        self._toggle(PaletteSheet)

    def _toggle(self, kind: type[HelpSheet | PaletteSheet]) -> None:
        was_open = isinstance(self._sheet, kind)
        self.close()  # before it is asked how things stand: that depends on the pane with the focus
        if not was_open:
            self.open(kind(self._screen.situation))
            self.show()

    def unsent(self) -> None:
        """What was written and reached nobody."""
        sheet = UnsentSheet()
        sheet.texts = self._screen.returned.texts
        self.open(sheet)

    def find(self) -> None:
        """/ in the list."""
        self.open(FindSheet(self._screen.query_one(ChatList).finds))

    def browsing(self) -> None:
        """i in the list."""
        self.open(inviting.browsing_sheet(self._screen))

    def open(self, sheet: Sheet, chat: Chat | None = None) -> None:
        """Let a sheet rise, about `chat` or about none."""
        self.close()
        self._sheet, self._chat = sheet, chat.id if chat is not None else None
        self._came_from = self._screen.focused
        self._screen.advice.read()
        sheet.look = self._screen.look
        self._screen.set_class(True, "-sheet")
        self._screen.query_one("#stage").mount(sheet)
        self._screen.set_focus(sheet)
        self._screen.show_hints()

    # while it is open

    def show(self) -> None:
        """Keep what it shows true; its chat may be gone."""
        screen, sheet = self._screen, self._sheet
        if screen.desk is not None:
            chats = {*screen.desk.chats, *screen.undo.held}
            self.begun.only(chats, inviting.uninvited(screen.desk))
        if self._chat is not None and (screen.chat is None or screen.chat.id != self._chat):
            self.close()
        elif isinstance(sheet, TransferSheet):
            sheet.desk, sheet.chat, sheet.now = screen.desk, screen.chat, screen.now
        elif isinstance(sheet, ClosingSheet):
            sheet.chat = screen.chat
        elif isinstance(sheet, UnsentSheet):
            sheet.texts = screen.returned.texts
        elif isinstance(sheet, PaletteSheet):
            sheet.look, sheet.looks = screen.look, self._wardrobe.entries()
        inviting.follow(sheet, screen)

    def close(self) -> bool:
        """Take the sheet away; False when none was open."""
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return False
        if isinstance(sheet, TransferSheet) and self._chat is not None:
            self.begun.left(self._chat, clean(sheet.note.text))
        self._chat = None
        sheet.remove()
        screen = self._screen
        screen.set_class(False, "-sheet")
        self._uncover()
        screen.query_one(ChatList).filter = ""
        screen.panes.back_to(self._came_from)
        screen.show_hints()
        return True

    def _uncover(self) -> None:
        """The end of the conversation stays in view above the sheet."""
        pane = self._screen.query_one(Conversation)
        top = self._sheet.region.y if self._sheet is not None else pane.region.bottom
        pane.covered = max(0, pane.region.bottom - top)

    def press(self, action: str) -> bool:
        """A hint was clicked; False when it is none of a sheet's."""
        if not action.startswith(PRESS):
            return False
        key = action.removeprefix(PRESS)
        if self._sheet is not None and key == "escape":
            self._sheet.dismiss()
        elif self._sheet is not None and key:
            self._sheet.pressed(key, key if len(key) == 1 else None)
        return True

    # what comes of it

    def told(self, message: Message) -> None:
        """A sheet says what was chosen in it."""
        screen = self._screen
        match message:
            case ClosingSheet.Ticked(chat=about, step=step, done=done):
                screen.outgoing.enter(TickStep(about, step, done))
            case Sheet.HintsChanged():
                screen.show_hints()
            case Sheet.Risen():
                self._uncover()
            case UnsentSheet.Discarded(unsent=unsent):
                screen.returned.discard(unsent)
                self.show()
            case PaletteSheet.Tried(look=look):
                self._wardrobe.wear(look)
                self.show()
            case FindSheet.Looked(word=word):
                screen.query_one(ChatList).filter = word
            case _:
                first = next(iter(screen.query_one(ChatList).chats), None)
                self.close()
                _done(self, screen, message, first)


def _done(sheets: Sheets, screen: "DeskScreen", message: Message, first: str | None) -> None:
    """What is done once the sheet is gone."""
    match message:
        case CannedSheet.Chosen(reply=reply, select_blank=blank):
            screen.pen.insert(reply, select_blank=blank)
        case CannedSheet.SlashMeant():
            screen.panes.to_composer()
            screen.pen.composer.insert("/")
        case ClosingSheet.Chosen(reply=reply):
            screen.pen.write_note(False)
            screen.pen.insert(reply)
        case ClosingSheet.Confirmed(chat=chat, command=command):
            sheets.begun.asked(command)
            _close(screen, chat, command)
        case TransferSheet.Confirmed(chat=about, to=to, note=note):
            transfer = TransferChat(about, to, note)
            sheets.begun.asked(transfer)
            screen.departures.transferred(screen.desk, transfer)
            screen.outgoing.enter(transfer)
        case BrowsingSheet.Chosen() | InviteSheet.Back() | InviteSheet.Confirmed():
            sheets.open(inviting.next_sheet(message, screen))
        case UnsentSheet.Copied(text=text):
            screen.app.copy_to_clipboard(text)
            screen.advice.tell(tr("Copied. Ctrl+V puts it into a reply."))
        case HelpSheet.Chosen(action=action) | PaletteSheet.Chosen(action=action):
            screen.do(action)
        case FindSheet.Chosen() if first is not None:
            screen.open(first, write=True)


def _close(screen: "DeskScreen", chat: Chat, command: CloseChat) -> None:
    """The chat leaves the list; the server hears of it when the time for undo is up."""
    screen.undo.close(chat, command, screen.local, screen.panes.hands_on(chat))
    screen.feed.tick()
