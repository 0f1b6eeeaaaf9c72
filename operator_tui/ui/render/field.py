"""A line or two of typing inside a sheet, as a value: what it says and where its cursor is."""

from itertools import pairwise

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from operator_tui.ui.look import Look
from operator_tui.ui.render import sheet as form
from operator_tui.ui.render.signs import cells_of, clusters
from operator_tui.ui.render.wrap import Piece, wrap


class Field(Struct, frozen=True):
    """A text and the cursor's place in it, in characters."""

    text: str = ""
    cursor: int = 0

    def typed(self, text: str, limit: int) -> "Field":
        """With `text` at the cursor; what goes over `limit` characters is not taken."""
        if len(self.text) + len(text) > limit:
            return self
        whole = self.text[: self.cursor] + text + self.text[self.cursor :]
        return Field(whole, self.cursor + len(text))

    def edited(self, key: str, character: str | None, limit: int) -> "Field | None":
        """After a key of any kind; None when it is none of writing."""
        return self.typed(character, limit) if character is not None else self.pressed(key)

    def pressed(self, key: str) -> "Field | None":
        """After an editing key; None when the key is none."""
        at, text = self.cursor, self.text
        match key:
            case "left":
                return Field(text, self._before())
            case "right":
                return Field(text, self._after())
            case "home" | "ctrl+a":
                return Field(text, 0)
            case "end" | "ctrl+e":
                return Field(text, len(text))
            case "backspace":
                return Field(text[: self._before()] + text[at:], self._before())
            case "delete" | "ctrl+d":
                return Field(text[:at] + text[self._after() :], at)
            case "ctrl+u":
                return Field(text[at:], 0)
            case "ctrl+w":
                kept = text[:at].rstrip()
                kept = kept[: kept.rfind(" ") + 1]
                return Field(kept + text[at:], len(kept))
            case _:
                return None

    def _before(self) -> int:
        """One sign to the left: a letter with its accents is one."""
        return max((sign.start for sign in clusters(self.text[: self.cursor])), default=0)

    def _after(self) -> int:
        rest = clusters(self.text[self.cursor :])
        return self.cursor + (rest[0].end if rest else 0)


def field_line(field: Field, hint: str, width: int, look: Look) -> Strip:
    """The one line of a sheet that is typed in; `hint` says what for while nothing is typed."""
    if field.text:
        return form.said(
            field_rows(field, form.measure(width), 1, look, form.GROUND)[0], width, look
        )
    turned = Segment(hint[:1], look.style(form.GROUND, "ink.text"))
    return form.said([turned, Segment(hint[1:], look.style("ink.muted", form.GROUND))], width, look)


def field_rows(
    field: Field, measure: int, room: int, look: Look, ground: str
) -> list[list[Segment]]:
    """The field in at most `room` lines, those around the cursor, which is one reversed cell."""
    pieces = wrap(field.text, measure - 1)
    at = _row(pieces, field.cursor)
    first = max(0, min(at - room + 1, len(pieces) - room))
    first = min(first, at)
    return [
        _with_cursor(field, piece, measure, look, ground)
        if n == at
        else [Segment(piece.text, look.style("ink.text", ground))]
        for n, piece in enumerate(pieces)
        if first <= n < first + room
    ]


def _row(pieces: tuple[Piece, ...], cursor: int) -> int:
    """The line the cursor is on."""
    for n, (_, following) in enumerate(pairwise(pieces)):
        if cursor < following.start:
            return n
    return len(pieces) - 1


def _with_cursor(
    field: Field, piece: Piece, measure: int, look: Look, ground: str
) -> list[Segment]:
    ink, turned = look.style("ink.text", ground), look.style(ground, "ink.text")
    column = field.cursor - piece.start
    before = (piece.text + " " * column)[:column]  # the blanks at its end are typed, too
    before = before[:measure] if cells_of(before) < measure else before[: measure - 1]
    under = clusters(piece.text[column:])
    width = under[0].end if under else 0
    sign = piece.text[column : column + width] or " "
    return [Segment(before, ink), Segment(sign, turned), Segment(piece.text[column + width :], ink)]
