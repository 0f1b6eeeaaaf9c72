"""The words in the rule on top of the composer, and places in its text."""

from textual.content import Content

from operator_tui.desk.names import first_name
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.ui.look import Icons
from operator_tui.ui.numbers import grouped
from operator_tui.ui.render.signs import cells_of, cut
from operator_tui.ui.words import tr

COUNTED_FROM = 3_600
"""Characters from which the composer says how many there are (screens.md, "Composer")."""
FRAME = 2
"""Cells of the rule beside the title."""


def title(
    recipient: str, *, note: bool, closed: bool = False, length: int, width: int, icons: Icons
) -> Content:
    """Who reads this, and how long it is once that matters; never read as markup."""
    room = max(0, width - FRAME)
    count = _count(length)
    left = max(0, room - cells_of(count) - 4)
    words = cut(_to(recipient, left, note=note, closed=closed), left, icons.cut)
    plain = f" {words} "
    rule = icons.rule_note if note else icons.rule
    if not count and not (note and rule.isascii()):
        return Content(plain)  # the border itself draws the rest, dashed for a note
    return Content(plain + rule * (room - cells_of(plain) - cells_of(count)) + count)


def _to(recipient: str, room: int, *, note: bool, closed: bool) -> str:
    """In full where `room` cells are enough."""
    if not note and closed:
        short = tr("closed by {name}", name=recipient)
        whole = tr("{closed}: nothing can be sent", closed=short)
    elif not note:
        short = whole = tr("to {name}", name=recipient)
    else:
        short = tr("internal note about {name}", name=first_name(clean(recipient, SafeLine)))
        whole = f"{short}: {tr('only colleagues see this')}"
    return whole if cells_of(whole) <= room else short


def _count(length: int) -> str:
    if length < COUNTED_FROM:
        return ""
    counted = tr("{n} of {limit}", n=grouped(length), limit=grouped(SafeText.characters))
    return f" {counted} "


def location(text: str, offset: int) -> tuple[int, int]:
    """Row and column of the character at `offset`."""
    before = text[:offset]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def offset(text: str, place: tuple[int, int]) -> int:
    """How many characters stand before a row and column."""
    row, column = place
    return sum(len(line) + 1 for line in text.split("\n")[:row]) + column
