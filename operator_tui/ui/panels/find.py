"""The sheet with one line: find a chat by its visitor's name, while the list narrows down."""

from collections.abc import Callable

from textual.message import Message

from operator_tui.desk.text import SafeText
from operator_tui.ui.look import Look
from operator_tui.ui.panels.sheet import Sheet, SheetKey
from operator_tui.ui.render import sheet as form
from operator_tui.ui.render.field import Field, field_line
from operator_tui.ui.render.sheet import Painted
from operator_tui.ui.words import tr

LONGEST = 40


class FindSheet(Sheet):
    """What is typed goes to the list at once; Enter opens the first chat that is left, and where
    none is left it says so: what is typed on must not be taken for keys of the list."""

    class Looked(Message):
        """The word is this now."""

        def __init__(self, word: str) -> None:
            super().__init__()
            self.word = word

    class Chosen(Sheet.Last):
        """Enter: open the first of the list."""

    def __init__(self, finds: Callable[[str], bool]) -> None:
        super().__init__()
        self._finds = finds
        """Whether a chat is left for a word."""
        self._word = Field()
        self._complaint = ""

    @property
    def hints(self) -> tuple[SheetKey, ...]:
        """What the keys line says."""
        return (
            SheetKey("Enter", tr("open the first"), "enter"),
            SheetKey("Esc", tr("show all"), "escape"),
        )

    def wanted(self, width: int) -> int:  # noqa: ARG002 - every width gives the same
        """The rule, the word, a line for complaints."""
        return 3

    def paint(self, width: int, height: int, look: Look) -> Painted:
        """The rule and the word."""
        strips = [form.rule(tr("find a chat by name"), "", width, look)]
        strips.append(field_line(self._word, tr("type a name"), width, look))
        strips += form.sentence(self._complaint, width, look, "signal.error")[:1]
        return Painted(form.fitted(strips, height, width, look))

    def pressed(self, key: str, character: str | None) -> bool:
        """Letters narrow the list."""
        if key == "enter":
            self._choose()
        elif (edited := self._word.edited(key, character, LONGEST)) is not None:
            self._look_for(edited)
        else:
            return False
        return True

    def pasted(self, text: SafeText) -> None:
        """A name from elsewhere."""
        self._look_for(self._word.typed(text.split("\n", maxsplit=1)[0], LONGEST))

    def _choose(self) -> None:
        word = self._word.text
        if self._finds(word):
            self.post_message(self.Chosen())
        else:
            found = tr('No chat has "{text}" in its name.', text=word)
            self._complaint = found if word else tr("There is no chat in the list.")
            self.changed()

    def _look_for(self, word: Field) -> None:
        self._word, self._complaint = word, ""
        self.changed()
        self.post_message(self.Looked(word.text))
