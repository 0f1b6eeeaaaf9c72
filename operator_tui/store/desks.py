"""One database for each server and operator, and for each window that is open on them.

Who the operator is, the server says only in its welcome; the token is what is known before, and
it stands for the operator. So a file is named by a hash of address and token: neither can be read
from the name. A new token means a new file; what an old one still holds is offered to the same
operator (`leftovers`).

The first window takes the first file, a second one the next that nobody has open: it is a device
of its own, and both are live.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct, structs

from operator_tui.desk.kept import Kept
from operator_tui.store import drafts, leftovers, outbox, whose
from operator_tui.store.damage import Whole
from operator_tui.store.damage import whole as read_whole
from operator_tui.store.database import Database, wall_millis
from operator_tui.store.drafts import SqliteDrafts
from operator_tui.store.files import FileError, LockedError
from operator_tui.store.leftovers import Left
from operator_tui.store.outbox import SqliteStore
from operator_tui.store.paths import private_folder
from operator_tui.store.ports import Leftovers, StoreError
from operator_tui.store.retention import purge
from operator_tui.store.secret import Secret
from operator_tui.store.transcripts import SqliteTranscripts
from operator_tui.store.whose import Whose

WINDOWS = 16
"""Windows of one desk at most."""


class DeskFile(Struct, frozen=True, eq=False):
    """An open desk, and what happened on the way to it."""

    path: Path
    database: Database
    kept: Kept
    """What was in it when it was opened."""
    store: SqliteStore
    drafts: SqliteDrafts
    aside: Path | None = None
    """Where a damaged file was put; what could be read of its outbox and drafts is here."""
    left: tuple[Left, ...] = ()
    """Files of windows that ended, or of the token before this one, with something unsent."""
    leftovers: Leftovers | None = None
    """Where to look once the server has said who the operator is; None: it was known."""

    @property
    def unsent(self) -> int:
        """How much there is in the files `left`."""
        return sum(left.unsent for left in self.left)

    @property
    def transcripts(self) -> SqliteTranscripts:
        """What was said in it."""
        return SqliteTranscripts(self.database)


def key_of(url: str, token: Secret) -> str:
    """The name of the files of one server and operator."""
    told = f"operator-tui desk\n{url}\n{token.reveal()}"
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def open_desk(
    folder: Path,
    key: str,
    *,
    server: str = "",
    days: int | None = None,
    wall: Callable[[], int] = wall_millis,
) -> DeskFile:
    """Take the first file that nobody has open. Raises `FileError`.

    `server` is its address; without one nothing under another name is this desk's. What was kept
    `days` ago or earlier is purged, also in files that nobody has opened since; None: nothing is.
    """
    try:
        private_folder(folder)
    except OSError as error:
        raise FileError(f"{folder}: {error.strerror}.") from error
    try:
        for path in _paths(folder, key):
            with suppress(LockedError):
                return _desk(read_whole(path, wall), path, server, days)
    except StoreError as error:
        raise FileError(f"{folder}: the desk cannot be opened ({error.code}).") from error
    raise FileError(f"{WINDOWS} windows of this desk are open already. Close one.")


def take_over(desk: DeskFile) -> DeskFile:
    """The desk with what was unsent in the files `left`. Raises `StoreError`."""
    for left in desk.left:
        leftovers.take(left, desk.database, desk.kept.place.device)
    return desk.database.change_now(lambda db: _read_again(desk, db))


def _read_again(desk: DeskFile, db: sqlite3.Connection) -> DeskFile:
    kept, texts = outbox.read(db), drafts.read_all(db)
    return structs.replace(
        desk,
        kept=kept,
        store=SqliteStore(desk.database, kept),
        drafts=SqliteDrafts(desk.database, texts, desk.drafts.view),
        left=(),
    )


def _desk(found: Whole, path: Path, server: str, days: int | None) -> DeskFile:
    database, kept = found.database, found.kept
    belongs = database.change_now(lambda db: _belonging(db, server, kept))
    device = kept.place.device
    if days is not None:
        limit = database.wall() - days * DAY
        database.change_now(lambda db: purge(db, limit, _on_desk(kept)))
        leftovers.expire(path, limit)
    of_tokens = leftovers.of_tokens(path, device, belongs, found.drafts)
    left = *leftovers.of_windows(path, device), *of_tokens
    known = belongs.operator is not None or not server
    return DeskFile(
        path,
        database,
        kept,
        SqliteStore(database, kept),
        SqliteDrafts(database, found.drafts, found.view),
        found.aside,
        left,
        None if known else leftovers.Leftovers(path, device, server, found.drafts),
    )


def _belonging(db: sqlite3.Connection, server: str, kept: Kept) -> Whose:
    whose.note(db, server, kept.desk.operator.id if kept.desk is not None else None)
    return whose.read(db) or Whose(server, None)


def _on_desk(kept: Kept) -> set[str]:
    """The chats that are on the desk, or were when the events after it came."""
    touched = {getattr(logged.event, "chat", None) for logged in kept.tail}
    return {chat for chat in touched if chat} | set(kept.desk.chats if kept.desk else ())


DAY = 24 * 60 * 60 * 1_000


def _paths(folder: Path, key: str) -> Iterator[Path]:
    yield folder / f"{key}.db"
    yield from (folder / f"{key}.{n}.db" for n in range(2, WINDOWS + 1))
