"""The place in a chat as it is kept over a restart: by what stands there, not by what it was."""

from collections.abc import Container, Mapping

from operator_tui.desk.entries import Entry, Message
from operator_tui.store.ports import Spot
from operator_tui.ui.render.block import Part
from operator_tui.ui.render.conversation import Layout, Place
from operator_tui.ui.widgets.reading import Reader, Reading


class LastingReader(Reader):
    """A reader that begins where the one before the start had stopped."""

    def __init__(self) -> None:
        super().__init__(self._left_at)
        self._left: dict[str, Spot] = {}

    @property
    def spots(self) -> dict[str, Spot]:
        """Where the chats stand that do not follow their end."""
        found = ((chat, spot_of(reading, layout)) for chat, reading, layout in self.places())
        return self._left | {chat: spot for chat, spot in found if spot is not None}

    def remember(self, spots: Mapping[str, Spot]) -> None:
        """These are the places at which chats were left."""
        self._left = dict(spots)

    def only(self, chats: Container[str]) -> None:
        """See `Reader.only`; of the chats that were not opened yet, too."""
        super().only(chats)
        self._left = {chat: spot for chat, spot in self._left.items() if chat in chats}

    def _left_at(self, chat: str, layout: Layout) -> Reading | None:
        spot = self._left.pop(chat, None)
        return None if spot is None else reading_at(spot, layout)


def spot_of(reading: Reading, layout: Layout | None) -> Spot | None:
    """The place in words that outlive the program; None where the view follows the end."""
    place = reading.place
    if place is None:
        return None
    heard = layout.heard[-1] if layout is not None and layout.heard else reading.heard
    part, row = place.part
    return Spot(
        name_of(place.entry),
        place.nth,
        part.name,
        row,
        place.character,
        unseen=max(0, heard - reading.heard),
    )


def reading_at(spot: Spot, layout: Layout) -> Reading:
    """The reading that was left at `spot`; at the end where nothing of it is left."""
    said = layout.said[-1] if layout.said else 0
    heard = max(0, (layout.heard[-1] if layout.heard else 0) - spot.unseen)
    nth = _index(spot, layout.entries)
    if nth is None:
        return Reading(None, heard, said)
    part = Part[spot.part] if spot.part in Part.__members__ else Part.BODY
    place = Place(nth, layout.entries[nth], (part, spot.row), spot.character)
    return Reading(place, heard, said)


def name_of(entry: Entry) -> str:
    """What tells an entry from the others of its chat."""
    return entry.id if isinstance(entry, Message) else f"{entry.kind}.{entry.at}"


def _index(spot: Spot, entries: tuple[Entry, ...]) -> int | None:
    if spot.nth < len(entries) and name_of(entries[spot.nth]) == spot.entry:
        return spot.nth
    return next((n for n, entry in enumerate(entries) if name_of(entry) == spot.entry), None)
