"""A database file read whole, or put aside and begun anew with what could still be read."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from operator_tui.desk.drafts import Draft
from operator_tui.desk.kept import DraftKey, Kept
from operator_tui.desk.pending import OutboxRow
from operator_tui.store import adoption, drafts, outbox, values
from operator_tui.store.database import Database
from operator_tui.store.files import DamagedError, opened
from operator_tui.store.ports import StoreError, View

UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, TypeError, ValueError)
"""What stands in the file is not what this program writes."""


class Whole(Struct, frozen=True, eq=False):
    """A file that was read from one end to the other."""

    database: Database
    kept: Kept
    drafts: Mapping[DraftKey, Draft]
    view: View
    aside: Path | None = None
    """Where the file was put that stood in its place and was damaged."""


def whole(path: Path, wall: Callable[[], int]) -> Whole:
    """The file at `path`. Raises `LockedError`, `FileError` or `StoreError`."""
    try:
        return _read(Database(opened(path), wall=wall))
    except DamagedError:
        pass
    rows, texts = _rescued(path)
    aside = _put_aside(path)
    database = Database(opened(path), wall=wall)
    now = wall()

    def fill(db: sqlite3.Connection) -> None:
        adoption.adopt(db, rows)
        for key, draft in texts.items():
            drafts.write(db, key, draft, now)

    database.change_now(fill)
    return msgspec.structs.replace(_read(database), aside=aside)


def _read(database: Database) -> Whole:
    def work(db: sqlite3.Connection) -> Whole:
        kept = outbox.read(db)
        if not _fits_together(kept):
            adoption.forget_view(db)
            kept = outbox.read(db)
        return Whole(database, kept, drafts.read_all(db), drafts.read_view(db))

    try:
        return database.change_now(work)
    except StoreError as error:
        database.close()
        if error.code == "corrupt":
            raise DamagedError from error
        raise
    except UNREADABLE as error:
        database.close()
        raise DamagedError from error


def _fits_together(kept: Kept) -> bool:
    """Whether the desk and its events are those up to the cursor."""
    if kept.desk is None:
        return not kept.tail
    first = kept.desk.seq + 1
    seqs = [logged.seq for logged in kept.tail]
    return seqs == list(range(first, kept.place.seq + 1))


def _rescued(path: Path) -> tuple[list[OutboxRow], dict[DraftKey, Draft]]:
    """What the operator typed, as far as it can be read: each thing by itself."""
    rows: list[OutboxRow] = []
    texts: dict[DraftKey, Draft] = {}
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=0)) as db:
        for (raw,) in _each(db, outbox.OUTBOX):
            with suppress(*UNREADABLE):
                rows.append(values.row(raw))
        for chat, note, raw in _each(db, "SELECT chat, note, draft FROM draft"):
            with suppress(*UNREADABLE):
                texts[DraftKey(chat, bool(note))] = values.draft(raw)
    return rows, texts


def _each(db: sqlite3.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    with suppress(sqlite3.Error):
        yield from db.execute(query)


def _put_aside(path: Path) -> Path:
    """Rename the file and what belongs to it; where to."""
    names = (path.with_suffix(f".damaged-{n}") for n in range(1, 1_000))
    aside = next(name for name in names if not name.exists())
    for ending in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            Path(f"{path}{ending}").rename(f"{aside}{ending}")
    return aside
