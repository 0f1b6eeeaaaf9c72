"""What the line under the composer says, and for how long."""

from typing import TYPE_CHECKING

from operator_tui.desk.commands import CloseChat, RemoveChat, WaiveAnswer
from operator_tui.desk.entries import NO_TEXT
from operator_tui.desk.etiquette import Etiquette, remark
from operator_tui.desk.names import first_name
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.ui.names import visitor_name
from operator_tui.ui.refusals import refusal
from operator_tui.ui.screens.undo import Undoable
from operator_tui.ui.screens.unshown import Unshown
from operator_tui.ui.situation import visitor_closed
from operator_tui.ui.widgets.advice_line import AdviceLine, note_sentence, remark_sentence
from operator_tui.ui.words import tr

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen

STANDS = 8.0
"""Local seconds that something said stands at least, unless the operator types on before."""
READ_IN_A_SECOND = 10
"""Characters: somebody who looks at something else meanwhile reads slowly."""
ALWAYS = float("inf")


def stands(said: str) -> float:
    """Local seconds in which it can be read."""
    return max(STANDS, len(said) / READ_IN_A_SECOND)


class Advice:
    """A refusal before a notice, a notice before a remark: the line shows the first there is."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._until = 0.0
        self._news = ""
        self._news_until = 0.0
        self._typed = NO_TEXT
        self._unshown = Unshown(self.tell, self._free)
        self._fitted = 1, 0

    def begin(self) -> None:
        """Say what went wrong before there was a desk, until the operator does something."""
        if notices := self._screen.setup.notices:
            self._line.refusal = "\n".join(notices)
            self._until = ALWAYS
            self._fit()

    def refuse(self, reason: str) -> None:
        """Say why not; it stands until the operator types on, or a while."""
        self._until = self._screen.local + stands(reason)
        self._line.refusal = reason
        self._fit()

    def not_entered(self, code: str) -> None:
        """A command was not kept: what it was to change is as before."""
        self._screen.feed.tick()
        self.refuse(refusal(code))

    def refuse_too(self, reason: str) -> None:
        """The same, unless there is a reason already: that one is about what was just done."""
        if not self._line.refusal:
            self.refuse(reason)

    def tell(self, news: str) -> None:
        """Say what was done, or what happened; it stands a while."""
        self._news, self._news_until = news, self._screen.local + stands(news)
        self.show()

    def done(self) -> None:
        """Something was done: why something else was not is past."""
        self._line.refusal = ""
        self._fit()

    def read(self) -> None:
        """Whatever stands there is read: its place is wanted for something else."""
        self._news = ""
        self.done()
        self.show()

    def typed(self, text: SafeText) -> None:
        """The draft is this now. Whoever types on has read what stands there.

        An empty one was sent as a rule, and nobody typed: it may have been made safe only after
        the operator asked for something else.
        """
        before, self._typed = self._typed, text
        if text and text != before and (self._line.refusal or self._news):
            self.read()

    def show(self) -> None:
        """Keep the line true to the moment."""
        if self._screen.local >= self._until:
            self._line.refusal = ""
        if self._screen.local >= self._news_until:
            self._news = ""
        self._unshown.look(self._screen.desk)
        self._line.notice, self._line.remark = self._notice(), self._remark()
        self._fit()

    def _free(self) -> bool:
        """Whether nothing is said that somebody may be reading."""
        return not (self._news or self._line.refusal)

    def _fit(self) -> None:
        """Over the composer's free lines; above the composer, when its text needs them itself."""
        line, composer = self._line, self._screen.pen.composer
        rows = line.rows
        height = composer.region.height if self._screen.chat is not None else 0
        free = composer.size.height - composer.wrapped_document.height
        above = height + 1 if height and rows - 1 > max(0, free) else 0
        if (rows, above) != self._fitted:
            self._fitted = rows, above
            line.fit(above)

    @property
    def _line(self) -> AdviceLine:
        return self._screen.query_one(AdviceLine)

    def _remark(self) -> str:
        """On what is to be read in the composer, whoever wrote it."""
        screen = self._screen
        if screen.chat is None or screen.note:
            return ""
        etiquette = screen.setup.etiquette.get(screen.chat.language, Etiquette())
        return remark_sentence(remark(screen.pen.composer.text, etiquette))

    def _notice(self) -> str:
        screen = self._screen
        if self._news:
            return self._news
        if screen.undo.last is not None:
            return self._undoable(screen.undo.last)
        if screen.note and screen.chat is not None:
            name = first_name(clean(visitor_name(screen.chat.visitor), SafeLine))
            return note_sentence(name, self._line.size.width)
        if screen.chat is not None and screen.chat.closed_at is not None:
            return visitor_closed()
        return ""

    def _undoable(self, gone: Undoable) -> str:
        """What waits to become real, and where it can be taken back."""
        name = visitor_name(gone.chat.visitor)
        match gone.command:
            case CloseChat():
                said = tr("The chat with {name} is closed.", name=name)
            case RemoveChat():
                said = tr("{name} is gone from the list.", name=name)
            case WaiveAnswer():
                said = tr("{name} needs no answer.", name=name)
        here = self._screen.situation.undoable
        back = tr("Ctrl+Z: back.") if here else tr("Ctrl+Z in the list: back.")
        return f"{said} {back}"
