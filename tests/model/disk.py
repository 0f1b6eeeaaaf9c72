"""The server's disk: a real SQLite file's worth of memory that can fail or end the process."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from msgspec import json

from operator_tui.desk.text import decode_hook
from operator_tui.wire.frames import Result
from server_stub.service.ledger_schema import _check
from server_stub.service.logs import Record

_names = count()
_results = json.Decoder(Result, dec_hook=decode_hook)


class Killed(BaseException):
    """kill -9 of the server, in the middle of whatever it was doing."""


class _Connection(sqlite3.Connection):
    """A connection whose commits go as its disk's fault says."""

    disk: "Disk"

    def execute(self, sql: str, *more: object) -> sqlite3.Cursor:
        if sql != "COMMIT":
            return super().execute(sql, *more)  # type: ignore[arg-type]
        fault = self.disk.next_fault()
        if fault == "fails":
            raise sqlite3.OperationalError("disk I/O error")
        if fault == "killed_before":
            raise Killed
        done = super().execute(sql)
        self.disk.commits += 1
        if fault == "killed_after":
            raise Killed
        return done


class Disk:
    """What outlives the server. `fault` is what befalls a commit once `spared` more are done."""

    def __init__(self) -> None:
        self._uri = f"file:model-{next(_names)}?mode=memory&cache=shared"
        self._anchor = sqlite3.connect(self._uri, uri=True, isolation_level=None)
        self.fault: str | None = None
        self.spared = 0
        self.commits = 0
        """How many there were, so that nobody looks for what has not changed."""

    def next_fault(self) -> str | None:
        """What befalls this commit."""
        if self.spared > 0:
            self.spared -= 1
            return None
        fault, self.fault = self.fault, None
        return fault

    def connect(self, _: Path) -> sqlite3.Connection:
        """Open it as the ledger does, without the lock of a file."""
        db = sqlite3.connect(self._uri, uri=True, isolation_level=None, factory=_Connection)
        db.disk = self
        _check(db)
        return db

    def place(self, operator: str) -> tuple[str, int] | None:
        """Epoch and head of a log, as they would be found after kill -9 now."""
        rows = self._rows("SELECT epoch, head FROM log WHERE operator = ?", operator)
        return next(rows, None)

    def records(self, operator: str, after: int) -> list[Record]:
        """The events after a seq."""
        select = "SELECT seq, at, event FROM event WHERE operator = ? AND seq > ? ORDER BY seq"
        return [Record(*row) for row in self._rows(select, operator, after)]

    def results(self, operator: str) -> list[tuple[str, Result]]:
        """All kept results with their devices, in the order of their numbers."""
        select = "SELECT device, result FROM result WHERE operator = ? ORDER BY device, n"
        return [(dev, _results.decode(kept)) for dev, kept in self._rows(select, operator)]

    def numbers(self, operator: str) -> dict[str, tuple[int, int]]:
        """The last n and the generation of each device."""
        select = "SELECT device, last_n, generation FROM device WHERE operator = ?"
        return {dev: (last_n, gen) for dev, last_n, gen in self._rows(select, operator)}

    def copied(self) -> "Disk":
        """Another disk with what is on this one now."""
        copy = Disk()
        self._anchor.backup(copy._anchor)
        return copy

    def close(self) -> None:
        """Let go of the memory."""
        self._anchor.close()

    def _rows(self, select: str, *values: object) -> Iterator[Any]:
        with suppress(sqlite3.OperationalError):  # no tables yet
            yield from self._anchor.execute(select, values).fetchall()
