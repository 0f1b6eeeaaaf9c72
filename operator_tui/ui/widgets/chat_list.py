"""The chat list: every chat of the desk in the order of its need, as one Line-API widget."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from operator_tui.desk import queue
from operator_tui.desk.model import Desk
from operator_tui.desk.policy import Policy
from operator_tui.desk.time import Millis
from operator_tui.ui.look import Look
from operator_tui.ui.render.chat_list import Setting, list_strips
from operator_tui.ui.render.listing import (
    LINES_OF_A_ROW,
    Listing,
    View,
    listing,
    matching,
    neighbour,
    top_showing,
    view,
)
from operator_tui.ui.render.rail import RAIL_BELOW
from operator_tui.ui.words import tr

TALL = 28
"""From this height on (a screen of 30 lines) a blank line stands between the bands."""


class ChatList(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows `desk` at `now`, and says which chat the operator chose.

    The cursor is a chat and not a place: it stays on its chat when rows move. Without the focus
    there is no cursor; the open chat's ground shows where the operator is.
    """

    DEFAULT_CSS = """
    ChatList { overflow: hidden scroll; scrollbar-size: 0 0; background: $ground-surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", show=False),
        Binding("down,j", "cursor_down", show=False),
        Binding("home,g", "top", show=False),
        Binding("end,G", "end", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("enter,o", "open", show=False),
    ]
    FOCUS_ON_CLICK = False
    ALLOW_SELECT = False

    desk: var[Desk | None] = var(None)
    now: var[Millis] = var(0)
    open_chat: var[str | None] = var(None)
    look: var[Look | None] = var(None)
    filter: var[str] = var("")
    """Only chats whose visitor's name has this in it are shown."""

    class Opened(Message):
        """The operator chose this chat, to see it."""

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
        self.cursor: str | None = None
        self._listing = Listing()
        self._shown: list[Strip] = []
        self._stale = False

    @property
    def narrow(self) -> bool:
        """Whether the list is a rail: mark and time, the name below."""
        return self.size.width < RAIL_BELOW

    @property
    def chats(self) -> tuple[str, ...]:
        """The ids of the chats in the order of the list, those a filter hides left out."""
        self._settle()
        return tuple(row.chat.id for row in self._listing.rows)

    def watch_desk(self) -> None:
        """Whatever changes in one go is looked at once."""
        self._look_again()

    watch_now = watch_desk
    watch_filter = watch_desk

    def watch_look(self) -> None:
        """Another theme or other signs."""
        self._repaint()

    def watch_open_chat(self) -> None:
        """The open chat is brought into sight; a cursor without focus is there."""
        self._settle()
        self._show(self.open_chat)
        self._repaint()

    def on_resize(self) -> None:
        """Another width may make it a rail."""
        self._stale = True
        self._settle()

    def on_focus(self) -> None:
        """The cursor begins at the open chat."""
        self._settle()
        first = self._listing.rows[0].chat.id if self._listing.rows else None
        known = (chat for chat in (self.open_chat, self.cursor) if chat in self._listing.at)
        self._put(next(known, first))

    def on_blur(self) -> None:
        """No focus, no cursor."""
        self._repaint()
        self.post_message(self.CursorMoved(None))

    def on_click(self, event: events.Click) -> None:
        """A row opens; the line that tells of more turns a page."""
        seen = self._view()
        if event.y == 0 and seen.above:
            self._scroll(seen.top - self.size.height + LINES_OF_A_ROW)
        elif event.y == self.size.height - 1 and seen.below:
            self._scroll(seen.top + self.size.height - LINES_OF_A_ROW)
        elif (chat := self._listing.chat_at(seen.top + event.y)) is not None:
            self.post_message(self.Opened(chat))

    def action_cursor_up(self) -> None:
        """One row up."""
        self._move(-1)

    def action_cursor_down(self) -> None:
        """One row down."""
        self._move(1)

    def action_top(self) -> None:
        """The most urgent row."""
        self._move(-len(self._listing.rows))

    def action_end(self) -> None:
        """The last row."""
        self._move(len(self._listing.rows))

    def action_page(self, pages: int) -> None:
        """A view's height of rows."""
        self._move(pages * max(1, self.size.height // LINES_OF_A_ROW - 1))

    def action_open(self) -> None:
        """Choose the chat under the cursor."""
        if self.cursor is not None:
            self.post_message(self.Opened(self.cursor))

    def render_line(self, y: int) -> Strip:
        """A line that was painted when something changed."""
        if y < len(self._shown):
            return self._shown[y]
        return Strip.blank(self.size.width, self.rich_style)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other lines are in view."""
        super().watch_scroll_y(old_value, new_value)
        self._repaint()

    def _look_again(self) -> None:
        if not self._stale:
            self._stale = True
            if self.is_running:
                self.call_next(self._settle)

    def _settle(self) -> None:
        """Bring the rows up to date: their order, and the cursor on its chat among them."""
        if not self._stale or not self.size:
            return
        self._stale = False
        before, followed = self._listing, self.has_focus and self._in_sight(self.cursor)
        self._listing = listing(self._rows(), rail=self.narrow, gaps=self.size.height >= TALL)
        if (self.size.width, self._listing.height) != self.virtual_size:
            self.virtual_size = Size(self.size.width, self._listing.height)
        cursor = neighbour(before, self._listing, self.cursor)
        self._show(cursor if followed else None)
        if cursor != self.cursor:
            self._put(cursor)
        self._repaint()

    def _rows(self) -> tuple[queue.Row, ...]:
        if self.desk is None:
            return ()
        rows = queue.rows(self.desk, self.now)
        return matching(rows, self.filter) if self.filter else rows

    def _move(self, by: int) -> None:
        self._settle()
        rows = self._listing.rows
        if rows:
            at = self._listing.index(self.cursor)
            place = 0 if at is None else max(0, min(at + by, len(rows) - 1))
            self._put(rows[place].chat.id)

    def _put(self, chat: str | None) -> None:
        """The cursor on `chat`, in sight."""
        self.cursor = chat
        self._show(chat)
        self._repaint()
        if self.has_focus:
            self.post_message(self.CursorMoved(chat))

    def _show(self, chat: str | None) -> None:
        self._scroll(top_showing(self._listing, chat, self.scroll_offset.y, self.size.height))

    def _scroll(self, top: int) -> None:
        self.scroll_to(y=top, animate=False, force=True)

    def _view(self) -> View:
        return view(self._listing, self.scroll_offset.y, self.size.height)

    def _in_sight(self, chat: str | None) -> bool:
        top = self.scroll_offset.y
        return top_showing(self._listing, chat, top, self.size.height) == top

    def _repaint(self) -> None:
        """Paint what is in view; only lines that differ from those on the screen go out."""
        width, look, desk = self.size.width, self.look, self.desk
        if look is None or not width:
            return
        setting = Setting(
            now=self.now,
            policy=desk.policy if desk else Policy(),
            me=desk.operator.id if desk else "",
            open_chat=self.open_chat,
            cursor=self.cursor if self.has_focus else None,
            width=width,
            look=look,
        )
        nothing = tr('No chat has "{text}" in its name.', text=self.filter) if self.filter else ""
        before, self._shown = (
            self._shown,
            list_strips(self._listing, self._view(), setting, nothing),
        )
        changed = [
            y for y, strip in enumerate(self._shown) if y >= len(before) or strip != before[y]
        ]
        self.refresh(*(Region(0, y, width, 1) for y in changed)) if changed else None
