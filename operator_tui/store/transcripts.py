"""What was said, chat by chat, and the index that finds it again by any three letters."""

import sqlite3
from collections.abc import Sequence

from operator_tui.desk.folding import folded
from operator_tui.desk.kept import Batch
from operator_tui.desk.model import Id, Message, Visitor
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.transcripts import said
from operator_tui.store import values
from operator_tui.store.database import Database
from operator_tui.store.ports import Found

AT_ONCE = 200
"""Messages that are indexed in one transaction: a commit waits for no more than these."""
SHORTEST = 3
"""Letters that a word must have to be looked for in the index; shorter ones are looked for in
what the others found."""
PAGE = 50
"""Messages in one page of older ones."""


class SqliteTranscripts:
    """`Transcripts` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def search(self, words: str, limit: int = 50) -> tuple[Found, ...]:
        """See `Transcripts.search`."""
        await self._database.change(feed_all, durable=False)
        return await self._database.change(lambda db: _search(db, words, limit), durable=False)

    async def older(self, chat: Id, before: Id | None = None) -> tuple[Message, ...]:
        """See `Transcripts.older`."""
        return await self._database.change(lambda db: _older(db, chat, before), durable=False)

    async def merge(self, chat: Id, messages: tuple[Message, ...]) -> None:
        """See `Transcripts.merge`."""
        now = self._database.wall()
        await self._database.change(
            lambda db: _words(db, chat, messages, now, older=True), durable=False
        )
        self._database.later(feed)


def merge(db: sqlite3.Connection, batch: Batch, now: int) -> bool:
    """Add what a commit tells of conversations; whether there were words."""
    any_words = False
    for one in said(batch):
        if one.visitor is not None:
            _met(db, one.chat, one.visitor, now)
        _words(db, one.chat, one.messages, now)
        any_words = any_words or bool(one.messages)
    return any_words


def feed(db: sqlite3.Connection) -> bool:
    """Index the next messages; whether there are more."""
    (last,) = db.execute("SELECT number FROM indexed").fetchone()
    rows = db.execute(
        "SELECT number, folded FROM message WHERE number > ? ORDER BY number LIMIT ?",
        (last, AT_ONCE),
    ).fetchall()
    if rows:
        db.executemany("INSERT INTO word (rowid, folded) VALUES (?, ?)", rows)
        db.execute("UPDATE indexed SET number = ?", (rows[-1][0],))
    return len(rows) == AT_ONCE


def feed_all(db: sqlite3.Connection) -> None:
    """Index everything that is not yet."""
    while feed(db):
        pass


def _met(db: sqlite3.Connection, chat: Id, visitor: Visitor, now: int) -> None:
    db.execute(
        "INSERT OR REPLACE INTO chat VALUES (?, ?, ?, ?, ?)",
        (chat, visitor.id, str(visitor.name), folded(visitor.name), now),
    )


def _words(
    db: sqlite3.Connection, chat: Id, messages: Sequence[Message], now: int, *, older: bool = False
) -> None:
    """Add what is not there yet; behind what is there, or with `older` before it."""
    if not messages:
        return
    which = "min" if older else "max"
    (edge,) = db.execute(
        f"SELECT ifnull({which}(place), 0) FROM message WHERE chat = ?",  # noqa: S608 - of the two
        (chat,),
    ).fetchone()
    start = edge - len(messages) if older else edge + 1
    rows = [
        (chat, one.id, one.at, place, folded(one.text), values.encode(one))
        for place, one in enumerate(messages, start)
    ]
    db.execute(
        "INSERT INTO chat (chat, kept_at) VALUES (?, ?)"
        " ON CONFLICT (chat) DO UPDATE SET kept_at = excluded.kept_at",
        (chat, now),
    )
    db.executemany(
        "INSERT OR IGNORE INTO message (chat, id, at, place, folded, message)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        rows,
    )


def _search(db: sqlite3.Connection, words: str, limit: int) -> tuple[Found, ...]:
    wanted = folded(words).split()
    long = [word for word in wanted if len(word) >= SHORTEST]
    query = "SELECT m.chat, c.name, m.message FROM message m JOIN chat c USING (chat)"
    match = " AND ".join('"' + word.replace('"', '""') + '"' for word in long)
    where = ["m.number IN (SELECT rowid FROM word WHERE word MATCH ?)"] if long else []
    short = [word for word in wanted if len(word) < SHORTEST]
    where += ["instr(m.folded, ?)"] * len(short)
    if not where:
        return ()
    rows = db.execute(
        f"{query} WHERE {' AND '.join(where)} ORDER BY m.at DESC, m.number DESC LIMIT ?",
        (*([match] if long else []), *short, limit),
    )
    return tuple(
        Found(chat, clean(name, SafeLine), values.message(message)) for chat, name, message in rows
    )


def _older(db: sqlite3.Connection, chat: Id, before: Id | None) -> tuple[Message, ...]:
    known = db.execute(
        "SELECT at, place FROM message WHERE chat = ? AND id = ?", (chat, before)
    ).fetchone()
    if before is not None and known is None:
        return ()
    rows = db.execute(
        "SELECT message FROM message WHERE chat = ? AND (at, place) < (?, ?)"
        " ORDER BY at DESC, place DESC LIMIT ?",
        (chat, *(known or (2**53, 2**53)), PAGE),
    ).fetchall()
    return tuple(values.message(message) for (message,) in reversed(rows))
