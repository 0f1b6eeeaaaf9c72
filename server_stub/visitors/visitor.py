"""One simulated visitor as a pure state machine: fed with time and with the operator's words.

The same seed, play, visitor and words at the same moments give the same acts.
"""

from enum import Enum, auto
from typing import assert_never

from operator_tui.desk.text import SafeText
from operator_tui.desk.time import Millis
from server_stub.visitors import acts
from server_stub.visitors.acts import Act, Acted
from server_stub.visitors.doing import plain
from server_stub.visitors.hearing import Ears, otherwise, silence
from server_stub.visitors.identity import Card
from server_stub.visitors.pace import Pace
from server_stub.visitors.play import (
    END,
    Action,
    Feel,
    Goto,
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

LEAPS = 50
"""So many scenes at one moment are a play that turns in a circle: it ends."""


class _Is(Enum):
    ACTING = auto()
    """Does its next step at `_due`."""
    TYPING = auto()
    """Sends `_text`, or shows more of it, at `_due`."""
    PAUSING = auto()
    """Goes on at `_due`."""
    LISTENING = auto()
    WAITING = auto()
    """Goes on at the operator's next message, whatever it is."""
    DONE = auto()


class SimulatedVisitor:
    """One visitor from `at` on, beginning with `scene`; `chats`: how many it has opened before."""

    __slots__ = (
        "_acted_at",
        "_card",
        "_chats",
        "_due",
        "_ears",
        "_index",
        "_is",
        "_leaps",
        "_now",
        "_out",
        "_pace",
        "_scene",
        "_sent_with_chat",
        "_spoken_at",
        "_text",
    )

    def __init__(
        self,
        card: Card,
        at: Millis,
        *,
        scene: Scene | None = None,
        chats: int = 0,
        preview: bool = False,
    ) -> None:
        self._card = card
        self._chats = chats
        self._pace = Pace(card, preview=preview)
        self._ears = Ears(card.language)
        self._now = self._due = self._acted_at = self._spoken_at = at
        self._out: list[Acted] = []
        self._text: SafeText | None = None
        self._sent_with_chat = False
        self._leaps = 0
        self._enter(scene or card.play.first)

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
                self._go(text, self._ears.heard(self._listen, text) or otherwise(self._listen))
            case _Is.WAITING:
                self._pace.thinks(text)
                self._next_step()
            case _Is.ACTING | _Is.TYPING | _Is.PAUSING:
                self._ears.remember(text)
            case _Is.DONE:
                pass
            case _:
                assert_never(self._is)

    def closed(self, at: Millis) -> None:
        """An operator closed the chat: nobody is there to play to."""
        self._run(at)
        self._is = _Is.DONE

    @property
    def _listen(self) -> Listen:
        then = self._scene.then
        return then if isinstance(then, Listen) else Listen(0, ())

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
            self._leaps = self._leaps if due == self._now else 0
            self._now = due
            match self._is:
                case _Is.ACTING:
                    self._do(self._scene.steps[self._index])
                case _Is.TYPING:
                    self._type_on()
                case _Is.PAUSING:
                    self._next_step()
                case _:
                    self._tire()

    def _tire(self) -> None:
        self._acted_at = self._now  # or a scene that leads to itself would turn for ever
        if (quiet := silence(self._listen)) is not None:
            self._leap(quiet[1])

    def _type_on(self) -> None:
        if (more := self._pace.rest(self._now)) is not None:
            self._act(more, counts=False)
            self._due = self._pace.due
        elif self._text is not None:
            self._act(acts.Says(self._text))
            self._next_step()

    def _enter(self, scene: Scene) -> None:
        self._scene = scene
        self._index = -1
        self._next_step()

    def _leap(self, to: str) -> None:
        self._leaps += 1
        if to == END or self._leaps > LEAPS:
            self._is = _Is.DONE
        else:
            self._enter(self._card.play.scenes[to])

    def _next_step(self) -> None:
        self._index += 1
        if self._index < len(self._scene.steps):
            self._is = _Is.ACTING
            self._due = self._now + self._pace.before(self._scene.steps[self._index])
        elif isinstance(self._scene.then, Goto):
            self._leap(self._scene.then.to)
        else:
            self._is = _Is.LISTENING
            if (recalled := self._ears.recall(self._listen)) is not None:
                self._go(*recalled)

    def _go(self, because: str, to: str | None) -> None:
        """Follow the operator's words, if they lead anywhere."""
        if to is not None:
            self._pace.thinks(because)
            self._leap(to)

    def _act(self, act: Act, *, counts: bool = True) -> None:
        self._out.append(Acted(self._card.id, self._now, act))
        if counts:
            self._acted_at = self._spoken_at = self._now

    def _do(self, step: Step) -> None:
        with_chat, self._sent_with_chat = self._sent_with_chat and not step.after, False
        match step.action:
            case Say(texts):
                self._write(in_language(texts, self._card.language), at_once=with_chat)
            case Type(span):
                self._act(acts.Types(span), counts=False)
                self._pause(self._now + span)
            case Pause(span):
                self._pause(self._now + span)
            case Wait():
                self._is = _Is.WAITING
            case Reactivate(span) if self._now < self._spoken_at + span:
                self._due = self._spoken_at + span
            case _ as action:
                self._do_at_once(action)
                self._next_step()

    def _do_at_once(self, action: Action) -> None:
        match action:
            case Feel(_, pace):
                self._pace.mood = pace
            case OpensChat():
                self._open()
            case Reactivate(span):
                self._act(acts.Reactivates(span))
            case _ if (act := plain(action)) is not None:
                self._act(act)

    def _pause(self, until: Millis) -> None:
        self._is = _Is.PAUSING
        self._due = until

    def _write(self, text: SafeText | None, *, at_once: bool) -> None:
        if text is None or at_once:
            if text is not None:
                self._act(acts.Says(text))
            self._next_step()
            return
        self._text = text
        self._is = _Is.TYPING
        self._act(self._pace.begins(text, self._now), counts=False)
        self._due = self._pace.due

    def _open(self) -> None:
        self._act(self._card.opens(self._now, self._chats))
        self._chats += 1
        self._sent_with_chat = True  # what follows at once was written before, and comes with it
