"""The only place where a desk changes: one event of the log after another."""

from msgspec import structs

from operator_tui.desk.changes import ChatEvent, changed
from operator_tui.desk.entries import Author, AuthorKind, Line, LineKind, Message
from operator_tui.desk.events import (
    AvailabilityChanged,
    ChatClosed,
    ChatOpened,
    ChatRemoved,
    Event,
    InvitationIgnored,
    Logged,
    PolicyChanged,
    TransferredIn,
    TransferredOut,
    Unreadable,
)
from operator_tui.desk.lines import entered, settled
from operator_tui.desk.model import NO_OVERLAY, Chat, Desk, Passed, PassedCause, PassedOn
from operator_tui.desk.time import Millis

PASSED_LINES = {
    PassedCause.BY_HAND: LineKind.PASSED_BY_HAND,
    PassedCause.UNANSWERED: LineKind.PASSED_UNANSWERED,
    PassedCause.RETURNED: LineKind.PASSED_BACK,
}


class GapError(Exception):
    """An event came whose predecessor is missing: the log has to be resumed from `expected`."""

    def __init__(self, expected: int, got: int) -> None:
        super().__init__(f"event {got} came where {expected} was due")
        self.expected = expected
        self.got = got


def advance(desk: Desk, logged: Logged) -> Desk:
    """The desk after one more event of its log.

    An event at or before `desk.seq` gives the same object back, so that hearing a thing twice
    changes nothing. An event of an unknown kind, or for a chat that is not on the desk, only
    counts: the server may be newer than we are. One that could not be read is counted apart, so
    that it can be told where no conversation can. Raises `GapError` when an event is missing.
    """
    if logged.seq <= desk.seq:
        return desk
    if logged.seq != desk.seq + 1:
        raise GapError(desk.seq + 1, logged.seq)
    counted = structs.replace(desk, seq=logged.seq)
    return counted if logged.event is None else _after(counted, logged.event, logged.at)


def _after(desk: Desk, event: Event, at: Millis) -> Desk:
    match event:
        case AvailabilityChanged(available):
            return structs.replace(desk, available=available)
        case PolicyChanged(policy):
            return structs.replace(desk, policy=policy)
        case InvitationIgnored():
            return desk
        case ChatOpened():
            return _holding(desk, _opened(desk.chats.get(event.chat), event, at))
        case TransferredIn():
            return _holding(desk, _passed_in(event, at))
        case TransferredOut():
            return _without(_told_of(desk, event, at), event.chat)
        case ChatRemoved() | ChatClosed(by="operator"):
            return _without(desk, event.chat)
        case _:
            return _inside(desk, event, at)


def _holding(desk: Desk, chat: Chat) -> Desk:
    return structs.replace(desk, chats=desk.chats | {chat.id: chat})


def _told_of(desk: Desk, event: TransferredOut, at: Millis) -> Desk:
    """With what the operator has to be told: a chat went that nobody here has passed on."""
    chat = desk.chats.get(event.chat)
    if chat is None or event.cause == "by_hand":
        return desk
    return structs.replace(desk, passed_on=PassedOn(event.chat, chat.visitor.name, at, event.to))


def _without(desk: Desk, gone: str) -> Desk:
    if gone not in desk.chats:
        return desk
    return structs.replace(
        desk, chats={key: chat for key, chat in desk.chats.items() if key != gone}
    )


def _opened(known: Chat | None, event: ChatOpened, at: Millis) -> Chat:
    """A chat that is opened again under its name keeps what was said in it."""
    chat = Chat(
        id=event.chat,
        visitor=event.visitor,
        channel=event.channel,
        language=event.language,
        opened_at=event.opened_at,
        received_at=at,
        page=event.page,
        timeline=() if known is None else known.timeline,
        noted=known is not None and known.noted,
    )
    line = Line(LineKind.OPENED, event.opened_at, name=event.visitor.name, page=event.page)
    return entered(chat, line)


def _passed_in(event: TransferredIn, at: Millis) -> Chat:
    """The chat as its former operator had it, debt and all, but new to this one (R16 to R19)."""
    passed = event.passed
    chat = structs.replace(
        event.chat_value,
        id=event.chat,
        received_at=at,
        written=False,
        passed=passed,
        overlay=NO_OVERLAY,
    )
    told = entered(chat, Line(PASSED_LINES[passed.cause], at, name=passed.by))
    return _with_note(told, passed, at)


def _with_note(chat: Chat, passed: Passed, at: Millis) -> Chat:
    """`passed` goes when the operator writes; its note stays as an internal note (R18)."""
    notes = (entry for entry in chat.timeline if isinstance(entry, Message) and entry.note)
    if not passed.note or any(note.text == passed.note for note in notes):
        return chat
    author = Author(AuthorKind.OPERATOR, passed.by)
    note = Message(f"transfer.{at}", author, passed.note, at, note=True)
    return structs.replace(entered(chat, note), noted=True)


def _inside(desk: Desk, event: ChatEvent, at: Millis) -> Desk:
    chat = desk.chats.get(event.chat or "")
    if chat is None and isinstance(event, Unreadable):
        return structs.replace(desk, unreadable=desk.unreadable + 1)
    if chat is None:
        return desk
    return _holding(desk, changed(settled(chat, at, desk.policy), event, at, desk))
