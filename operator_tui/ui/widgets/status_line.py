"""The line at the top of the screen, which always tells the truth."""

from datetime import tzinfo

from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget

from operator_tui.desk.model import Desk
from operator_tui.desk.time import Millis
from operator_tui.link.backend import Connection
from operator_tui.ui.look import Look
from operator_tui.ui.render.status import Truth, status_strip


class StatusLine(Widget):
    """Paints the state of desk, connection and clock; goes out only when a word of it changed."""

    DEFAULT_CSS = "StatusLine { height: 1; }"
    ALLOW_SELECT = False

    desk: var[Desk | None] = var(None)
    now: var[Millis] = var(0)
    connection: var[Connection] = var(Connection())
    rate: var[float] = var(1.0)
    local: var[float] = var(0.0)
    """This machine's seconds, for "next try in 3 s"."""
    look: var[Look | None] = var(None)
    zone: var[tzinfo | None] = var(None)
    """Of the clock; None is this machine's own."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._shown: Strip | None = None

    def watch_now(self) -> None:
        """Whatever changed, it is one line."""
        self._repaint()

    watch_desk = watch_now
    watch_connection = watch_now
    watch_rate = watch_now
    watch_local = watch_now
    watch_look = watch_now
    watch_zone = watch_now
    on_resize = watch_now

    def render_line(self, y: int) -> Strip:
        """The line, as last painted."""
        if y == 0 and self._shown is not None:
            return self._shown
        return Strip.blank(self.size.width, self.rich_style)

    def _repaint(self) -> None:
        if self.look is None or not self.size.width:
            return
        truth = Truth(
            desk=self.desk,
            now=self.now,
            connection=self.connection,
            rate=self.rate,
            local=self.local,
            zone=self.zone,
        )
        before, self._shown = self._shown, status_strip(truth, self.size.width, self.look)
        if self._shown != before:
            self.refresh()
