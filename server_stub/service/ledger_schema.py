"""The ledger's file: how it is laid out, opened, and told from what is no ledger."""

import os
import sqlite3
from pathlib import Path

from server_stub.service.ledger import LedgerError

APPLICATION = 0x6F747569
"""Marks the file as ours: "otui"."""
LAYOUT = 1

TABLES = """
CREATE TABLE log (operator TEXT PRIMARY KEY, epoch TEXT NOT NULL, head INTEGER NOT NULL);
CREATE TABLE event (
    operator TEXT, seq INTEGER, at INTEGER NOT NULL, event BLOB NOT NULL,
    PRIMARY KEY (operator, seq)
) WITHOUT ROWID;
CREATE TABLE device (
    operator TEXT, device TEXT, last_n INTEGER NOT NULL, generation INTEGER NOT NULL,
    seen INTEGER NOT NULL, PRIMARY KEY (operator, device)
) WITHOUT ROWID;
CREATE TABLE result (
    operator TEXT, device TEXT, n INTEGER, result BLOB NOT NULL,
    PRIMARY KEY (operator, device, n)
) WITHOUT ROWID;
CREATE TABLE fact (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, key TEXT NOT NULL,
    value BLOB NOT NULL, UNIQUE (kind, key)
);
"""
ADDED = """
CREATE TABLE IF NOT EXISTS run (
    id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, operator TEXT NOT NULL,
    head INTEGER NOT NULL
);
"""
"""Tables that the first files of this layout did not have; who does not know them does no harm."""
CHECKED = ("log", "event", "device", "result", "run")
"""Tables whose pages are looked at when the file is opened: none of them grows for ever. A fact
that cannot be read shows when it is."""


def opened(path: Path) -> sqlite3.Connection:
    """The file, open for this process alone until it is closed. LedgerError: it cannot be had.

    Any thread may use it, one at a time.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        db = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.Error) as error:
        raise LedgerError(f"{path}: cannot be opened ({error}).", lasting=True) from error
    try:
        _lock(db)
        _check(db)
    except (sqlite3.Error, LedgerError) as error:
        db.close()
        raise explained(error, path) from error
    return db


def explained(error: Exception, path: Path) -> LedgerError:
    """What SQLite met, as a person can use it. SQLite names tables and files, never values."""
    match error:
        case LedgerError():
            return error
        case sqlite3.OperationalError() if _primary(error) in (
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_LOCKED,
        ):
            why = "another server has it open. End that one, or use another folder."
        case sqlite3.OperationalError():
            why = f"the disk did not take it ({error}). Nothing was acknowledged."
        case _:
            why = f"damaged ({error}). Move it away to begin anew."
            return LedgerError(f"{path}: {why}", lasting=True)
    return LedgerError(f"{path}: {why}")


def _primary(error: sqlite3.Error) -> int:
    """SQLite's code without its details; 0 when the error is Python's own."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _lock(db: sqlite3.Connection) -> None:
    """Exclusively, before anything else is read: the lock ends with the process, however."""
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("BEGIN EXCLUSIVE")
    db.execute("COMMIT")


def _check(db: sqlite3.Connection) -> None:
    """A file of ours in one piece, laid out as this version does it."""
    application, layout = _pragma(db, "application_id"), _pragma(db, "user_version")
    if (application, layout) == (0, 0) and not db.execute("SELECT * FROM sqlite_master").fetchall():
        db.executescript(
            f"BEGIN; {TABLES} PRAGMA application_id = {APPLICATION};"
            f" PRAGMA user_version = {LAYOUT}; COMMIT"
        )
    elif application != APPLICATION or layout != LAYOUT:
        raise sqlite3.DatabaseError("not a ledger of this version")
    db.executescript(ADDED)
    for table in CHECKED:
        if (said := _pragma(db, f"quick_check({table})")) != "ok":
            raise sqlite3.DatabaseError(str(said))


def _pragma(db: sqlite3.Connection, name: str) -> object:
    return db.execute(f"PRAGMA {name}").fetchone()[0]
