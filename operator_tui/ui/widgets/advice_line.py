"""The line under the composer: one thing said at a time, in cells that are always there."""

from rich.segment import Segment
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from operator_tui.desk.etiquette import PlainWord, Remark, VaguePromise
from operator_tui.ui.look import Look
from operator_tui.ui.render.signs import cells_of, cut
from operator_tui.ui.render.strips import apart, filled
from operator_tui.ui.words import tr

GROUND = "ground.background"
INDENT = 3


def advice_strip(said: str, refusal: str, label: str, width: int, look: Look) -> Strip:
    """The refusal if there is one, or else what is said, with `label` at the right."""
    muted = look.style("ink.muted", GROUND)
    ink = look.style("signal.error", GROUND) if refusal else muted
    right = label if label and said and not refusal else ""
    room = width - INDENT - 1 - (cells_of(right) + 2 if right else 0)
    words = " ".join((refusal or said).split())
    left = [Segment(" " * INDENT, muted), Segment(cut(words, max(0, room), look.icons.cut), ink)]
    return filled(
        apart(left, [Segment(right, muted)] if right else [], width - 1, muted), width, muted
    )


def remark_sentence(remark: Remark | None) -> str:
    """What a remark on a draft says; empty without one."""
    match remark:
        case VaguePromise(words):
            return tr("“{words}” needs a time: 10 min, or before 16:00?", words=words)
        case PlainWord(term, plain):
            return tr("“{term}”, in plain words: {plain}", term=term, plain=plain)
        case None:
            return ""


def note_sentence(name: str) -> str:
    """What the line says while an internal note is written."""
    return tr("{name} never sees this. F7: back to the reply", name=name)


class AdviceLine(Widget):
    """One line: a refusal before a notice, a notice before a remark."""

    DEFAULT_CSS = "AdviceLine { height: 1; width: 1fr; }"

    remark: reactive[str] = reactive("")
    """What could be better in the draft; marked as advice."""
    notice: reactive[str] = reactive("")
    """What is so: the line of an internal note, what can be undone."""
    refusal: reactive[str] = reactive("")
    """Why something was not done."""
    look: reactive[Look | None] = reactive(None)

    def render_line(self, y: int) -> Strip:
        """The line."""
        if self.look is None or y:
            return Strip.blank(self.size.width)
        label = "" if self.notice else tr("advice")
        said = self.notice or self.remark
        return advice_strip(said, self.refusal, label, self.size.width, self.look)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Always one line: nothing jumps."""
        return 1
