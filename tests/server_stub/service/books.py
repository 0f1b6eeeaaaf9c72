"""What stands in a ledger, to be compared."""

import sqlite3
from pathlib import Path

from msgspec import Struct

from operator_tui.wire.frames import Result
from server_stub.service.ledger import Ledger
from server_stub.service.ledger_schema import opened
from server_stub.service.logs import Record


class DeviceSeen(Struct, frozen=True):
    last_n: int
    generation: int
    results: tuple[Result, ...]


class LogSeen(Struct, frozen=True):
    epoch: str
    head: int
    trimmed: int
    records: tuple[Record, ...]
    devices: dict[str, DeviceSeen]


def contents(book: Ledger) -> dict[str, LogSeen]:
    """Everything a ledger has in memory, by operator; devices by when they were last seen."""
    return {
        operator: LogSeen(
            log.epoch,
            log.head,
            log.trimmed,
            tuple(log.records),
            {
                name: DeviceSeen(one.last_n, one.generation, tuple(one.results))
                for name, one in log.devices.items()
            },
        )
        for operator, log in book._logs.items()
    }


def unhurried(path: Path) -> sqlite3.Connection:
    """The ledger's file without waiting for the disk: only a power cut could tell."""
    db = opened(path)
    db.execute("PRAGMA synchronous = OFF")
    return db
