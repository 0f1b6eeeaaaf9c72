"""One visitor who plays its play as time goes on; `visitor.py` adds what reaches it meanwhile."""

from collections.abc import Callable
from typing import TypeAlias

from operator_tui.desk.entries import NO_TEXT
from operator_tui.desk.text import SafeText
from operator_tui.desk.time import Millis
from server_stub.plays.play import (
    OPENS,
    AcceptInvitation,
    Action,
    Branch,
    Feel,
    IgnoreInvitation,
    Pause,
    Reactivate,
    Say,
    Scene,
    Step,
    Type,
    Wait,
)
from server_stub.visitors import acts
from server_stub.visitors.acts import Acted
from server_stub.visitors.course import Course, Is
from server_stub.visitors.deeds import Deeds
from server_stub.visitors.hearing import Ears, silence
from server_stub.visitors.identity import Card
from server_stub.visitors.pace import Pace
from server_stub.visitors.patience import Patience

Taken: TypeAlias = Callable[[Branch], None]

PARTS = (
    "_arrives",
    "_course",
    "_deeds",
    "_ears",
    "_invited",
    "_now",
    "_pace",
    "_patience",
    "_sent_with_chat",
    "_spoken_at",
    "_taken",
    "_text",
    "card",
)
"""What a player is made of: ten thousand of them must fit in little memory."""


class Player:
    """One visitor from `at` on, beginning with `scene`; `chats`: how many it has opened before.

    `spoken_at` is when somebody last wrote before that; `taken` hears of every branch taken.
    """

    __slots__ = PARTS

    def __init__(
        self,
        card: Card,
        at: Millis,
        scene: Scene | None = None,
        *,
        chats: int = 0,
        spoken_at: Millis | None = None,
        taken: Taken | None = None,
    ) -> None:
        self.card = card
        self._taken = taken
        self._pace = Pace(card)
        self._ears = Ears(card.language, card.known)
        self._patience = Patience(card)
        self._deeds = Deeds(card, at, chats)
        self._now = at
        self._spoken_at = at if spoken_at is None else spoken_at
        self._text = NO_TEXT
        self._sent_with_chat = self._invited = False
        self._course = Course(card.play, scene, self._pace, at)
        self._arrives = scene is None and not chats and _looks_around(card.play.first)

    @property
    def busy(self) -> Is:
        """What it is busy with."""
        return self._course.busy

    @property
    def scene(self) -> str:
        """The name of the scene it is in."""
        return self._course.scene

    def next_time(self) -> Millis | None:
        """When this visitor acts next if nobody writes to it; None: never."""
        return self._deeds.out[0].at if self._deeds.out else self._next()

    def advance(self, to: Millis) -> list[Acted]:
        """What it does up to and with the moment `to`."""
        self._run(to)
        return self._deeds.fetched()

    def _next(self) -> Millis | None:
        due, gives_up = self._course.next_time(self._deeds.last_at, self._now), self._patience.until
        if gives_up is None or self.busy is Is.DONE:
            return due
        return gives_up if due is None else min(due, gives_up)

    def _run(self, to: Millis) -> None:
        while (due := self._next()) is not None and due <= to:
            if due > self._now:
                self._course.time_passed()
            self._now = due
            if due == self._patience.until:
                self._give_up()
                continue
            match self.busy:
                case Is.ACTING:
                    self._do(self._course.step)
                case Is.TYPING:
                    self._type_on()
                case Is.LISTENING:
                    self._tire()
                case _:
                    self._go_on()

    def _give_up(self) -> None:
        for act in self._patience.ends():
            self._deeds.add(act, self._now)
        self._course.busy = Is.DONE

    def _tire(self) -> None:
        self._deeds.last_at = self._now  # or a scene that leads to itself turns for ever
        if (quiet := silence(self._course.listen)) is not None:
            self._take(quiet[1])

    def _type_on(self) -> None:
        if (more := self._pace.rest(self._now)) is not None:
            self._deeds.add(more, self._now)
            self._course.types(self._pace.due)
        else:
            self._deeds.add(acts.Says(self._text), self._now)
            self._spoken_at = self._now
            self._go_on()

    def _go_on(self) -> None:
        self._course.on(self._now)
        self._recall()

    def _take(self, branch: Branch) -> None:
        if self._taken is not None:
            self._taken(branch)
        self._course.leap(branch.to, self._now)
        self._recall()

    def _recall(self) -> None:
        """Try what was said meanwhile against what it listens for now."""
        if self.busy is Is.LISTENING and (said := self._ears.recall(self._course.listen)):
            self._follow(*said)

    def _follow(self, text: str, branch: Branch | None) -> None:
        """Go where the operator's words lead, if they lead anywhere."""
        if branch is not None:
            self._pace.thinks(text)
            self._take(branch)

    def _do(self, step: Step) -> None:
        if self._arrives:
            self._arrives = False
            self._deeds.looks_around(self._now)
        with_chat = self._sent_with_chat and not step.after
        self._sent_with_chat = with_chat and isinstance(step.action, Feel)
        match step.action:
            case Say() if not with_chat and (text := self._deeds.words(step.action)):
                self._type(text)
            case Type(span):
                self._deeds.add(acts.Types(span), self._now)
                self._course.pauses(self._now + span)
            case Pause(span):
                self._course.pauses(self._now + span)
            case Wait():
                self._course.busy = Is.WAITING
            case AcceptInvitation() | IgnoreInvitation() if not self._invited:
                self._deeds.looks_around(self._now)
                self._course.busy = Is.BROWSING
            case Reactivate(span) if self._now < self._spoken_at + span:
                self._course.due = self._spoken_at + span
            case _ as action:
                self._do_at_once(action)
                self._go_on()

    def _do_at_once(self, action: Action) -> None:
        if isinstance(action, Feel):
            self._pace.mood = action.pace
        elif (act := self._deeds.do(action, self._now)) is not None:
            self._spoken_at = self._now
            self._invited = False
            if isinstance(act, acts.Opens):
                self._sent_with_chat = True  # what follows at once was written before it
                self._patience.waits_from(self._now)

    def _type(self, text: SafeText) -> None:
        self._text = text
        self._deeds.add(self._pace.begins(text, self._now), self._now)
        self._course.types(self._pace.due)


def _looks_around(scene: Scene) -> bool:
    """Whether the visitor is seen on the website before there is a chat."""
    doors = (*OPENS, IgnoreInvitation)
    first = next((one.action for one in scene.steps if isinstance(one.action, doors)), None)
    return isinstance(first, AcceptInvitation | IgnoreInvitation)
