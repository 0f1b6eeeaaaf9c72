"""The palette: every action by name, for keyboards that keep their F keys to themselves."""

from collections.abc import Iterator

from msgspec import Struct
from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from operator_tui.desk.text import SafeText
from operator_tui.ui.actions import ACTIONS
from operator_tui.ui.keys import key_of
from operator_tui.ui.look import Look
from operator_tui.ui.panels.sheet import Sheet, SheetKey
from operator_tui.ui.render import sheet as form
from operator_tui.ui.render.field import Field, field_line
from operator_tui.ui.render.keys import spelled
from operator_tui.ui.render.sheet import Painted
from operator_tui.ui.render.signs import cells_of
from operator_tui.ui.render.wrap import wrap
from operator_tui.ui.search import find
from operator_tui.ui.situation import Situation
from operator_tui.ui.words import tr

LIST_WANTED = 10
"""Rows of the list where there is room."""
LIST_LEAST = 4
"""Below this the rows are worth more than what is told of one."""
LONGEST_QUERY = 60


class Room(Struct, frozen=True):
    """How the lines of the sheet are shared out; all but `rows` may be 0."""

    above: int
    rows: int
    between: int
    below: int


def shared(height: int, below: int) -> Room:
    """The list comes first. It depends on nothing that changes while one types: nothing jumps."""
    rest = max(0, height - 2)  # the rule and the line one types in
    if rest < LIST_LEAST + 1 + below:
        return Room(0, rest, 0, 0)
    above = 1 if rest > LIST_WANTED + 1 + below else 0
    return Room(above, rest - above - 1 - below, 1, below)


class Entry(Struct, frozen=True):
    """One row: what can be done, its key, and what is in the way."""

    does: str
    """An action, or how the desk is to look."""
    id: str
    """A word or two, by which it is found first."""
    text: str
    key: str = ""
    why_not: str = ""
    is_look: bool = False
    tags: tuple[str, ...] = ()


def entries(at: Situation) -> Iterator[Entry]:
    """What can be done at this moment, then what cannot."""
    doable = [it for it in ACTIONS if it.run is not None and it.id != "palette"]
    for action in sorted(doable, key=lambda it: it.unless(at) is not None):
        texts = tr(action.label), tr(action.help), key_of(action.id)
        yield Entry(action.id, *texts, action.unless(at) or "")


class PaletteSheet(Sheet):
    """Letters search, Enter does. What is not possible now is muted, and says why below."""

    looks: reactive[tuple[Entry, ...]] = reactive(())
    """How else the desk could look."""
    letters: reactive[Field] = reactive(Field())

    class Chosen(Sheet.Last):
        """Enter on what can be done now."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    class Tried(Message):
        """Enter on a look. The sheet stays: one sees it behind, and perhaps tries the next."""

        def __init__(self, look: str) -> None:
            super().__init__()
            self.look = look

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self._acts = tuple(entries(situation))

    @property
    def found(self) -> tuple[Entry, ...]:
        """What the letters find, the best first."""
        return find(self._entries, self.letters.text)

    @property
    def _entries(self) -> tuple[Entry, ...]:
        return (*self._acts, *self.looks)

    @property
    def hints(self) -> tuple[SheetKey, ...]:
        """Enter only where it does something."""
        entry = self._entry
        enter = (SheetKey("Enter", tr("do it"), "enter"),) if entry and not entry.why_not else ()
        return (*enter, SheetKey("↑ ↓", tr("choose")), SheetKey("Esc", tr("back"), "escape"))

    @property
    def length(self) -> int:
        """As many as are found."""
        return len(self.found)

    @property
    def _entry(self) -> Entry | None:
        found = self.found
        return found[min(self.selected, len(found) - 1)] if found else None

    def pressed(self, key: str, character: str | None) -> bool:
        """Letters search; Enter chooses."""
        if key == "enter":
            self.chosen()
        elif (edited := self.letters.edited(key, character, LONGEST_QUERY)) is not None:
            self._look_for(edited)
        else:
            return False
        return True

    def pasted(self, text: SafeText) -> None:
        """What is pasted is searched for."""
        words = " ".join(text.split())[:LONGEST_QUERY]
        self._look_for(self.letters.typed(words, LONGEST_QUERY))

    def chosen(self) -> None:
        """Do what is under the bar, unless something is in the way."""
        if (entry := self._entry) is not None and not entry.why_not:
            self.post_message(self.Tried(entry.does) if entry.is_look else self.Chosen(entry.does))

    def _look_for(self, letters: Field) -> None:
        if letters.text != self.letters.text:
            self.selected = 0
        self.letters = letters

    def wanted(self, width: int) -> int:
        """The same whatever is found."""
        return 2 + 1 + LIST_WANTED + 1 + (self._below(width, self.look) if self.look else 0)

    def paint(self, width: int, height: int, look: Look) -> Painted:
        """Rule, letters, list; below it what is in the way, or what does not fit in the row."""
        room = shared(height, self._below(width, look))
        found, entry = self.found, self._entry
        count = tr("{n} of {total}", n=len(found), total=len(self._entries))
        head = [form.rule(tr("every action by name"), count, width, look)]
        head += [field_line(self.letters, tr("type a word"), width, look)]
        head += [form.blank(width, look)] * room.above
        rows = [_row(one, width, look, selected=one is entry) for one in found]
        rows = rows or form.sentence(
            tr("Nothing you can do here is called that."), width, look, "ink.muted"
        )
        part = form.listed(rows, min(self.selected, len(rows) - 1), room.rows, width, look)
        lines = [*head, *form.fitted(part.strips, room.rows, width, look)]
        lines += [form.blank(width, look)] * room.between
        if entry is not None and room.below:
            told = _told(entry, width, look)
            lines += form.sentence(told, width, look, "ink.muted", italic=bool(entry.why_not))
        places = {len(head) + y: row for y, row in part.rows.items()} if found else {}
        return Painted(form.fitted(lines, height, width, look), places)

    def _below(self, width: int, look: Look) -> int:
        """Lines for what the longest entry has to say below the list."""
        return max(len(wrap(_told(it, width, look), form.measure(width))) for it in self._entries)


def _row(entry: Entry, width: int, look: Look, *, selected: bool) -> Strip:
    """The text, and the key at the right edge."""
    ground = form.row_ground(selected)
    muted = look.style("ink.muted", ground)
    ink = muted if entry.why_not else look.style("ink.text", ground, bold=selected)
    accent = muted if entry.why_not else look.style("ink.accent", ground, bold=True)
    room = _room(entry, width, look)
    key = (Segment(f"  {spelled(entry.key, look)}", accent), form.measure(width) - room)
    parts = [(Segment(entry.text, ink), room), key]
    return form.row(form.columns(parts, look, ground), width, look, selected=selected)


def _told(entry: Entry, width: int, look: Look) -> str:
    """The reason; else the text where the row cuts it."""
    is_cut = cells_of(entry.text) > _room(entry, width, look)
    return entry.why_not or (entry.text if is_cut else "")


def _room(entry: Entry, width: int, look: Look) -> int:
    """Cells of a row for the text."""
    return form.measure(width) - cells_of(spelled(entry.key, look)) - 2
