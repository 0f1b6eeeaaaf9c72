"""What the line under the composer says, and for how long."""

from typing import TYPE_CHECKING

from operator_tui.desk.drafts import Draft
from operator_tui.desk.etiquette import Etiquette, remark
from operator_tui.desk.names import first_name
from operator_tui.desk.text import SafeLine, clean
from operator_tui.ui.names import visitor_name
from operator_tui.ui.widgets.advice_line import AdviceLine, note_sentence, remark_sentence
from operator_tui.ui.words import tr

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen

REFUSAL_STANDS = 8.0
"""Local seconds that a refusal stands, unless the operator types on before."""


class Advice:
    """A refusal before a notice, a notice before a remark: the line shows the first there is."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._until = 0.0
        self._draft = Draft()

    def begin(self) -> None:
        """Say what went wrong before there was a desk."""
        for notice in self._screen.setup.notices:
            self.refuse(notice)

    def refuse(self, reason: str) -> None:
        """Say why not; it stands until the operator types on, or a while."""
        self._until = self._screen.local + REFUSAL_STANDS
        self._line.refusal = reason

    def done(self) -> None:
        """Something was done: why something else was not is past."""
        self._line.refusal = ""

    def changed(self, draft: Draft) -> None:
        """The draft is another: an old refusal is read, a new remark may be due."""
        if draft.text != self._draft.text:
            self._line.refusal = ""
        self._draft = draft
        self._line.remark = self._remark(draft)

    def show(self) -> None:
        """Keep the line true to the moment."""
        if self._screen.local >= self._until:
            self._line.refusal = ""
        self._line.notice = self._notice()

    @property
    def _line(self) -> AdviceLine:
        return self._screen.query_one(AdviceLine)

    def _remark(self, draft: Draft) -> str:
        screen = self._screen
        if screen.chat is None or screen.note:
            return ""
        etiquette = screen.setup.etiquette.get(screen.chat.language, Etiquette())
        return remark_sentence(remark(draft.text, etiquette))

    def _notice(self) -> str:
        screen = self._screen
        if (gone := screen.removal.chat) is not None:
            name = visitor_name(gone.visitor)
            if screen.removal.closing:
                return tr("The chat with {name} is closed. Ctrl+Z in the list: back.", name=name)
            return tr("{name} is gone from the list. Ctrl+Z in the list: back.", name=name)
        if screen.note and screen.chat is not None:
            return note_sentence(first_name(clean(visitor_name(screen.chat.visitor), SafeLine)))
        return ""
