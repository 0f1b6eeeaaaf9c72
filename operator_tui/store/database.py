"""One open file of SQLite: a thread of its own that does one transaction after the other.

Nobody waits for the disk but this thread; whoever asks from an event loop awaits the answer.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from time import time_ns
from typing import TypeAlias, TypeVar

from operator_tui.store.ports import StoreError

T = TypeVar("T")
Work: TypeAlias = Callable[[sqlite3.Connection], T]


def code_of(error: sqlite3.Error) -> str:
    """`locked`, `corrupt` or `disk`: what `StoreError` says of what SQLite met."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "locked"
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return "corrupt"
        case _:
            return "disk"


def wall_millis() -> int:
    """This machine's date, by which things are kept only so long: ms since 1970 UTC."""
    return time_ns() // 1_000_000


def _unwatched(_: str) -> None:
    """Nobody looks on."""


class Database:
    """`db` in the hands of one thread. `watched` hears of each named moment of a transaction:
    `taken`, `begun`, `written`, `committed`; tests end the process there."""

    def __init__(
        self,
        db: sqlite3.Connection,
        *,
        wall: Callable[[], int] = wall_millis,
        watched: Callable[[str], None] = _unwatched,
    ) -> None:
        self.wall = wall
        self._db = db
        self._watched = watched
        self._thread = ThreadPoolExecutor(1, "store")
        self._durable: bool | None = None

    async def change(self, work: Work[T], *, durable: bool = True) -> T:
        """Do `work` in a transaction, all or nothing. Raises `StoreError`.

        `durable`: it is on the disk, even should the power fail now. Otherwise it outlives the
        program at any rate, and after a power failure the database stands where it once stood.
        """
        return await asyncio.wrap_future(self._submit(work, durable))

    def change_now(self, work: Work[T]) -> T:
        """The same, waiting for it: for the time before and after the event loop."""
        return self._submit(work, True).result()

    def alone(self, work: Work[T]) -> T:
        """Do what cannot be done in a transaction, waiting for it. Raises `StoreError`."""
        try:
            return self._thread.submit(work, self._db).result()
        except sqlite3.Error as error:
            raise StoreError(code_of(error)) from error

    def close(self) -> None:
        """Finish what was asked for and let go of the file."""
        with suppress(RuntimeError):  # closed already
            self._thread.submit(self._db.close)
        self._thread.shutdown()

    def _submit(self, work: Work[T], durable: bool) -> Future[T]:
        try:
            return self._thread.submit(partial(self._transaction, work, durable=durable))
        except RuntimeError as error:  # closed
            raise StoreError("disk") from error

    def _transaction(self, work: Work[T], *, durable: bool) -> T:
        db = self._db
        self._watched("taken")
        try:
            self._synchronous(durable=durable)
            db.execute("BEGIN IMMEDIATE")
            self._watched("begun")
            try:
                result = work(db)
                self._watched("written")
                db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    db.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise StoreError(code_of(error)) from error
        self._watched("committed")
        return result

    def _synchronous(self, *, durable: bool) -> None:
        """FULL costs a hundred times NORMAL, so it is for what cannot come again."""
        if durable is not self._durable:
            self._db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._durable = durable
