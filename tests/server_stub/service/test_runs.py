import shutil
import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from server_stub.service import runs
from server_stub.service.ledger_file import FileLedger
from server_stub.service.runs import Runs
from tests.server_stub.service.books import unhurried

epochs = (f"epoch-{n}" for n in count())


def opened(path: Path) -> FileLedger:
    return FileLedger(path, ("anna", "bram"), lambda: next(epochs), unhurried)


def happens(book: FileLedger, many: int) -> None:
    book.commit([("anna", 7, b"{}")] * many)


def copied(path: Path) -> Callable[[], None]:
    """Copy the files as they are; what puts the copy back."""
    folder = path.with_name(f"copy-{next(epochs)}")
    shutil.copytree(path.parent, folder, ignore=shutil.ignore_patterns("copy-*"))

    def put_back() -> None:
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
        shutil.copytree(folder, path.parent, dirs_exist_ok=True)

    return put_back


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


def test_a_run_tells_of_the_log_as_far_as_the_next_one_found_it() -> None:
    known = Runs()
    known.begin("one", {"anna": 0})
    known.begin("two", {"anna": 5})
    assert known.told("one", "anna", 5, head=9)
    assert not known.told("one", "anna", 6, head=9)
    assert known.told("two", "anna", 9, head=9)
    assert not known.told("two", "anna", 10, head=9)
    assert not known.told("three", "anna", 1, head=9)


def test_an_operator_whom_the_next_run_did_not_know_had_no_events() -> None:
    known = Runs({"one": {}, "two": {}})
    assert known.told("one", "anna", 0, head=3)
    assert not known.told("one", "anna", 1, head=3)


def test_the_run_that_is_longest_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "KEPT_RUNS", 2)
    known = Runs({"one": {}, "two": {}})
    assert known.begin("three", {}) == ["one"]
    assert not known.told("one", "anna", 0, head=0)
    assert known.told("two", "anna", 0, head=0)


def test_an_ordinary_restart_begins_no_new_epoch(path: Path) -> None:
    first = opened(path)
    epoch = first.admit("anna", "laptop", None, 0).epoch
    happens(first, 3)
    first.close()
    again = opened(path)
    happens(again, 2)
    standing = again.admit("anna", "laptop", epoch, 3, first.run)
    assert (standing.resumes, standing.renewed) == (True, False)
    assert again.run != first.run
    again.close()


@pytest.mark.parametrize("restarted", [False, True])
def test_a_copy_that_has_grown_past_the_desk_is_told_by_its_runs(
    path: Path, restarted: bool
) -> None:
    book = opened(path)
    epoch = book.admit("anna", "laptop", None, 0).epoch
    happens(book, 2)
    put_back = copied(path)
    if restarted:
        book.close()
        book = opened(path)
        book.admit("anna", "laptop", epoch, 2)
    happens(book, 3)
    book.close()
    put_back()
    older = opened(path)
    happens(older, 9)
    assert older.admit("anna", "phone", epoch, 2).resumes
    standing = older.admit("anna", "laptop", epoch, 5, book.run)
    assert (standing.renewed, standing.resumes, standing.head) == (True, False, 11)
    assert standing.epoch != epoch
    older.close()


def test_who_stands_where_the_copy_was_made_goes_on(path: Path) -> None:
    book = opened(path)
    epoch = book.admit("anna", "laptop", None, 0).epoch
    happens(book, 2)
    put_back = copied(path)
    happens(book, 3)
    book.close()
    put_back()
    older = opened(path)
    happens(older, 9)
    assert older.admit("anna", "laptop", epoch, 2, book.run).resumes
    older.close()


def test_an_older_copy_of_another_epoch_gives_a_snapshot_and_keeps_its_own(path: Path) -> None:
    book = opened(path)
    epoch = book.admit("anna", "laptop", None, 0).epoch
    standing = book.admit("anna", "laptop", "another", 5, "unknown")
    assert (standing.epoch, standing.renewed, standing.resumes) == (epoch, False, False)
    book.close()


def test_a_run_in_which_nothing_happens_leaves_nothing(path: Path) -> None:
    book = opened(path)
    book.admit("anna", "laptop", None, 0)
    book.close()
    for _ in range(3):
        opened(path).close()
    db = sqlite3.connect(path)
    assert {run for (run,) in db.execute("SELECT run FROM run")} == {book.run}
    db.close()


def test_runs_are_forgotten_in_the_file_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "KEPT_RUNS", 2)
    names = []
    for _ in range(4):
        book = opened(path)
        happens(book, 1)
        names.append(book.run)
        book.close()
    db = sqlite3.connect(path)
    kept = db.execute("SELECT run, operator, head FROM run ORDER BY id").fetchall()
    assert kept == [
        (run, who, head)
        for run, head in zip(names[2:], (2, 3), strict=True)
        for who, head in (("anna", head), ("bram", 0))
    ]
    db.close()


def test_a_file_from_before_there_were_runs_goes_on(path: Path) -> None:
    first = opened(path)
    epoch = first.admit("anna", "laptop", None, 0).epoch
    happens(first, 3)
    first.close()
    db = sqlite3.connect(path)
    db.execute("DROP TABLE run")
    db.close()
    again = opened(path)
    assert again.admit("anna", "laptop", epoch, 3).resumes
    assert again.admit("anna", "laptop", epoch, 3, again.run).resumes
    again.close()
