"""The line of keys at the bottom (screens.md, "Keys line")."""

from collections.abc import Sequence

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from operator_tui.ui.look import Look
from operator_tui.ui.render.signs import cells_of, cut
from operator_tui.ui.widths import WIDE_FROM
from operator_tui.ui.words import tr

GROUND = "ground.background"


class KeyHint(Struct, frozen=True):
    """A key, what it does, and whether it can do it now; pressed, it does `action`."""

    key: str
    label: str
    enabled: bool
    action: str
    short: str = ""
    """The label where there is little room; empty: the same."""


class Room(Struct, frozen=True):
    """How much of the line an entry may take."""

    gap: int
    name: int
    """Cells of a visitor's name."""
    short: bool = False


ROOMY = Room(gap=3, name=24)
TIGHT = Room(gap=2, name=11, short=True)


class KeysPainted(Struct, frozen=True, eq=False):
    """The line, and which cells of it belong to which action."""

    strip: Strip
    actions: tuple[tuple[int, int, str], ...]
    """First cell, the cell behind the last, action."""

    def action_at(self, x: int) -> str | None:
        """What a click on cell `x` does."""
        return next((action for start, end, action in self.actions if start <= x < end), None)


def keys_line(
    hints: Sequence[KeyHint], right: KeyHint | None, width: int, look: Look
) -> KeysPainted:
    """`hints` from the left, `right` at the right; what does not fit is left out whole."""
    blank = look.style("ink.text", GROUND)
    room = ROOMY if width >= WIDE_FROM else TIGHT
    end = width - 1 - (_cells(right, room, look) if right else 0)
    segments = [Segment(" ", blank)]
    actions: list[tuple[int, int, str]] = []
    x = 1
    for hint in hints:
        gap = room.gap if actions else 0
        if x + gap + _cells(hint, room, look) > (end - room.gap if right else end):
            continue
        segments += [Segment(" " * gap, blank), *_hint(hint, room, look)]
        x += gap + _cells(hint, room, look)
        actions.append((x - _cells(hint, room, look), x, hint.action))
    if right is not None:
        segments += [Segment(" " * (end - x), blank), *_hint(right, room, look)]
        actions.append((end, end + _cells(right, room, look), right.action))
    return KeysPainted(Strip(segments).adjust_cell_length(width, blank), tuple(actions))


def _hint(hint: KeyHint, room: Room, look: Look) -> list[Segment]:
    """The key in bold accent, its label muted; both muted when it cannot be done now."""
    muted = look.style("ink.muted", GROUND)
    key = look.style("ink.accent", GROUND, bold=True) if hint.enabled else muted
    return [Segment(spelled(hint.key, look), key), Segment(f" {_label(hint, room, look)}", muted)]


def _label(hint: KeyHint, room: Room, look: Look) -> str:
    label = hint.short if room.short and hint.short else hint.label
    return cut(label, room.name if hint.action == "most_urgent" else ROOMY.name, look.icons.cut)


def _cells(hint: KeyHint, room: Room, look: Look) -> int:
    return cells_of(spelled(hint.key, look)) + 1 + cells_of(_label(hint, room, look))


def spelled(key: str, look: Look) -> str:
    """A key by its name where arrows cannot be shown."""
    if look.icons.more.isascii():
        return key.replace("↑", tr("Up")).replace("↓", tr("Down"))
    return key
