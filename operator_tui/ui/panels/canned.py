"""Canned replies: found by a few letters, read in full, inserted at the cursor (R121)."""

from collections.abc import Sequence

from msgspec import Struct
from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from operator_tui.desk.canned import CannedReply, Values, blank_words, blanks, filled
from operator_tui.desk.entries import Language
from operator_tui.desk.text import SafeText
from operator_tui.ui.look import Look
from operator_tui.ui.panels.sheet import Sheet, SheetKey
from operator_tui.ui.render import sheet as form
from operator_tui.ui.render.facts import language_name
from operator_tui.ui.render.field import Field, field_line
from operator_tui.ui.render.sheet import GROUND, Painted
from operator_tui.ui.render.signs import cells_of
from operator_tui.ui.render.wrap import wrap
from operator_tui.ui.search import find
from operator_tui.ui.words import tr, trn

ID_WIDTH = 14
"""Cells for the id of a reply, at least."""
ID_SHARE = 0.4
"""How much of the line an id may take at most, where there is more room."""
LIST_WANTED = 7
"""Rows of the list where there is room."""
LONGEST_QUERY = 60


class Room(Struct, frozen=True):
    """How the lines of the sheet are shared out; all but `rows` may be 0."""

    above: int
    rows: int
    between: int
    preview: int
    missing: int


