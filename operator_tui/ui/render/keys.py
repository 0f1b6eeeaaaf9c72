"""The line of keys at the bottom (screens.md, "Keys line")."""

from collections.abc import Sequence

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from operator_tui.ui.look import Look
from operator_tui.ui.render.signs import cells_of, cut
from operator_tui.ui.words import tr

GROUND = "ground.background"
GAP = 3
LONGEST_LABEL = 24


class KeyHint(Struct, frozen=True):
    """A key, what it does, and whether it can do it now; pressed, it does `action`."""

    key: str
    label: str
    enabled: bool
    action: str


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
    end = width - 1 - (_cells(right, look) if right else 0)
    segments = [Segment(" ", blank)]
    actions: list[tuple[int, int, str]] = []
    x = 1
    for hint in hints:
        gap = GAP if actions else 0
        if x + gap + _cells(hint, look) > (end - GAP if right else end):
            break
        segments += [Segment(" " * gap, blank), *_hint(hint, look)]
        x += gap + _cells(hint, look)
        actions.append((x - _cells(hint, look), x, hint.action))
    if right is not None:
        segments += [Segment(" " * (end - x), blank), *_hint(right, look)]
        actions.append((end, end + _cells(right, look), right.action))
    return KeysPainted(Strip(segments).adjust_cell_length(width, blank), tuple(actions))


def _hint(hint: KeyHint, look: Look) -> list[Segment]:
    """The key in bold accent, its label muted; both muted when it cannot be done now."""
    muted = look.style("ink.muted", GROUND)
    key = look.style("ink.accent", GROUND, bold=True) if hint.enabled else muted
    return [Segment(spelled(hint.key, look), key), Segment(f" {_label(hint, look)}", muted)]


def _label(hint: KeyHint, look: Look) -> str:
    return cut(hint.label, LONGEST_LABEL, look.icons.cut)


def _cells(hint: KeyHint, look: Look) -> int:
    key = spelled(hint.key, look)
    return cells_of(key) + 1 + min(LONGEST_LABEL, cells_of(hint.label))


def spelled(key: str, look: Look) -> str:
    """A key by its name where arrows cannot be shown."""
    if look.icons.more.isascii():
        return key.replace("↑", tr("Up")).replace("↓", tr("Down"))
    return key
