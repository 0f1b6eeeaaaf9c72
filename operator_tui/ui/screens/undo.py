"""Acts whose command is made a few seconds later: shown at once, free to undo until then."""

from collections.abc import Callable, Collection
from enum import Enum, auto
from functools import lru_cache, partial
from typing import TypeAlias

from msgspec import Struct, structs

from operator_tui.desk.commands import CloseChat, RemoveChat, WaiveAnswer
from operator_tui.desk.debts import waived
from operator_tui.desk.entries import AuthorKind, Id, Message
from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.time import Millis

WITHIN = 6.0
"""Local seconds in which a closed or removed chat, or a waived debt, can be brought back."""
WITHIN_UNASKED = 10.0
"""The same where one key closed the chat and nothing was asked before."""

Parting: TypeAlias = RemoveChat | CloseChat | WaiveAnswer
"""What is asked of the server when the time for undo is up."""


class Hands(Enum):
    """Where the operator was when the chat went, and is again when it comes back."""

    ELSEWHERE = auto()
    READING = auto()
    """The chat was open."""
    WRITING = auto()
    """It was, and the composer had the focus."""


class Undoable(Struct, frozen=True, eq=False):
    """A chat that has left the list, or its debt, and the command that is not made yet."""

    chat: Chat
    command: Parting
    until: float
    waived_at: Millis | None = None
    """From when nothing is owed in it; None: the chat has left the list."""
    hands: Hands = Hands.ELSEWHERE


class Undo:
    """The last such act, until its time is up.

    `enter` hands a command over, and calls back when the outbox has it, or when that failed: from
    then on the desk itself tells what has become of the chat.
    """

    def __init__(self, enter: Callable[[Parting, Callable[[], None]], object]) -> None:
        self._enter = enter
        self._last: Undoable | None = None
        self._left: dict[str, Undoable] = {}

    @property
    def last(self) -> Undoable | None:
        """What undo would bring back."""
        return self._last

    @property
    def held(self) -> Collection[Id]:
        """The chats of all acts that the outbox does not have yet."""
        return self._left.keys() | ({self._last.chat.id} if self._last is not None else set())

    def remove(self, chat: Chat, local: float, hands: Hands = Hands.ELSEWHERE) -> None:
        """Hide a chat that its visitor has closed; an earlier act becomes real now."""
        self._hold(Undoable(chat, RemoveChat(chat.id), local + WITHIN, hands=hands))

    def close(
        self, chat: Chat, command: CloseChat, local: float, hands: Hands = Hands.ELSEWHERE
    ) -> None:
        """Hide a chat that the operator closes."""
        time = WITHIN_UNASKED if command == CloseChat(chat.id) else WITHIN
        self._hold(Undoable(chat, command, local + time, hands=hands))

    def waive(self, chat: Chat, local: float, now: Millis) -> None:
        """Show that nothing is owed in the chat, from the server's `now` on."""
        self._hold(Undoable(chat, WaiveAnswer(chat.id), local + WITHIN, now))

    def take_back(self) -> Undoable | None:
        """Bring the last one back; its command is never made."""
        last, self._last = self._last, None
        return last

    def tick(self, local: float, desk: Desk | None) -> None:
        """Make the command when its time is up, unless the chat has gone on since: words that the
        visitor adds are answered by no such act."""
        if self._last is not None and desk is not None:
            self._last = _followed(self._last, desk.chats.get(self._last.chat.id))
        if self._last is not None and local >= self._last.until:
            self._part()

    def settle(self) -> Parting | None:
        """End the time for undo; the command that is due now, or None."""
        last, self._last = self._last, None
        if last is None:
            return None
        self._left[last.chat.id] = last
        return last.command

    def over(self, desk: Desk) -> Desk:
        """The desk as it is meant here."""
        held = self._left | ({self._last.chat.id: self._last} if self._last is not None else {})
        if not held.keys() & desk.chats.keys():
            return desk
        shown = {
            key: _shown(held[key], chat) if key in held else chat
            for key, chat in desk.chats.items()
        }
        return structs.replace(
            desk, chats={k: chat for k, chat in shown.items() if chat is not None}
        )

    def _hold(self, held: Undoable) -> None:
        self._part()
        self._last = held

    def _part(self) -> None:
        if (command := self.settle()) is not None:
            self._enter(command, partial(self._handed_over, command.chat))

    def _handed_over(self, chat: str) -> None:
        self._left.pop(chat, None)


def _followed(held: Undoable, now: Chat | None) -> Undoable | None:
    """The act as it is meant now that the chat stands like this; None where it has gone on since,
    or has gone elsewhere.

    The visitor may close the chat first: then it is only taken off the list.
    """
    if now is None:
        return None
    # Not by the debt: an own reply, or another act, that is on its way may not count at a moment.
    more = _last_words(now) != _last_words(held.chat)
    match held.command:
        case CloseChat() if now.closed_at is not None:
            return structs.replace(held, command=RemoveChat(now.id))
        case CloseChat(outcome=outcome) if more and outcome != "spam":
            return None
        case WaiveAnswer() if more or not now.unanswered:
            return None
        case RemoveChat() if now.closed_at is None:
            return None
        case CloseChat() | WaiveAnswer() | RemoveChat():
            return held


def _last_words(chat: Chat) -> Id | None:
    """The visitor's last message."""
    said = (entry for entry in reversed(chat.timeline) if isinstance(entry, Message))
    return next((one.id for one in said if one.author.kind is AuthorKind.VISITOR), None)


def _shown(held: Undoable, chat: Chat) -> Chat | None:
    """What stands in the list for `chat`; None: nothing."""
    return _waived(chat, held.waived_at) if held.waived_at is not None else None


@lru_cache(maxsize=16)
def _waived(chat: Chat, at: Millis) -> Chat:
    # The same chat, the same answer: painters compare by identity.
    return waived(chat, at)
