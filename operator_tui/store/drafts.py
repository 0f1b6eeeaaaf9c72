"""Drafts in the database: what the operator is still writing, and what stood on the screen."""

import sqlite3
from collections.abc import Iterable, Mapping

from operator_tui.desk.drafts import NO_DRAFT, Draft
from operator_tui.desk.kept import DraftKey
from operator_tui.store import values
from operator_tui.store.database import Database
from operator_tui.store.ports import View


class SqliteDrafts:
    """`Drafts` in a database. `kept` is what was read when the file was opened."""

    def __init__(
        self, database: Database, kept: Mapping[DraftKey, Draft], view: View | None = None
    ) -> None:
        self._database = database
        self.kept = kept
        self.view = view or View()

    async def load(self, key: DraftKey) -> Draft:
        """The draft, empty when there is none."""
        return await self._database.change(lambda db: _read(db, key), durable=False)

    async def save(self, key: DraftKey, draft: Draft) -> None:
        """Keep the draft; an empty one is forgotten."""
        now = self._database.wall()
        await self._database.change(lambda db: write(db, key, draft, now))

    async def look(self, view: View) -> None:
        """Keep what stands on the screen."""
        await self._database.change(lambda db: _look(db, view), durable=False)


def read_all(db: sqlite3.Connection) -> dict[DraftKey, Draft]:
    """Every draft."""
    rows = db.execute("SELECT chat, note, draft FROM draft")
    return {DraftKey(chat, bool(note)): values.draft(draft) for chat, note, draft in rows}


def read_view(db: sqlite3.Connection) -> View:
    """What stood on the screen last."""
    found = db.execute("SELECT view FROM view").fetchone()
    return View() if found is None else values.view(found[0])


def forget(db: sqlite3.Connection, keys: Iterable[DraftKey]) -> None:
    """Take drafts out: the outbox has their text now."""
    db.executemany(
        "DELETE FROM draft WHERE chat = ? AND note = ?", [(key.chat, key.note) for key in keys]
    )


def _read(db: sqlite3.Connection, key: DraftKey) -> Draft:
    found = db.execute(
        "SELECT draft FROM draft WHERE chat = ? AND note = ?", (key.chat, key.note)
    ).fetchone()
    return NO_DRAFT if found is None else values.draft(found[0])


def write(db: sqlite3.Connection, key: DraftKey, draft: Draft, now: int) -> None:
    """Keep a draft, inside somebody's transaction; an empty one is forgotten."""
    if not draft.text:
        forget(db, (key,))
        return
    db.execute(
        "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)",
        (key.chat, key.note, values.encode(draft), now),
    )


def _look(db: sqlite3.Connection, view: View) -> None:
    db.execute("INSERT OR REPLACE INTO view VALUES (1, ?)", (values.encode(view),))
