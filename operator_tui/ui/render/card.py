"""The side panel painted: the visitor's card, the closing steps, the notes.

One painter for the side column and for the peek in the place of the messages.
"""

from collections.abc import Iterator
from datetime import tzinfo

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from operator_tui.desk.closing import STEPS
from operator_tui.desk.entries import Message, Step
from operator_tui.desk.model import Chat
from operator_tui.desk.time import Millis
from operator_tui.ui.look import Look
from operator_tui.ui.render.authors import is_own
from operator_tui.ui.render.facts import facts
from operator_tui.ui.render.signs import cells_of, cut
from operator_tui.ui.render.strips import apart, filled
from operator_tui.ui.render.wrap import wrap
from operator_tui.ui.times import clock_time
from operator_tui.ui.words import tr, trn

KEYS = 9
"""Cells of the column of keys; longer ones get a line of their own."""
NARROWEST = 12
"""Values narrower than this go below their keys."""


class PanelSheet(Struct, frozen=True, eq=False):
    """What the panel is painted on."""

    width: int
    look: Look
    zone: tzinfo
    operator_id: str = ""
    margin: int = 2
    """Blank cells at either side: 2 in the side column, 3 in the place of the messages."""
    ground: str = "ground.surface"

    @property
    def room(self) -> int:
        """Cells between the margins."""
        return max(1, self.width - 2 * self.margin)

    def style(self, ink: str, *, bold: bool = False) -> Style:
        """Text in `ink` on the panel's ground."""
        return self.look.style(ink, self.ground, bold=bold)


def panel_lines(chat: Chat, now: Millis, sheet: PanelSheet) -> list[Strip]:
    """All lines of the panel, each `sheet.width` cells wide."""
    rows: list[list[Segment]] = [
        _heading(tr("visitor"), "", sheet),
        *_card(chat, now, sheet),
        [],
        *_closing(chat, sheet),
        *_form(chat, sheet),
        *_notes(chat, sheet),
    ]
    return [_line(row, sheet) for row in rows]


def more_line(hidden: int, sheet: PanelSheet) -> Strip:
    """In the place of the last line that fits: `↓ 4 more`."""
    words = f"{sheet.look.icons.more} " + trn("{n} more", "{n} more", hidden)
    return _line([Segment(words, sheet.style("ink.muted"))], sheet)


def _line(row: list[Segment], sheet: PanelSheet) -> Strip:
    blank = sheet.style("ink.text")
    margin = Segment(" " * sheet.margin, blank)
    return filled([margin, *filled(row, sheet.room, blank)], sheet.width, blank)


def _heading(title: str, right: str, sheet: PanelSheet) -> list[Segment]:
    bold = sheet.style("ink.muted", bold=True)
    ends = [Segment(right, sheet.style("ink.muted"))] if right else []
    shown = Segment(cut(title, sheet.room - cells_of(right), sheet.look.icons.cut), bold)
    return apart([shown], ends, sheet.room, sheet.style("ink.text"))


def _card(chat: Chat, now: Millis, sheet: PanelSheet) -> Iterator[list[Segment]]:
    for key, values in facts(chat, now, sheet.zone):
        yield from _fact(key, values, sheet)


def _fact(key: str, values: list[str], sheet: PanelSheet) -> Iterator[list[Segment]]:
    """A key and its values at one column; where that leaves too little, values go below."""
    aside = sheet.room - KEYS >= NARROWEST and cells_of(key) < KEYS
    indent = KEYS if aside else 2
    lines = [piece.text for value in values for piece in wrap(value, sheet.room - indent)]
    muted, text = sheet.style("ink.muted"), sheet.style("ink.text")
    if not aside:
        yield [Segment(cut(key, sheet.room, sheet.look.icons.cut), muted)]
    for n, line in enumerate(lines):
        left = key if aside and n == 0 else ""
        yield [Segment(left + " " * (indent - cells_of(left)), muted), Segment(line, text)]


def _form(chat: Chat, sheet: PanelSheet) -> Iterator[list[Segment]]:
    """What the visitor filled in before the chat (R114)."""
    if not chat.visitor.form:
        return
    yield []
    yield _heading(tr("before the chat"), "", sheet)
    for answer in chat.visitor.form:
        yield from _wrapped(answer.question, "ink.muted", sheet)
        yield from _wrapped(answer.answer or tr("no answer"), "ink.text", sheet)


def _closing(chat: Chat, sheet: PanelSheet) -> Iterator[list[Segment]]:
    """The closing protocol as a checklist (R78 to R83)."""
    done = tr("{done} of {all}", done=len(chat.steps), all=len(STEPS))
    yield _heading(tr("closing"), done, sheet)
    icons = sheet.look.icons
    for step in STEPS:
        ticked = step.step in chat.steps
        sign = Segment(
            icons.tick if ticked else icons.todo,
            sheet.style("signal.ok" if ticked else "ink.muted"),
        )
        ink = sheet.style("ink.muted" if ticked else "ink.text")
        words = cut(step_word(step.step), sheet.room - 3, icons.cut)
        yield [sign, Segment("  " + words, ink)]


def step_word(step: Step) -> str:
    """A closing step in a word or two."""
    return {
        1: tr("solved?"),
        2: tr("anything else?"),
        3: tr("thanks"),
        4: tr("suggestions"),
        5: tr("goodbye"),
    }[step]


def _notes(chat: Chat, sheet: PanelSheet) -> Iterator[list[Segment]]:
    """The internal notes, the latest last, and the note that came with a transfer."""
    notes = [entry for entry in chat.timeline if isinstance(entry, Message) and entry.note]
    passed = chat.passed.note if chat.passed is not None else ""
    known = any(note.text == passed for note in notes)
    count = len(notes) + (1 if passed and not known else 0)
    if not count:
        return
    yield []
    yield _heading(tr("notes"), str(count), sheet)
    for n, note in enumerate(notes):
        if n:
            yield []
        yield from _note(note.text, _writer(note, sheet), note.at, sheet)
    if chat.passed is not None and passed and not known:
        yield from [[]] if notes else []
        yield from _note(passed, chat.passed.by or tr("a colleague"), chat.passed.at, sheet)


def _writer(note: Message, sheet: PanelSheet) -> str:
    if is_own(note, sheet.operator_id):
        return tr("you")
    return note.author.name or tr("a colleague")


def _note(text: str, writer: str, at: Millis, sheet: PanelSheet) -> Iterator[list[Segment]]:
    yield from _wrapped(text, "author.note", sheet)
    by = tr("{name}, {time}", name=writer, time=clock_time(at, sheet.zone))
    yield from _wrapped(by, "ink.muted", sheet)


def _wrapped(text: str, ink: str, sheet: PanelSheet) -> Iterator[list[Segment]]:
    for piece in wrap(text, sheet.room):
        yield [Segment(piece.text, sheet.style(ink))]
