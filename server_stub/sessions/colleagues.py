"""Simulated colleagues: they take transfers, answer simply, and pass chats on with a note.

A colleague sees what a client of theirs would see, its own desk, and does what a person would.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct, json

from operator_tui.desk.commands import (
    AcceptChat,
    CloseChat,
    Command,
    RemoveChat,
    TransferChat,
    WriteMessage,
)
from operator_tui.desk.entries import AuthorKind, Id, Message
from operator_tui.desk.model import Chat, Desk, Passed
from operator_tui.desk.text import SafeText, clean
from operator_tui.desk.time import MINUTE, SECOND, Millis
from server_stub.plays.intents import spoken
from server_stub.plays.who import in_language
from server_stub.sessions.session import ColleagueSpec, Passing, Session
from server_stub.visitors.identity import fraction

REMOVES_AFTER: Millis = 8 * SECOND
"""How long a chat that the visitor closed stays on a colleague's list."""
GIVES_UP_AFTER: Millis = 5 * MINUTE
"""After so long without an answer from the visitor a colleague closes the chat. What another
operator waited in vain, before the colleague had the chat, does not count."""
VARIES: tuple[float, float] = (0.8, 1.4)

Stamp = tuple[str, str, Millis]
"""A deed's chat, kind and moment: what was tried once is not tried again."""


class _Deed(Struct, frozen=True):
    due: Millis
    stamp: Stamp
    command: Command


class _Memory(Struct, frozen=True):
    tried: tuple[Stamp, ...] = ()
    offers: dict[Id, tuple[Stamp, ...]] = {}


class Colleagues:
    """All colleagues of one session."""

    def __init__(self, session: Session, seed: int, start: Millis) -> None:
        self._specs = session.colleagues
        self._ids = {one.name: one.id for one in session.operators}
        self._ids |= {one.name: one.id for one in session.colleagues}
        self._known = session.intents
        self._seed = seed
        self._start = start
        self._tried: set[Stamp] = set()
        self._offers: dict[Id, list[Stamp]] = {}
        self.due: Millis | None = None
        """When one of them does something next, by the desks last seen."""

    def act(self, desks: Mapping[Id, Desk], now: Millis) -> list[tuple[Id, Command]]:
        """What they do now."""
        doing: list[tuple[Id, Command]] = []
        later: list[Millis] = []
        for spec in self._specs:
            for deed in self._deeds(spec, desks[spec.id]) if spec.id in desks else ():
                if deed.stamp in self._tried:
                    continue
                if deed.due > now:
                    later.append(deed.due)
                    continue
                self._tried.add(deed.stamp)
                doing.append((spec.id, deed.command))
        self.due = min(later, default=None)
        return doing

    def remembered(self) -> bytes:
        """What they have tried and been offered, to be given to `remember` after a restart."""
        offers = {one: tuple(stamps) for one, stamps in self._offers.items()}
        return json.encode(_Memory(tuple(sorted(self._tried)), offers), order="deterministic")

    def remember(self, remembered: bytes) -> None:
        """Know again what was known when `remembered` was given."""
        memory = json.decode(remembered, type=_Memory)
        self._tried = set(memory.tried)
        self._offers = {one: list(stamps) for one, stamps in memory.offers.items()}

    def _deeds(self, spec: ColleagueSpec, desk: Desk) -> Iterator[_Deed]:
        for chat in desk.chats.values():
            if chat.closed_at is not None:
                stamp = (chat.id, "remove", chat.closed_at)
                yield _Deed(chat.closed_at + REMOVES_AFTER, stamp, RemoveChat(chat.id))
            elif chat.passed is not None and chat.passed.offered_until is not None:
                yield from self._offered(spec, chat, chat.passed)
            elif passing := self._passing(spec, chat):
                yield self._passed_on(passing, chat)
            else:
                yield from self._answered(spec, chat)

    def _offered(self, spec: ColleagueSpec, chat: Chat, passed: Passed) -> Iterator[_Deed]:
        stamp = (chat.id, "offered", passed.at)
        seen = self._offers.setdefault(spec.id, [])
        if stamp not in seen:
            seen.append(stamp)
        manner = spec.offers[seen.index(stamp) % len(spec.offers)] if spec.offers else "ignores"
        due = passed.at + self._varied(spec.accepts_after, *stamp)
        if manner == "accepts":
            yield _Deed(due, stamp, AcceptChat(chat.id))
        elif manner == "declines" and passed.by in self._ids:
            note = spoken(self._known, chat.language).lines.declines
            yield _Deed(due, stamp, TransferChat(chat.id, self._ids[passed.by], note))

    def _passing(self, spec: ColleagueSpec, chat: Chat) -> Passing | None:
        for passing in spec.passes:
            if passing.visitor == chat.visitor.id and _stamp(passing, chat) not in self._tried:
                return passing
        return None

    def _passed_on(self, passing: Passing, chat: Chat) -> _Deed:
        note = in_language(passing.note, chat.language) or clean("", SafeText)
        command = TransferChat(chat.id, passing.to, note)
        return _Deed(max(0, self._start + passing.at), _stamp(passing, chat), command)

    def _answered(self, spec: ColleagueSpec, chat: Chat) -> Iterator[_Deed]:
        answers = spoken(self._known, chat.language).lines.answers
        if chat.owed_last is not None:
            asked = max(chat.owed_last, chat.received_at)
            stamp = (chat.id, "answer", asked)
            due = asked + self._varied(spec.answers_after, *stamp)
            given = _written_by(spec.id, chat)
            if given < len(answers):
                yield _Deed(due, stamp, WriteMessage(chat.id, answers[given]))
            else:
                yield _Deed(due, stamp, CloseChat(chat.id))
        elif chat.answered_at is not None:
            quiet_since = max(chat.answered_at, chat.received_at)
            stamp = (chat.id, "give up", quiet_since)
            command = CloseChat(chat.id, "visitor_left")
            yield _Deed(quiet_since + GIVES_UP_AFTER, stamp, command)

    def _varied(self, span: Millis, *of: str | int) -> Millis:
        low, high = VARIES
        return round(span * (low + (high - low) * fraction(self._seed, "colleague", *of)))


def _stamp(passing: Passing, chat: Chat) -> Stamp:
    return (chat.id, "pass", int(passing.at))


def _written_by(operator: Id, chat: Chat) -> int:
    """How many messages to the visitor `operator` has written in the chat."""
    return sum(
        isinstance(entry, Message)
        and not entry.note
        and entry.author.kind is AuthorKind.OPERATOR
        and entry.author.id == operator
        for entry in chat.timeline
    )
