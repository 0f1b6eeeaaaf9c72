"""`operator-tui forget`: everything about one visitor, out of every database on this machine."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec import structs

from operator_tui.desk.entries import Id
from operator_tui.store import retention
from operator_tui.store.database import Database, Work
from operator_tui.store.files import DamagedError, FileError, LockedError, opened
from operator_tui.store.ports import StoreError
from operator_tui.store.retention import Forgotten, Known

T = TypeVar("T")


def forget(folder: Path, wanted: str, *, sure: bool, damaged: bool = False) -> bool:
    """Find the visitor by id or name, ask, remove, and tell; whether anything was removed.

    Unsent texts that cannot be read, and files that were put aside damaged, cannot be searched:
    they go only whole, when the operator says so, or with `damaged`. Raises `FileError` when a
    window has one of the files open: nothing is removed then.
    """
    files = sorted(folder.glob("*.db"))
    visitors = _merged(known for path in files for known in _known(path, wanted))
    removed = _forget_known(files, visitors, wanted, sure=sure)
    if len(visitors) > 1:
        return False
    removed = _clear_unread(files, sure=sure, damaged=damaged) or removed
    return _clear(sorted(folder.glob("*.damaged-*")), sure=sure, damaged=damaged) or removed


def _forget_known(
    files: Sequence[Path], visitors: Sequence[Known], wanted: str, *, sure: bool
) -> bool:
    if not visitors:
        print(f"Nothing is kept here about {wanted}.")
        return False
    if len(visitors) > 1:
        print("More than one visitor is meant. Give one of these ids:")
    for one in visitors:
        print(f"  {one.visitor}  {one.name or '-'}  chats: {one.chats}  messages: {one.messages}")
    if len(visitors) > 1 or not (sure or _yes("Remove all of it for good?")):
        return False
    _tell(_forgotten(files, visitors[0].visitor))
    return True


def _clear_unread(files: Sequence[Path], *, sure: bool, damaged: bool) -> bool:
    """Remove unsent texts that cannot be read, if that is wanted; whether any are gone."""
    found = {path: rows for path in files if (rows := _looked_at(path, retention.unread))}
    if not found:
        return False
    print("Unsent texts in these files cannot be read. Nobody can tell to whom they were to go:")
    for path, rows in found.items():
        print(f"  {path}  unsent: {len(rows)}")
    if not _wanted("Remove these texts for good?", sure=sure, damaged=damaged):
        return False
    for path, rows in found.items():
        with _opened(path) as database:
            database.change_now(partial(retention.drop, rows=rows))
            database.alone(retention.swept)
    print(f"Removed: unsent {sum(map(len, found.values()))}.")
    return True


def _clear(aside: Sequence[Path], *, sure: bool, damaged: bool) -> bool:
    """Remove damaged files, if that is wanted; whether any are gone."""
    if not aside:
        return False
    print("These files were damaged and put aside; their drafts and unsent texts, as far as they")
    print("could be read, were taken over. Nobody can tell whose words are still in them:")
    for path in aside:
        print(f"  {path}")
    if not _wanted("Remove these files whole, for good?", sure=sure, damaged=damaged):
        return False
    for path in aside:
        path.unlink(missing_ok=True)
    print(f"Removed: damaged files {len(aside)}.")
    return True


def _wanted(question: str, *, sure: bool, damaged: bool) -> bool:
    """Whether what nobody can search is to go; `sure` asks nothing, and is no answer to this."""
    if damaged or (not sure and _yes(question)):
        return True
    print("They stay. To remove them: the same command with --damaged.")
    return False


def _merged(found: Iterator[Known]) -> Sequence[Known]:
    """The same visitor may have been met at several desks."""
    visitors: dict[str, Known] = {}
    for one in found:
        was = visitors.get(one.visitor, Known(one.visitor, one.name, 0, 0))
        chats, messages = was.chats + one.chats, was.messages + one.messages
        visitors[one.visitor] = structs.replace(was, chats=chats, messages=messages)
    return list(visitors.values())


def _known(path: Path, wanted: str) -> Sequence[Known]:
    return _looked_at(path, partial(retention.known, wanted=wanted))


def _chats(files: Sequence[Path], visitor: Id) -> Iterator[Id]:
    for path in files:
        yield from _looked_at(path, partial(retention.chats_of, visitor=visitor))


def _forgotten(files: Sequence[Path], visitor: Id) -> Forgotten:
    told, chats = Forgotten(), set(_chats(files, visitor))
    for path in files:
        with _opened(path) as database:
            gone = database.change_now(partial(retention.forget, visitor=visitor, chats=chats))
            database.alone(retention.swept)
        pairs = zip(structs.astuple(told), structs.astuple(gone), strict=True)
        told = Forgotten(*(a + b for a, b in pairs))
    return told


def _looked_at(path: Path, work: Work[T]) -> T:
    with _opened(path) as database:
        return database.change_now(work)


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    """The file for this program alone, until it is closed. Raises `FileError`."""
    try:
        with closing(Database(opened(path))) as database:
            yield database
    except LockedError as error:
        raise FileError("A window of the desk is open. Leave it first, then try again.") from error
    except DamagedError as error:
        raise FileError(
            f"{path}: damaged, so nothing was removed. Start the desk once: it takes drafts and"
            " unsent texts over and puts the file aside. Then try again."
        ) from error
    except StoreError as error:
        raise FileError(
            f"{path}: it cannot be changed ({error.code}), perhaps because the disk is full. What"
            " was not removed yet is still there: make room, then try again."
        ) from error


def _yes(question: str) -> bool:
    try:
        return input(f"{question} [y/N] ").strip().casefold() in {"y", "yes"}
    except EOFError:
        return False


def _tell(told: Forgotten) -> None:
    print(
        f"Removed: chats {told.chats}, messages {told.messages}, drafts {told.drafts},"
        f" unsent {told.unsent}."
    )
    print("What the server keeps is not touched; an open chat comes back with its next snapshot.")
