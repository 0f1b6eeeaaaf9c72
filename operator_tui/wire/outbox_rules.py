"""Rules of the outbox, as pure functions: which rows go out, wait, are held, lose their number."""

from collections.abc import Iterable, Sequence

from msgspec import structs

from operator_tui.desk.commands import (
    Command,
    InviteVisitor,
    WriteMessage,
    WriteNote,
    chat_of,
)
from operator_tui.desk.entries import Message
from operator_tui.desk.kept import DraftKey
from operator_tui.desk.model import Desk
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.time import MINUTE, Millis
from operator_tui.wire.codec import encode_command
from operator_tui.wire.frames import Op

OUTBOX_LIMIT = 500
"""Rows; then Enter refuses and keeps the text (protocol, "Limits")."""
IN_FLIGHT = 16
"""Commands without a result at any time: what a slow connection has to buffer stays small."""
HELD_AFTER: Millis = 2 * MINUTE
"""A reply, or an offer of help, older than this when the link returns is held for the operator
(protocol, "Limits")."""


class OutboxFullError(Exception):
    """There are `OUTBOX_LIMIT` rows already: nothing was entered."""


def drafts_of(command: Command) -> tuple[DraftKey, ...]:
    """The draft that a command was typed as."""
    match command:
        case WriteMessage(chat) | WriteNote(chat):
            return (DraftKey(chat, note=isinstance(command, WriteNote)),)
        case _:
            return ()


def ready(outbox: Sequence[OutboxRow]) -> list[OutboxRow]:
    """The rows that can go out now, in their order: one that is held holds back its own chat."""
    blocked = {chat_of(row.command) for row in outbox if row.fate is Fate.HELD} - {None}
    waiting = (row for row in outbox if row.fate is Fate.WAITING)
    return [row for row in waiting if chat_of(row.command) not in blocked]


def in_flight(outbox: Iterable[OutboxRow]) -> list[OutboxRow]:
    """The rows that have a number and no result, in the order of their numbers."""
    return sorted((row for row in outbox if row.fate is Fate.SENDING), key=lambda row: row.n or 0)


def numbered(rows: Sequence[OutboxRow], first: int) -> tuple[OutboxRow, ...]:
    """`rows` with the numbers from `first` on, to be committed before they go out."""
    return tuple(structs.replace(row, n=n, fate=Fate.SENDING) for n, row in enumerate(rows, first))


def op_of(row: OutboxRow) -> Op:
    """The frame of a numbered row."""
    if row.n is None:
        raise ValueError(f"row {row.id} has no number")
    return Op(row.n, row.id, row.made, encode_command(row.command))


def unnumbered(outbox: Iterable[OutboxRow], last_n: int) -> tuple[OutboxRow, ...]:
    """Those rows that the server never took, its last number being `last_n`, without theirs."""
    return tuple(
        structs.replace(row, n=None, fate=Fate.WAITING)
        for row in in_flight(outbox)
        if row.n is None or row.n > last_n
    )


def held(outbox: Iterable[OutboxRow], now: Millis) -> tuple[OutboxRow, ...]:
    """Those replies and offers of help that grew too old while there was no link: is it still
    right to send them?"""
    return tuple(
        structs.replace(row, fate=Fate.HELD)
        for row in outbox
        if row.fate is Fate.WAITING
        and isinstance(row.command, WriteMessage | InviteVisitor)
        and now - row.made > HELD_AFTER
    )


def delivered(outbox: Iterable[OutboxRow], desk: Desk) -> tuple[str, ...]:
    """The ids of those rows whose message already stands in `desk`."""
    said = {
        entry.origin.op
        for chat in desk.chats.values()
        for entry in chat.timeline
        if isinstance(entry, Message) and entry.origin is not None
    }
    return tuple(row.id for row in outbox if row.id in said)
