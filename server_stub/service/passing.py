"""Transfers: by hand, by the clock, accepted, and back again (R14 to R19)."""

from msgspec import structs

from operator_tui.desk.commands import TransferChat
from operator_tui.desk.entries import Author, AuthorKind, Id
from operator_tui.desk.events import TransferAccepted, TransferredIn, TransferredOut
from operator_tui.desk.model import Chat, Passed, PassedCause
from operator_tui.desk.policy import NOTE_WORDS
from operator_tui.desk.text import SafeLine, SafeText
from operator_tui.desk.time import Millis
from server_stub.service.effects import RefusalError
from server_stub.service.floor import ELSEWHERE, QUEUE, TYPING_HOLDS, Floor, Offer
from server_stub.service.queue import can_be_given, give, takes
from server_stub.service.turn import Turn


def transfer_by_hand(turn: Turn, sender: Id, chat: Chat, command: TransferChat) -> None:
    """Pass the chat to a colleague with a free place, or back to the queue."""
    if len(command.note.split()) < NOTE_WORDS:
        raise RefusalError("note_too_short")
    if command.to is not None:
        _check_colleague(turn, sender, command.to)
    name = turn.floor.staff[sender].name
    author = Author(AuthorKind.OPERATOR, name, sender)
    turn.write(chat.id, author, command.note, note=True)
    passed = Passed(name, PassedCause.BY_HAND, turn.now, command.note)
    if command.to is None:
        _put_back(turn, sender, chat.id, passed)
    else:
        _hand_over(turn, sender, command.to, chat.id, passed)


def _check_colleague(turn: Turn, sender: Id, to: Id) -> None:
    if to not in turn.floor.staff or to == sender:
        raise RefusalError("no_such_colleague")
    if not can_be_given(turn, to):
        raise RefusalError("no_place", turn.floor.staff[to].name)


def _put_back(turn: Turn, sender: Id, chat: Id, passed: Passed) -> None:
    value = turn.chat_of(chat)
    turn.log(sender, TransferredOut(chat))
    turn.offer(chat, None)
    turn.change_case(chat, desk=QUEUE, put_back_by=sender)
    turn.log(QUEUE, TransferredIn(chat, value, passed))


def _hand_over(turn: Turn, sender: Id, to: Id, chat: Id, passed: Passed) -> None:
    """Move the chat; who does not take chats automatically has until `offered_until` to accept."""
    until = None
    if not takes(turn, to):
        until = turn.now + turn.desk(to).policy.transfer_answered_within
    value, name = turn.chat_of(chat), turn.floor.staff[to].name
    unanswered = passed.cause is PassedCause.UNANSWERED
    turn.log(sender, TransferredOut(chat, name, "unanswered" if unanswered else "by_hand"))
    turn.change_case(chat, desk=to)
    turn.log(to, TransferredIn(chat, value, structs.replace(passed, offered_until=until)))
    turn.offer(chat, None if until is None else Offer(sender, until, passed.note))


def pass_to(turn: Turn, chat: Id, to: Id, by: SafeLine, note: SafeText) -> None:
    """Pass a chat on for a trainer, whoever has it now, as if `by` had written the note."""
    desk = turn.home(chat)
    if to not in turn.floor.staff or to == desk:
        return
    turn.write(chat, called(turn.floor, by, to), note, note=True)
    passed = Passed(by, PassedCause.BY_HAND, turn.now, note)
    if desk != QUEUE:
        _hand_over(turn, desk, to, chat, passed)
        return
    value = turn.chat_of(chat)
    turn.log(QUEUE, TransferredOut(chat))
    turn.log(QUEUE, TransferredIn(chat, value, passed))
    give(turn, chat, to)


def called(floor: Floor, name: SafeLine, to: Id | None) -> Author:
    """Who passes a chat on under this name, as an author; `to` has it next, if that is known.

    Somebody of that name who works here, but never the receiver: trainees may be called like
    the colleague of a play, and did not write it.
    """
    for one in floor.staff.values():
        if one.name == name and one.id != to and (one.simulated or to is not None):
            return Author(AuthorKind.OPERATOR, name, one.id)
    return Author(AuthorKind.OPERATOR, name, ELSEWHERE)


def accept(turn: Turn, operator: Id, chat: Id) -> None:
    """The receiver accepts a transfer offered to them."""
    if chat not in turn.floor.offers:
        raise RefusalError("not_offered")
    turn.offer(chat, None)
    turn.log(operator, TransferAccepted(chat))


def return_unaccepted(turn: Turn) -> None:
    """Send every transfer that nobody accepted in time back to its sender, with its note."""
    for chat, offer in sorted(turn.floor.offers.items(), key=lambda item: item[1].until):
        if offer.until <= turn.now:
            _return(turn, chat, offer)


def _return(turn: Turn, chat: Id, offer: Offer) -> None:
    value, receiver, staff = turn.chat_of(chat), turn.home(chat), turn.floor.staff
    turn.log(receiver, TransferredOut(chat, staff[offer.sender].name, "not_accepted"))
    turn.offer(chat, None)
    turn.change_case(chat, desk=offer.sender)
    passed = Passed(staff[receiver].name, PassedCause.RETURNED, turn.now, offer.note)
    turn.log(offer.sender, TransferredIn(chat, value, passed))


def pass_on_unanswered(turn: Turn) -> None:
    """Where policy says so, pass chats left unanswered to a colleague with a free place (R14)."""
    for operator, desk in turn.floor.desks.items():
        for chat in desk.chats.values() if operator != QUEUE else ():
            due = passed_on_at(turn.floor, operator, chat)
            if due is None or due > turn.now:
                continue
            if (to := _freest_colleague(turn, operator, chat)) is not None:
                name = turn.floor.staff[operator].name
                passed = Passed(name, PassedCause.UNANSWERED, turn.now)
                _hand_over(turn, operator, to, chat.id, passed)


def passed_on_at(floor: Floor, operator: Id, chat: Chat) -> Millis | None:
    """When the chat is passed on by itself unless somebody answers; None: never.

    Counted from the first unanswered message, but not from before this operator had the chat;
    never while its operator typed in it within 10 s, nor while the visitor is off the site or gone.
    """
    after = floor.desks[operator].policy.automatic_transfer_after
    here = chat.left_at is None and chat.closed_at is None and chat.id not in floor.offers
    if after is None or chat.owed_since is None or not here:
        return None
    due = max(chat.owed_since, chat.received_at) + after
    typed = floor.typed.get((operator, chat.id))
    return due if typed is None else max(due, typed + TYPING_HOLDS)


def _freest_colleague(turn: Turn, sender: Id, chat: Chat) -> Id | None:
    able = [
        (chat.language not in one.languages, -turn.free_places(one.id), order, one.id)
        for order, one in enumerate(turn.floor.staff.values())
        if one.id != sender and can_be_given(turn, one.id)
    ]
    return min(able)[-1] if able else None
