"""What is not kept for ever: transcripts that are old, and everything about one visitor."""

import sqlite3
from collections.abc import Collection, Iterable
from contextlib import suppress

from msgspec import Struct

from operator_tui.desk.commands import Command, InviteVisitor, chat_of
from operator_tui.desk.entries import NO_LINE, Id
from operator_tui.desk.folding import folded
from operator_tui.desk.pending import OutboxRow
from operator_tui.desk.text import SafeLine, clean
from operator_tui.store import adoption, values
from operator_tui.store.damage import UNREADABLE


class Known(Struct, frozen=True):
    """A visitor of whom something is kept."""

    visitor: Id
    name: SafeLine
    chats: int
    messages: int


class Forgotten(Struct, frozen=True):
    """What was taken out."""

    chats: int = 0
    messages: int = 0
    drafts: int = 0
    unsent: int = 0


def purge(db: sqlite3.Connection, limit: int, spared: Collection[Id]) -> None:
    """Forget chats and drafts that nothing was added to since `limit` (this machine's ms), but
    not those in the chats `spared`: they are on the desk."""
    for table in ("chat", "draft"):
        old = db.execute(f"SELECT DISTINCT chat FROM {table} WHERE kept_at <= ?", (limit,))  # noqa: S608
        gone = [(chat, limit) for (chat,) in old.fetchall() if chat not in spared]
        db.executemany(f"DELETE FROM {table} WHERE chat = ? AND kept_at <= ?", gone)  # noqa: S608
        if table == "chat":
            db.executemany("DELETE FROM message WHERE chat = ?", [(chat,) for chat, _ in gone])


def expire(db: sqlite3.Connection, limit: int) -> None:
    """`purge` a file that no desk stands on: what was on its screen goes, too."""
    purge(db, limit, ())
    adoption.forget_view(db)
    db.execute("DELETE FROM view")


def known(db: sqlite3.Connection, wanted: str) -> list[Known]:
    """The visitors with that id, or else those whose name holds every word of `wanted`.

    Somebody who was only ever offered help has no name here.
    """
    query = (
        "SELECT visitor, name, count(DISTINCT c.chat), count(m.number) FROM chat c"
        " LEFT JOIN message m ON m.chat = c.chat WHERE {} GROUP BY visitor ORDER BY name, visitor"
    )
    rows = db.execute(query.format("visitor = ?"), (wanted,)).fetchall()
    if not rows and _unsent(db, wanted, ()):
        return [Known(wanted, NO_LINE, 0, 0)]
    words = folded(wanted).split()
    if not rows and words:
        where = " AND ".join(["instr(c.folded, ?)"] * len(words))
        rows = db.execute(query.format(f"visitor NOTNULL AND {where}"), words).fetchall()
    return [Known(visitor, clean(name, SafeLine), *counts) for visitor, name, *counts in rows]


def chats_of(db: sqlite3.Connection, visitor: Id) -> set[Id]:
    """The chats that this file knows to be the visitor's."""
    return {chat for (chat,) in db.execute("SELECT chat FROM chat WHERE visitor = ?", (visitor,))}


def forget(db: sqlite3.Connection, visitor: Id, chats: Collection[Id]) -> Forgotten:
    """Take out everything about a visitor: words, names, drafts, unsent texts.

    `chats`: all that any file knows to be the visitor's. This one may have taken over texts for
    chats that it never had. The view of the desk goes as well, since the visitor may be in it;
    the server tells it anew.
    """
    told = Forgotten(
        chats=_gone(db, "DELETE FROM chat WHERE chat = ?", chats),
        messages=_gone(db, "DELETE FROM message WHERE chat = ?", chats),
        drafts=_gone(db, "DELETE FROM draft WHERE chat = ?", chats),
        unsent=drop(db, _unsent(db, visitor, chats)),
    )
    adoption.forget_view(db)
    db.execute("DELETE FROM view")
    return told


def _gone(db: sqlite3.Connection, statement: str, ids: Iterable[Id]) -> int:
    return sum(db.execute(statement, (one,)).rowcount for one in ids)


def _unsent(db: sqlite3.Connection, visitor: Id, chats: Collection[Id]) -> list[Id]:
    """Rows of the outbox about the visitor, also those that another device is taking over."""
    rows = _outbox(db).values()
    return [row.id for row in rows if row and _is_about(row.command, visitor, chats)]


def unread(db: sqlite3.Connection) -> list[Id]:
    """Rows of the outbox that cannot be read: nobody can tell whom they are about."""
    return [op for op, row in _outbox(db).items() if row is None]


def _outbox(db: sqlite3.Connection) -> dict[Id, OutboxRow | None]:
    rows: dict[Id, OutboxRow | None] = {}
    for op, row in db.execute("SELECT id, row FROM outbox"):
        rows[op] = None
        with suppress(*UNREADABLE):
            rows[op] = values.row(row)
    return rows


def drop(db: sqlite3.Connection, rows: Iterable[Id]) -> int:
    """Take these rows out of the outbox; how many there were."""
    return _gone(db, "DELETE FROM outbox WHERE id = ?", rows)


def _is_about(command: Command, visitor: Id, chats: Collection[Id]) -> bool:
    if isinstance(command, InviteVisitor):
        return command.visitor == visitor
    return chat_of(command) in chats


def swept(db: sqlite3.Connection) -> None:
    """Leave no trace in the file of what was taken out of it. Not inside a transaction."""
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
