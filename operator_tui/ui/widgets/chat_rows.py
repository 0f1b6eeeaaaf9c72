"""The rows of the chat list: their order, what is in view of them, and the painting."""

from textual.geometry import Size
from textual.reactive import var
from textual.scroll_view import ScrollView

from operator_tui.desk import urgency
from operator_tui.desk.model import Desk
from operator_tui.desk.policy import Policy
from operator_tui.desk.time import Millis
from operator_tui.ui.look import Look
from operator_tui.ui.render.chat_list import Setting, list_strips
from operator_tui.ui.render.listing import (
    Listing,
    View,
    listing,
    matching,
    neighbour,
    top_showing,
    view,
)
from operator_tui.ui.widgets.keys_in_order import KeysInOrder
from operator_tui.ui.widgets.painted import Painted
from operator_tui.ui.widths import RAIL_BELOW
from operator_tui.ui.words import tr

TALL = 28
"""From this height on (a screen of 30 lines) a blank line stands between the bands."""


class ChatRows(ScrollView, KeysInOrder, Painted):
    """Shows `desk` at `now`. Whatever changes in one go is looked at once, and of the lines in
    view only those go out that differ from what is on the screen."""

    DEFAULT_CSS = """
    ChatRows { overflow: hidden scroll; scrollbar-size: 0 0; background: $surface; }
    """
    ALLOW_SELECT = False

    desk: var[Desk | None] = var(None)
    now: var[Millis] = var(0)
    open_chat: var[str | None] = var(None)
    look: var[Look | None] = var(None)
    filter: var[str] = var("")
    """Only chats whose visitor's name has this in it are shown."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.cursor: str | None = None
        """The chat under the cursor. A chat and not a place: it stays on it when rows move."""
        self._listing = Listing()
        self._stale = False

    @property
    def narrow(self) -> bool:
        """Whether the list is a rail: mark and time, the name below."""
        return self.size.width < RAIL_BELOW

    @property
    def chats(self) -> tuple[str, ...]:
        """The ids of the chats in the order of the list, those a filter hides left out."""
        return tuple(row.chat.id for row in self.settled().rows)

    def finds(self, word: str) -> bool:
        """Whether a chat would be left if `filter` were this."""
        return bool(matching(urgency.rows(self.desk, self.now), word)) if self.desk else False

    def watch_desk(self) -> None:
        """Look again before the next painting."""
        if not self._stale:
            self._stale = True
            if self.is_running:
                self.call_next(self.settled)

    watch_now = watch_desk
    watch_filter = watch_desk

    def watch_look(self) -> None:
        """Another theme or other signs."""
        self.repaint()

    def watch_open_chat(self) -> None:
        """The open chat is brought into sight."""
        self.settled()
        self.show(self.open_chat)
        self.repaint()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other lines are in view."""
        super().watch_scroll_y(old_value, new_value)
        self.repaint()

    def on_resize(self) -> None:
        """Another width may make it a rail, another height part the bands."""
        self._stale = True
        self.settled()

    def settled(self) -> Listing:
        """The rows as they are now, with the cursor on its chat among them."""
        if self._stale and self.size:
            self._stale = False
            self._rearrange()
        return self._listing

    def _rearrange(self) -> None:
        before, followed = self._listing, self.has_focus and self._in_sight(self.cursor)
        rows, tall = self._rows(), self.size.height >= TALL
        self._listing = listing(rows, rail=self.narrow, gaps=tall)
        size = Size(self.size.width, self._listing.height)
        if size != self.virtual_size:  # setting it lays the screen out
            self.virtual_size = size
        cursor = neighbour(before, self._listing, self.cursor) if self.has_focus else self.cursor
        if cursor is None and self.has_focus and rows:
            cursor = rows[0].chat.id  # the first visitor of the day
        self.show(cursor if followed else None)
        if cursor != self.cursor:
            self.put_cursor(cursor)
        self.repaint()

    def _rows(self) -> tuple[urgency.Row, ...]:
        rows = urgency.rows(self.desk, self.now) if self.desk else ()
        return matching(rows, self.filter) if self.filter else rows

    def put_cursor(self, chat: str | None) -> None:
        """The cursor on `chat`, in sight."""
        self.cursor = chat
        self.show(chat)
        self.repaint()

    def show(self, chat: str | None) -> None:
        """Scroll as little as brings the chat's row into sight."""
        top = top_showing(self._listing, chat, self.scroll_offset.y, self.size.height)
        self.scroll_top(top)

    def scroll_top(self, top: int) -> None:
        """Scroll so that line `top` is the first, or as near as there are lines."""
        self.scroll_to(y=top, animate=False, force=True)

    def view(self) -> View:
        """What is in sight."""
        return view(self._listing, self.scroll_offset.y, self.size.height)

    def _in_sight(self, chat: str | None) -> bool:
        top = self.scroll_offset.y
        return top_showing(self._listing, chat, top, self.size.height) == top

    def repaint(self) -> None:
        """Paint what is in view."""
        if self.look is None or not self.size.width:
            return
        nothing = tr('No chat has "{text}" in its name.', text=self.filter) if self.filter else ""
        setting = self._setting(self.look)
        self.put(list_strips(self._listing, self.view(), setting, nothing))

    def _setting(self, look: Look) -> Setting:
        return Setting(
            now=self.now,
            policy=self.desk.policy if self.desk else Policy(),
            me=self.desk.operator.id if self.desk else "",
            open_chat=self.open_chat,
            cursor=self.cursor if self.has_focus else None,
            width=self.size.width,
            look=look,
        )
