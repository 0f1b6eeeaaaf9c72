"""The floor as facts: what a restart needs, kept in the transaction of the events that changed it.

A checkpoint, and not a replay of the logs: logs are trimmed, the queue has none, and what only
the reception knows (who put a chat back, who offered what) stands in no event. Only what changed
is written, found by identity, since a floor is never changed in place: a message costs itself,
its chat without the timeline, and its desk without the chats.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias, TypeVar

from msgspec import Struct, structs

from operator_tui.desk.entries import Entry, Id
from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.time import Millis
from server_stub.service.cutting import encoded
from server_stub.service.floor import Floor, Over
from server_stub.service.ledger import Fact

CASE, OFFER, DESK, OVER, BROWSING, ROOM = "case", "offer", "desk", "over", "browsing", "room"
CHAT, ENTRY = "chat:", "entry:"
"""Kinds of facts. The chats of a desk and the entries of a chat name theirs after the colon."""

Chats: TypeAlias = Mapping[Id, Chat]
Timelines: TypeAlias = Mapping[Id, Chat | Over]
V = TypeVar("V")


class Room(Struct, frozen=True):
    """What of the floor is no dict of its own."""

    present: tuple[Id, ...] = ()
    typed: tuple[tuple[Id, Id, Millis], ...] = ()


def facts_between(before: Floor, after: Floor) -> Iterator[Fact]:
    """What has to be written so that `after` stands where `before` stood."""
    yield from _changes(CASE, before.cases, after.cases, encoded)
    yield from _changes(OFFER, before.offers, after.offers, encoded)
    yield from _changes(BROWSING, before.browsing, after.browsing, encoded)
    yield from _changes(DESK, before.desks, after.desks, _head)
    for desk, kept in after.desks.items():
        yield from _changes(CHAT + desk, _chats(before, desk), kept.chats, _bare)
    yield from _changes(OVER, before.over, after.over, lambda over: _bare(over.chat))
    yield from _entry_changes(before, after)
    if (room := _room(after)) != _room(before):
        yield Fact(ROOM, "", encoded(room))


def _room(floor: Floor) -> Room:
    typed = ((operator, chat, at) for (operator, chat), at in floor.typed.items())
    return Room(tuple(sorted(floor.present)), tuple(typed))


def _chats(floor: Floor, desk: Id) -> Chats:
    return floor.desks[desk].chats if desk in floor.desks else {}


def _head(desk: Desk) -> bytes:
    return encoded(structs.replace(desk, chats={}))


def _bare(chat: Chat) -> bytes:
    return encoded(structs.replace(chat, timeline=()))


def _changes(
    kind: str, before: Mapping[str, V], after: Mapping[str, V], write: Callable[[V], bytes]
) -> Iterator[Fact]:
    """The difference of two dicts, their order too."""
    if before is after:
        return
    gone = [key for key in before if key not in after]
    moved = _moved([key for key in before if key in after], list(after))
    for key in (*gone, *moved):
        yield Fact(kind, key, None)
    for key, value in after.items():
        if key in moved or before.get(key) is not value:
            yield Fact(kind, key, write(value))


def _moved(stayed: list[str], now: list[str]) -> set[str]:
    """Keys that are no longer where appending alone would have left them."""
    for place, key in enumerate(stayed):
        if now[place] != key:
            return set(stayed[place:])
    return set()


def _entry_changes(before: Floor, after: Floor) -> Iterator[Fact]:
    """Timelines grow at their end; where one changed before it, it is written from there on."""
    was, now = _differing(before, after)
    for chat in was.keys() | now.keys():
        old = was[chat].timeline if chat in was else ()
        new = now[chat].timeline if chat in now else ()
        same = _common(old, new)
        for place in range(max(same, len(new)), len(old)):
            yield Fact(ENTRY + chat, str(place), None)
        for place in range(same, len(new)):
            yield Fact(ENTRY + chat, str(place), encoded(new[place]))


def _differing(before: Floor, after: Floor) -> tuple[Timelines, Timelines]:
    """The chats that are not the same any more, as they were and as they are, wherever."""
    was: dict[Id, Chat | Over] = {}
    now: dict[Id, Chat | Over] = {}
    for old, new in _places(before, after):
        if old is not new:
            was |= {key: chat for key, chat in old.items() if new.get(key) is not chat}
            now |= {key: chat for key, chat in new.items() if old.get(key) is not chat}
    return was, now


def _places(before: Floor, after: Floor) -> Iterable[tuple[Timelines, Timelines]]:
    desks = ((_chats(before, desk), _chats(after, desk)) for desk in after.desks)
    return (*desks, (before.over, after.over))


def _common(old: tuple[Entry, ...], new: tuple[Entry, ...]) -> int:
    """How many entries both begin with."""
    same = 0
    for one, other in zip(old, new, strict=False):
        if one is not other:
            break
        same += 1
    return same
