"""The line under the composer: one thing said at a time, in a place that is always there."""

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from operator_tui.desk.etiquette import PlainWord, Remark, VaguePromise
from operator_tui.ui.keys import key_of
from operator_tui.ui.look import Look
from operator_tui.ui.render.signs import cells_of, cut
from operator_tui.ui.render.strips import apart, filled
from operator_tui.ui.render.wrap import wrap
from operator_tui.ui.words import tr

GROUND = "ground.background"
OVER = "ground.raised"
INDENT = 3


def one_line(said: str, label: str, width: int, look: Look) -> Strip:
    """A remark, with `label` at the right where there is room for both."""
    muted = look.style("ink.muted", GROUND)
    room = max(0, width - INDENT - 1)
    words = " ".join(said.split())
    both = cells_of(words) + 2 + cells_of(label) <= room
    left = [Segment(" " * INDENT, muted), Segment(cut(words, room, look.icons.cut), muted)]
    right = [Segment(label, muted)] if label and said and both else []
    return filled(apart(left, right, width - 1, muted), width, muted)


def sentences(said: str, width: int) -> list[str]:
    """`said` in as many lines as it takes: sentences wrap, they are never cut."""
    room = max(1, width - INDENT - 1)
    return [piece.text for line in said.splitlines() for piece in wrap(line, room)]


def lines(said: str, ink: str, width: int, look: Look) -> list[Strip]:
    """Those lines; more than one lie over something else, and stand on a ground of their own."""
    pieces = sentences(said, width)
    style = look.style(ink, GROUND if len(pieces) == 1 else OVER)
    return [filled([Segment(" " * INDENT + piece, style)], width, style) for piece in pieces]


def remark_sentence(remark: Remark | None) -> str:
    """What a remark on a draft says; empty without one."""
    match remark:
        case VaguePromise(words):
            return tr("“{words}” needs a time: 10 min, or before 16:00?", words=words)
        case PlainWord(term, plain):
            return tr("“{term}”, in plain words: {plain}", term=term, plain=plain)
        case None:
            return ""


def note_sentence(name: str, width: int) -> str:
    """What the line says as long as an internal note is written: in one line, if need be less."""
    whole = tr("{name} never sees this. {key}: back to the reply", name=name, key=key_of("note"))
    return whole if len(sentences(whole, width)) == 1 else tr("{name} never sees this.", name=name)


class AdviceLine(Widget):
    """One thing at a time: a refusal before a notice, a notice before a remark.

    A remark has its one line. A refusal or a notice takes the lines it needs, upwards, over what
    stands there: nothing else moves.
    """

    DEFAULT_CSS = "AdviceLine { height: 1; width: 1fr; }"

    remark: reactive[str] = reactive("")
    """What could be better in the draft; marked as advice."""
    notice: reactive[str] = reactive("")
    """What is so: the line of an internal note, what can be undone."""
    refusal: reactive[str] = reactive("")
    """Why something was not done."""
    look: reactive[Look | None] = reactive(None)

    @property
    def rows(self) -> int:
        """How many lines it takes; 1 when there is nothing to say."""
        said = self.refusal or self.notice
        return max(1, len(sentences(said, self.size.width))) if self.size.width else 1

    def fit(self, above: int) -> None:
        """Take the lines that are needed, `above` lines over the place of the one line."""
        self.styles.height = self.rows
        self.styles.margin = (0, 0, above, 0)

    def render_line(self, y: int) -> Strip:
        """One of its lines."""
        if self.look is None:
            return Strip.blank(self.size.width)
        if not (self.refusal or self.notice):
            return one_line(self.remark, tr("advice"), self.size.width, self.look)
        ink = "signal.error" if self.refusal else "ink.muted"
        strips = lines(self.refusal or self.notice, ink, self.size.width, self.look)
        return strips[y] if y < len(strips) else Strip.blank(self.size.width)
