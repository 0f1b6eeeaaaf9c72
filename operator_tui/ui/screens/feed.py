"""What comes in: the link's updates and the clock, made into the desk that is shown."""

from typing import TYPE_CHECKING

from operator_tui.desk import pending, signals, urgency
from operator_tui.desk.model import Desk
from operator_tui.desk.time import Clock, Millis, ServerTime
from operator_tui.desk.transcripts import with_older
from operator_tui.link.backend import CARRIES, Update
from operator_tui.ui import ticking

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen


NEVER: Millis = 1 << 62
"""Later than any moment."""


class Feed:
    """Folds what the link tells and what time does into the screen's values, once a frame."""

    def __init__(self, screen: "DeskScreen", clock: Clock) -> None:
        self._screen = screen
        self._clock = clock
        self._update: Update | None = None
        self._told = False
        self._laid: tuple[Update, Millis, Desk] | None = None
        """What was laid over the log, for which update, and until when that holds."""

    def adopt(self, update: Update) -> None:
        """Take over what the link tells; shown once, however much comes before the next frame."""
        self._update = update
        if not self._told:
            self._told = True
            self._screen.call_next(self.tick)

    def tick(self) -> None:
        """Look at the clock, and show the desk as it is now."""
        self._told = False
        screen = self._screen
        screen.local = self._clock.seconds()
        meant = self._meant()
        screen.undo.tick(screen.local, meant)
        if (update := self._update) is not None:
            screen.connection, screen.rate = update.connection, update.time.rate
            screen.now = update.time.now(screen.local)
            screen.desk = self._painted(meant)
            screen.returned.take_back(update.outbox)
        screen.keeping.show()
        screen.show()

    def _painted(self, meant: Desk | None) -> Desk | None:
        """With the acts that wait for their undo, and the drafts."""
        if meant is None:
            return None
        return self._screen.pen.over(self._screen.undo.over(meant))

    def _meant(self) -> Desk | None:
        """The log's desk with everything laid over it that is true and not in the log: signals and
        own words; the same as before until something changes in them."""
        update = self._update
        if update is None or update.desk is None:
            return None
        desk, now = update.desk, update.time.now(self._screen.local)
        live = update.connection.state in CARRIES
        if self._laid is None or self._laid[0] is not update or now >= self._laid[1]:
            until = pending.next_change(update.outbox, live=live, now=now)
            heard = signals.over(with_older(desk, update.older), update.signals)
            meant = pending.over(heard, update.outbox, live=live, now=now)
            self._laid = update, NEVER if until is None else until, meant
        return self._laid[2]

    def run(self) -> None:
        """From now on `tick` whenever there is something to see by time alone."""
        self.tick()
        time = self._update.time if self._update is not None else ServerTime()
        local = self._clock.seconds()
        self._screen.set_timer(ticking.sleep(time, local, self._due(time.now(local))), self.run)

    def _due(self, now: Millis) -> Millis | None:
        """The next moment at which a chat shows something else."""
        desk, update = self._screen.desk, self._update
        if desk is None or update is None:
            return None
        live = update.connection.state in CARRIES
        moments = (
            urgency.next_change(desk, now),
            pending.next_change(update.outbox, live=live, now=now),
        )
        return min((moment for moment in moments if moment is not None), default=None)
