"""The help sheet: every key and sign, searchable; a key that does nothing now says why."""

from itertools import groupby
from typing import TypeAlias

from rich.segment import Segment
from textual.strip import Strip

from operator_tui.desk.text import SafeText
from operator_tui.ui.actions import ACTIONS, Action, Group
from operator_tui.ui.keys import key_name, keys_of
from operator_tui.ui.look import Look
from operator_tui.ui.panels.legend import Sign, legend, painted
from operator_tui.ui.panels.sheet import Sheet, SheetKey
from operator_tui.ui.render import sheet as form
from operator_tui.ui.render.field import Field, field_line
from operator_tui.ui.render.keys import spelled
from operator_tui.ui.render.sheet import Painted
from operator_tui.ui.render.signs import cells_of
from operator_tui.ui.render.wrap import wrap
from operator_tui.ui.search import folded
from operator_tui.ui.situation import Situation
from operator_tui.ui.words import tr

SIGN = "sign"
"""Stands for a sign in a line until it is painted."""
KEYS = 9
"""Cells of the column of keys."""
ABOVE = 3
"""Lines above the list: the rule, the search, a blank."""
LONGEST_SEARCH = 40


class HelpSheet(Sheet):
    """Lists the actions that have the typed word in them; Enter does the selected one."""

    LEAVES = 0

    class Chosen(Sheet.Last):
        """Enter on an action that can be done now."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self._situation = situation
        self._search = Field()
        self._entries: tuple[Entry, ...] = (*_in_order(ACTIONS), *legend())
        self._found = self._entries

    @property
    def hints(self) -> tuple[SheetKey, ...]:
        """What the keys line says."""
        return (
            SheetKey("Enter", tr("do it"), "enter"),
            SheetKey("↑ ↓", tr("choose")),
            SheetKey("Esc", tr("back"), "escape"),
        )

    @property
    def length(self) -> int:
        """How many actions and signs are found."""
        return len(self._found)

    def wanted(self, width: int) -> int:
        """All of them, with a heading for each group; the same whatever is found."""
        return ABOVE + len(_lines(self._entries, self._situation, width)) + 1

    def paint(self, width: int, height: int, look: Look) -> Painted:
        """The rule, the search, the list."""
        count = tr("{n} of {all}", n=self.length, all=len(self._entries))
        head = [form.rule(tr("what you can do here"), count, width, look)]
        head += [field_line(self._search, tr("type a word"), width, look)]
        head += [form.blank(width, look)]
        lines = _lines(self._found, self._situation, width)
        strips = [_strip(line, self._found, self.selected, width, look) for line in lines]
        at = next((n for n, line in enumerate(lines) if line[0] == self.selected), 0)
        shown = form.listed(
            strips, at, max(1, height - ABOVE), width, look, counts=_begins_an_entry(lines)
        )
        rows = {
            len(head) + y: index
            for y, n in shown.rows.items()
            if (index := lines[n][0]) is not None
        }
        return Painted(form.fitted([*head, *shown.strips], height, width, look), rows)

    def pressed(self, key: str, character: str | None) -> bool:
        """Letters search, Enter does."""
        if key == "enter":
            self.chosen()
        elif (edited := self._search.edited(key, character, LONGEST_SEARCH)) is not None:
            self._look_for(edited)
        else:
            return False
        return True

    def pasted(self, text: SafeText) -> None:
        """A word from elsewhere."""
        self._look_for(self._search.typed(text.split("\n", maxsplit=1)[0], LONGEST_SEARCH))

    def chosen(self) -> None:
        """The selected action, unless there is a reason against it."""
        entry = self._found[self.selected] if self._found else None
        if isinstance(entry, Action) and entry.unless(self._situation) is None:
            self.post_message(self.Chosen(entry.id))

    def _look_for(self, search: Field) -> None:
        self._search = search
        words = folded(search.text).split()
        self._found = tuple(entry for entry in self._entries if _has(entry, words))
        self.selected = 0
        self.changed()


Entry: TypeAlias = Action | Sign
Line = tuple[int | None, str, str, str]
"""Index of the entry (None for a heading or a wrapped reason), key, text, reason.

