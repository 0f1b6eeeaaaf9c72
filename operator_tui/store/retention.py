"""What is not kept for ever: transcripts that are old, and everything about one visitor."""

import sqlite3
from collections.abc import Collection

from msgspec import Struct

from operator_tui.desk.commands import chat_of
from operator_tui.desk.folding import folded
from operator_tui.desk.model import Id
from operator_tui.desk.text import SafeLine, clean
from operator_tui.store import adoption, outbox


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
    """The visitors with that id, or else those whose name holds every word of `wanted`."""
    query = (
        "SELECT visitor, name, count(DISTINCT c.chat), count(m.number) FROM chat c"
        " LEFT JOIN message m ON m.chat = c.chat WHERE {} GROUP BY visitor ORDER BY name, visitor"
    )
    rows = db.execute(query.format("visitor = ?"), (wanted,)).fetchall()
    words = folded(wanted).split()
    if not rows and words:
        where = " AND ".join(["instr(c.folded, ?)"] * len(words))
        rows = db.execute(query.format(f"visitor NOTNULL AND {where}"), words).fetchall()
    return [Known(visitor, clean(name, SafeLine), *counts) for visitor, name, *counts in rows]


def forget(db: sqlite3.Connection, visitor: Id) -> Forgotten:
    """Take out everything about a visitor: words, names, drafts, unsent replies.

    The view of the desk goes as well, since the visitor may be in it; the server tells it anew.
    """
    chats = db.execute("DELETE FROM chat WHERE visitor = ? RETURNING chat", (visitor,)).fetchall()
    told = Forgotten(
        chats=len(chats),
        messages=_gone(db, "DELETE FROM message WHERE chat = ?", chats),
        drafts=_gone(db, "DELETE FROM draft WHERE chat = ?", chats),
        unsent=_unsent_gone(db, {chat for (chat,) in chats}),
    )
    adoption.forget_view(db)
    db.execute("DELETE FROM view")
    return told


def _gone(db: sqlite3.Connection, statement: str, chats: list[tuple[str]]) -> int:
    return sum(db.execute(statement, chat).rowcount for chat in chats)


def _unsent_gone(db: sqlite3.Connection, chats: set[str]) -> int:
    rows = [row for row in outbox.read(db).outbox if chat_of(row.command) in chats]
    db.executemany("DELETE FROM outbox WHERE id = ?", [(row.id,) for row in rows])
    return len(rows)


def swept(db: sqlite3.Connection) -> None:
    """Leave no trace in the file of what was taken out of it. Not inside a transaction."""
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
