"""What came back from the outbox: refused by the server, or held for a chat that is gone."""

from typing import TYPE_CHECKING

from operator_tui.desk.commands import Command, WriteMessage, WriteNote
from operator_tui.desk.kept import DraftKey
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.link.backend import CARRIES
from operator_tui.ui import refusals
from operator_tui.ui.keys import key_of
from operator_tui.ui.refusals import Words
from operator_tui.ui.words import tr

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen


class Returned:
    """Tells of each once, and keeps its words within reach."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._told: set[str] = set()

    def take_back(self, outbox: tuple[OutboxRow, ...]) -> None:
        """What the server refused is said once. A message stays where it was written, to edit or
        discard; where its chat is gone its text is kept, also one that is held, and for
        everything else the row has done its work."""
        for row in outbox:
            stopped = row.fate == Fate.REFUSED or self._is_stranded(row)
            if not stopped or row.id in self._told:
                continue
            self._told.add(row.id)
            self._screen.sheets.begun.asked(row.command)
            code, words = row.refusal or "unknown_chat", self._words(row.command)
            said = refusals.refusal(code, row.detail, words)
            if not self._on_desk(row.command):
                said = self._rescue(row.command, said)
                self._screen.outgoing.discard(row.id)
            self._screen.advice.refuse(said)

    def _is_stranded(self, row: OutboxRow) -> bool:
        """Held for a decision that can be made nowhere: its chat is gone."""
        words = isinstance(row.command, WriteMessage | WriteNote)
        live = self._screen.connection.state in CARRIES and self._screen.desk is not None
        return words and live and row.fate == Fate.HELD and not self._on_desk(row.command)

    def _words(self, command: Command) -> Words:
        """Where the text of a refused command is."""
        if self._on_desk(command):
            return Words.MESSAGE
        return Words.DRAFT if isinstance(command, WriteMessage | WriteNote) else Words.NONE

    def _on_desk(self, command: Command) -> bool:
        if not isinstance(command, WriteMessage | WriteNote):
            return False
        desk = self._screen.desk
        return desk is not None and command.chat in desk.chats

    def _rescue(self, command: Command, said: str) -> str:
        """Keep the words of a chat that is gone; says what was said, and where they are."""
        if not isinstance(command, WriteMessage | WriteNote):
            return said
        self._screen.pen.add(DraftKey(command.chat, isinstance(command, WriteNote)), command.text)
        where = tr("{key}, “unsent texts” shows it.", key=key_of("palette"))
        return f"{said} {where}"
