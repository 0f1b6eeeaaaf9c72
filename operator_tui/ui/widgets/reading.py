"""How far the operator has read in each chat: at its end, or at some place above it."""

from collections.abc import Callable, Container, Iterator

from msgspec import Struct
from textual.cache import LRUCache

from operator_tui.desk.entries import Message
from operator_tui.desk.model import Chat
from operator_tui.ui.render.block import Setting
from operator_tui.ui.render.conversation import Layout, Place

KEPT_LAYOUTS = 32
"""Chats whose layout is kept, so that going back to one is instant."""


LEAST_SEEN = 3
"""Rows above a sheet from which on it is worth showing the end of the conversation there."""


class Reading(Struct, frozen=True, eq=False):
    """The place in one chat, remembered for as long as the program runs."""

    place: Place | None = None
    """What stands at the top of the view; None: the view follows the end."""
    heard: int = 0
    """How many messages of others have been in view, for "2 new below"."""
    said: int = 0
    """How many own messages there were: one more, and the view goes to the end."""

    @property
    def follows(self) -> bool:
        """Whether the view stays at the end as messages come."""
        return self.place is None


def read(reading: Reading, layout: Layout, top: int, height: int) -> Reading:
    """The reading with the row `top` at the top of a view of `height` rows."""
    said = layout.said[-1] if layout.said else 0
    if top + height >= layout.height:
        return Reading(None, layout.heard[-1] if layout.heard else 0, said)
    seen = layout.heard_above(top + height)
    return Reading(layout.place(top), max(reading.heard, seen), said)


def top_row(reading: Reading, layout: Layout, height: int) -> int:
    """The row that belongs at the top of a view of `height` rows.

    The operator's own new message brings the view to the end: what was sent is seen.
    """
    end = max(0, layout.height - height)
    if reading.place is None or (layout.said and layout.said[-1] > reading.said):
        return end
    row = layout.row(reading.place)
    return end if row is None else min(row, end)


def new_below(reading: Reading, layout: Layout) -> int:
    """How many messages of others have come below the view and were never in it."""
    if reading.follows or not layout.heard:
        return 0
    return max(0, layout.heard[-1] - reading.heard)


def _nowhere(_chat: str, _layout: Layout) -> Reading | None:
    """Nothing was left."""
    return None


class Reader:
    """The layouts of the chats that were open, and the place in each.

    `placed` finds the place in a chat that was left before the program was started.
    """

    def __init__(self, placed: Callable[[str, Layout], Reading | None] = _nowhere) -> None:
        self._placed = placed
        self._layouts: LRUCache[str, Layout] = LRUCache(KEPT_LAYOUTS)
        self._readings: dict[str, Reading] = {}
        self._chat = ""
        self.layout: Layout | None = None
        """Of the chat that is open now."""

    @property
    def reading(self) -> Reading:
        """The place in the open chat."""
        return self._readings.get(self._chat, Reading())

    @property
    def new_below(self) -> int:
        """See `new_below()`."""
        return 0 if self.layout is None else new_below(self.reading, self.layout)

    @property
    def undecided(self) -> Message | None:
        """The first held or refused message: the one that the operator decides on next."""
        layout = self.layout
        if layout is None or layout.undecided is None:
            return None
        entry = layout.entries[layout.undecided]
        return entry if isinstance(entry, Message) else None

    def open(self, chat: Chat, setting: Setting) -> int:
        """Lay out `chat`; returns the row from which something has changed, 0 for another chat."""
        another = chat.id != self._chat
        layout = self._layouts.get(chat.id)
        if layout is None:
            self._layouts[chat.id] = layout = Layout(setting)
        self._chat, self.layout = chat.id, layout
        changed = layout.fit(chat.timeline, setting)
        if chat.id not in self._readings and (left := self._placed(chat.id, layout)) is not None:
            self._readings[chat.id] = left
        return 0 if another else changed

    def places(self) -> Iterator[tuple[str, Reading, Layout | None]]:
        """Every chat that was open, and how far it is read."""
        for chat, reading in self._readings.items():
            yield chat, reading, self._layouts.get(chat)

    def only(self, chats: Container[str]) -> None:
        """Forget the places in all other chats, but the open one: they are gone."""
        places = self._readings.items()
        self._readings = {one: at for one, at in places if one in chats or one == self._chat}

    def close(self) -> None:
        """No chat is open; the places stay."""
        self._chat, self.layout = "", None

    def read(self, top: int, height: int) -> None:
        """Remember that the row `top` is at the top of a view of `height` rows."""
        if self.layout is not None:
            self._readings[self._chat] = read(self.reading, self.layout, top, height)


def painted_top(reader: Reader, top: int, height: int, covered: int) -> int:
    """The row that is painted first in a view of `height` rows which begins at row `top`.

    Its last `covered` rows lie under a sheet: who follows the end sees it above the sheet. Nothing
    is scrolled, and nothing is left to restore.
    """
    layout, room = reader.layout, height - covered
    if not covered or layout is None or room < LEAST_SEEN or not reader.reading.follows:
        return top
    return max(top, layout.height - room)
