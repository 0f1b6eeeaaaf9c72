"""Opening a database file: for its owner alone, locked for as long as it is open."""

import os
import sqlite3
from pathlib import Path

from operator_tui.store.schema import NewerError, NotOursError, brought_up

LOCK_WITHIN = 0.1
"""Seconds to wait for a file that another program has open: two windows may start at once."""
TOO_NEW = (
    "{path}: a newer version of this program has written it. Start that version, or move the"
    " file away: then the desk is filled by the server, without drafts and unsent messages."
)


class LockedError(Exception):
    """Another program has the file open."""


class DamagedError(Exception):
    """The file is no database of a desk, or one in pieces."""


class FileError(Exception):
    """The file cannot be used; the message says why and what to do."""


def opened(path: Path) -> sqlite3.Connection:
    """The file, made if need be, for this program alone until it is closed.

    Raises `LockedError`, `DamagedError` or `FileError`.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
        db = sqlite3.connect(
            path, timeout=LOCK_WITHIN, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.Error) as error:
        raise FileError(f"{path}: cannot be opened ({error}).") from error
    try:
        _lock(db)
        brought_up(db)
        _check(db)
    except BaseException as error:
        db.close()
        raise _explained(error, path) from error
    return db


def _lock(db: sqlite3.Connection) -> None:
    """The lock ends with the process, however it ends. Under it no -shm file is needed."""
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten
    db.execute("BEGIN EXCLUSIVE")
    db.execute("COMMIT")


def _check(db: sqlite3.Connection) -> None:
    if (said := db.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise sqlite3.DatabaseError(said)


def _explained(error: BaseException, path: Path) -> BaseException:
    match error:
        case NewerError():
            return FileError(TOO_NEW.format(path=path))
        case NotOursError():
            return DamagedError(str(path))
        case sqlite3.OperationalError() if _is(error, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return LockedError(str(path))
        case sqlite3.DatabaseError() if not isinstance(error, sqlite3.OperationalError):
            return DamagedError(str(path))
        case sqlite3.Error():
            return FileError(f"{path}: cannot be used ({error}).")
        case _:
            return error


def _is(error: sqlite3.Error, *codes: int) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in codes
