"""The help sheet: every key, searchable, with the reason where one does nothing now."""

from itertools import groupby

from rich.segment import Segment
from textual.strip import Strip

from operator_tui.desk.text import SafeText
from operator_tui.ui.actions import ACTIONS, Action, Group, key_name
from operator_tui.ui.look import Look
from operator_tui.ui.panels.field import Field, field_rows
from operator_tui.ui.panels.sheet import Sheet, SheetKey
from operator_tui.ui.render import sheet as form
from operator_tui.ui.render.keys import spelled
from operator_tui.ui.render.sheet import Painted
from operator_tui.ui.render.signs import cells_of
from operator_tui.ui.render.wrap import wrap
from operator_tui.ui.search import folded
from operator_tui.ui.situation import Situation
from operator_tui.ui.words import tr

KEYS = 9
"""Cells of the column of keys."""
ABOVE = 3
"""Lines above the list: the rule, the search, a blank."""
LONGEST_SEARCH = 40


class HelpSheet(Sheet):
    """Lists the actions that have the typed word in them; Enter does the selected one."""

    class Chosen(Sheet.Last):
        """Enter on an action that can be done now."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self._situation = situation
        self._search = Field()
        self._found = tuple(_in_order(ACTIONS))

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
        """How many actions are found."""
        return len(self._found)

    def wanted(self, width: int) -> int:
        """All of them, with a heading for each group."""
        return ABOVE + len(_lines(self._found, self._situation, width)) + 1

    def paint(self, width: int, height: int, look: Look) -> Painted:
        """The rule, the search, the list."""
        count = tr("{n} of {all}", n=self.length, all=len(ACTIONS))
        head = [form.rule(tr("what you can do here"), count, width, look)]
        head += [self._searching(width, look), form.blank(width, look)]
        lines = _lines(self._found, self._situation, width)
        strips = [_strip(line, self.selected, width, look) for line in lines]
        at = next((n for n, line in enumerate(lines) if line[0] == self.selected), 0)
        shown = form.listed(strips, at, max(1, height - ABOVE), width, look)
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
        elif character is not None:
            self._look_for(self._search.typed(character, LONGEST_SEARCH))
        elif (edited := self._search.pressed(key)) is not None:
            self._look_for(edited)
        else:
            return False
        return True

    def pasted(self, text: SafeText) -> None:
        """A word from elsewhere."""
        self._look_for(self._search.typed(text.split("\n", maxsplit=1)[0], LONGEST_SEARCH))

    def chosen(self) -> None:
        """The selected action, unless there is a reason against it."""
        if self._found and self._found[self.selected].unless(self._situation) is None:
            self.post_message(self.Chosen(self._found[self.selected].id))

    def _look_for(self, search: Field) -> None:
        self._search = search
        words = folded(search.text).split()
        self._found = tuple(a for a in _in_order(ACTIONS) if _has(a, words))
        self.selected = 0
        self.changed()

    def _searching(self, width: int, look: Look) -> Strip:
        if self._search.text:
            rows = field_rows(self._search, form.measure(width), 1, look, form.GROUND)
            return form.said(rows[0], width, look)
        muted = look.style("ink.muted", form.GROUND)
        return form.said([Segment(tr("type a word"), muted)], width, look)


Line = tuple[int | None, str, str, str]
"""Index of the action (None for a heading or a wrapped reason), key, text, reason.

A reason of a blank only says that there is one, below.
"""


def _lines(found: tuple[Action, ...], at: Situation, width: int) -> list[Line]:
    lines: list[Line] = []
    indexed = list(enumerate(found))
    for group, members in groupby(indexed, key=lambda pair: pair[1].group):
        if lines:
            lines.append((None, "", "", ""))
        lines.append((None, "", _heading(group), ""))
        for index, action in members:
            lines += _entry(index, action, action.unless(at) or "", width)
    return lines


def _entry(index: int, action: Action, reason: str, width: int) -> list[Line]:
    """One line where there is room; else the text is wrapped, and the reason stands below it."""
    text = tr(action.help)
    keys = " ".join(key_name(key) for key in _keys(action))
    room = form.measure(width) - KEYS
    if reason and cells_of(text) + 2 + cells_of(reason) <= room:
        return [(index, keys, text, reason)]
    pieces, mark = wrap(text, room), " " if reason else ""
    said = [(index, "" if n else keys, piece.text, mark) for n, piece in enumerate(pieces)]
    return [*said, *((None, "", "", piece.text) for piece in wrap(reason, room) if reason)]


def _strip(line: Line, selected: int, width: int, look: Look) -> Strip:
    index, keys, text, reason = line
    if index is None and not reason:
        muted = look.style("ink.muted", form.GROUND, bold=True)
        return form.said([Segment(text, muted)], width, look)
    ground = form.row_ground(index == selected)
    muted = look.style("ink.muted", ground)
    key = muted if reason else look.style("ink.accent", ground, bold=True)
    ink = muted if reason else look.style("ink.text", ground)
    keys = spelled(keys, look)
    column = keys + " " * max(1, KEYS - cells_of(keys))
    between = "  " if text and reason.strip() else ""
    why = Segment(between + reason.strip(), look.style("ink.muted", ground, italic=True))
    segments = [Segment(column, key), Segment(text, ink), why]
    return form.row(segments, width, look, selected=index == selected)


def _keys(action: Action) -> tuple[str, ...]:
    return (*action.keys, *action.letters, *action.shown)


def _in_order(actions: tuple[Action, ...]) -> list[Action]:
    order = list(Group)
    return sorted(actions, key=lambda action: order.index(action.group))


def _has(action: Action, words: list[str]) -> bool:
    """Words of the texts by any part, names of keys by their beginning: `ctr` is no way to `tr`."""
    text = folded(f"{tr(action.help)} {tr(action.label)}")
    names = [folded(key_name(key)) for key in _keys(action)]
    return all(word in text or any(n.startswith(word) for n in names) for word in words)


def _heading(group: Group) -> str:
    match group:
        case Group.CHAT:
            return tr("this chat")
        case Group.CHATS:
            return tr("all chats")
        case Group.DESK:
            return tr("the desk")
