"""With which words to offer help: a canned opener, changed by hand if need be (R86)."""

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from operator_tui.desk.browsing import Browsing
from operator_tui.desk.canned import CannedReply, Values, blanks, filled
from operator_tui.desk.entries import NO_TEXT, Canned, Id
from operator_tui.desk.names import first_name
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.ui.look import Look
from operator_tui.ui.panels.sheet import Sheet, SheetKey
from operator_tui.ui.render import sheet as form
from operator_tui.ui.render.field import Field, field_rows
from operator_tui.ui.render.lookers import name_of
from operator_tui.ui.render.sheet import GROUND, Painted
from operator_tui.ui.words import tr

TAG = "proactive"
"""Canned replies with this tag are openers."""
TEXT_LINES = 5


def openers(replies: tuple[CannedReply, ...], values: Values) -> tuple[CannedReply, ...]:
    """The canned openers; those that can go out as they are first."""
    tagged = [reply for reply in replies if TAG in reply.tags]
    return tuple(sorted(tagged, key=lambda reply: len(blanks(filled(reply, values)))))


class InviteSheet(Sheet):
    """Arrows choose an opener, letters change it, Enter sends it."""

    browsing: reactive[Browsing | None] = reactive(None)
    """None: the visitor is gone by now, or chats."""
    words: reactive[Field] = reactive(Field())
    complaint: reactive[str] = reactive("")
    """Why Enter did nothing."""

    def __init__(
        self,
        browsing: Browsing,
        replies: tuple[CannedReply, ...],
        values: Values,
        begun: SafeText = NO_TEXT,
    ) -> None:
        """`begun` stands in place of the first opener: it was written once and did not arrive."""
        super().__init__()
        self.visitor = browsing.visitor
        self._name = first_name(clean(name_of(browsing), SafeLine))
        self._openers = openers(replies, values)
        self._values = values
        self._changed: dict[int, Field] = {}
        self.set_reactive(InviteSheet.browsing, browsing)
        words = Field(begun, len(begun)) if begun else self._text(0)
        self.set_reactive(InviteSheet.words, words)

    class Confirmed(Sheet.Last):
        """Send the invitation."""

        def __init__(self, visitor: Id, text: SafeText, canned: Canned | None) -> None:
            super().__init__()
            self.visitor = visitor
            self.text = text
            self.canned = canned

    class Back(Sheet.Last):
        """Esc: another visitor."""

        def __init__(self, visitor: Id) -> None:
            super().__init__()
            self.visitor = visitor

    @property
    def length(self) -> int:
        """The openers."""
        return len(self._openers)

    @property
    def hints(self) -> tuple[SheetKey, ...]:
        """Tab only where there is a blank."""
        blank = (SheetKey("Tab", tr("fill the blank"), "tab"),) if blanks(self.words.text) else ()
        return (
            SheetKey("Enter", tr("send the invitation"), "enter"),
            *blank,
            SheetKey("↑ ↓", tr("other words")),
            SheetKey("Esc", tr("back"), "escape"),
        )

    # keys

    def pressed(self, key: str, character: str | None) -> bool:
        """Everything that is text goes into the invitation."""
        if key == "enter":
            self._confirm()
        elif key == "tab":
            self._to_blank()
        elif key in {"ctrl+j", "shift+enter"}:
            self._write(self.words.typed("\n", SafeText.characters))
        elif (after := self.words.edited(key, character, SafeText.characters)) is not None:
            self._write(after)
        else:
            return False
        return True

    def pasted(self, text: SafeText) -> None:
        """Into the invitation."""
        self._write(self.words.typed(text, SafeText.characters))

    def select(self, row: int) -> None:
        """Another opener; what was changed in this one is kept with it."""
        self._changed[self.selected] = self.words
        super().select(row)
        self._write(self._changed.get(self.selected, self._text(self.selected)))

    def dismiss(self) -> None:
        """Esc: back to those who look around."""
        self.post_message(self.Back(self.visitor))

    def _text(self, row: int) -> Field:
        text = filled(self._openers[row], self._values) if self._openers else ""
        return Field(text, len(text))

    def _write(self, words: Field) -> None:
        self.complaint = ""
        self.words = words

    def _to_blank(self) -> None:
        """Take the first blank out, with the cursor where it was."""
        if found := blanks(self.words.text):
            blank, text = found[0], self.words.text
            self._write(Field(text[: blank.start] + text[blank.end :], blank.start))

    def _confirm(self) -> None:
        text = clean(self.words.text.strip())
        if self.browsing is None:
            self.complaint = tr("{name} is not looking around any more.", name=self._name)
        elif not text:
            self.complaint = tr("There is nothing to send yet.")
        elif found := blanks(text):
            blank = f"{{{found[0].word}}}"
            self.complaint = tr("Fill in {blank} first, or delete it.", blank=blank)
        else:
            self.post_message(self.Confirmed(self.visitor, text, self._canned(text)))

    def _canned(self, text: SafeText) -> Canned | None:
        if not self._openers:
            return None
        opener = self._openers[self.selected]
        return Canned(opener.id, edited=text != filled(opener, self._values))

    # painting

    def wanted(self, width: int) -> int:
        """Rule, openers, the text and a line for complaints."""
        text = len(self._lines(width, self.look)) if self.look is not None else 1
        return 2 + self.length + 1 + text + 1

    def paint(self, width: int, height: int, look: Look) -> Painted:
        """The text has its lines before the openers."""
        title = form.rule(tr("offer help to {name}", name=self._name), "", width, look)
        text = self._lines(width, look)
        complaint = form.sentence(self.complaint, width, look, "signal.error")[:1]
        spare = height - 1 - len(text) - len(complaint) - self.length
        air = [form.blank(width, look)] if spare >= 2 else []
        room = max(1, height - 1 - len(text) - len(complaint) - 2 * len(air))
        strips = [
            _row(one, self._values, width, look, selected=n == self.selected)
            for n, one in enumerate(self._openers)
        ]
        part = form.listed(strips, self.selected, min(room, len(strips)), width, look)
        head = [title, *air]
        lines = [*head, *part.strips, *air, *text, *complaint]
        places = {len(head) + y: row for y, row in part.rows.items()}
        return Painted(form.fitted(lines, height, width, look), places)

    def _lines(self, width: int, look: Look) -> list[Strip]:
        typed = field_rows(self.words, form.measure(width), TEXT_LINES, look, GROUND)
        return [form.said(line, width, look) for line in typed]


def _row(reply: CannedReply, values: Values, width: int, look: Look, *, selected: bool) -> Strip:
    ground = form.row_ground(selected)
    text = " ".join(filled(reply, values).split())
    style = look.style("ink.text" if selected else "ink.muted", ground)
    cells = form.columns([(Segment(text, style), form.measure(width))], look, ground)
    return form.row(cells, width, look, selected=selected)
