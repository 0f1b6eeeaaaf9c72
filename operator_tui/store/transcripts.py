"""What was said, chat by chat."""

import sqlite3
from collections.abc import Sequence

from operator_tui.desk.entries import Id, Message
from operator_tui.desk.folding import folded
from operator_tui.desk.kept import Batch
from operator_tui.desk.model import Visitor
from operator_tui.desk.transcripts import said
from operator_tui.store import values
from operator_tui.store.database import Database

PAGE = 50
"""Messages in one page of older ones."""


class SqliteTranscripts:
    """`Transcripts` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def older(self, chat: Id, before: Id | None = None) -> tuple[Message, ...]:
        """See `Transcripts.older`."""
        return await self._database.change(lambda db: _older(db, chat, before), durable=False)

    async def merge(self, chat: Id, messages: tuple[Message, ...]) -> None:
        """See `Transcripts.merge`."""
        now = self._database.wall()
        await self._database.change(
            lambda db: _words(db, chat, messages, now, older=True), durable=False
        )


def merge(db: sqlite3.Connection, batch: Batch, now: int) -> None:
    """Add what a commit tells of conversations."""
    for one in said(batch):
        if one.visitor is not None:
            _met(db, one.chat, one.visitor, now)
        _words(db, one.chat, one.messages, now)


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
        (chat, one.id, one.at, place, values.encode(one))
        for place, one in enumerate(messages, start)
    ]
    db.execute(
        "INSERT INTO chat (chat, kept_at) VALUES (?, ?)"
        " ON CONFLICT (chat) DO UPDATE SET kept_at = excluded.kept_at",
        (chat, now),
    )
    db.executemany(
        "INSERT OR IGNORE INTO message (chat, id, at, place, message) VALUES (?, ?, ?, ?, ?)",
        rows,
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
