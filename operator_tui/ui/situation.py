"""What the operator could act on at this moment, and why something cannot be done now."""

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from operator_tui.desk import canned, urgency
from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.time import Millis
from operator_tui.ui.keys import key_of
from operator_tui.ui.words import tr


class Situation(Struct, frozen=True, eq=False):
    """The desk as an action sees it."""

    desk: Desk | None = None
    open: Chat | None = None
    """The chat in the conversation pane."""
    cursor: Chat | None = None
    """The chat under the list's cursor, while the list has the focus."""
    now: Millis = 0
    undoable: bool = False
    """An act waits for its time to be up, and Ctrl+Z here would take it back."""
    stranded: bool = False
    """There are texts whose chats are gone."""
    noting: bool = False
    """The composer of the open chat holds an internal note."""

    @property
    def subject(self) -> Chat | None:
        """The chat an action is about: the list's cursor when the list has the focus."""
        return self.cursor or self.open

    @property
    def back_to_reply(self) -> bool:
        """Whether F7 leads from the note back to the reply; in the list it leads to a note."""
        return self.noting and self.open is not None and self.cursor is None


Reason: TypeAlias = str | None
"""A sentence on why not now; None when nothing is in the way."""
Unless: TypeAlias = Callable[[Situation], Reason]


def never(_: Situation) -> Reason:
    """Always possible."""
    return None


def no_desk(at: Situation) -> Reason:
    """Before the first snapshot there is nothing to act on."""
    return tr("Not connected yet.") if at.desk is None else None


def no_chat(at: Situation) -> Reason:
    """A chat must be open or under the cursor."""
    if at.subject is not None:
        return None
    if nothing := _no_chats(at):
        return nothing
    return tr("No chat is open. {key} opens the most urgent one.", key=key_of("most_urgent"))


def no_cursor(at: Situation) -> Reason:
    """Only the list has a cursor."""
    if at.cursor is not None:
        return None
    return _no_chats(at) or tr("The cursor is not in the list. Esc leads there.")


def _no_chats(at: Situation) -> Reason:
    """Where there is no chat, no key leads to one."""
    if at.desk is None or at.desk.chats:
        return no_desk(at)
    return tr("There is no chat in the list.")


def not_writable(at: Situation) -> Reason:
    """Writing to somebody who closed the chat reaches nobody (R38)."""
    if at.subject is not None and at.subject.closed_at is not None:
        return visitor_closed()
    return no_chat(at)


def visitor_closed() -> str:
    """Said as soon as it is so, and at every act that is in vain by then."""
    return tr("The visitor closed this chat. {key} removes it.", key=key_of("closing"))


def nobody_else(at: Situation) -> Reason:
    """F2 needs a chat beside the open one."""
    if at.desk is None:
        return no_desk(at)
    besides = at.open.id if at.open else None
    if urgency.most_urgent(at.desk, at.now, besides=besides) is None:
        return tr("No other chat needs you.")
    return None


def nothing_owed(at: Situation) -> Reason:
    """Only an owed answer can be waived."""
    if at.subject is None or at.subject.unanswered:
        return not_writable(at)
    return tr("The visitor is not waiting for an answer.")


def not_closed(at: Situation) -> Reason:
    """Only a chat that the visitor closed is removed; others are closed first (R39)."""
    if at.subject is None or at.subject.closed_at is not None:
        return no_chat(at)
    return tr(
        "Only a chat that the visitor closed can be removed. {key} closes this one.",
        key=key_of("closing"),
    )


def nobody_waits(at: Situation) -> Reason:
    """Accepting takes an offered transfer, or the first of the queue."""
    chat = at.subject
    offered = chat is not None and chat.passed is not None and chat.passed.offered_until
    if offered or (at.desk is not None and at.desk.waiting.length):
        return None
    return no_desk(at) or tr("Nobody waits in the queue.")


def nobody_browses(at: Situation) -> Reason:
    """Help is offered to visitors who look around without chatting (R86)."""
    if at.desk is not None and at.desk.browsing:
        return None
    return no_desk(at) or tr("Nobody is looking around without chatting now.")


def nothing_to_say(at: Situation) -> Reason:
    """Ctrl+O holds a waiting visitor or nudges a silent one (R9, R13)."""
    if at.subject is None:
        return no_chat(at)
    match ready(at):
        case canned.NotNow.CLOSED:
            return not_writable(at)
        case canned.NotNow.LEFT:
            return tr("The visitor has left the website. Nothing is owed.")
        case canned.NotNow.TYPING:
            return tr("The visitor is typing.")
        case canned.NotNow.SETTLED:
            return tr("Nothing is owed, and the visitor has not been silent for long.")
        case _:
            return None


def ready(at: Situation) -> canned.Ready | canned.NotNow:
    """What Ctrl+O would say in the chat it is about."""
    if at.subject is None or at.desk is None:
        return canned.NotNow.SETTLED
    return canned.next_ctrl_o(at.subject, at.now, at.desk.policy)


def nothing_to_undo(at: Situation) -> Reason:
    """Undo is for the last chat taken off or closed, or the last debt waived."""
    return None if at.undoable else tr("Nothing to undo.")


def nothing_stranded(at: Situation) -> Reason:
    """Texts that reached nobody."""
    return None if at.stranded else tr("There are no unsent texts.")
