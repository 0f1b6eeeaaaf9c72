"""The visitors of a session, as a trainer is told of them."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from operator_tui.desk.entries import NO_LINE, Id
from operator_tui.desk.model import Channel, Chat
from operator_tui.desk.text import SafeLine
from operator_tui.desk.time import DAY, SECOND, Millis
from server_stub.control.cells import cells, padded
from server_stub.guests.link import is_by_hand
from server_stub.plays.spans import written
from server_stub.service.floor import QUEUE, Floor
from server_stub.visitors.course import Is
from server_stub.visitors.seen import Seen

TO_COME = 10
"""So many of those who are still to come are told of, unless all are asked for."""
WIDEST = 40
"""Cells of a name: one of 120 would push the rest off the screen."""
HEAD = ("id", "name", "play", "scene", "state")


class Person(Struct, frozen=True):
    """A visitor, simulated (`seen`) or not, with its last chat as long as that is on a desk."""

    id: Id
    name: SafeLine
    seen: Seen | None = None
    chat: Chat | None = None
    desk: Id | None = None
    been: bool = False
    """Whether it ever had a chat."""
    looks_around: bool = False

    @property
    def here(self) -> bool:
        """Whether something can be seen of it: it has a chat on a desk, or looks around."""
        browses = self.looks_around or (self.seen is not None and self.seen.busy is Is.BROWSING)
        return browses or self.chat is not None

    @property
    def to_come(self) -> bool:
        """Whether it has not been here yet."""
        return not (self.been or self.here) and self.seen is not None and self.seen.due is not None


def people(floor: Floor, seen: Iterable[Seen]) -> list[Person]:
    """Everybody, simulated ones first, in the order of the session."""
    simulated = {one.id: one for one in seen}
    ids = dict.fromkeys((*simulated, *floor.visits, *floor.browsing))
    return [_person(floor, visitor, simulated.get(visitor)) for visitor in ids]


def _person(floor: Floor, visitor: Id, seen: Seen | None) -> Person:
    looking = floor.browsing.get(visitor)
    name = seen.name if seen is not None else NO_LINE if looking is None else looking.seen.name
    looks = looking is not None
    if (chat := floor.visits.get(visitor)) is None:
        return Person(visitor, name, seen, looks_around=looks)
    desk = floor.cases[chat].desk
    if desk is None:
        return Person(visitor, name, seen, been=True, looks_around=looks)
    found = floor.desks[desk].chats[chat]
    called = found.visitor.name or name
    return Person(visitor, called, seen, found, desk, been=True, looks_around=looks)


def table(everybody: Sequence[Person], floor: Floor, now: Millis, *, every: bool) -> Iterator[str]:
    """The list, line by line."""
    here = [one for one in everybody if one.here]
    coming = sorted((one for one in everybody if one.to_come), key=_due)
    gone = [one for one in everybody if not one.here and not one.to_come]
    shown = [*here, *coming, *gone] if every else [*here, *coming[:TO_COME]]
    yield from _columns([HEAD, *(_row(one, floor, now) for one in shown)])
    yield ""
    yield f"{len(here)} here, {len(coming)} to come, {len(gone)} gone"


def _due(person: Person) -> Millis:
    return 0 if person.seen is None or person.seen.due is None else person.seen.due


def _row(person: Person, floor: Floor, now: Millis) -> tuple[str, ...]:
    seen = person.seen
    kind = "by hand" if is_by_hand(person.id) else "-"
    play, scene = (kind, "-") if seen is None else (seen.play, seen.scene)
    return person.id, person.name or "(no name)", play, scene, state(person, floor, now)


def state(person: Person, floor: Floor, now: Millis) -> str:
    """How things stand with a visitor, in a few words."""
    if person.chat is None:
        return _without_chat(person, now)
    words = [_where(person, person.chat, floor, now)]
    if person.chat.left_at is not None:
        words.append("has left the site")
    if person.chat.sharing_since is not None:
        words.append("shares the screen")
    if person.chat.closed_at is None and person.seen is not None:
        words.append(_busy(person.seen, now))
    return ", ".join(filter(None, words))


def _without_chat(person: Person, now: Millis) -> str:
    if person.here:
        return "looks around"
    if not person.to_come:
        return "gone"
    return f"comes in {_rounded(_due(person) - now)}"


def _where(person: Person, chat: Chat, floor: Floor, now: Millis) -> str:
    if chat.closed_at is not None:
        return "has closed the chat"
    if person.desk == QUEUE or person.desk is None:
        return f"waits in the queue, {_rounded(now - chat.received_at)}"
    if chat.id in floor.offers:
        return f"offered to {floor.staff[person.desk].name}"
    asleep = ", messaging" if chat.channel is Channel.MESSAGING else ""
    return f"with {floor.staff[person.desk].name}{asleep}"


def _busy(seen: Seen, now: Millis) -> str:
    match seen.busy:
        case Is.TYPING:
            return "is typing"
        case Is.LISTENING | Is.WAITING:
            return "listens"
        case Is.PAUSING if seen.due is not None and seen.due < now + DAY:
            return f"silent for {_rounded(seen.due - now)}"
        case Is.DONE:
            return "at the end of the play"
        case _:
            return ""


def _rounded(span: Millis) -> str:
    return written(max(0, span) // SECOND * SECOND)


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows under each other; widths in cells, as the names may be anybody's."""
    widths = [max(cells(row[n]) for row in rows) for n in range(len(HEAD) - 1)]
    widths[HEAD.index("name")] = min(WIDEST, widths[HEAD.index("name")])
    for row in rows:
        *columns, last = row
        yield "  ".join([*(padded(c, w) for c, w in zip(columns, widths, strict=True)), last])
