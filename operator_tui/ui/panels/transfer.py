"""Transferring a chat: to whom, and with what note (R15, R18)."""

from textual.reactive import reactive
from textual.strip import Strip

from operator_tui.desk.entries import Id
from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.names import first_name
from operator_tui.desk.policy import NOTE_WORDS
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.desk.time import Millis
from operator_tui.ui.look import Look
from operator_tui.ui.names import visitor_name
from operator_tui.ui.panels.sheet import Sheet, SheetKey
from operator_tui.ui.render import sheet as form
from operator_tui.ui.render.field import Field, field_rows
from operator_tui.ui.render.sheet import GROUND, Painted
from operator_tui.ui.render.takers import Taker, taker_row, takers
from operator_tui.ui.situation import visitor_closed
from operator_tui.ui.words import tr

NOTE_LINES = 4


def missing_words(note: str) -> int:
    """How many words the note lacks."""
    return max(0, NOTE_WORDS - len(note.split()))


class TransferSheet(Sheet):
    """Arrows choose, letters write the note, Enter transfers."""

    desk: reactive[Desk | None] = reactive(None)
    chat: reactive[Chat | None] = reactive(None)
    now: reactive[Millis] = reactive(0)
    note: reactive[Field] = reactive(Field())
    complaint: reactive[str] = reactive("")
    """Why Enter did nothing."""

    class Confirmed(Sheet.Last):
        """Transfer the chat to a colleague, or to the queue when `to` is None."""

        def __init__(self, chat: Id, to: Id | None, note: SafeText) -> None:
            super().__init__()
            self.chat = chat
            self.to = to
            self.note = note

    @property
    def takers(self) -> tuple[Taker, ...]:
        """The rows as they are now."""
        if self.desk is None or self.chat is None:
            return ()
        return takers(self.desk, self.chat, self.now)

    @property
    def length(self) -> int:
        """Colleagues and the queue."""
        return len(self.takers)

    @property
    def hints(self) -> tuple[SheetKey, ...]:
        """Letters go into the note without a key of their own."""
        return (
            SheetKey("Enter", tr("transfer"), "enter"),
            SheetKey("↑ ↓", tr("to whom")),
            SheetKey("Esc", tr("stay"), "escape"),
        )

    def written(self, note: SafeText) -> None:
        """Go on with a note that was begun before."""
        self.note = Field(note, len(note))

    # keys

    def pressed(self, key: str, character: str | None) -> bool:
        """Everything that is text goes into the note."""
        if key == "enter":
            self._confirm()
        elif key == "tab":
            return True  # the note always has the letters: there is nowhere else to go
        elif key in {"ctrl+j", "shift+enter"}:
            self._write(self.note.typed("\n", SafeText.characters))
        elif (after := self.note.edited(key, character, SafeText.characters)) is not None:
            self._write(after)
        else:
            return False
        return True

    def pasted(self, text: SafeText) -> None:
        """Into the note."""
        self._write(self.note.typed(text, SafeText.characters))

    def select(self, row: int) -> None:
        """Rows that cannot be chosen are stepped over."""
        rows = self.takers
        step = 1 if row >= self.selected else -1
        row = max(0, min(row, len(rows) - 1))
        ahead = range(row, len(rows) if step > 0 else -1, step)
        self.complaint = ""
        self.selected = next((n for n in ahead if rows[n].open), self.selected)

    def point(self, row: int) -> None:
        """A click on somebody who is full does nothing."""
        if self.takers[row].open:
            self.select(row)

    def dismiss(self) -> None:
        """Esc: the note is handed back, for the next time."""
        self.post_message(self.Closed(clean(self.note.text)))

    def _write(self, note: Field) -> None:
        self.complaint = ""
        self.note = note

    def _confirm(self) -> None:
        rows = self.takers
        if self.chat is None or not rows or self.chat.closed_at is not None:
            return
        taker = rows[min(self.selected, len(rows) - 1)]
        if not taker.open:
            self.complaint = tr("{name} has no free place any more.", name=taker.name)
        elif lacking := missing_words(self.note.text):
            self.complaint = _please(lacking, taker)
        else:
            self.post_message(self.Confirmed(self.chat.id, taker.id, clean(self.note.text.strip())))

    # painting

    def watch_desk(self, before: Desk | None, desk: Desk | None) -> None:
        """Places come and go; the bar stays with its colleague."""
        if before is None or desk is None or self.chat is None:
            self._to_first()
            return
        old = takers(before, self.chat, self.now)
        at = old[self.selected].id if self.selected < len(old) else None
        self.selected = next((n for n, one in enumerate(self.takers) if one.id == at), 0)

    def watch_chat(self, before: Chat | None, chat: Chat | None) -> None:
        """Another chat: who can take it is another question."""
        if before is None or chat is None or before.id != chat.id:
            self._to_first()

    def _to_first(self) -> None:
        self.selected = next((n for n, one in enumerate(self.takers) if one.open), 0)

    def wanted(self, width: int) -> int:
        """Rule, rows, the note and a line for complaints."""
        if self.look is None:
            return 1
        return 2 + self.length + 2 + len(self._note(width, self.look)) + 1

    def paint(self, width: int, height: int, look: Look) -> Painted:
        """The note has its lines before the list."""
        if self.chat is None:
            return Painted(form.fitted([], height, width, look))
        name = first_name(clean(visitor_name(self.chat.visitor), SafeLine))
        title = form.rule(tr("transfer the chat with {name}", name=name), "", width, look)
        rows, note = self.takers, self._note(width, look)
        asked = form.sentence(self._asked(rows), width, look, "ink.muted")[:1]
        closed = visitor_closed() if self.chat.closed_at is not None else ""
        said = closed or self.complaint
        complaint = form.sentence(said, width, look, "signal.error") if said else []
        spare = height - 1 - len(rows) - len(asked) - len(note) - len(complaint)
        air = [form.blank(width, look)] if spare >= 2 else []
        room = max(1, height - 1 - 2 * len(air) - len(asked) - len(note) - len(complaint))
        strips = [
            taker_row(one, width, look, selected=n == self.selected) for n, one in enumerate(rows)
        ]
        part = form.listed(strips, self.selected, min(room, len(rows)), width, look)
        head = [title, *air]
        lines = [*head, *part.strips, *air, *asked, *note, *complaint]
        places = {len(head) + y: row for y, row in part.rows.items()}
        return Painted(form.fitted(lines, height, width, look), places)

    def _note(self, width: int, look: Look) -> list[Strip]:
        typed = field_rows(self.note, form.measure(width), NOTE_LINES, look, GROUND)
        return [form.said(line, width, look) for line in typed]

    def _asked(self, rows: tuple[Taker, ...]) -> str:
        taker = rows[min(self.selected, len(rows) - 1)] if rows else None
        if taker is None or taker.id is None:
            return tr("note for whoever takes it, at least three words")
        return tr("note for {name}, at least three words", name=_first(taker))


def _first(taker: Taker) -> str:
    return first_name(clean(taker.name, SafeLine))


def _please(lacking: int, taker: Taker) -> str:
    if taker.id is None:
        return tr("A note of at least three words, please: somebody reads it.")
    name = _first(taker)
    if lacking == 1:
        return tr("One more word for {name}, please.", name=name)
    if lacking == 2:
        return tr("Two more words for {name}, please.", name=name)
    return tr("A note of at least three words for {name}, please.", name=name)
