"""The panel about the visitor: beside the messages, or in their place when there is no room."""

from datetime import UTC, tzinfo

from textual.reactive import var
from textual.strip import Strip

from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.time import SECOND, Millis
from operator_tui.ui.look import Look
from operator_tui.ui.render.card import PanelSheet, more_line, panel_lines
from operator_tui.ui.widgets.painted import Painted
from operator_tui.ui.widgets.still_scroll import StillScroll


class SidePanel(StillScroll, Painted, can_focus=True):
    """Visitor card, closing steps and notes of `chat`."""

    chat: var[Chat | None] = var(None)
    desk: var[Desk | None] = var(None)
    """For the operator: whose own notes are."""
    now: var[Millis] = var(0)
    look: var[Look | None] = var(None)
    zone: var[tzinfo] = var(UTC)
    """In which times are shown."""

    def __init__(self, *, id: str | None = None, inline: bool = False) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.inline = inline
        """It stands where the messages are: their ground and their text column."""
        self._lines: list[Strip] = []
        self._painted: tuple[object, ...] = ()

    def watch_chat(self, before: Chat | None, after: Chat | None) -> None:
        """Another chat begins at the top."""
        self._paint()
        if before is None or after is None or before.id != after.id:
            self.show_from(0)

    def watch_now(self) -> None:
        """The time on the website counts up."""
        self._paint()

    def watch_desk(self) -> None:
        """The operator may have become known."""
        self._paint()

    def watch_look(self) -> None:
        """Every colour may have changed."""
        self._paint()

    def watch_zone(self) -> None:
        """Every time may have changed."""
        self._paint()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self._paint()

    def _paint(self) -> None:
        """All lines anew, unless nothing has changed; hidden, the panel paints nothing."""
        if self.look is None or self.chat is None or not self.size:
            self._lines, self._painted = [], ()
            self.clear()
            return
        sheet = self._sheet(self.look)
        painted = (self.chat, self.now // SECOND, self.look, self.zone, self.size)
        if painted == self._painted:
            return
        self._painted = painted
        self._lines = panel_lines(self.chat, self.now, sheet)
        self.show_rows(len(self._lines))
        self.show_from(self.scroll_offset.y)
        self._show()

    def _show(self) -> None:
        if self.look is not None and self._lines:
            sheet = self._sheet(self.look)
            self.put([self._line(y, sheet) for y in range(self.size.height)])

    def _sheet(self, look: Look) -> PanelSheet:
        operator = self.desk.operator.id if self.desk is not None else ""
        width = self.size.width
        if self.inline:
            return PanelSheet(width, look, self.zone, operator, 3, "ground.background")
        return PanelSheet(width, look, self.zone, operator)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other lines are in view."""
        super().watch_scroll_y(old_value, new_value)
        self._show()

    def _line(self, y: int, sheet: PanelSheet) -> Strip:
        """The line `y` of the view; the last one says how much is hidden below."""
        row = self.scroll_offset.y + y
        hidden = len(self._lines) - row
        if y == self.size.height - 1 and hidden > 1:
            return more_line(hidden, sheet)
        if row < len(self._lines):
            return self._lines[row]
        return Strip.blank(self.size.width, sheet.style("ink.text"))
