"""Texts that reached nobody and stand in no chat. Each is shown whole, to copy or to discard."""

from enum import Enum, auto

from msgspec import Struct
from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from operator_tui.desk.entries import Id
from operator_tui.desk.kept import DraftKey
from operator_tui.desk.text import SafeText
from operator_tui.ui.look import Look
from operator_tui.ui.panels.sheet import Sheet, SheetKey
from operator_tui.ui.render import sheet as form
from operator_tui.ui.render.sheet import Painted
from operator_tui.ui.words import tr

LIST_WANTED = 5
"""Rows of the list where there is room."""


class Kind(Enum):
    """What the text was to be."""

    REPLY = auto()
    NOTE = auto()
    INVITATION = auto()


class Unsent(Struct, frozen=True):
    """One text, and where it is kept."""

    kind: Kind
    text: SafeText
    where: DraftKey | Id
    """A draft, or the id of a row of the outbox."""


class UnsentSheet(Sheet):
    """What was written for chats that are not on this desk any more, and offers of help."""

    texts: reactive[tuple[Unsent, ...]] = reactive(())

    class Copied(Sheet.Last):
        """Enter: the text is wanted in the clipboard."""

        def __init__(self, text: SafeText) -> None:
            super().__init__()
            self.text = text

    class Discarded(Message):
        """Del: the text is not wanted any more."""

        def __init__(self, unsent: Unsent) -> None:
            super().__init__()
            self.unsent = unsent

    @property
    def length(self) -> int:
        """One row for each."""
        return len(self.texts)

    @property
    def hints(self) -> tuple[SheetKey, ...]:
        """Nothing to copy where there is nothing."""
        back = SheetKey("Esc", tr("back"), "escape")
        if not self.texts:
            return (back,)
        copy = SheetKey("Enter", tr("copy"), "enter")
        return (copy, SheetKey(tr("Del"), tr("discard"), "delete"), back)

    def pressed(self, key: str, character: str | None) -> bool:  # noqa: ARG002 - no letters here
        """Enter copies, Del discards."""
        if key not in {"enter", "delete"}:
            return False
        if self.texts:
            one = self.texts[min(self.selected, self.length - 1)]
            wanted = self.Copied(one.text) if key == "enter" else self.Discarded(one)
            self.post_message(wanted)
        return True

    def chosen(self) -> None:
        """A click on the row under the bar."""
        self.pressed("enter", None)

    def watch_texts(self) -> None:
        """One less: the bar stays on a row."""
        self.select(self.selected)

    def wanted(self, width: int) -> int:
        """The list, and the longest text whole."""
        if self.look is None:
            return 1
        longest = max((len(self._whole(one.text, width)) for one in self.texts), default=0)
        return 1 + max(1, min(LIST_WANTED, self.length)) + 1 + longest + 1

    def paint(self, width: int, height: int, look: Look) -> Painted:
        """Rule, list, the chosen text."""
        head = [form.rule(tr("unsent texts: they stand in no chat"), "", width, look)]
        if not self.texts:
            said = form.sentence(tr("There are no unsent texts."), width, look, "ink.muted")
            return Painted(form.fitted([*head, *said], height, width, look))
        at = min(self.selected, self.length - 1)
        rows = [_row(one, width, look, selected=n == at) for n, one in enumerate(self.texts)]
        part = form.listed(rows, at, min(LIST_WANTED, len(rows)), width, look)
        whole = self._whole(self.texts[at].text, width)
        lines = [*head, *part.strips, form.blank(width, look), *whole]
        places = {len(head) + y: row for y, row in part.rows.items()}
        return Painted(form.fitted(lines, height, width, look), places)

    def _whole(self, text: SafeText, width: int) -> list[Strip]:
        if self.look is None:
            return []
        return form.sentence(text, width, self.look, "ink.text")


def _row(one: Unsent, width: int, look: Look, *, selected: bool) -> Strip:
    ground = form.row_ground(selected)
    said = f"{_word(one.kind)}: {' '.join(one.text.split())}"
    part = (Segment(said, look.style("ink.text", ground)), form.measure(width))
    return form.row(form.columns([part], look, ground), width, look, selected=selected)


def _word(kind: Kind) -> str:
    match kind:
        case Kind.REPLY:
            return tr("reply")
        case Kind.NOTE:
            return tr("internal note")
        case Kind.INVITATION:
            return tr("offer of help")
