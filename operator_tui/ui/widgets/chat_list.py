"""The chat list: every chat of the desk in the order of its need, and which one is chosen."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingsMap, BindingType
from textual.message import Message

from operator_tui.ui import actions
from operator_tui.ui.render.listing import LINES_OF_A_ROW
from operator_tui.ui.widgets.chat_rows import ChatRows


class ChatList(ChatRows, can_focus=True, inherit_bindings=False):
    """Lets the operator choose a chat, by cursor or by click.

    Its letters are acts of the desk (`ui/actions.py`), Enter among them.

    Without the focus there is no cursor: the open chat's ground shows where the operator is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", show=False),
        Binding("down,j", "cursor_down", show=False),
        Binding("home,g", "cursor_top", show=False),
        Binding("end,G", "cursor_end", show=False),
        Binding("pageup", "cursor_page(-1)", show=False),
        Binding("pagedown", "cursor_page(1)", show=False),
    ]
    FOCUS_ON_CLICK = False

    class Opened(Message):
        """The operator clicked on this chat, to see it."""

        def __init__(self, chat: str) -> None:
            super().__init__()
            self.chat = chat

    class CursorMoved(Message):
        """The cursor is on this chat now; None: on none, or the list has not the focus."""

        def __init__(self, chat: str | None) -> None:
            super().__init__()
            self.chat = chat

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._bindings = BindingsMap.merge((self._bindings, actions.in_list()))

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The cursor comes with the focus, to the open chat, and goes with it. Whose chat is gone
        by then begins at the top."""
        super().watch_has_focus(_has_focus)
        if not _has_focus:
            self.repaint()
            self.post_message(self.CursorMoved(None))
            return
        before, found = self.cursor, self.settled()
        first = found.rows[0].chat.id if found.rows else None
        known = (chat for chat in (self.open_chat, before) if chat in found.at)
        self.put_cursor(next(known, first))

    def watch_open_chat(self) -> None:
        """The cursor goes along: the next key is about the chat that is shown."""
        super().watch_open_chat()
        if self.has_focus and self.open_chat in self.settled().at:
            self.put_cursor(self.open_chat)

    def on_click(self, event: events.Click) -> None:
        """A row opens; the line that tells of more turns a page."""
        seen = self.view()
        page = self.size.height - LINES_OF_A_ROW
        if event.y == 0 and seen.above:
            self.scroll_top(seen.top - page)
        elif event.y == self.size.height - 1 and seen.below:
            self.scroll_top(seen.top + page)
        elif (chat := self.settled().chat_at(seen.top + event.y)) is not None:
            self.post_message(self.Opened(chat))

    def put_cursor(self, chat: str | None) -> None:
        """The cursor on `chat`, in sight and told."""
        super().put_cursor(chat)
        if self.has_focus:
            self.post_message(self.CursorMoved(chat))

    def action_cursor_up(self) -> None:
        """One row up."""
        self._move(-1)

    def action_cursor_down(self) -> None:
        """One row down."""
        self._move(1)

    def action_cursor_top(self) -> None:
        """The most urgent row."""
        self._move(-len(self.settled().rows))

    def action_cursor_end(self) -> None:
        """The last row."""
        self._move(len(self.settled().rows))

    def action_cursor_page(self, pages: int) -> None:
        """As many rows as are in view."""
        self._move(pages * max(1, self.size.height // LINES_OF_A_ROW - 1))

    def _move(self, by: int) -> None:
        found = self.settled()
        if found.rows:
            at = found.index(self.cursor)
            place = 0 if at is None else max(0, min(at + by, len(found.rows) - 1))
            self.put_cursor(found.rows[place].chat.id)
