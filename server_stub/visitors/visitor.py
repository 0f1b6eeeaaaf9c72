"""One simulated visitor as a pure state machine: fed with time and with the operator's words.

The same seed, play, visitor and words at the same moments give the same acts.
"""

from operator_tui.desk.time import Millis
from server_stub.plays.play import OPENS, Action, Feel, OpensChat, Pause, Transferred
from server_stub.visitors import acts
from server_stub.visitors.acts import Act
from server_stub.visitors.course import NEVER, Is
from server_stub.visitors.hearing import otherwise
from server_stub.visitors.player import Player


class SimulatedVisitor(Player):
    """A visitor to whom operators and trainers do things."""

    __slots__ = ()

    def operator(self, at: Millis, text: str) -> None:
        """An operator writes to it. What was due at that moment is done first."""
        self._run(at)
        self._now = self._spoken_at = max(self._now, at)
        self._patience.answered()
        match self.busy:
            case Is.LISTENING:
                listen = self._course.listen
                self._follow(text, self._ears.heard(listen, text) or otherwise(listen))
            case Is.WAITING:
                self._pace.thinks(text)
                self._go_on()
            case Is.ACTING | Is.TYPING | Is.PAUSING | Is.BROWSING:
                self._ears.remember(text)
            case Is.DONE:
                pass

    def invited(self, at: Millis, text: str) -> None:
        """An operator offers help to it while it browses (R86)."""
        self._run(at)
        self._now, self._invited = max(self._now, at), True
        if self.busy is Is.BROWSING:
            self._pace.thinks(text)
            self._course.acts(self._now)

    def closed(self, at: Millis) -> None:
        """An operator closed the chat: nobody is there to play to."""
        self._run(at)
        self._course.busy = Is.DONE

    def made_to(self, action: Action, at: Millis) -> None:
        """The trainer makes it do something at once, outside its play.

        Who pauses does nothing for so long, who leaves nothing until it is made to return.
        """
        if isinstance(action, OpensChat | Transferred):
            self._opens_now(action, at)
            return
        self._run(at)
        self._now = max(self._now, at)
        match action:
            case Pause(span):
                self._course.hush(self._now + span)
            case Feel(_, pace):
                self._pace.mood = pace
            case _ if not isinstance(action, OPENS):
                self._stay_or_go(self._deeds.do(action, self._now))

    def _opens_now(self, action: Action, at: Millis) -> None:
        """Open a chat, instead of the way that the play is about to do it; perhaps early."""
        self._run(at - 1)  # who is to open a chat at this very moment does it in the other way
        begins = self.busy in {Is.ACTING, Is.BROWSING}
        if begins and isinstance(self._course.step.action, OPENS):
            self._now = at
            self._do_at_once(action)
            self._go_on()
        else:
            self._run(at)
            self._now = max(self._now, at)
            self._do_at_once(action)

    def _stay_or_go(self, act: Act | None) -> None:
        match act:
            case acts.Leaves():
                self._course.hush(self._now + NEVER)
            case acts.Returns() if self.busy is Is.PAUSING:
                self._course.pauses(self._now)
            case acts.Closes():
                self._course.busy = Is.DONE
            case _:
                pass
