"""The operator's own words that the server does not have yet, laid over the desk for painting."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct, structs

from operator_tui.desk.browsing import Browsing, Invitation
from operator_tui.desk.changes import accepted
from operator_tui.desk.closing import ticked
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
    chat_of,
)
from operator_tui.desk.debts import waived, written
from operator_tui.desk.entries import NO_LINE, Author, AuthorKind, Delivery, Id, Message
from operator_tui.desk.lines import entered
from operator_tui.desk.model import Chat, Desk, Operator
from operator_tui.desk.text import SafeLine
from operator_tui.desk.time import SECOND, Millis

COUNTS_AS_ANSWER: Millis = 5 * SECOND
"""How long an unsent reply may hide the visitor's debt while the link is live (design, "State")."""


class Fate(StrEnum):
    """Where a row of the outbox stands."""

    WAITING = "waiting"
    """Not given to a live connection yet."""
    SENDING = "sending"
    """Given to a live connection, no result yet."""
    HELD = "held"
    """Too old on return: the operator decides."""
    REFUSED = "refused"
    """The server said no; the text is kept for the operator."""


class OutboxRow(Struct, frozen=True):
    """One command on its way to the server, in the order it was entered."""

    id: Id
    """The operation's uuid, never used again."""
    made: Millis
    """The server's now when the operator entered it."""
    command: Command
    n: Annotated[int, Meta(ge=1)] | None = None
    """Its number, given when it was first put on a live connection."""
    fate: Fate = Fate.WAITING
    refusal: Id | None = None
    detail: SafeLine = NO_LINE
    """With `not_yours`: who has the chat now."""


class _Standing(Struct, frozen=True):
    """A row of the outbox as it looks from here and now."""

    row: OutboxRow
    delivery: Delivery
    counts: bool
    """It may be laid over the log as if it had been done: it is all but sure to be, at once."""


def over(desk: Desk, outbox: tuple[OutboxRow, ...], *, live: bool, now: Millis) -> Desk:
    """The desk as the operator meant it: own unsent commands laid over what the log says.

    An unsent reply counts as an answer only while the link is live and it is younger than
    `COUNTS_AS_ANSWER`; otherwise the debt and its colour stand and the chat carries "unsent".
    The same holds for every act that changes what is true for a visitor (no answer needed, close,
    transfer, accept, availability). Words are always shown, with how far they have come; ticked
    steps and the removal of a closed chat concern nobody else and are always laid over. What is
    in the log already is not laid over again. The same object where there is nothing to lay.
    """
    chats = dict(desk.chats)
    available = desk.available
    logged = _operations(desk, outbox)
    held: set[str | None] = set()
    for row in outbox:
        name = chat_of(row.command)
        standing = _standing(row, live=live, now=now, behind_held=name in held)
        if row.fate is Fate.HELD:
            held.add(name)
        if isinstance(row.command, SetAvailability) and standing.counts:
            available = row.command.available
        if name is None or name not in chats or row.id in logged:
            continue
        if (chat := _laid(chats[name], standing, desk.operator)) is None:
            del chats[name]
        else:
            chats[name] = chat
    browsing = _invited(desk, outbox)
    if (available, browsing) == (desk.available, desk.browsing) and _same(chats, desk.chats):
        return desk
    return structs.replace(desk, chats=chats, available=available, browsing=browsing)


def _invited(desk: Desk, outbox: tuple[OutboxRow, ...]) -> tuple[Browsing, ...]:
    """Who looks around, with the own invitations that are on their way."""
    made = {
        row.command.visitor: row.made
        for row in outbox
        if isinstance(row.command, InviteVisitor) and row.fate in _ON_ITS_WAY
    }
    if not made:
        return desk.browsing
    return tuple(
        structs.replace(one, invited=Invitation(desk.operator.name, made[one.visitor]))
        if one.visitor in made
        else one
        for one in desk.browsing
    )


def next_change(outbox: tuple[OutboxRow, ...], *, live: bool, now: Millis) -> Millis | None:
    """The next moment at which a reply stops counting as an answer by time alone."""
    ends = (row.made + COUNTS_AS_ANSWER for row in outbox if row.fate in _ON_ITS_WAY)
    return min((end for end in ends if end > now), default=None) if live else None


_ON_ITS_WAY = frozenset({Fate.WAITING, Fate.SENDING})


def _same(ours: dict[str, Chat], theirs: dict[str, Chat]) -> bool:
    return len(ours) == len(theirs) and all(chat is theirs[name] for name, chat in ours.items())


def _operations(desk: Desk, outbox: tuple[OutboxRow, ...]) -> frozenset[str]:
    """The own operations whose message stands in the log of a chat that the outbox names."""
    named = {chat_of(row.command) for row in outbox}
    return frozenset(
        entry.origin.op
        for name in named
        if name is not None and name in desk.chats
        for entry in desk.chats[name].timeline
        if isinstance(entry, Message) and entry.origin is not None
    )


def _standing(row: OutboxRow, *, live: bool, now: Millis, behind_held: bool) -> _Standing:
    moving = row.fate in _ON_ITS_WAY and live and not behind_held
    match row.fate:
        case Fate.HELD:
            delivery = Delivery.HELD
        case Fate.REFUSED:
            delivery = Delivery.REFUSED
        case Fate.WAITING | Fate.SENDING:
            delivery = Delivery.SENDING if moving else Delivery.WAITING
    return _Standing(row, delivery, counts=moving and now - row.made < COUNTS_AS_ANSWER)


def _laid(chat: Chat, standing: _Standing, operator: Operator) -> Chat | None:
    """`chat` with one row laid over it; None where the row takes it off the desk."""
    row, refused = standing.row, standing.row.fate is Fate.REFUSED
    match row.command:
        case WriteMessage() | WriteNote():
            return _worded(chat, standing, row.command, operator)
        case TickStep(step=step, done=done):
            return chat if refused else ticked(chat, step, done=done)
        case RemoveChat():
            return chat if refused or chat.closed_at is None else None
        case CloseChat() | TransferChat():
            return None if standing.counts else _unsent(chat, row)
        case WaiveAnswer():
            return waived(chat, row.made) if standing.counts else _unsent(chat, row)
        case AcceptChat():
            return accepted(chat) if standing.counts else _unsent(chat, row)
        case SetAvailability() | InviteVisitor():
            return chat


def _worded(
    chat: Chat, standing: _Standing, command: WriteMessage | WriteNote, operator: Operator
) -> Chat:
    row = standing.row
    note = isinstance(command, WriteNote)
    canned = None if isinstance(command, WriteNote) else command.canned
    author = Author(AuthorKind.OPERATOR, operator.name, operator.id)
    message = Message(
        row.id,
        author,
        command.text,
        row.made,
        note=note,
        canned=canned,
        delivery=standing.delivery,
        refusal=row.refusal,
    )
    worded = structs.replace(entered(chat, message), noted=chat.noted or note)
    if not standing.counts:
        return _marked(worded, row)
    return worded if note else ticked(written(worded, row.made), canned.step if canned else None)


def _unsent(chat: Chat, row: OutboxRow) -> Chat:
    """An act that is not laid over: it waits, unless the server has refused it."""
    return chat if row.fate is Fate.REFUSED else _marked(chat, row)


def _marked(chat: Chat, row: OutboxRow) -> Chat:
    overlay = chat.overlay
    if row.fate is Fate.HELD:
        return structs.replace(chat, overlay=structs.replace(overlay, held=overlay.held + 1))
    return structs.replace(chat, overlay=structs.replace(overlay, unsent=overlay.unsent + 1))
