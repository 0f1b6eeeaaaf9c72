"""Acts of writing: reply, note, canned replies, and one key for "still checking"."""

from typing import TYPE_CHECKING

from operator_tui.desk.canned import Ready
from operator_tui.ui import situation as why

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen


def reply(screen: "DeskScreen") -> None:
    """r: into the composer of the chat under the cursor."""
    if (chat := screen.situation.subject) is not None:
        screen.open(chat.id, write=True)
        screen.pen.write_note(False)


def note(screen: "DeskScreen") -> None:
    """F7 goes to and fro between reply and note; n in the list always means a note."""
    chat = screen.situation.subject
    if chat is None:
        return
    to_note = screen.situation.cursor is not None or not screen.note
    screen.open(chat.id, write=True)
    screen.pen.write_note(to_note)


def canned(screen: "DeskScreen") -> None:
    """F3: a canned reply, inserted at the cursor (R121)."""
    if (chat := screen.situation.subject) is not None:
        screen.open(chat.id)
        screen.sheets.canned(chat)


def hold(screen: "DeskScreen") -> None:
    """Ctrl+O: "still checking" where a reply is owed (for the first words: a while to look), the
    nudge where the visitor is silent."""
    ready = why.ready(screen.situation)
    if (chat := screen.situation.subject) is not None and isinstance(ready, Ready):
        screen.open(chat.id)
        screen.pen.say(ready)
