"""What is kept of place, view and outbox, and how a commit changes it (`desk.kept.after`)."""

import sqlite3
from collections.abc import Iterable

from msgspec import structs

from operator_tui.desk.kept import Batch, Kept, Place
from operator_tui.desk.pending import OutboxRow
from operator_tui.store import drafts, transcripts, values, whose
from operator_tui.store.database import Database


class SqliteStore:
    """A `Store` in a database."""

    def __init__(self, database: Database, kept: Kept | None = None) -> None:
        self._database = database
        self._kept = kept
        """What was read when the file was opened, for the first `load`."""

    async def load(self) -> Kept:
        """All that is kept."""
        kept, self._kept = self._kept, None
        return await self._database.change(read, durable=False) if kept is None else kept

    async def commit(self, batch: Batch) -> None:
        """Apply `batch`, or nothing of it; see `Store.commit`."""
        self._kept = None
        now = self._database.wall()

        await self._database.change(lambda db: _apply(db, batch, now), durable=_must_last(batch))


def read(db: sqlite3.Connection) -> Kept:
    """All that is kept, inside somebody's transaction."""
    place = Place(*db.execute("SELECT device, epoch, seq, next_n, run FROM place").fetchone())
    desk = db.execute("SELECT desk FROM desk").fetchone()
    return Kept(
        place,
        tuple(values.row(row) for (row,) in db.execute(OUTBOX)),
        None if desk is None else values.desk(desk[0]),
        tuple(values.logged(one) for (one,) in db.execute(TAIL)),
    )


OUTBOX = "SELECT row FROM outbox WHERE handed_to IS NULL ORDER BY position"
TAIL = "SELECT logged FROM event ORDER BY position"


def _must_last(batch: Batch) -> bool:
    """Whether a power failure must not take it back: anything but events.

    Those the server tells again; the outbox and its numbers stand here alone.
    """
    more = batch.desk is not None or batch.rows or batch.dropped or batch.drafts
    return bool(more) or not batch.events


def _apply(db: sqlite3.Connection, batch: Batch, now: int) -> None:
    """Do what `batch` says."""
    place = batch.place
    was = db.execute("SELECT epoch, seq FROM place").fetchone()
    db.execute(
        "UPDATE place SET device = ?, epoch = ?, seq = ?, next_n = ?, run = ?",
        (place.device, place.epoch, place.seq, place.next_n, place.run),
    )
    if batch.desk is not None:
        db.execute("INSERT OR REPLACE INTO desk VALUES (1, ?)", (values.encode(batch.desk),))
        db.execute("DELETE FROM event")
        whose.note_operator(db, batch.desk.operator.id)
    logged = [(values.encode(one),) for one in batch.events]
    db.executemany("INSERT INTO event (logged) VALUES (?)", logged)
    put(db, batch.rows)
    db.executemany("DELETE FROM outbox WHERE id = ?", [(op,) for op in batch.dropped])
    drafts.forget(db, batch.drafts)
    if batch.desk is not None and (place.epoch, batch.desk.seq) == was:
        # A checkpoint of what came event by event: everything in it is known.
        batch = structs.replace(batch, desk=None)
    transcripts.merge(db, batch, now)


def put(db: sqlite3.Connection, rows: Iterable[OutboxRow]) -> None:
    """Rows of the outbox: changed ones stay in their place, new ones go to the end."""
    db.executemany(
        "INSERT INTO outbox (id, row) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET row = excluded.row",
        [(row.id, values.encode(row)) for row in rows],
    )
