"""Where a visitor is in its play and what it is busy with: everything but what it says."""

from enum import Enum, auto
from typing import assert_never

from operator_tui.desk.time import DAY, Millis
from server_stub.plays.play import (
    Listen,
    Play,
    Scene,
    Step,
    Wait,
)
from server_stub.visitors.hearing import silence
from server_stub.visitors.pace import Pace
from server_stub.visitors.place import Place

NEVER: Millis = 366 * DAY
"""Longer than any practice session."""


class Is(Enum):
    """What a visitor is busy with."""

    ACTING = auto()
    """Does the step it is at, when that is due."""
    TYPING = auto()
    """Sends its message, or shows more of it, when that is due."""
    PAUSING = auto()
    """Goes on when that is due."""
    LISTENING = auto()
    WAITING = auto()
    """Goes on at the operator's next message, whatever it is."""
    BROWSING = auto()
    """Goes on when an operator offers help."""
    DONE = auto()


class Course:
    """The course of one play from a scene on."""

    __slots__ = ("_pace", "_place", "busy", "due", "listen", "step")

    def __init__(self, play: Play, scene: Scene | None, pace: Pace, at: Millis) -> None:
        self._pace = pace
        self._place = Place(play, scene or play.first)
        self.busy = Is.DONE
        self.due = at
        self.step = Step(0, 0, Wait())
        self.listen = Listen(0, ())
        self.on(at)

    @property
    def scene(self) -> str:
        """The name of the scene it is in."""
        return self._place.scene

    def next_time(self, since: Millis, now: Millis) -> Millis | None:
        """When it goes on by itself; `since`: from when silence is counted. None: never."""
        match self.busy:
            case Is.ACTING | Is.TYPING | Is.PAUSING:
                return self.due
            case Is.LISTENING:
                quiet = silence(self.listen)
                return None if quiet is None else max(now, since + quiet[0])
            case Is.WAITING | Is.BROWSING | Is.DONE:
                return None
            case _:
                assert_never(self.busy)

    def time_passed(self) -> None:
        """The moment is another one."""
        self._place.time_passed()

    def on(self, now: Millis) -> None:
        """Come to what stands next."""
        self._come_to(self._place.on(), now)

    def leap(self, to: str, now: Millis) -> None:
        """Come to the beginning of a scene, or to the end."""
        self._come_to(self._place.leap(to), now)

    def acts(self, now: Millis) -> None:
        """Do the step it is at, after the thought that it takes."""
        self.busy, self.due = Is.ACTING, now + self._pace.before(self.step)

    def types(self, until: Millis) -> None:
        """Be typing until then."""
        self.busy, self.due = Is.TYPING, until

    def pauses(self, until: Millis) -> None:
        """Go on then, and not before."""
        self.busy, self.due = Is.PAUSING, until

    def hush(self, until: Millis) -> None:
        """Do nothing until then, and go on where it was."""
        if self.busy is Is.DONE:
            return
        if self.busy is not Is.PAUSING:
            self._place.back()
        self.pauses(until)

    def _come_to(self, here: Step | Listen | None, now: Millis) -> None:
        match here:
            case Step():
                self.step = here
                self.acts(now)
            case Listen():
                self.busy, self.listen = Is.LISTENING, here
            case None:
                self.busy = Is.DONE
            case _:
                assert_never(here)
