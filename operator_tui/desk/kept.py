"""What a desk keeps over a restart, and how one commit changes it: all or nothing."""

from typing import Annotated

from msgspec import Meta, Struct, structs

from operator_tui.desk.entries import Id
from operator_tui.desk.events import Logged
from operator_tui.desk.model import Desk
from operator_tui.desk.pending import OutboxRow
from operator_tui.desk.time import Millis


class Place(Struct, frozen=True):
    """Where this device stands in the server's log, and in its own numbering."""

    device: Id
    """This database's uuid; what it sends is numbered under this name."""
    epoch: Id | None = None
    """The incarnation of the log that `seq` counts in; None before the first snapshot."""
    seq: Annotated[int, Meta(ge=0)] = 0
    """The cursor: the last event that is stored."""
    next_n: Annotated[int, Meta(ge=1)] = 1
    """The number that the next command will get."""
    run: Id | None = None
    """The run of the server that has told of the log up to `seq`; None: it has not said."""


class DraftKey(Struct, frozen=True, order=True):
    """A chat has two drafts: of a reply, and of an internal note."""

    chat: Id
    note: bool = False


class Batch(Struct, frozen=True, eq=False):
    """One transaction: the cursor moves only together with the events that it counts."""

    place: Place
    desk: Desk | None = None
    """A whole desk, instead of all that was kept so far; `events` are folded into it."""
    events: tuple[Logged, ...] = ()
    rows: tuple[OutboxRow, ...] = ()
    """Rows of the outbox, new or changed; a new one goes to the end."""
    dropped: tuple[Id, ...] = ()
    """Rows that are done with."""
    drafts: tuple[DraftKey, ...] = ()
    """Drafts that became rows: from now on the outbox keeps their text."""


class Kept(Struct, frozen=True, eq=False):
    """All that is kept: the desk is `desk` with the events of `tail` folded into it."""

    place: Place
    outbox: tuple[OutboxRow, ...] = ()
    desk: Desk | None = None
    tail: tuple[Logged, ...] = ()


def last_moment(kept: Kept) -> Millis:
    """The latest moment of the server's clock that is known of: until the server says more, its
    now is taken for that. 0: nothing is kept."""
    moments = [row.made for row in kept.outbox]
    moments += [logged.at for logged in kept.tail[-1:]]
    for chat in kept.desk.chats.values() if kept.desk is not None else ():
        moments += [chat.received_at, *(entry.at for entry in chat.timeline[-1:])]
    return max(moments, default=0)


def outbox_after(outbox: tuple[OutboxRow, ...], batch: Batch) -> tuple[OutboxRow, ...]:
    """The outbox after a commit: changed rows stay in their place, new ones go to the end."""
    rows = {row.id: row for row in outbox}
    rows |= {row.id: row for row in batch.rows}
    return tuple(row for row in rows.values() if row.id not in batch.dropped)


def after(kept: Kept, batch: Batch) -> Kept:
    """What is kept after a commit: every store must agree with this function."""
    fresh = batch.desk is not None
    return structs.replace(
        kept,
        place=batch.place,
        outbox=outbox_after(kept.outbox, batch),
        desk=batch.desk if fresh else kept.desk,
        tail=batch.events if fresh else kept.tail + batch.events,
    )


def merged(first: Batch | None, second: Batch) -> Batch:
    """One transaction that does what `first` and then `second` would do."""
    if first is None:
        return second
    fresh = second.desk is not None
    rows = {row.id: row for row in first.rows} | {row.id: row for row in second.rows}
    return Batch(
        place=second.place,
        desk=second.desk if fresh else first.desk,
        events=second.events if fresh else first.events + second.events,
        rows=tuple(rows.values()),
        dropped=first.dropped + second.dropped,
        drafts=first.drafts + second.drafts,
    )
