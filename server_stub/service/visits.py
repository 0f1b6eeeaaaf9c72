"""What a visitor's act means on the floor. An act that makes no sense now changes nothing."""

from typing import assert_never

from msgspec import structs

from operator_tui.desk.entries import NO_LINE, Author, AuthorKind
from operator_tui.desk.events import (
    ChatClosed,
    ChatOpened,
    ChatReactivated,
    ChatRemoved,
    Event,
    MessageWritten,
    PageChanged,
    ScreenShared,
    ScreenUnshared,
    TransferredIn,
    TransferredOut,
    VisitorLeft,
    VisitorRated,
    VisitorReturned,
)
from operator_tui.desk.model import Channel, Chat, Passed, PassedCause
from operator_tui.desk.signals import VisitorTyping
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.desk.time import Millis
from operator_tui.wire.frames import SIGNAL_LIMIT
from server_stub.service.browsing import accept, look_around, opening
from server_stub.service.floor import QUEUE, Case
from server_stub.service.passing import called, pass_to
from server_stub.service.queue import give
from server_stub.service.turn import Turn
from server_stub.visitors.acts import (
    Act,
    Browses,
    Closes,
    GoesTo,
    Handed,
    IgnoresInvitation,
    Leaves,
    Opens,
    PassedOn,
    Rates,
    Reactivates,
    Returns,
    Says,
    SharesScreen,
    StopsSharing,
    Types,
)

TRAINER = clean("Trainer", SafeLine)
"""Who tells operators what is true in a case."""


def visit(turn: Turn, visitor: str, act: Act) -> None:
    """Let `visitor` do `act`."""
    chat = _chat_of(turn, visitor)
    if isinstance(act, Opens):
        if chat is None or chat.closed_at is not None:
            _opens(turn, visitor, act)
    elif chat is None and isinstance(act, Rates):
        _rates_afterwards(turn, visitor, act)
    elif chat is not None and (chat.closed_at is None or isinstance(act, Reactivates | Rates)):
        _goes_on(turn, chat, act)
    else:
        look_around(turn, visitor, act)


def _chat_of(turn: Turn, visitor: str) -> Chat | None:
    """The visitor's last chat as long as it stands on a desk; the visitor may have closed it."""
    chat = turn.floor.visits.get(visitor)
    if chat is None or (desk := turn.floor.cases[chat].desk) is None:
        return None
    return turn.desk(desk).chats[chat]


def _opens(turn: Turn, visitor: str, act: Opens) -> None:
    if act.chat in turn.floor.cases:
        return
    act, looking = opening(turn, visitor, act)
    turn.open_case(act.chat, Case(visitor, QUEUE))
    said = act.handed.said if act.handed else ()
    opened_at = turn.now - max((one.ago for one in said), default=0)
    event = ChatOpened(act.chat, act.visitor, act.channel, act.language, opened_at, act.page)
    turn.log(QUEUE, event)
    if act.handed is not None:
        _handed(turn, act, act.handed)
    if act.facts:
        text = clean("\n".join(act.facts), SafeText)
        turn.write(act.chat, Author(AuthorKind.AUTOMATIC, TRAINER), text, note=True)
    inviter = None if looking is None else accept(turn, act, looking)
    if (operator := inviter or act.operator) in turn.floor.staff and operator is not None:
        give(turn, act.chat, operator)


def _handed(turn: Turn, act: Opens, handed: Handed) -> None:
    """The chat has a past with another operator, and comes as one that this operator passed on."""
    them = called(turn.floor, handed.by, act.operator)
    visitor = Author(AuthorKind.VISITOR, act.visitor.name)
    for one in handed.said:
        message = turn.numbered(act.chat, them if one.operator else visitor, one.text)
        message = structs.replace(message, at=turn.now - one.ago)
        turn.log(QUEUE, MessageWritten(act.chat, message))
    if handed.note:
        turn.write(act.chat, them, handed.note, note=True)
    chat = turn.chat_of(act.chat)
    turn.log(QUEUE, TransferredOut(act.chat))
    passed = Passed(handed.by, PassedCause.BY_HAND, turn.now, handed.note)
    turn.log(QUEUE, TransferredIn(act.chat, chat, passed))


def _goes_on(turn: Turn, chat: Chat, act: Act) -> None:
    match act:
        case Says(text):
            _says(turn, chat, text)
        case Types(span, so_far):
            _types(turn, chat, span, so_far)
        case Closes():
            _closes(turn, chat)
        case PassedOn(by, to, note):
            pass_to(turn, chat.id, to, by, note)
        case _:
            if (event := _event(chat, act)) is not None:
                turn.log(turn.home(chat.id), event)


def _rates_afterwards(turn: Turn, visitor: str, act: Rates) -> None:
    """The operator has closed or removed the chat: whose it was last still hears of the stars."""
    chat = turn.floor.visits.get(visitor)
    operator = None if chat is None else turn.floor.cases[chat].ended_with
    if chat is not None and operator is not None and 1 <= act.stars <= 5:
        turn.log(operator, VisitorRated(chat, act.stars))


def _event(chat: Chat, act: Act) -> Event | None:
    """The event an act is, or None when it changes nothing: who is gone cannot leave."""
    web = chat.channel is Channel.WEB
    match act:
        case Leaves():
            return VisitorLeft(chat.id) if web and chat.left_at is None else None
        case Returns(page):
            return VisitorReturned(chat.id, page) if chat.left_at is not None else None
        case GoesTo(page):
            return PageChanged(chat.id, page) if page != chat.page else None
        case SharesScreen(shows):
            new = chat.sharing_since is None or shows
            return ScreenShared(chat.id, shows) if web and new else None
        case StopsSharing():
            return ScreenUnshared(chat.id) if chat.sharing_since is not None else None
        case Rates(stars):
            return VisitorRated(chat.id, stars) if 1 <= stars <= 5 else None
        case Reactivates(silence):
            return None if web else ChatReactivated(chat.id, silence)
        case Opens() | Says() | Types() | Closes() | Browses() | IgnoresInvitation() | PassedOn():
            return None
        case _:
            assert_never(act)


def _says(turn: Turn, chat: Chat, text: SafeText) -> None:
    turn.write(chat.id, Author(AuthorKind.VISITOR, chat.visitor.name), text)
    turn.signal(turn.home(chat.id), VisitorTyping(chat.id), 0)


def _types(turn: Turn, chat: Chat, span: Millis, so_far: str) -> None:
    desk = turn.home(chat.id)
    allowed = turn.desk(desk).policy.typing_preview
    preview = clean(so_far, SafeLine) if allowed else NO_LINE
    turn.signal(desk, VisitorTyping(chat.id, preview), min(span, SIGNAL_LIMIT))


def _closes(turn: Turn, chat: Chat) -> None:
    """The chat stays with its operator, closed; nobody has to take it off the queue."""
    desk = turn.home(chat.id)
    turn.offer(chat.id, None)
    turn.log(desk, ChatClosed(chat.id, by="visitor"))
    if desk == QUEUE:
        turn.end(ChatRemoved(chat.id))
