"""Visitors who play real plays one after the other: whoever is done makes room for the next."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import count

from operator_tui.desk.model import Channel
from operator_tui.desk.time import MINUTE, SECOND, Millis
from server_stub.clock import VirtualClock
from server_stub.plays.play import Play
from server_stub.plays.reading import FOLDER, read
from server_stub.visitors.acts import Acted, Says
from server_stub.visitors.course import Is
from server_stub.visitors.identity import Card, fraction
from server_stub.visitors.visitor import SimulatedVisitor

WORDS = (
    "Good morning, how can I help you?",
    "I am sorry about that. Could you give me your order number?",
    "Thank you. I will look it up, one moment please.",
    "It is in stock: I'll send it to you today.",
    "Is there anything else that I can do for you?",
)
"""What operators say, in turn: every play has a branch for some of it, and else for the rest."""
COMES_WITHIN: Millis = 10 * SECOND
"""A place that became free is taken by somebody new within this."""
COME_FIRST_WITHIN: Millis = 2 * MINUTE
"""The first ones come little by little, or they would all do everything at once."""
QUIET: Millis = 2 * MINUTE
"""Whoever has written nothing for so long is taken to be gone, and makes room."""
LOOKS_EVERY: Millis = 10 * SECOND
LOOKS = 200
Heard = Callable[[int, Says, Millis], None]


def library() -> list[Play]:
    """The plays of the website that come with the program: a messaging chat sleeps for hours."""
    plays = [read(path) for path in sorted(FOLDER.glob("*.play"))]
    return [play for play in plays if play.heading.channel is Channel.WEB]


class Crowd:
    """So many visitors at a time on one clock, each with one timer; `heard` gets their messages."""

    def __init__(
        self, size: int, plays: Sequence[Play], clock: VirtualClock, heard: Heard, seed: int = 1
    ) -> None:
        self._plays, self._clock, self._heard, self._seed = plays, clock, heard, seed
        self._numbers = count()
        self._machines: dict[int, SimulatedVisitor] = {}
        self._due: dict[int, Millis | None] = {}
        self._spoke: dict[int, Millis] = {}
        self.late: list[Millis] = []
        """By how much each timer was late, in milliseconds of the clock."""
        self.acts = self.ended = self._looked = 0
        for place in range(size):
            self._comes(place, COME_FIRST_WITHIN)
        self._look(clock.now())

    def answer(self, place: int, text: str) -> None:
        """An operator writes to whoever is in this place now."""
        machine, now = self._machines[place], self._clock.now()
        machine.operator(now, text)
        self._happen(place, machine.advance(now))

    def _comes(self, place: int, latest: Millis = COMES_WITHIN) -> None:
        number = next(self._numbers)
        play = self._plays[number % len(self._plays)]
        visitor = f"load-{number}"
        within = fraction(self._seed, "comes", visitor) * latest
        card = Card(play, visitor, self._seed, next(iter(play.languages)))
        at = self._clock.now() + round(within)
        self._machines[place] = SimulatedVisitor(card, at)
        self._due[place], self._spoke[place] = None, at
        self._wait(place)

    def _look(self, now: Millis) -> None:
        """Have those who have gone quiet make room: a few places at a time."""
        self._looked = (self._looked + 1) % LOOKS
        for place in range(self._looked, len(self._machines), LOOKS):
            if now - self._spoke[place] > QUIET:
                self.ended += 1
                self._comes(place)
        self._clock.call_at(now + LOOKS_EVERY // LOOKS, self._look)

    def _wait(self, place: int) -> None:
        due = self._machines[place].next_time()
        if due is not None and due != self._due[place]:
            self._clock.call_at(due, partial(self._act, place, self._machines[place]))
        self._due[place] = due

    def _act(self, place: int, machine: SimulatedVisitor, now: Millis) -> None:
        due = machine.next_time()
        if machine is not self._machines[place] or due is None or due > now:
            return
        self.late.append(now - due)
        self._due[place] = None
        self._happen(place, machine.advance(now))

    def _happen(self, place: int, acted: Sequence[Acted]) -> None:
        self.acts += len(acted)
        machine, now = self._machines[place], self._clock.now()
        for one in acted:
            if isinstance(one.act, Says):
                self._spoke[place] = now
                self._heard(place, one.act, now)
        if machine.busy is Is.BROWSING:
            machine.invited(now, WORDS[0])
        if machine.busy is Is.DONE and machine.next_time() is None:
            self.ended += 1
            self._comes(place)
        else:
            self._wait(place)
