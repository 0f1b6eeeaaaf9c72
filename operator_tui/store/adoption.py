"""Unsent words that another window of the same desk left behind, taken over by this one.

Each window is a device of its own, and the server knows a command by device and number. So a row
that never had a number has certainly not arrived, and is taken over as it is. One that has a
number may have arrived: words are held for the operator, who sees the conversation and decides
(the snapshot that follows takes away those it contains), and an act (close, transfer, tick ...) is
let go of, since the desk shows whether it was done. Nothing is lost that was typed, and nothing is
sent twice without a person having looked.

Two files cannot change in one transaction. So the rows are first handed to a device by name in
their old file, where nobody reads them from then on, then adopted here together with their ids,
and at last deleted there. Wherever that is interrupted, this device goes on at its next start.
"""

import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence

from msgspec import structs

from operator_tui.desk.commands import WriteMessage, WriteNote
from operator_tui.desk.kept import DraftKey
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.store import outbox, values
from operator_tui.store.database import Database

WORDS = (WriteMessage, WriteNote)
_MINE = "SELECT row FROM outbox WHERE handed_to = ?"


def adoptable(rows: Iterable[OutboxRow]) -> Iterator[OutboxRow]:
    """The rows as another device takes them over."""
    for row in rows:
        if row.fate is not Fate.SENDING:
            yield structs.replace(row, n=None)
        elif isinstance(row.command, WORDS):
            yield structs.replace(row, n=None, fate=Fate.HELD)


def unsent(db: sqlite3.Connection, device: str) -> int:
    """How many rows another window has left, also those that `device` had begun to take over."""
    rows = db.execute(f"{_MINE} OR handed_to IS NULL", (device,))
    return len(list(adoptable(values.row(row) for (row,) in rows)))


def drafted(db: sqlite3.Connection, but: Container[DraftKey]) -> int:
    """How many drafts there are that `move_drafts` takes over: there is none yet in `but`."""
    keys = db.execute("SELECT chat, note FROM draft")
    return sum(DraftKey(chat, bool(note)) not in but for chat, note in keys)


def move(theirs: Database, ours: Database, device: str) -> int:
    """Take over every row of the file `theirs` into `ours`, that of `device`; how many."""
    rows = theirs.change_now(lambda db: _hand(db, device))
    moved = ours.change_now(lambda db: adopt(db, rows))
    theirs.change_now(lambda db: _let_go(db, device))
    return moved


def move_drafts(theirs: Database, ours: Database) -> None:
    """Take over the drafts for which there is none here yet; the others stay in their file.

    They are written here before they go there: interrupted, the next time finds them here.
    """
    drafts = theirs.change_now(lambda db: db.execute("SELECT * FROM draft").fetchall())

    def take(db: sqlite3.Connection) -> list[tuple[str, int]]:
        new = "INSERT OR IGNORE INTO draft VALUES (?, ?, ?, ?)"
        return [draft[:2] for draft in drafts if db.execute(new, draft).rowcount]

    taken = ours.change_now(take)
    gone = "DELETE FROM draft WHERE chat = ? AND note = ?"
    theirs.change_now(lambda db: db.executemany(gone, taken))


def adopt(db: sqlite3.Connection, rows: Sequence[OutboxRow]) -> int:
    """Add rows that another device had, each once only; how many are new here."""
    known = {op for (op,) in db.execute("SELECT id FROM adopted UNION SELECT id FROM outbox")}
    fresh = [row for row in adoptable(rows) if row.id not in known]
    outbox.put(db, fresh)
    db.executemany("INSERT INTO adopted VALUES (?)", [(row.id,) for row in fresh])
    if any(row.fate is Fate.SENDING for row in rows):
        forget_view(db)
    return len(fresh)


def forget_view(db: sqlite3.Connection) -> None:
    """Let the server tell the desk anew; transcripts, drafts and outbox stay."""
    db.execute("UPDATE place SET seq = 0")
    db.execute("DELETE FROM desk")
    db.execute("DELETE FROM event")


def _hand(db: sqlite3.Connection, device: str) -> list[OutboxRow]:
    db.execute("UPDATE outbox SET handed_to = ? WHERE handed_to IS NULL", (device,))
    rows = db.execute(f"{_MINE} ORDER BY position", (device,))
    return [values.row(row) for (row,) in rows]


def _let_go(db: sqlite3.Connection, device: str) -> None:
    db.execute("DELETE FROM outbox WHERE handed_to = ?", (device,))
