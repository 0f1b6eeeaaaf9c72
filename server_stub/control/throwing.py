"""From the words of an order to what is thrown in. Knows no clock and no sockets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, count

from msgspec import structs

from operator_tui.desk.entries import Id, Language
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.time import SECOND, Millis
from server_stub.control.asked_of import check, found
from server_stub.control.cast import Cast
from server_stub.control.errors import OrderError
from server_stub.control.people import Person
from server_stub.control.wording import number, parted
from server_stub.plays.actions import LineError, read_action
from server_stub.plays.intents import Intents, Known, spoken
from server_stub.plays.play import Play
from server_stub.plays.problems import one_of
from server_stub.plays.spans import span
from server_stub.visitors.injected import Comes, Injected, Made

MOST = 50
"""Messages of one burst, or visitors."""
APART: Millis = 1_500
"""So far apart the messages of a burst come."""
NOTE = "Has been waiting for me for a while, and I am out of time."
NOBODY: Mapping[Id, Sequence[Language]] = {}
PLAIN = {"leave": "leaves site", "close": "closes chat", "unshare": "stops sharing"}


class Throwing:
    """What one order throws in, among `everybody`.

    `reads`: the languages of each trainee who is here; newcomers speak one of them if they can.
    """

    def __init__(
        self,
        everybody: Sequence[Person],
        cast: Cast,
        known: Known,
        reads: Mapping[Id, Sequence[Language]] = NOBODY,
    ) -> None:
        self._everybody, self._cast, self._known = everybody, cast, known
        self._reads = reads

    def read(self, word: str, rest: Sequence[str]) -> list[Injected]:
        """What the order throws in. OrderError: it cannot be done."""
        if word == "new":
            return list(self._new(rest))
        if not rest:
            raise OrderError(f"{word}: who?", "Write a visitor's id; list tells them.")
        if word == "burst" and rest[0].isdecimal():
            return list(self._crowd(rest))
        if word == "transfer":
            return list(self._transfer(rest))
        person = found(rest[0], self._everybody)
        makers: dict[str, Callable[[Person, str], list[tuple[str, Millis]]]] = {
            "return": self._returns,
            "share": lambda _, text: [(f"shares screen {text}".strip(), 0)],
            "silence": lambda _, text: [(f"pauses {text or '3m'}", 0)],
            "anger": self._anger,
            "say": lambda _, text: [(f"says {text}".strip(), 0)],
            "burst": self._burst,
            "boomerang": self._boomerang,
            "do": lambda _, text: [(text, 0)],
        }
        text = " ".join(rest[1:])
        if word in PLAIN:
            if text:
                raise OrderError(f'"{text[:40]}" is too much here.', "Leave it out.")
            return [*self._made(person, [(PLAIN[word], 0)])]
        return [*self._made(person, makers[word](person, text))]

    def _made(self, person: Person, lines: Sequence[tuple[str, Millis]]) -> list[Made]:
        """The actions of these lines, if they can be read and the visitor can do the first."""
        for place, (line, _) in enumerate(lines):
            try:
                action = read_action(line)
            except LineError as error:
                raise OrderError(error.what, error.suggestion) from error
            if not place:
                check(person, action)
        return [Made(person.id, line, after) for line, after in lines]

    def _words(self, person: Person) -> Intents:
        return spoken(self._known, "en" if person.seen is None else person.seen.language)

    def _returns(self, person: Person, text: str) -> list[tuple[str, Millis]]:
        page = text or ("" if person.chat is None else str(person.chat.page))
        return [(f"returns to {page or 'https://shop.example/'}", 0)]

    def _anger(self, person: Person, text: str) -> list[tuple[str, Millis]]:
        says = text or self._words(person).thrown.angry
        return [(f"says {says}", 0), ("mood angry", 0)]

    def _burst(self, person: Person, text: str) -> list[tuple[str, Millis]]:
        many, _, said = text.partition(" ")
        n = number(many, MOST, "messages")
        own = [one.strip() for one in said.split(" / ") if one.strip()]
        lines = own or [*self._words(person).thrown.presses]
        return [(f"says {lines[k % len(lines)]}", k * APART) for k in range(n)]

    def _boomerang(self, person: Person, text: str) -> list[tuple[str, Millis]]:
        first, _, rest = text.partition(" ")
        silence, said = (first, rest) if span(first) is not None else ("14h", text)
        says = said.strip() or self._words(person).thrown.back
        return [(f"reactivates after {silence}", 0), (f"says {says}", 2 * SECOND)]

    def _new(self, rest: Sequence[str]) -> Iterator[Injected]:
        parts = parted(rest, "as")
        play, _, language = parts[""].partition(" ")
        if not play:
            raise OrderError("new: which play?", "plays tells those there are.")
        yield self._comes(play, language or None, parts.get("as"))

    def _crowd(self, rest: Sequence[str]) -> Iterator[Injected]:
        n = number(rest[0], MOST, "visitors")
        if not (plays := rest[1:]):
            raise OrderError("burst: of what?", "Write burst 3 late_parcel, or burst sanne 3.")
        taken: set[Id] = set()
        for k in range(n):
            play = self._cast.play(plays[k % len(plays)])[0]
            names = spoken(self._known, self._language(play, None) or "en").names
            called = names[k % len(names)] if names else None
            comes = self._comes(play.id, None, called, taken)
            taken.add(comes.visitor)
            yield comes

    def _comes(
        self,
        name: str,
        language: Language | None,
        called: str | None,
        taken: set[Id] | None = None,
        operator: Id | None = None,
    ) -> Comes:
        play, source = self._cast.play(name)
        if language is not None and language not in play.languages:
            has = f"It has {', '.join(play.languages)}."
            raise OrderError(f'{name} does not speak "{language[:20]}".', has)
        ids = {one.id for one in self._everybody} | (taken or set())
        visitor = next(one for k in count(1) if (one := f"{name}-{k}"[-64:]) not in ids)
        line = clean(called, SafeLine) if called else None
        speaks = language or self._language(play, operator)
        return Comes(visitor, name, source, speaks, line, operator, asked=language is not None)

    def _language(self, play: Play, operator: Id | None) -> Language | None:
        """The play's first that whoever may get the chat reads; else its first."""
        own = self._reads.get(operator or "")
        read = set(chain(*self._reads.values()) if own is None else own)
        able = [one for one in play.languages if one in read] or play.languages
        return next(iter(able), None)

    def _transfer(self, rest: Sequence[str]) -> Iterator[Injected]:
        """Somebody who has no chat yet comes with a note; `trainer.py` passes on open chats."""
        parts = parted(rest, "from", "to", "note")
        who, by, note = parts[""], parts.get("from") or "Ingrid Moll", parts.get("note") or NOTE
        line = f"transferred from {by} note {note}"
        if who in self._cast.names() and who not in {one.id for one in self._everybody}:
            comes = self._comes(who, None, None, operator=parts.get("to"))
            yield comes
            yield Made(comes.visitor, line)
        else:
            made = self._made(found(who, self._everybody), [(line, 0)])
            yield from (structs.replace(one, operator=parts.get("to")) for one in made)


def operator_of(name: str, staff: dict[Id, str]) -> Id:
    """The operator of that id or name. OrderError."""
    for one, called in staff.items():
        if name.casefold() in {one.casefold(), called.casefold()}:
            return one
    raise OrderError(f'There is no operator "{name[:40]}".', one_of(name, staff))
