"""What an event does to the chat it names; `advance` keeps the desk around it."""

from itertools import islice
from typing import TypeAlias, assert_never

from msgspec import structs

from operator_tui.desk.closing import ticked
from operator_tui.desk.debts import answered, asked, waived, written
from operator_tui.desk.entries import AuthorKind, Delivery, Line, LineKind, Message
from operator_tui.desk.events import (
    ChatClosed,
    ChatReactivated,
    InvitationAccepted,
    MessageWritten,
    NoAnswerNeeded,
    PageChanged,
    ScreenShared,
    ScreenUnshared,
    StepTicked,
    TransferAccepted,
    Unreadable,
    VisitorLeft,
    VisitorRated,
    VisitorReturned,
)
from operator_tui.desk.lines import entered, seen
from operator_tui.desk.model import Channel, Chat, Desk, Reactivated
from operator_tui.desk.text import SafeText
from operator_tui.desk.time import Millis

ChatEvent: TypeAlias = (
    MessageWritten
    | VisitorLeft
    | VisitorReturned
    | PageChanged
    | ScreenShared
    | ScreenUnshared
    | TransferAccepted
    | ChatReactivated
    | InvitationAccepted
    | ChatClosed
    | NoAnswerNeeded
    | StepTicked
    | VisitorRated
    | Unreadable
)
"""What happens inside a chat that is on the desk."""

LOOKED_BACK = 1_000
"""Entries among which a message is looked for that might come twice. A server that repeats one does
so soon, or as the end of a transferred chat; looking through all would make a flood slow."""


def changed(chat: Chat, event: ChatEvent, at: Millis, desk: Desk) -> Chat:
    """`chat`, which stands on `desk`, after `event` at `at`."""
    match event:
        case MessageWritten(message=message):
            return _said(chat, message, at, desk.operator.id)
        case VisitorLeft():
            return _left(chat, at)
        case VisitorReturned() | PageChanged():
            return seen(chat, at, event.page)
        case ScreenShared(shows=shows):
            return _shared(seen(chat, at), at, shows)
        case ScreenUnshared():
            return _unshared(chat, at)
        case TransferAccepted():
            return accepted(chat)
        case ChatReactivated(silence=silence):
            return _reactivated(chat, silence, at, desk.policy.boomerang_to)
        case InvitationAccepted(message=message):
            return _invited(chat, message, at)
        case ChatClosed():
            return _closed(chat, at)
        case NoAnswerNeeded():
            return waived(chat, at)
        case StepTicked(step=step, done=done):
            return ticked(chat, step, done=done)
        case VisitorRated():
            return chat
        case Unreadable():
            return _unreadable(chat, at)
        case _:
            assert_never(event)


def accepted(chat: Chat) -> Chat:
    """The chat with an offered transfer accepted: it goes back no more by itself."""
    if chat.passed is None or chat.passed.offered_until is None:
        return chat
    return structs.replace(chat, passed=structs.replace(chat.passed, offered_until=None))


def _said(chat: Chat, message: Message, at: Millis, operator: str) -> Chat:
    """The chat with `message` in it; its own `at` is what the clocks count from.

    A visitor who writes is there, even if nobody said "returned": a waiting visitor must not stand
    among the absent. Only a message written before the visitor left is no sign of a return.
    """
    if _stands_in(chat, message):
        return chat
    if message.delivery is not Delivery.SENT:
        message = structs.replace(message, delivery=Delivery.SENT, refusal=None)
    if message.note:
        return structs.replace(entered(chat, message), noted=True)
    match message.author.kind:
        case AuthorKind.AUTOMATIC:
            return entered(chat, message)
        case AuthorKind.VISITOR:
            back = chat.left_at is not None and message.at > chat.left_at
            here = seen(chat, at) if back else chat
            return asked(entered(here, message), message.at)
        case AuthorKind.OPERATOR:
            own = message.author.id == operator
            done = (written if own else answered)(entered(chat, message), message.at)
            return ticked(done, message.canned.step if message.canned else None)


def _stands_in(chat: Chat, message: Message) -> bool:
    """Whether a message of that id is among the last `LOOKED_BACK` entries."""
    last = islice(reversed(chat.timeline), LOOKED_BACK)
    return any(isinstance(entry, Message) and entry.id == message.id for entry in last)


def _invited(chat: Chat, message: Message, at: Millis) -> Chat:
    """The invitation stands before everything that came of it, and answers nothing."""
    if _stands_in(chat, message):
        return chat
    line = Line(LineKind.INVITED, at, name=chat.visitor.name)
    return structs.replace(chat, timeline=(message, *chat.timeline, line))


def _left(chat: Chat, at: Millis) -> Chat:
    """Absence means nothing on a messaging channel, and changes nothing for one already gone."""
    if chat.left_at is not None or chat.channel is not Channel.WEB:
        return chat
    return structs.replace(chat, left_at=at, left_told=False)


def _shared(chat: Chat, at: Millis, shows: SafeText) -> Chat:
    """Told again without a word of what is on the screen, it is no news."""
    since = chat.sharing_since
    if since is not None and not shows:
        return chat
    line = Line(LineKind.SCREEN_SHARED, at, name=chat.visitor.name, shows=shows)
    return structs.replace(entered(chat, line), sharing_since=at if since is None else since)


def _unshared(chat: Chat, at: Millis) -> Chat:
    if chat.sharing_since is None:
        return chat
    line = Line(LineKind.SCREEN_UNSHARED, at, name=chat.visitor.name)
    return structs.replace(entered(chat, line), sharing_since=None)


def _reactivated(chat: Chat, silence: Millis, at: Millis, known_to: Millis) -> Chat:
    """A messaging chat goes on, even one the visitor had closed; too late, and it is new (R27)."""
    if chat.channel is not Channel.MESSAGING:
        return chat
    back = structs.replace(
        entered(chat, Line(LineKind.REACTIVATED, at, span=silence)),
        reactivated=Reactivated(at, silence),
        closed_at=None,
    )
    if silence <= known_to:
        return back
    return structs.replace(back, written=False, received_at=at, steps=())


def _closed(chat: Chat, at: Millis) -> Chat:
    if chat.closed_at is not None:
        return chat
    line = Line(LineKind.CLOSED, at, name=chat.visitor.name)
    return structs.replace(entered(chat, line), closed_at=at, sharing_since=None)


def _unreadable(chat: Chat, at: Millis) -> Chat:
    """Unreadable events in a row make one line that counts them."""
    last = chat.timeline[-1] if chat.timeline else None
    if isinstance(last, Line) and last.kind is LineKind.UNREADABLE:
        line = structs.replace(last, n=last.n + 1)
        return structs.replace(chat, timeline=(*chat.timeline[:-1], line))
    return entered(chat, Line(LineKind.UNREADABLE, at, n=1))
