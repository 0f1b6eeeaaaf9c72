"""The line at the top of the screen, which always tells the truth."""

from datetime import tzinfo

from textual.reactive import var

from operator_tui.desk.model import Desk
from operator_tui.desk.time import Millis
from operator_tui.link.backend import Connection
from operator_tui.ui.look import Look
from operator_tui.ui.render.status import Truth, status_strip
from operator_tui.ui.widgets.painted import Painted


class StatusLine(Painted):
    """Paints the state of desk, connection and clock; goes out only when a word of it changed."""

    DEFAULT_CSS = "StatusLine { height: 1; }"
    ALLOW_SELECT = False

    desk: var[Desk | None] = var(None)
    now: var[Millis] = var(0)
    connection: var[Connection] = var(Connection())
    rate: var[float] = var(1.0)
    local: var[float] = var(0.0)
    """This machine's seconds, for "next try in 3 s"."""
    stranded: var[int] = var(0)
    """Texts that reached nobody and stand in no chat."""
    look: var[Look | None] = var(None)
    zone: var[tzinfo | None] = var(None)
    """Of the clock; None is this machine's own."""

    def watch_now(self) -> None:
        """Whatever changed, it is one line."""
        self._repaint()

    watch_desk = watch_now
    watch_connection = watch_now
    watch_rate = watch_now
    watch_local = watch_now
    watch_stranded = watch_now
    watch_look = watch_now
    watch_zone = watch_now
    on_resize = watch_now

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
            stranded=self.stranded,
        )
        self.put([status_strip(truth, self.size.width, self.look)])
