"""What other files of the same operator still hold: of windows that ended, or under an old token.

A file is named by server and token, so after a token is changed the desk stands on a new one. Whose
the old one is, it says itself: the server's address, and the operator of its last welcome. It is
offered to that operator at that server, and to nobody else.
"""

import asyncio
import sqlite3
from collections.abc import Container, Iterator
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct

from operator_tui.desk.entries import Id
from operator_tui.desk.kept import DraftKey
from operator_tui.store import adoption, retention, whose
from operator_tui.store.damage import UNREADABLE
from operator_tui.store.database import Database
from operator_tui.store.files import DamagedError, FileError, LockedError, opened
from operator_tui.store.ports import StoreError
from operator_tui.store.whose import Whose

NOT_NOW = (LockedError, DamagedError, FileError, StoreError, *UNREADABLE)
"""Somebody has the file open, or it cannot be read: it is left alone."""


class Left(Struct, frozen=True):
    """A file with something unsent in it."""

    path: Path
    unsent: int
    drafts: bool = False
    """Its drafts are taken over too: no window will have that file again."""


def key_in(path: Path) -> str:
    """The name that the files of all windows of a desk share."""
    return path.name.partition(".")[0]


def of_windows(ours: Path, device: Id) -> Iterator[Left]:
    """Files of the same name that nobody has open and that hold something unsent."""
    for path in sorted(ours.parent.glob(f"{key_in(ours)}*.db")):
        if path != ours and (unsent := _unsent(path, device)):
            yield Left(path, unsent)


def of_tokens(ours: Path, device: Id, desk: Whose, drafts: Container[DraftKey]) -> Iterator[Left]:
    """The same under other names, if they are the same operator's at the same server.

    `drafts`: those that stand in our file; where there is one, the other stays where it is.
    """
    if not desk.server or desk.operator is None:
        return
    others = (path for path in ours.parent.glob("*.db") if key_in(path) != key_in(ours))
    for path in sorted(others):
        if _peeked(path) == desk and (unsent := _unsent(path, device, drafts)):
            yield Left(path, unsent, drafts=True)


class Leftovers:
    """`ports.Leftovers` for a desk that learns only from the server who its operator is."""

    def __init__(self, ours: Path, device: Id, server: str, drafts: Container[DraftKey]) -> None:
        self._ours, self._device, self._server, self._drafts = ours, device, server, drafts

    async def unsent(self, operator: Id) -> int:
        """See `ports.Leftovers.unsent`."""
        return await asyncio.to_thread(self._count, Whose(self._server, operator))

    def _count(self, desk: Whose) -> int:
        found = of_tokens(self._ours, self._device, desk, self._drafts)
        return sum(left.unsent for left in found)


def take(left: Left, ours: Database, device: Id) -> None:
    """Move what a file has left into the database `ours`, that of `device`."""
    with suppress(*NOT_NOW), closing(Database(opened(left.path))) as theirs:
        adoption.move(theirs, ours, device)
        if left.drafts:
            adoption.move_drafts(theirs, ours)


def expire(ours: Path, limit: int) -> None:
    """Purge the files beside ours in which nothing was written since `limit` (ms since 1970):
    old tokens and windows. What is unsent stays in them."""
    for path in sorted(ours.parent.glob("*.db")):
        with suppress(FileNotFoundError, *NOT_NOW):  # a window that starts puts files aside
            if path != ours and path.stat().st_mtime_ns // 1_000_000 <= limit:
                _expire(path, limit)


def _expire(path: Path, limit: int) -> None:
    with closing(Database(opened(path))) as theirs:
        theirs.change_now(lambda db: retention.expire(db, limit))
        theirs.alone(retention.swept)


def _unsent(path: Path, device: Id, drafts: Container[DraftKey] | None = None) -> int:
    """How much is to be taken over from a file; `drafts` None: its drafts are not."""

    def count(db: sqlite3.Connection) -> int:
        begun = 0 if drafts is None else adoption.drafted(db, drafts)
        return adoption.unsent(db, device) + begun

    with suppress(*NOT_NOW), closing(Database(opened(path))) as theirs:
        return theirs.change_now(count)
    return 0


def _peeked(path: Path) -> Whose | None:
    """Whose a file is, without bringing it up to date or looking through all of it."""
    where = f"{path.absolute().as_uri()}?mode=rw"
    with suppress(sqlite3.Error), closing(sqlite3.connect(where, uri=True, timeout=0)) as db:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        return whose.read(db)
    return None
