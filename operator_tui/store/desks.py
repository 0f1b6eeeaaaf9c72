"""One database for each server and operator, and for each window that is open on them.

Who the operator is, the server says only in its welcome; the token is what is known before, and
it stands for the operator. So a file is named by a hash of address and token: neither can be read
from the name. A new token means a new file; what an old one still holds stays in that file.

The first window takes the first file, a second one the next that nobody has open: it is a device
of its own, and both are live.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct, structs

from operator_tui.desk.kept import Kept
from operator_tui.store import adoption, outbox
from operator_tui.store.damage import Whole, whole
from operator_tui.store.database import Database, wall_millis
from operator_tui.store.drafts import SqliteDrafts
from operator_tui.store.files import DamagedError, FileError, LockedError, opened
from operator_tui.store.outbox import SqliteStore
from operator_tui.store.paths import private_folder
from operator_tui.store.ports import StoreError
from operator_tui.store.retention import purge
from operator_tui.store.secret import Secret
from operator_tui.store.transcripts import SqliteTranscripts

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
    left: tuple[Path, ...] = ()
    """Files of windows that ended with something unsent."""
    unsent: int = 0
    """How much that is."""

    @property
    def transcripts(self) -> SqliteTranscripts:
        """What was said in it."""
        return SqliteTranscripts(self.database)


def key_of(url: str, token: Secret) -> str:
    """The name of the files of one server and operator."""
    told = f"operator-tui desk\n{url}\n{token.reveal()}"
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def open_desk(
    folder: Path, key: str, *, days: int | None = None, wall: Callable[[], int] = wall_millis
) -> DeskFile:
    """Take the first file that nobody has open. Raises `FileError`.

    What was kept `days` ago or earlier is purged; None: nothing is.
    """
    try:
        private_folder(folder)
    except OSError as error:
        raise FileError(f"{folder}: {error.strerror}.") from error
    try:
        for path in _paths(folder, key):
            with suppress(LockedError):
                return _desk(whole(path, wall), path, days)
    except StoreError as error:
        raise FileError(f"{folder}: the desk cannot be opened ({error.code}).") from error
    raise FileError(f"{WINDOWS} windows of this desk are open already. Close one.")


def take_over(desk: DeskFile) -> DeskFile:
    """The desk with what was unsent in the files `left`. Raises `StoreError`."""
    for path in desk.left:
        with suppress(LockedError, DamagedError, FileError), closing(_at(path)) as theirs:
            adoption.move(theirs, desk.database, desk.kept.place.device)
    kept = desk.database.change_now(outbox.read)
    return structs.replace(
        desk, kept=kept, store=SqliteStore(desk.database, kept), left=(), unsent=0
    )


def _desk(found: Whole, path: Path, days: int | None) -> DeskFile:
    database, kept = found.database, found.kept
    if days is not None:
        limit = database.wall() - days * DAY
        database.change_now(lambda db: purge(db, limit, _on_desk(kept)))
    left = list(_left(path, kept.place.device))
    return DeskFile(
        path,
        database,
        kept,
        SqliteStore(database, kept),
        SqliteDrafts(database, found.drafts, found.view),
        found.aside,
        tuple(other for other, _ in left),
        sum(unsent for _, unsent in left),
    )


def _on_desk(kept: Kept) -> set[str]:
    """The chats that are on the desk, or were when the events after it came."""
    touched = {getattr(logged.event, "chat", None) for logged in kept.tail}
    return {chat for chat in touched if chat} | set(kept.desk.chats if kept.desk else ())


DAY = 24 * 60 * 60 * 1_000


def _paths(folder: Path, key: str) -> Iterator[Path]:
    yield folder / f"{key}.db"
    yield from (folder / f"{key}.{n}.db" for n in range(2, WINDOWS + 1))


def _left(ours: Path, device: str) -> Iterator[tuple[Path, int]]:
    """The files beside ours that nobody has open and that hold something unsent."""
    for path in _paths(ours.parent, ours.name.partition(".")[0]):
        if path != ours and path.exists():
            with suppress(LockedError, DamagedError, FileError), closing(_at(path)) as theirs:
                unsent = theirs.change_now(lambda db: adoption.unsent(db, device))
                if unsent:
                    yield path, unsent


def _at(path: Path) -> Database:
    return Database(opened(path))
