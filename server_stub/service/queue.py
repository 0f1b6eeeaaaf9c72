"""The queue: who waits, who gets whom (R43, R57, R64)."""

from msgspec import structs

from operator_tui.desk.advance import PASSED_LINES
from operator_tui.desk.entries import NO_TEXT, AuthorKind, Id, Line, LineKind, Message
from operator_tui.desk.events import (
    ChatOpened,
    ChatReactivated,
    ChatRemoved,
    Event,
    InvitationAccepted,
    MessageWritten,
    ScreenShared,
    TransferredIn,
    TransferredOut,
    VisitorLeft,
)
from operator_tui.desk.model import Chat, Passed, Waiting
from operator_tui.desk.text import SafeText
from server_stub.service.effects import RefusalError
from server_stub.service.floor import QUEUE, Floor
from server_stub.service.turn import Turn


def waiting_chats(floor: Floor) -> list[Chat]:
    """Who waits, longest first. A visitor who has left the website is passed over until back."""
    here = [chat for chat in floor.desks[QUEUE].chats.values() if chat.left_at is None]
    return sorted(here, key=lambda chat: (chat.received_at, chat.id))


def waiting(floor: Floor) -> Waiting:
    """The queue as every operator sees it."""
    chats = waiting_chats(floor)
    return Waiting(len(chats), chats[0].received_at if chats else None)


def assign(turn: Turn) -> None:
    """Give waiting visitors to whoever has a place and takes chats automatically."""
    for chat in waiting_chats(turn.floor):
        if (operator := _taker(turn, chat)) is not None:
            give(turn, chat.id, operator)


def _taker(turn: Turn, chat: Chat) -> Id | None:
    """Who speaks the language, then who has most places free, then who comes first.

    Simulated colleagues leave new visitors to the trainees; what somebody put back they take.
    """
    back = turn.floor.cases[chat.id].put_back_by
    able = [
        (one.simulated, chat.language not in one.languages, -turn.free_places(one.id), order)
        for order, one in enumerate(turn.floor.staff.values())
        if one.id != back
        and (
            takes(turn, one.id)
            or (one.simulated and back is not None and can_be_given(turn, one.id))
        )
    ]
    return list(turn.floor.staff)[min(able)[-1]] if able else None


def takes(turn: Turn, operator: Id) -> bool:
    """Whether chats come to the operator by themselves now."""
    return turn.desk(operator).policy.automatic_acceptance and can_be_given(turn, operator)


def can_be_given(turn: Turn, operator: Id) -> bool:
    """Whether the operator is here, available and has a place that nobody else was promised."""
    here = operator in turn.floor.present and turn.desk(operator).available
    return here and turn.free_places(operator) > 0


def take_longest_waiting(turn: Turn, operator: Id) -> None:
    """The operator takes the next visitor by hand, above the limit too."""
    chats = waiting_chats(turn.floor)
    if not chats:
        raise RefusalError("nobody_waits")
    give(turn, chats[0].id, operator)


def give(turn: Turn, chat: Id, operator: Id) -> None:
    """Move a chat from the queue to the operator's desk."""
    value = turn.desk(QUEUE).chats[chat]
    leave = ChatRemoved(chat) if value.passed is None else TransferredOut(chat)
    turn.log(QUEUE, leave)
    turn.change_case(chat, desk=operator)
    for event in _arrival(value):
        turn.log(operator, event)


def _arrival(chat: Chat) -> list[Event]:
    """A chat that had an operator before arrives as a transfer, any other one as new."""
    if chat.passed is not None:
        return [TransferredIn(chat.id, _unsaid(chat, chat.passed), chat.passed)]
    opened = ChatOpened(
        chat.id, chat.visitor, chat.channel, chat.language, chat.opened_at, chat.page
    )
    return [opened, *_so_far(chat)]


def _unsaid(chat: Chat, passed: Passed) -> Chat:
    """The chat without the line that it was passed on: its receiver's desk adds its own."""
    line = Line(PASSED_LINES[passed.cause], passed.at, name=passed.by)
    return structs.replace(chat, timeline=tuple(one for one in chat.timeline if one != line))


def _on_the_screen(chat: Chat) -> SafeText:
    """What the visitor last showed."""
    lines = (entry for entry in reversed(chat.timeline) if isinstance(entry, Line))
    return next((line.shows for line in lines if line.kind is LineKind.SCREEN_SHARED), NO_TEXT)


def _so_far(chat: Chat) -> list[Event]:
    """What happened while the chat stood in the queue."""
    written = [_word(chat.id, e) for e in chat.timeline if isinstance(e, Message)]
    states: list[Event] = []
    if chat.reactivated is not None:
        states.append(ChatReactivated(chat.id, chat.reactivated.silence))
    if chat.left_at is not None:
        states.append(VisitorLeft(chat.id))
    if chat.sharing_since is not None:
        states.append(ScreenShared(chat.id, _on_the_screen(chat)))
    return [*written, *states]


def _word(chat: Id, message: Message) -> Event:
    """In a chat that no operator has had, an operator's words are the invitation to it."""
    if message.author.kind is AuthorKind.OPERATOR:
        return InvitationAccepted(chat, message)
    return MessageWritten(chat, message)
