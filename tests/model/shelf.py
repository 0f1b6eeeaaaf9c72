"""A desk's disk: the pure function that every store agrees with, or the product's own SQLite."""

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Protocol, TypeAlias

from operator_tui.desk.kept import Batch, Kept, Place, after
from operator_tui.store import outbox
from operator_tui.store.database import Database
from operator_tui.store.files import opened
from operator_tui.store.outbox import SqliteStore
from operator_tui.store.ports import StoreError
from tests.model.disk import Killed

MEMORY_DISK = Path("/dev/shm")  # noqa: S108 - the folder in it is made for its owner alone
MOMENTS = {
    "fails": ("written", sqlite3.OperationalError),
    "killed_before": ("begun", Killed),
    "killed_within": ("written", Killed),
    "killed_after": ("committed", Killed),
}
"""At which of the moments that `Database` tells of, and what happens there."""


class Shelf(Protocol):
    """What outlives a window."""

    kept: Kept
    """What a process that starts now finds."""

    def commit(self, batch: Batch, fault: str | None = None) -> None:
        """Make it durable; with a fault it raises `StoreError`, or `Killed`."""

    def dies(self) -> None:
        """The process is gone at this moment, and another one opens what it left."""

    def back_up(self) -> None:
        """Copy it as it is now."""

    def restore(self) -> None:
        """Put the copy in its place, behind the back of a process that is gone."""

    def close(self) -> None:
        """Throw it away."""


MakeShelf: TypeAlias = Callable[[str], Shelf]
"""Of the name of its device."""


class PureShelf:
    """`kept.after`, and nothing else."""

    def __init__(self, device: str) -> None:
        self.kept = self._backup = Kept(Place(device))

    def commit(self, batch: Batch, fault: str | None = None) -> None:
        if fault in {None, "killed_after"}:
            self.kept = after(self.kept, batch)
        if fault == "fails":
            raise StoreError("disk")
        if fault is not None:
            raise Killed

    def dies(self) -> None:
        pass

    def back_up(self) -> None:
        self._backup = self.kept

    def restore(self) -> None:
        self.kept = self._backup

    def close(self) -> None:
        pass


class SqliteShelf:
    """`SqliteStore` over a file. A kill leaves its files as they lie there at that very moment."""

    def __init__(self, device: str) -> None:
        within = MEMORY_DISK if MEMORY_DISK.is_dir() else None
        self._folder = tempfile.TemporaryDirectory(dir=within)
        self._files = (Path(self._folder.name) / f"{n}.db" for n in count())
        self._loop = asyncio.new_event_loop()
        self._fault: str | None = None
        self._file = self._left = next(self._files)
        self._open()
        self._database.change_now(lambda db: db.execute("UPDATE place SET device = ?", (device,)))
        self._read()
        self.back_up()

    def commit(self, batch: Batch, fault: str | None = None) -> None:
        self._fault = fault
        try:
            self._loop.run_until_complete(self._store.commit(batch))
        except Killed:
            self._begin_anew(self._left)
            raise
        finally:
            self._read()

    def dies(self) -> None:
        self._begin_anew(self._database.alone(lambda _: self._copy()))

    def back_up(self) -> None:
        self._backup = self._database.alone(lambda _: self._copy())

    def restore(self) -> None:
        self._begin_anew(copied(self._backup, next(self._files)))

    def close(self) -> None:
        self._database.close()
        self._loop.close()
        self._folder.cleanup()

    def _begin_anew(self, file: Path) -> None:
        self._database.close()
        self._file = file
        self._open()
        self._read()

    def _read(self) -> None:
        self.kept = self._database.change_now(outbox.read)

    def _open(self) -> None:
        self._database = Database(opened(self._file), wall=lambda: 0, watched=self._watched)
        self._store = SqliteStore(self._database)

    def _watched(self, moment: str) -> None:
        """In the thread of the database: nobody else touches the file meanwhile."""
        if self._fault is None or MOMENTS[self._fault][0] != moment:
            return
        error, self._fault = MOMENTS[self._fault][1], None
        if error is Killed:
            self._left = self._copy()
        raise error

    def _copy(self) -> Path:
        return copied(self._file, next(self._files))


def copied(file: Path, to: Path) -> Path:
    """A copy of a database and of its journal, as a kill or a power failure would leave them."""
    for ending in ("", "-wal"):
        source = file.with_name(file.name + ending)
        if source.exists():
            shutil.copyfile(source, to.with_name(to.name + ending))
    return to
