"""Where the focus is, and what stands in the conversation's place."""

from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import structs
from textual.widget import Widget

from operator_tui.desk.model import Chat
from operator_tui.store.ports import Remembered, StoreError
from operator_tui.ui.render import pages
from operator_tui.ui.render.pages import PageLine
from operator_tui.ui.screens.undo import Hands, Undoable
from operator_tui.ui.widgets.chat_list import ChatList
from operator_tui.ui.widgets.composer import Composer
from operator_tui.ui.widgets.page import Page

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen

ORDER = ("#list", "Conversation", "Sheet", "Composer", "#peek", "#side")
"""F6 goes round these, as far as they are shown."""
IDLE = "-idle"
"""The class of a screen on which no chat is open: a page stands where the messages are."""
CARD = "-card"
"""The class of a screen whose F8 was pressed; `desk.tcss` says what that means at each width."""


class Panes:
    """Moves the focus, and keeps page, card and conversation apart.

    The focus moves at once: Textual's `focus()` waits, and the next key would miss it. So does
    `has_focus`, which a widget only learns by a message.
    """

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._last_chat_at: int | None = None
        self._welcome = not screen.setup.remembered.welcome_seen
        self._again = False

    @property
    def writing(self) -> bool:
        """Whether the operator's hands are in the composer."""
        return self._screen.focused is self._screen.query_one(Composer)

    @property
    def in_list(self) -> bool:
        """Whether the list has the focus."""
        return self._screen.focused is self._screen.query_one(ChatList)

    def hands_on(self, chat: Chat) -> Hands:
        """What the operator does with this chat at the moment."""
        if chat.id != self._screen.open_chat:
            return Hands.ELSEWHERE
        return Hands.WRITING if self.writing else Hands.READING

    def back_in(self, gone: Undoable) -> None:
        """The chat is back: so are the hands, unless they are writing something else by now."""
        screen = self._screen
        moved_on = screen.open_chat not in {None, gone.chat.id} and screen.pen.composer.is_touched
        if gone.hands is Hands.ELSEWHERE or moved_on or screen.sheets.sheet is not None:
            return
        screen.open(gone.chat.id, write=gone.hands is Hands.WRITING)
        if self.in_list:
            screen.query_one(ChatList).put_cursor(gone.chat.id)

    def next(self) -> None:
        """F6: the pane after the one with the focus."""
        shown = [pane for name in ORDER for pane in self._screen.query(name) if _shown(pane)]
        at = next((n for n, pane in enumerate(shown) if pane.has_focus_within), -1)
        self._screen.set_focus(shown[(at + 1) % len(shown)])

    def to_list(self) -> None:
        """Esc in the composer."""
        self._screen.set_focus(self._screen.query_one(ChatList))

    def to_composer(self) -> None:
        """Ready to type."""
        self._screen.set_focus(self._screen.query_one(Composer))

    def back_to(self, pane: Widget | None) -> None:
        """Where the hands were before a sheet rose, as far as that is still there."""
        if self._screen.chat is None:
            self.to_list()
        elif pane is not None and pane.is_attached and _shown(pane):
            self._screen.set_focus(pane)
        else:
            self.to_composer()

    def toggle_card(self) -> None:
        """F8: the visitor's card in the place of the messages; beside them where there is room."""
        self._screen.toggle_class(CARD)

    def show_messages(self) -> bool:
        """Put the messages back; False when nothing stood in their place."""
        stood = self._screen.has_class(CARD)
        self._screen.remove_class(CARD)
        return stood

    def step_back(self) -> None:
        """Esc: the sheet goes, the card goes; at last the focus goes into the list."""
        if not (self._screen.sheets.close() or self.show_messages()):
            self.to_list()

    def welcome(self) -> None:
        """The welcome once more: the open chat makes way, its draft is kept."""
        self._again = True
        self._screen.open_chat = self._screen.chat = None
        self._screen.show()

    def opened(self) -> None:
        """The first chat that is opened ends the welcome, for good."""
        self._again = False
        if self._welcome:
            self._welcome = False
            seen = structs.replace(self._screen.setup.remembered, welcome_seen=True)
            self._screen.run_worker(self._remember(seen))

    async def _remember(self, remembered: Remembered) -> None:
        # A welcome that is shown again is no reason to disturb an operator.
        with suppress(StoreError):
            await self._screen.setup.settings.save(remembered)

    def show(self) -> None:
        """The messages of the open chat, or the page that fits when there is none."""
        screen = self._screen
        if screen.desk is not None and screen.desk.chats:
            self._last_chat_at = screen.now
        was_idle = screen.has_class(IDLE)
        screen.set_class(screen.chat is None, IDLE)
        if screen.chat is not None:
            return
        screen.query_one(Page).lines = self._page()
        if not was_idle and screen.sheets.sheet is None:
            self.to_list()  # there is nothing left to write in

    def _page(self) -> tuple[PageLine, ...]:
        screen = self._screen
        if screen.desk is None:
            return pages.connecting(screen.connection, screen.local)
        idle = pages.idle(screen.desk, screen.now, self._last_chat_at)
        if not (self._welcome or self._again):
            return idle
        first = self._welcome and bool(screen.desk.chats)
        so_far = () if screen.desk.chats else idle[:1]
        return pages.welcome(screen.desk.operator.name, first=first, so_far=so_far)


def _shown(pane: Widget) -> bool:
    return pane.is_on_screen and pane.focusable and pane.size.area > 0
