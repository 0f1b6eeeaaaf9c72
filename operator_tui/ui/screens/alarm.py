"""Rings the bell and keeps the window's title true."""

from collections.abc import Callable

from operator_tui.desk.model import Desk
from operator_tui.desk.time import Millis
from operator_tui.ui import alerts


class Alarm:
    """Compares each desk with the last one that was seen."""

    def __init__(self, bell: Callable[[], object], terminal: alerts.Write) -> None:
        self._bell = bell
        self._terminal = terminal
        self._seen: alerts.Seen | None = None
        self._shown = ""

    def look(self, desk: Desk | None, now: Millis, typed_in: str | None) -> None:
        """Ring once for whatever is new; the first desk of all rings for nobody."""
        if desk is not None:
            seen = alerts.seen(desk, now)
            if self._seen is not None and alerts.rings(self._seen, seen, typed_in):
                self._bell()
            self._seen = seen
        if (title := alerts.title(desk, now)) != self._shown:
            self._shown = title
            alerts.set_title(self._terminal, title)
