"""What came back from the outbox: refused by the server, or held where nobody could decide.

The outbox keeps the words until the operator discards them, so they are on the disk at every
moment, and once only.
"""

from typing import TYPE_CHECKING

from operator_tui.desk.commands import Command, InviteVisitor, WriteMessage, WriteNote
from operator_tui.desk.entries import Id
from operator_tui.desk.kept import DraftKey
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.text import SafeText
from operator_tui.link.backend import NotEnteredError
from operator_tui.store.ports import StoreError
from operator_tui.ui import refusals
from operator_tui.ui.keys import key_of
from operator_tui.ui.panels.unsent import Kind, Unsent
from operator_tui.ui.refusals import Words
from operator_tui.ui.words import tr

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen


class Returned:
    """Tells of each once, and keeps its words within reach."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._told: set[str] = set()
        self._outbox: tuple[OutboxRow, ...] = ()
        self._editing: set[Id] = set()
        """What is on its way back into a draft: a second press asks for nothing more."""

    @property
    def texts(self) -> tuple[Unsent, ...]:
        """What reached nobody and stands in no chat: drafts, and rows of the outbox."""
        drafts = self._screen.pen.stranded.items()
        return (
            *(Unsent(_kind(key.note), draft.text, key) for key, draft in drafts),
            *(_unsent(row) for row in self._outbox if self._is_stranded(row)),
        )

    def take_back(self, outbox: tuple[OutboxRow, ...]) -> None:
        """What the server refused is said once. A message stays where it was written, to edit or
        discard; where its chat is gone, or there was none, it stands among the unsent texts, also
        one that is held. For everything else the row has done its work."""
        self._outbox, there = outbox, {row.id for row in outbox}
        self._told &= there
        self._editing &= there
        self._screen.outgoing.only(there)
        for row in outbox:
            stranded = self._is_stranded(row)
            if (row.fate is Fate.REFUSED or stranded) and row.id not in self._told:
                self._told.add(row.id)
                self._screen.advice.refuse(self._said(row, stranded=stranded))
                self._screen.sheets.begun.asked(row.command)
                if not (stranded or self._on_desk(row.command)):
                    self._screen.outgoing.discard(row.id)
        self._screen.stranded = len(self.texts)

    def discard(self, unsent: Unsent) -> None:
        """The operator does not want a text any more."""
        if isinstance(unsent.where, DraftKey):
            self._screen.pen.drop(unsent.where)
        else:
            self._screen.outgoing.discard(unsent.where)

    def replaced(self, visitor: Id) -> None:
        """Help is offered anew: what came of the last time is not wanted any more."""
        for row in self._outbox:
            match row.command:
                case InviteVisitor(visitor=asked) if asked == visitor and row.fate in _STOPPED:
                    self._screen.outgoing.discard(row.id)
                case _:
                    pass

    async def edit(self, op: str, key: DraftKey, text: SafeText) -> None:
        """Have a held or refused message back in its draft.

        The draft is on the disk before the outbox lets go of the text: whatever comes between,
        the text is there, and at worst it is seen twice.
        """
        screen = self._screen
        draft = screen.pen.with_before(key, text)
        if op in self._editing:
            return
        if draft is None:
            screen.advice.refuse(tr("With the draft it is over 4,000 characters. Send that first."))
            return
        self._editing.add(op)
        try:
            await screen.keeping.instead(key, draft, lambda: screen.backend.discard(op))
        except (NotEnteredError, StoreError) as error:
            self._editing.discard(op)
            screen.advice.refuse(refusals.refusal(error.code))
        else:
            screen.pen.edit(key, text, draft)

    def _said(self, row: OutboxRow, *, stranded: bool) -> str:
        words = Words.MESSAGE if self._on_desk(row.command) else Words.NONE
        said = refusals.refusal(row.refusal or _held(row.command), row.detail, words)
        if not stranded:
            return said
        kept = tr("The text is kept: {key}, “unsent texts”.", key=key_of("palette"))
        return f"{said} {kept}"

    def _is_stranded(self, row: OutboxRow) -> bool:
        """Its words are to be seen nowhere else."""
        if self._screen.desk is None or row.fate not in _STOPPED:
            return False
        has_words = isinstance(row.command, WriteMessage | WriteNote | InviteVisitor)
        return has_words and not self._on_desk(row.command)

    def _on_desk(self, command: Command) -> bool:
        if not isinstance(command, WriteMessage | WriteNote):
            return False
        desk = self._screen.desk
        return desk is not None and command.chat in desk.chats


_STOPPED = frozenset({Fate.REFUSED, Fate.HELD})
"""It does not go out by itself."""


def _held(command: Command) -> str:
    """Why something is held that cannot be decided on where it was written: a code."""
    return "too_old" if isinstance(command, InviteVisitor) else "unknown_chat"


def _kind(note: bool) -> Kind:
    return Kind.NOTE if note else Kind.REPLY


def _unsent(row: OutboxRow) -> Unsent:
    match row.command:
        case InviteVisitor(text=text):
            return Unsent(Kind.INVITATION, text, row.id)
        case WriteMessage(text=text) | WriteNote(text=text):
            return Unsent(_kind(isinstance(row.command, WriteNote)), text, row.id)
        case _:
            raise RuntimeError("a row without words")
