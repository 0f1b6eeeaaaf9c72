"""The floor made again from facts: the other half of `keeping`."""

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from typing import Any, TypeAlias, TypeVar

from msgspec import MsgspecError, json, structs

from operator_tui.desk.entries import Entry, Id
from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeLine, clean, decode_hook
from server_stub.service.floor import Case, Floor, Looking, Offer, Over, opened_floor
from server_stub.service.keeping import BROWSING, CASE, CHAT, DESK, ENTRY, OFFER, OVER, ROOM, Room
from server_stub.service.ledger import Fact, LedgerError
from server_stub.service.operators import Staff
from server_stub.sessions.session import SuggestSpec

Facts: TypeAlias = Mapping[str, Mapping[str, bytes]]
"""By kind, then by key, both in their order."""
T = TypeVar("T")


def by_kind(facts: Iterable[Fact]) -> Facts:
    """Facts in the order of the ledger, put together."""
    kinds: dict[str, dict[str, bytes]] = {}
    for fact in facts:
        if fact.value is not None:
            kinds.setdefault(fact.kind, {})[fact.key] = fact.value
    return kinds


def floor_kept(
    facts: Facts,
    staff: Iterable[Staff],
    policy: Policy,
    suggests: tuple[SuggestSpec, ...] = (),
) -> Floor:
    """The floor as it was when the facts were kept.

    LedgerError: they are of another session, or of another version.
    """
    new = opened_floor(staff, policy, suggests)
    try:
        return _floor(facts, new)
    except (MsgspecError, ValueError) as error:
        raise _unreadable(error) from error


def _floor(facts: Facts, new: Floor) -> Floor:
    desks = _read(facts, DESK, Desk)
    if strangers := [desk for desk in desks if desk not in new.desks]:
        raise ValueError(f"{strangers[0]} does not work in this session")
    full = {key: structs.replace(d, chats=_chats(facts, CHAT + key)) for key, d in desks.items()}
    cases = _read(facts, CASE, Case)
    room = _read(facts, ROOM, Room).get("", Room(tuple(new.present)))
    return structs.replace(
        new,
        desks=new.desks | full,
        cases=cases,
        visits={case.visitor: chat for chat, case in cases.items()},
        over={
            key: Over(partial(_over, bare, _raw_entries(facts, key)))
            for key, bare in facts.get(OVER, {}).items()
        },
        offers=_read(facts, OFFER, Offer),
        browsing=_read(facts, BROWSING, Looking),
        present=frozenset(room.present) & new.staff.keys(),
        typed={(operator, chat): at for operator, chat, at in room.typed},
    )


def read_values(facts: Facts, kind: str, of: type[T]) -> dict[str, T]:
    """The facts of a kind, read. LedgerError: they cannot be."""
    try:
        return _read(facts, kind, of)
    except MsgspecError as error:
        raise _unreadable(error) from error


def read_value(facts: Facts, kind: str, of: type[T]) -> T:
    """The only fact of its kind, read. LedgerError: it cannot be, or is not there."""
    for value in read_values(facts, kind, of).values():
        return value
    raise _unreadable(KeyError(kind))


def _unreadable(error: Exception) -> LedgerError:
    """msgspec would quote what it met."""
    why = str(error) if type(error) is ValueError else type(error).__name__
    return LedgerError(f"what was kept of the session cannot be read ({why})", lasting=True)


def _chats(facts: Facts, kind: str) -> dict[Id, Chat]:
    bare = _read(facts, kind, Chat)
    return {
        key: structs.replace(chat, timeline=_entries(_raw_entries(facts, key)))
        for key, chat in bare.items()
    }


def _over(bare: bytes, entries: Mapping[str, bytes]) -> Chat:
    """Read when somebody asks for it: a restart would spend most of its time on such chats."""
    try:
        chat = json.decode(bare, type=Chat, dec_hook=_hook)
        return structs.replace(chat, timeline=_entries(entries))
    except (MsgspecError, ValueError) as error:
        raise _unreadable(error) from error


def _raw_entries(facts: Facts, chat: Id) -> Mapping[str, bytes]:
    return facts.get(ENTRY + chat, {})


def _entries(entries: Mapping[str, bytes]) -> tuple[Entry, ...]:
    in_order = (entries[place] for place in sorted(entries, key=int))
    return _timelines.decode(b"[" + b",".join(in_order) + b"]")


def _read(facts: Facts, kind: str, of: Any) -> dict[str, Any]:  # noqa: ANN401
    decoder: json.Decoder[Any] = json.Decoder(of, dec_hook=_hook)
    return {key: decoder.decode(value) for key, value in facts.get(kind, {}).items()}


def _hook(kind: type, value: object) -> object:
    """Names come again and again."""
    if kind is SafeLine and isinstance(value, str):
        return _line(value)
    return decode_hook(kind, value)


@lru_cache(1_000)
def _line(value: str) -> SafeLine:
    return clean(value, SafeLine)


_timelines = json.Decoder(tuple[Entry, ...], dec_hook=_hook)
