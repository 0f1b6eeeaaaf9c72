"""The trainer's hand in a session: carries out orders, and says in a line what came of it."""

import logging
from collections.abc import Iterable, Iterator, Sequence

from operator_tui.desk.entries import Id, Language
from operator_tui.desk.text import SafeLine, SafeText, clean
from server_stub.control.asked_of import found
from server_stub.control.cast import Cast
from server_stub.control.errors import OrderError
from server_stub.control.orders import ORDERS
from server_stub.control.people import Person, people, table
from server_stub.control.stepping import clock_time, stepped
from server_stub.control.throwing import MOST, NOTE, Throwing, operator_of
from server_stub.control.wording import number, parted
from server_stub.house import House
from server_stub.peer import Closing
from server_stub.plays.intents import Known
from server_stub.plays.problems import one_of
from server_stub.service.floor import QUEUE, Floor
from server_stub.service.practice import Practice
from server_stub.visitors.acts import PassedOn
from server_stub.visitors.injected import Comes, Injected

log = logging.getLogger(__name__)

CLOCK = ("pause", "resume", "rate")


class Trainer:
    """Carries out the orders for one house."""

    def __init__(self, house: House, cast: Cast, known: Known) -> None:
        self._house, self._cast, self._known = house, cast, known
        self._before = house.rate or 1.0
        """How fast the clock ran before it was paused."""

    def do(self, words: Sequence[str]) -> list[str]:
        """Carry out one order; what to tell. OrderError: it was not."""
        word, rest = (words[0], list(words[1:])) if words else ("", [])
        if word not in ORDERS:
            raise OrderError(f'"{word[:40]}" is no order.', one_of(word, ORDERS))
        log.info("order %s", word)
        if word == "plays":
            return sorted(self._cast.names())
        try:
            return self._clock(word, rest) if word in CLOCK else self._in_session(word, rest)
        except Closing as closing:
            raise OrderError(
                "The session has not begun, or stands still.", "It begins with the first operator."
            ) from closing

    def _in_session(self, word: str, rest: Sequence[str]) -> list[str]:
        practice = self._house.come_to_now()
        match word:
            case "list":
                return self._list(practice, rest)
            case "step":
                return self._step(rest)
            case _:
                return self._throw(practice, word, rest)

    def _clock(self, word: str, rest: Sequence[str]) -> list[str]:
        if word == "rate" and not rest:
            raise OrderError("rate: how fast?", "Write rate 4; 0.1 to 60, or 0 to pause.")
        if word == "pause":
            self._before = self._house.rate or self._before
        wanted = {"pause": 0.0, "resume": self._house.rate or self._before}
        rate = _number(rest[0]) if word == "rate" else wanted[word]
        try:
            self._house.set_rate(rate)
        except ValueError as error:
            raise OrderError(str(error)) from error
        return [self._running()]

    def _running(self) -> str:
        rate = self._house.rate
        how = "The clock is paused" if rate == 0 else f"The clock runs at {rate:g}"
        if not self._house.begun:
            return f"{how}."
        return f"{how}. It is {clock_time(self._house.practice.now)} UTC."

    def _list(self, practice: Practice, rest: Sequence[str]) -> list[str]:
        if rest not in ([], ["all"]):
            raise OrderError(f'"{rest[0][:40]}" is too much here.', "Write list, or list all.")
        everybody = people(practice.floor, practice.seen())
        told = table(everybody, practice.floor, practice.now, every=bool(rest))
        return [*told, self._running()]

    def _step(self, rest: Sequence[str]) -> list[str]:
        steps = number(rest[0], MOST, "steps") if rest else 1
        runs_on = ["Time goes on by itself; pause stops it."] if self._house.rate else []
        return [*stepped(self._house, steps), self._running(), *runs_on]

    def _throw(self, practice: Practice, word: str, rest: Sequence[str]) -> list[str]:
        everybody = people(practice.floor, practice.seen())
        if word == "transfer" and rest:
            rest = self._named(practice, rest)
            if passed := self._passed(practice, everybody, rest):
                return passed
        reads = _reads(practice.floor)
        thrown = Throwing(everybody, self._cast, self._known, reads).read(word, rest)
        self._house.inject(*thrown)
        had = {one.id for one in everybody if one.chat is not None}
        new = dict.fromkeys(one.visitor for one in thrown if one.visitor not in had)
        return [*map(_told, thrown), *_queued(self._house.practice.floor, new)]

    def _named(self, practice: Practice, rest: Sequence[str]) -> list[str]:
        """The words of a transfer, with the operator's id where a name stood."""
        words = list(rest)
        if "to" in words[:-1] and "note" not in words[: words.index("to")]:
            place = words.index("to") + 1
            staff = {one.id: str(one.name) for one in practice.floor.staff.values()}
            words[place] = operator_of(words[place], staff)
        return words

    def _passed(
        self, practice: Practice, everybody: Sequence[Person], rest: Sequence[str]
    ) -> list[str]:
        """Pass on a chat that stands in the queue or with somebody; [] when there is none."""
        parts = parted(rest, "from", "to", "note")
        if parts[""] in self._cast.names() and parts[""] not in {one.id for one in everybody}:
            return []
        person = found(parts[""], everybody)
        if person.chat is None or person.chat.closed_at is not None or person.desk is None:
            return []
        floor = practice.floor
        others = [one.id for one in floor.staff.values() if one.id != person.desk]
        if not others:
            only = f"{floor.staff[person.desk].name} has {person.id}, and no colleague is there."
            raise OrderError(only, "Somebody new can come as a transfer: transfer PLAY note TEXT.")
        to = parts.get("to") or others[0]
        if to == person.desk:
            raise OrderError(f"{floor.staff[to].name} has that chat already.")
        by = "Ingrid Moll" if person.desk == QUEUE else floor.staff[person.desk].name
        note = clean(parts.get("note") or NOTE, SafeText)
        self._house.visit(person.id, PassedOn(clean(parts.get("from") or by, SafeLine), to, note))
        return [f"{person.id}: passed on to {floor.staff[to].name}"]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise OrderError(f'"{text[:40]}" is no number.', "Write rate 4.") from error


def _reads(floor: Floor) -> dict[Id, tuple[Language, ...]]:
    """What the trainees who are here read."""
    staff = floor.staff.values()
    return {one.id: one.languages for one in staff if one.id in floor.present and not one.simulated}


def _queued(floor: Floor, visitors: Iterable[Id]) -> Iterator[str]:
    """Who of them is on nobody's desk yet."""
    for visitor in visitors:
        chat = floor.visits.get(visitor)
        if chat is not None and floor.cases[chat].desk == QUEUE:
            yield f"{visitor}: waits in the queue, as nobody has a place free"


def _told(thrown: Injected) -> str:
    if isinstance(thrown, Comes):
        return f"{thrown.visitor}: comes"
    return f"{thrown.visitor}: {thrown.does}"