def shared(height: int, preview: int) -> Room:
    """Lines for list and preview in a sheet of `height`, whose longest preview takes `preview`.

    It depends on nothing that changes while one types: nothing jumps.
    """
    rest = max(0, height - 2)  # the rule and the line one types in
    if rest < 6:
        return Room(0, rest, 0, 0, 0)
    above = 1 if rest >= 9 else 0
    shown = min(preview, max(1, (rest - above - 2) // 2))
    return Room(above, rest - above - 1 - shown - 1, 1, shown, 1)


class CannedSheet(Sheet):
    """The replies in the chat's language. `values` fills them in."""

    replies: reactive[tuple[CannedReply, ...]] = reactive(())
    values: reactive[Values] = reactive({})
    language: reactive[Language] = reactive("en")
    letters: reactive[Field] = reactive(Field())

    class Chosen(Sheet.Last):
        """The operator wants this reply at the cursor, with its first blank selected or not."""

        def __init__(self, reply: CannedReply, select_blank: bool) -> None:
            super().__init__()
            self.reply = reply
            self.select_blank = select_blank

    class SlashMeant(Sheet.Last):
        """`/` twice: the operator meant the sign, and the sheet is to go."""

    @property
    def found(self) -> tuple[CannedReply, ...]:
        """The replies that the query finds, the best first."""
        return find(self.replies, self.letters.text)

    @property
    def reply(self) -> CannedReply | None:
        """The reply under the bar."""
        found = self.found
        return found[min(self.selected, len(found) - 1)] if found else None

    @property
    def length(self) -> int:
        """As many as are found."""
        return len(self.found)

    @property
    def hints(self) -> tuple[SheetKey, ...]:
        """Tab only where there is a blank."""
        reply = self.reply
        has_blank = reply is not None and blank_words(filled(reply, self.values))
        return (
            SheetKey("Enter", tr("insert at the cursor"), "enter"),
            *((SheetKey("Tab", tr("fill the blank"), "tab"),) if has_blank else ()),
            SheetKey("Esc", tr("back"), "escape"),
        )

    def pressed(self, key: str, character: str | None) -> bool:
        """Letters search; Enter and Tab choose."""
        if key in {"enter", "tab"}:
            self._choose(select_blank=key == "tab")
        elif character == "/" and not self.letters.text:
            self.post_message(self.SlashMeant())
        elif (after := self.letters.edited(key, character, LONGEST_QUERY)) is not None:
            self._search(after)
        else:
            return False
        return True

    def pasted(self, text: SafeText) -> None:
        """What is pasted is searched for."""
        self._search(self.letters.typed(" ".join(text.split())[:LONGEST_QUERY], LONGEST_QUERY))

    def chosen(self) -> None:
        """A click inserts."""
        self._choose(select_blank=False)

    def _choose(self, *, select_blank: bool) -> None:
        if (reply := self.reply) is not None:
            self.post_message(self.Chosen(reply, select_blank))

    def _search(self, query: Field) -> None:
        if query.text != self.letters.text:
            self.selected = 0
        self.letters = query

    def wanted(self, width: int) -> int:
        """The same at every query."""
        preview = _longest(self.replies, self.values, width)
        return 2 + 1 + min(LIST_WANTED, max(1, len(self.replies))) + 1 + preview + 1 + 1

    def paint(self, width: int, height: int, look: Look) -> Painted:
        """Rule, query, list, preview, blanks."""
        room = shared(height, _longest(self.replies, self.values, width))
        found, reply = self.found, self.reply
        title = tr("canned replies, {language}", language=language_name(self.language))
        count = tr("{n} of {total}", n=len(found), total=len(self.replies))
        typed = field_line(self.letters, tr("type a word"), width, look)
        head = [form.rule(title, count, width, look), typed]
        head += [form.blank(width, look)] * room.above
        ids = id_width(self.replies, width)
        rows = [
            _row(one, self.values, ids, width, look, selected=one is reply) for one in found
        ] or _nothing(self.letters.text, width, look)
        selected = min(self.selected, len(rows) - 1)
        part = form.listed(rows, selected, room.rows, width, look)
        lines = [*head, *form.fitted(part.strips, room.rows, width, look)]
        lines += [form.blank(width, look)] * room.between
        if reply is not None and room.preview:
            lines += _preview(filled(reply, self.values), room.preview, width, look)
        places = {len(head) + y: row for y, row in part.rows.items()} if found else {}
        return Painted(form.fitted(lines, height, width, look), places)


def _longest(replies: Sequence[CannedReply], values: Values, width: int) -> int:
    texts = (filled(reply, values) for reply in replies)
    return max((len(wrap(text, form.measure(width))) for text in texts), default=1)


def id_width(replies: Sequence[CannedReply], width: int) -> int:
    """Cells for the ids: the longest one in full where there is room, the same at every query."""
    longest = max((cells_of(reply.id) for reply in replies), default=0)
    return min(max(ID_WIDTH, longest), max(ID_WIDTH, int(form.measure(width) * ID_SHARE)))


def _row(
    reply: CannedReply, values: Values, ids: int, width: int, look: Look, *, selected: bool
) -> Strip:
    ground = form.row_ground(selected)
    name = Segment(reply.id, look.style("ink.text", ground, bold=selected))
    text = " ".join(filled(reply, values).split())
    rest = Segment(text, look.style("ink.muted", ground))
    room = max(0, form.measure(width) - ids - 2)
    parts = [(name, ids), (Segment("", name.style), 2), (rest, room)]
    return form.row(form.columns(parts, look, ground), width, look, selected=selected)


def _nothing(query: str, width: int, look: Look) -> list[Strip]:
    said = tr('No reply has "{query}" in it.', query=query)
    return form.sentence(said, width, look, "ink.muted")


def _preview(text: SafeText, room: int, width: int, look: Look) -> list[Strip]:
    """The whole text, what is missing in amber, and below it what that is."""
    pieces = wrap(text, form.measure(width))
    lines = [
        form.said(_marked(text, piece.start, piece.text, look), width, look)
        for piece in pieces[:room]
    ]
    if missing := blank_words(text):
        words = ", ".join(missing)
        said = trn(
            "{n} blank to fill: {words}", "{n} blanks to fill: {words}", len(missing), words=words
        )
        lines += form.sentence(said, width, look, "indicator.unanswered_soon")[:1]
    return lines


def _marked(text: str, start: int, line: str, look: Look) -> list[Segment]:
    """A line of the preview, which begins at `start` of the text, with its blanks marked."""
    ink = look.style("ink.text", GROUND)
    amber = look.style("indicator.unanswered_soon", GROUND, bold=True)
    segments, at, end = [], start, start + len(line)
    for blank in blanks(text):
        first, last = max(at, blank.start), min(end, blank.end)
        if first < last:
            segments += [Segment(text[at:first], ink), Segment(text[first:last], amber)]
            at = last
    return [*segments, Segment(text[at:end], ink)]
