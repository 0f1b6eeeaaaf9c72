"""A whole conversation laid out: which row of the pane belongs to which message."""

from bisect import bisect_right
from itertools import islice
from typing import NamedTuple

from msgspec import structs

from operator_tui.desk.entries import AuthorKind, Entry, Message
from operator_tui.desk.model import Chat
from operator_tui.ui.render.authors import is_own
from operator_tui.ui.render.block import Block, Part, Setting, awaits_decision, lay_out


class Place(NamedTuple):
    """A row by what stands on it, so that it is found again after everything has moved."""

    nth: int
    """Which entry it was when the place was taken."""
    entry: Entry
    part: tuple[Part, int]
    character: int
    """For a row of the text itself: the first character on it."""


class Layout:
    """The blocks of one chat for one setting. What has not changed is not laid out again."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.entries: tuple[Entry, ...] = ()
        self.blocks: list[Block] = []
        self.tops: list[int] = []
        """The first row of each block."""
        self.heard: list[int] = []
        """How many messages of others stand in and above each block."""
        self.said: list[int] = []
        """How many of this operator's own."""
        self.height = 0
        self.undecided: int | None = None
        """The index of the message that the operator is to decide on next."""

    def fit(self, entries: tuple[Entry, ...], setting: Setting) -> int:
        """Lay out `entries` in `setting`; returns the row from which something has changed."""
        first = self._unchanged(entries, setting)
        undecided = self._next_undecided(entries, first)
        if undecided != self.undecided:
            known = [at for at in (undecided, self.undecided) if at is not None]
            first = min(first, *known)
        self.entries, self.setting, self.undecided = entries, setting, undecided
        self._keep(first)
        row = self.height
        for entry in islice(entries, first, None):
            self._add(entry)
        return row

    def at(self, row: int) -> tuple[int, int] | None:
        """The block that has the row `row`, and which of its rows it is; None below the end."""
        if not 0 <= row < self.height:
            return None
        index = bisect_right(self.tops, row) - 1
        return index, row - self.tops[index]

    def heard_above(self, row: int) -> int:
        """How many messages of others stand wholly above the row `row`."""
        index = bisect_right(self.tops, row) - 1
        if index >= 0 and row < self.height:
            index -= 1
        return self.heard[index] if index >= 0 else 0

    def place(self, row: int) -> Place | None:
        """What stands on the row `row`; None below the end."""
        found = self.at(row)
        if found is None:
            return None
        index, inner = found
        block = self.blocks[index]
        part = block.parts[inner]
        character = block.body[part[1]].start if part[0] is Part.BODY else 0
        return Place(index, block.entry, part, character)

    def row(self, place: Place) -> int | None:
        """Where `place` stands now; None when its entry is gone."""
        index = self._index(place)
        if index is None:
            return None
        block, part = self.blocks[index], place.part
        if part[0] is Part.BODY:
            lines = bisect_right([piece.start for piece in block.body], place.character)
            part = (Part.BODY, max(0, lines - 1))
        inner = block.parts.index(part) if part in block.parts else 0
        return self.tops[index] + inner

    def _index(self, place: Place) -> int | None:
        if place.nth < len(self.entries) and self.entries[place.nth] == place.entry:
            return place.nth
        return self.entries.index(place.entry) if place.entry in self.entries else None

    def _unchanged(self, entries: tuple[Entry, ...], setting: Setting) -> int:
        """How many blocks can stay: those before the first change of entry or setting."""
        if structs.replace(setting, minute=self.setting.minute) != self.setting:
            return 0
        same = common_start(self.entries, entries)
        if setting.minute != self.setting.minute and self.undecided is not None:
            return min(same, self.undecided)
        return same

    def _next_undecided(self, entries: tuple[Entry, ...], first: int) -> int | None:
        if self.undecided is not None and self.undecided < first:
            return self.undecided
        changed = enumerate(islice(entries, first, None), first)
        return next((index for index, entry in changed if awaits_decision(entry)), None)

    def _keep(self, count: int) -> None:
        if count < len(self.blocks):
            self.height = self.tops[count]
            del self.blocks[count:], self.tops[count:], self.heard[count:], self.said[count:]

    def _add(self, entry: Entry) -> None:
        before = self.blocks[-1] if self.blocks else None
        keys = len(self.blocks) == self.undecided
        block = lay_out(entry, before, self.setting, keys=keys)
        self.blocks.append(block)
        self.tops.append(self.height)
        self.height += len(block.parts)
        self._count(entry)

    def _count(self, entry: Entry) -> None:
        message = isinstance(entry, Message)
        own = isinstance(entry, Message) and is_own(entry, self.setting.operator_id)
        self.heard.append((self.heard[-1] if self.heard else 0) + (message and not own))
        self.said.append((self.said[-1] if self.said else 0) + own)


def common_start(old: tuple[Entry, ...], new: tuple[Entry, ...]) -> int:
    """How many entries at the start are the same; the usual cases without a loop."""
    shorter = min(len(old), len(new))
    if old[:shorter] == new[:shorter]:
        return shorter
    pairs = zip(old, new, strict=False)
    return next(index for index, (a, b) in enumerate(pairs) if a is not b and a != b)


def first_unanswered(chat: Chat) -> int:
    """The index of the first visitor message that nobody has answered; past the end if none."""
    left = chat.unanswered
    index = len(chat.timeline)
    while left and index:
        index -= 1
        left -= is_visitors(chat.timeline[index])
    return index


def is_visitors(entry: Entry) -> bool:
    """Whether the visitor wrote it."""
    return isinstance(entry, Message) and entry.author.kind is AuthorKind.VISITOR
