"""One simulated visitor as a pure state machine: fed with time and with the operator's words.

The same seed, play, visitor and words at the same moments give the same acts.
"""

from enum import Enum, auto
from typing import assert_never

from operator_tui.desk.model import NO_TEXT
from operator_tui.desk.text import SafeText
from operator_tui.desk.time import Millis
from server_stub.visitors import acts
from server_stub.visitors.acts import Act, Acted
from server_stub.visitors.doing import plain
from server_stub.visitors.hearing import Ears, otherwise, silence
from server_stub.visitors.identity import Card
from server_stub.visitors.pace import Pace
from server_stub.visitors.place import Place
from server_stub.visitors.play import (
    Action,
    Feel,
    Listen,
    OpensChat,
    Pause,
    Reactivate,
    Say,
    Scene,
    Step,
    Type,
    Wait,
    in_language,
)


class _Is(Enum):
    ACTING = auto()
    """Does the step it is at, at `_due`."""
    TYPING = auto()
    """Sends its message, or shows more of it, at `_due`."""
    PAUSING = auto()
    """Goes on at `_due`."""
    LISTENING = auto()
    WAITING = auto()
    """Goes on at the operator's next message, whatever it is."""
    DONE = auto()


class SimulatedVisitor:
    """One visitor from `at` on, beginning with `scene`; `chats`: how many it has opened before."""

    def __init__(
        self, card: Card, at: Millis, scene: Scene | None = None, *, chats: int = 0
    ) -> None:
        self._card = card
        self._chats = chats
        self._pace = Pace(card)
        self._ears = Ears(card.language)
        self._place = Place(card.play, scene or card.play.first)
        self._now = self._due = self._acted_at = self._spoken_at = at
        self._out: list[Acted] = []
        self._step: Step | None = None
        self._listen = Listen(0, ())
        self._text = NO_TEXT
        self._sent_with_chat = False
        self._come_to(self._place.on())

    def next_time(self) -> Millis | None:
        """When this visitor acts next if nobody writes to it; None: never."""
        return self._out[0].at if self._out else self._next()

    def advance(self, to: Millis) -> list[Acted]:
        """What it does up to and with the moment `to`."""
        self._run(to)
        done, self._out = self._out, []
        return done

    def operator(self, at: Millis, text: str) -> None:
        """An operator writes to it. What was due at that moment is done first."""
        self._run(at)
        self._now = self._spoken_at = max(self._now, at)
        match self._is:
            case _Is.LISTENING:
                self._follow(text, self._ears.heard(self._listen, text) or otherwise(self._listen))
            case _Is.WAITING:
                self._pace.thinks(text)
                self._go_on()
            case _Is.ACTING | _Is.TYPING | _Is.PAUSING:
                self._ears.remember(text)
            case _Is.DONE:
                pass

    def closed(self, at: Millis) -> None:
        """An operator closed the chat: nobody is there to play to."""
        self._run(at)
        self._is = _Is.DONE

    def _next(self) -> Millis | None:
        match self._is:
            case _Is.ACTING | _Is.TYPING | _Is.PAUSING:
                return self._due
            case _Is.LISTENING:
                quiet = silence(self._listen)
                return None if quiet is None else max(self._now, self._acted_at + quiet[0])
            case _Is.WAITING | _Is.DONE:
                return None
            case _:
                assert_never(self._is)

    def _run(self, to: Millis) -> None:
        while (due := self._next()) is not None and due <= to:
            if due > self._now:
                self._place.time_passed()
            self._now = due
            match self._is:
                case _Is.ACTING if self._step is not None:
                    self._do(self._step)
                case _Is.TYPING:
                    self._type_on()
                case _Is.LISTENING:
                    self._tire()
                case _:
                    self._go_on()

    def _tire(self) -> None:
        self._acted_at = self._now  # or a scene that leads to itself would turn for ever
        if (quiet := silence(self._listen)) is not None:
            self._come_to(self._place.leap(quiet[1]))

    def _type_on(self) -> None:
        if (more := self._pace.rest(self._now)) is not None:
            self._act(more, counts=False)
            self._due = self._pace.due
        else:
            self._act(acts.Says(self._text))
            self._go_on()

    def _go_on(self) -> None:
        self._come_to(self._place.on())

    def _come_to(self, here: Step | Listen | None) -> None:
        match here:
            case Step():
                self._step = here
                self._is, self._due = _Is.ACTING, self._now + self._pace.before(here)
            case Listen():
                self._is, self._listen = _Is.LISTENING, here
                if (recalled := self._ears.recall(here)) is not None:
                    self._follow(*recalled)
            case None:
                self._is = _Is.DONE
            case _:
                assert_never(here)

    def _follow(self, text: str, to: str | None) -> None:
        """Go where the operator's words lead, if they lead anywhere."""
        if to is not None:
            self._pace.thinks(text)
            self._come_to(self._place.leap(to))

    def _act(self, act: Act, *, counts: bool = True) -> None:
        self._out.append(Acted(self._card.id, self._now, act))
        if counts:
            self._acted_at = self._spoken_at = self._now

    def _do(self, step: Step) -> None:
        with_chat, self._sent_with_chat = self._sent_with_chat and not step.after, False
        match step.action:
            case Say(texts) if (text := in_language(texts, self._card.language)) and not with_chat:
                self._type(text)
            case Type(span):
                self._act(acts.Types(span), counts=False)
                self._is, self._due = _Is.PAUSING, self._now + span
            case Pause(span):
                self._is, self._due = _Is.PAUSING, self._now + span
            case Wait():
                self._is = _Is.WAITING
            case Reactivate(span) if self._now < self._spoken_at + span:
                self._due = self._spoken_at + span
            case _ as action:
                self._do_at_once(action)
                self._go_on()

    def _do_at_once(self, action: Action) -> None:
        match action:
            case Feel(_, pace):
                self._pace.mood = pace
            case OpensChat():
                self._act(self._card.opens(self._now, self._chats))
                self._chats += 1
                self._sent_with_chat = True  # what follows at once was written before
            case Say(texts):
                self._act(acts.Says(in_language(texts, self._card.language) or NO_TEXT))
            case _ if (act := plain(action)) is not None:
                self._act(act)

    def _type(self, text: SafeText) -> None:
        self._text = text
        self._act(self._pace.begins(text, self._now), counts=False)
        self._is, self._due = _Is.TYPING, self._pace.due