A reason of a blank only says that there is one, below.
"""


def _lines(found: tuple[Entry, ...], at: Situation, width: int) -> list[Line]:
    lines: list[Line] = []
    indexed = list(enumerate(found))
    for heading, members in groupby(indexed, key=lambda pair: _heading(pair[1])):
        if lines:
            lines.append((None, "", "", ""))
        lines.append((None, "", heading, ""))
        for index, entry in members:
            reason = (entry.unless(at) or "") if isinstance(entry, Action) else ""
            lines += _entry(index, entry, reason, width)
    return lines


def _begins_an_entry(lines: list[Line]) -> list[bool]:
    """Which lines are the first of an action or sign."""
    before = [None, *(line[0] for line in lines)]
    return [line[0] not in {None, last} for line, last in zip(lines, before, strict=False)]


def _entry(index: int, entry: Entry, reason: str, width: int) -> list[Line]:
    """One line where there is room; else the text is wrapped, and the reason stands below it."""
    text = tr(entry.help) if isinstance(entry, Action) else entry.text
    keys = " ".join(_names(entry)) if isinstance(entry, Action) else SIGN
    room = form.measure(width) - KEYS
    if reason and cells_of(text) + 2 + cells_of(reason) <= room:
        return [(index, keys, text, reason)]
    pieces, mark = wrap(text, room), " " if reason else ""
    said = [(index, "" if n else keys, piece.text, mark) for n, piece in enumerate(pieces)]
    return [*said, *((None, "", "", piece.text) for piece in wrap(reason, room) if reason)]


def _strip(line: Line, found: tuple[Entry, ...], selected: int, width: int, look: Look) -> Strip:
    index, keys, text, reason = line
    if index is None and not reason:
        muted = look.style("ink.muted", form.GROUND, bold=True)
        return form.said([Segment(text, muted)], width, look)
    ground = form.row_ground(index == selected)
    if index is not None and isinstance(entry := found[index], Sign):
        segments = [*_sign(entry if keys else None, ground, look)]
        segments.append(Segment(text, look.style("ink.text", ground)))
        return form.row(segments, width, look, selected=index == selected)
    muted = look.style("ink.muted", ground)
    key = muted if reason else look.style("ink.accent", ground, bold=True)
    ink = muted if reason else look.style("ink.text", ground)
    keys = spelled(keys, look)
    column = keys + " " * max(1, KEYS - cells_of(keys))
    between = "  " if text and reason.strip() else ""
    why = Segment(between + reason.strip(), look.style("ink.muted", ground, italic=True))
    segments = [Segment(column, key), Segment(text, ink), why]
    return form.row(segments, width, look, selected=index == selected)


def _sign(sign: Sign | None, ground: str, look: Look) -> list[Segment]:
    """The sign in the column of keys; blanks below it."""
    segments = list(painted(sign, ground, look)) if sign is not None else []
    taken = sum(segment.cell_length for segment in segments)
    return [*segments, Segment(" " * (KEYS - taken), look.style("ink.text", ground))]


def _names(action: Action) -> list[str]:
    return [key_name(key) for key in keys_of(action.id)]


def _in_order(actions: tuple[Action, ...]) -> list[Action]:
    order = list(Group)
    return sorted(actions, key=lambda action: order.index(action.group))


def _has(entry: Entry, words: list[str]) -> bool:
    """Words of the texts by any part, names of keys by their beginning: `ctr` is no way to `tr`."""
    if isinstance(entry, Sign):
        text, names = folded(f"{_heading(entry)} {entry.text}"), []
    else:
        text = folded(f"{tr(entry.help)} {tr(entry.label)}")
        names = [folded(name) for name in _names(entry)]
    return all(word in text or any(n.startswith(word) for n in names) for word in words)


def _heading(entry: Entry) -> str:
    if isinstance(entry, Sign):
        return tr("signs")
    match entry.group:
        case Group.CHAT:
            return tr("this chat")
        case Group.CHATS:
            return tr("all chats")
        case Group.DESK:
            return tr("the desk")
