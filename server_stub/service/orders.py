"""What an operator's command means on the floor: events, or a refusal and nothing."""

from typing import assert_never

from operator_tui.desk.commands import (
    AcceptChat,
    CloseChat,
    Command,
    InviteVisitor,
    RemoveChat,
    SetAvailability,
    TickStep,
    TransferChat,
    WaiveAnswer,
    WriteMessage,
    WriteNote,
)
from operator_tui.desk.entries import Author, AuthorKind, Id, Origin
from operator_tui.desk.events import (
    AvailabilityChanged,
    ChatClosed,
    ChatRemoved,
    NoAnswerNeeded,
    StepTicked,
)
from operator_tui.desk.model import Chat
from server_stub.service.browsing import invite
from server_stub.service.effects import Ended, RefusalError, Told
from server_stub.service.floor import QUEUE
from server_stub.service.passing import accept, transfer_by_hand
from server_stub.service.queue import take_longest_waiting
from server_stub.service.turn import Turn


def order(turn: Turn, operator: Id, command: Command, origin: Origin | None) -> None:
    """Do what the operator asks. Raises `RefusalError`; the turn is then worth nothing."""
    match command:
        case SetAvailability(available):
            turn.log(operator, AvailabilityChanged(available))
        case AcceptChat(None):
            take_longest_waiting(turn, operator)
        case AcceptChat(str() as chat):
            accept(turn, operator, _own(turn, operator, chat).id)
        case RemoveChat(chat):
            _remove(turn, _own(turn, operator, chat))
        case WriteNote():
            _write_note(turn, operator, command, origin)
        case WriteMessage():
            _write(turn, operator, command, origin)
        case TransferChat(chat):
            transfer_by_hand(turn, operator, _own_open(turn, operator, chat), command)
        case CloseChat():
            _close(turn, operator, command)
        case WaiveAnswer(chat):
            turn.log(operator, NoAnswerNeeded(_own_open(turn, operator, chat).id))
        case TickStep(chat, step, done):
            turn.log(operator, StepTicked(_own_open(turn, operator, chat).id, step, done))
        case InviteVisitor():
            invite(turn, operator, command, origin)
        case AcceptChat():
            raise RefusalError("unknown_chat")
        case _:
            assert_never(command)


def _own(turn: Turn, operator: Id, chat: Id) -> Chat:
    """The chat, if it stands on this operator's desk; else the refusal that says where it is."""
    case = turn.floor.cases.get(chat)
    if case is None:
        raise RefusalError("unknown_chat")
    if case.desk is None:
        raise RefusalError("chat_closed")
    if case.desk == QUEUE:
        raise RefusalError("not_yours")
    if case.desk != operator:
        raise RefusalError("not_yours", turn.floor.staff[case.desk].name)
    return turn.desk(operator).chats[chat]


def _own_open(turn: Turn, operator: Id, chat: Id) -> Chat:
    value = _own(turn, operator, chat)
    if value.closed_at is not None:
        raise RefusalError("chat_closed")
    return value


def _author(turn: Turn, operator: Id) -> Author:
    return Author(AuthorKind.OPERATOR, turn.floor.staff[operator].name, operator)


def _write(turn: Turn, operator: Id, command: WriteMessage, origin: Origin | None) -> None:
    """A reply; in a transfer that is still offered it accepts too."""
    chat = _own_open(turn, operator, command.chat)
    if not command.text.strip():
        raise RefusalError("empty")
    if chat.id in turn.floor.offers:
        accept(turn, operator, chat.id)
    author = _author(turn, operator)
    turn.write(chat.id, author, command.text, canned=command.canned, origin=origin)
    turn.effects.append(Told(turn.floor.cases[chat.id].visitor, str(command.text), turn.now))


def _write_note(turn: Turn, operator: Id, command: WriteNote, origin: Origin | None) -> None:
    """A note; also in a chat that the visitor closed, as long as it is on the desk."""
    chat = _own(turn, operator, command.chat)
    if not command.text.strip():
        raise RefusalError("empty")
    turn.write(chat.id, _author(turn, operator), command.text, note=True, origin=origin)


def _close(turn: Turn, operator: Id, command: CloseChat) -> None:
    chat = _own_open(turn, operator, command.chat)
    steps = tuple(sorted(set(command.open_steps)))
    event = ChatClosed(chat.id, "operator", command.outcome, steps, command.reason)
    turn.offer(chat.id, None)
    turn.end(event)
    turn.effects.append(Ended(turn.floor.cases[chat.id].visitor, turn.now))


def _remove(turn: Turn, chat: Chat) -> None:
    if chat.closed_at is None:
        raise RefusalError("not_closed")
    turn.end(ChatRemoved(chat.id))
