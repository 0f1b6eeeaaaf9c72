"""`operator-tui forget`: everything about one visitor, out of every database on this machine."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import structs

from operator_tui.store import retention
from operator_tui.store.database import Database
from operator_tui.store.files import DamagedError, FileError, LockedError, opened
from operator_tui.store.retention import Forgotten, Known


def forget(folder: Path, wanted: str, *, sure: bool) -> bool:
    """Find the visitor by id or name, ask, remove, and tell; whether anything was removed.

    Raises `FileError` when a window has one of the files open: nothing is removed then.
    """
    files = sorted(folder.glob("*.db"))
    for aside in sorted(folder.glob("*.damaged-*")):
        print(f"{aside} is damaged and was not looked into: delete it by hand.")
    visitors = _merged(known for path in files for known in _known(path, wanted))
    if not visitors:
        print(f"Nothing is kept here about {wanted}.")
        return False
    if len(visitors) > 1:
        print("More than one visitor is meant. Give one of these ids:")
    for one in visitors:
        print(f"  {one.visitor}  {one.name or '-'}  chats: {one.chats}  messages: {one.messages}")
    if len(visitors) > 1 or not (sure or _is_meant()):
        return False
    _tell(_forgotten(files, visitors[0]))
    return True


def _merged(found: Iterator[Known]) -> Sequence[Known]:
    """The same visitor may have been met at several desks."""
    visitors: dict[str, Known] = {}
    for one in found:
        was = visitors.get(one.visitor, Known(one.visitor, one.name, 0, 0))
        chats, messages = was.chats + one.chats, was.messages + one.messages
        visitors[one.visitor] = structs.replace(was, chats=chats, messages=messages)
    return list(visitors.values())


def _known(path: Path, wanted: str) -> Sequence[Known]:
    with closing(_database(path)) as database:
        return database.change_now(lambda db: retention.known(db, wanted))


def _forgotten(files: Sequence[Path], visitor: Known) -> Forgotten:
    told = Forgotten()
    for path in files:
        with closing(_database(path)) as database:
            gone = database.change_now(lambda db: retention.forget(db, visitor.visitor))
            database.alone(retention.swept)
        pairs = zip(structs.astuple(told), structs.astuple(gone), strict=True)
        told = Forgotten(*(a + b for a, b in pairs))
    return told


def _database(path: Path) -> Database:
    try:
        return Database(opened(path))
    except LockedError as error:
        raise FileError("A window of the desk is open. Leave it first, then try again.") from error
    except DamagedError as error:
        raise FileError(f"{path}: damaged, so it cannot be looked into.") from error


def _is_meant() -> bool:
    try:
        return input("Remove all of it for good? [y/N] ").strip().casefold() in {"y", "yes"}
    except EOFError:
        return False


def _tell(told: Forgotten) -> None:
    print(
        f"Removed: chats {told.chats}, messages {told.messages}, drafts {told.drafts},"
        f" unsent {told.unsent}, and their words in the search index."
    )
    print("What the server keeps is not touched; an open chat comes back with its next snapshot.")
