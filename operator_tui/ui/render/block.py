"""One entry of a conversation laid out: how many rows it takes and what stands on each."""

from datetime import date, tzinfo
from enum import Enum, auto

from msgspec import Struct

from operator_tui.desk.entries import AuthorKind, Delivery, Entry, Line, Message
from operator_tui.desk.time import MINUTE, Millis
from operator_tui.ui.refusals import refusal
from operator_tui.ui.render.lines import sentence
from operator_tui.ui.render.wrap import Piece, wrap
from operator_tui.ui.times import day_of
from operator_tui.ui.words import trn

MEASURE = 72
"""No line of a message is longer than this (screens.md, "Message")."""
TEXT = 3
"""The column of every text of the conversation; its bar stands at `BAR`."""
BAR = 1
_ON_TIME = 7
"""A time at the right, with the two blanks before it."""
_ALONE = (Delivery.HELD, Delivery.REFUSED)
"""What waits for the operator's decision never shares a first line."""


class Part(Enum):
    """What a row of a block is."""

    BLANK = auto()
    DAY = auto()
    """The rule of a new day."""
    HEAD = auto()
    """Name, delivery state and time."""
    BODY = auto()
    """A line of the text itself: what is selected and copied."""
    ASK = auto()
    """What is asked about a message that was held or refused."""
    KEYS = auto()
    """The keys that answer it."""


class Setting(Struct, frozen=True):
    """What all layout of a conversation depends on, beside its entries."""

    width: int
    zone: tzinfo
    operator_id: str = ""
    minute: int = 0
    """The server's now in whole minutes: the age of a held message counts in them."""

    @property
    def measure(self) -> int:
        """Cells a line of text may take."""
        return max(2, min(self.width - 4, MEASURE))


class Block(Struct, frozen=True, eq=False):
    """An entry with all that stands above, in and below it."""

    entry: Entry
    parts: tuple[tuple[Part, int], ...]
    """Its rows from top to bottom; the number tells the lines of one part apart."""
    body: tuple[Piece, ...]
    day: date
    ask: tuple[Piece, ...] = ()
    group_at: Millis = 0
    """When the message was written that has the first line of this group."""


def lay_out(entry: Entry, before: Block | None, setting: Setting, *, keys: bool = False) -> Block:
    """The block of `entry` below the block `before`; `keys`: the operator is to decide on it."""
    day = day_of(entry.at, setting.zone)
    together = before is not None and day == before.day and _stands_together(before, entry)
    body = _body(entry, setting)
    ask = wrap(question(entry, setting.minute), setting.measure) if awaits_decision(entry) else ()
    parts = [
        *_above(before, day, together),
        *([(Part.HEAD, 0)] if isinstance(entry, Message) and not together else []),
        *((Part.BODY, n) for n in range(len(body))),
        *((Part.ASK, n) for n in range(len(ask))),
        *([(Part.KEYS, 0)] if keys else []),
    ]
    group_at = before.group_at if before is not None and together else entry.at
    return Block(entry, tuple(parts), body, day, ask, group_at)


def awaits_decision(entry: Entry) -> bool:
    """Whether the operator must send, edit or discard it: a held or refused message."""
    return isinstance(entry, Message) and entry.delivery in _ALONE


def question(entry: Entry, minute: int) -> str:
    """What is asked about a held message, or told about a refused one."""
    if not isinstance(entry, Message):
        return ""
    if entry.delivery is Delivery.REFUSED:
        return refusal(entry.refusal or "")
    age = max(0, minute - entry.at // MINUTE)
    return trn(
        "Written {n} min ago. Is it still right?", "Written {n} min ago. Is it still right?", age
    )


def _body(entry: Entry, setting: Setting) -> tuple[Piece, ...]:
    match entry:
        case Line():
            return wrap(sentence(entry), setting.measure - _ON_TIME)
        case Message(text=text):
            return wrap(text, setting.measure)


def _above(before: Block | None, day: date, together: bool) -> list[tuple[Part, int]]:
    if together:
        return []
    blank = [] if before is None else [(Part.BLANK, 0)]
    if before is not None and before.day == day:
        return blank
    return [*blank, (Part.DAY, 0), (Part.BLANK, 1)]


def _voice(message: Message) -> tuple[AuthorKind, str, bool]:
    """Who speaks, and to whom: an operator is known by id, others by name."""
    author = message.author
    return author.kind, author.id or author.name, message.note


def _stands_together(before: Block, entry: Entry) -> bool:
    """System lines are neighbours; messages share a first line within a minute, in one state."""
    match before.entry, entry:
        case Line(), Line():
            return True
        case Message() as above, Message() as below:
            one_voice = _voice(above) == _voice(below)
            one_state = above.delivery is below.delivery and below.delivery not in _ALONE
            return one_voice and one_state and 0 <= below.at - before.group_at < MINUTE
        case _:
            return False
