"""What was typed in a sheet for an act that is not done yet: the next time it stands there."""

from collections.abc import Container

from operator_tui.desk.commands import CloseChat, Command, InviteVisitor, TransferChat
from operator_tui.desk.entries import NO_TEXT, Id
from operator_tui.desk.text import SafeText


class Begun:
    """Notes of transfers and reasons of closings, by chat, while the chat is on this desk; and
    words of invitations, by visitor, while the visitor looks around."""

    def __init__(self) -> None:
        self._notes: dict[Id, SafeText] = {}
        self._reasons: dict[Id, SafeText] = {}
        self._invitations: dict[Id, SafeText] = {}

    def note(self, chat: Id) -> SafeText:
        """What F4 begins with."""
        return self._notes.get(chat, NO_TEXT)

    def reason(self, chat: Id) -> SafeText:
        """What the words for "other" begin with."""
        return self._reasons.get(chat, NO_TEXT)

    def invitation(self, visitor: Id) -> SafeText:
        """What the words for this visitor begin with."""
        return self._invitations.get(visitor, NO_TEXT)

    def left(self, chat: Id, note: SafeText) -> None:
        """The transfer was left with this note."""
        self._notes[chat] = note

    def asked(self, command: Command) -> None:
        """An act goes to the server, or came back refused: its words are kept until it is done."""
        match command:
            case TransferChat(chat=chat, note=note):
                self._notes[chat] = note
            case CloseChat(chat=chat, reason=reason) if reason:
                self._reasons[chat] = reason
            case InviteVisitor(visitor=visitor, text=text):
                self._invitations[visitor] = text
            case _:
                pass

    def only(self, chats: Container[Id], visitors: Container[Id]) -> None:
        """Forget those of all other chats and visitors: what was asked is done."""
        self._notes = {chat: note for chat, note in self._notes.items() if chat in chats}
        self._reasons = {chat: why for chat, why in self._reasons.items() if chat in chats}
        self._invitations = {
            who: text for who, text in self._invitations.items() if who in visitors
        }
