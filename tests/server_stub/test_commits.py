import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from server_stub.commits import AHEAD, Commits
from server_stub.service.ledger_file import FileLedger
from server_stub.service.ledger_schema import opened


def quick(path: Path) -> sqlite3.Connection:
    db = opened(path)
    db.execute("PRAGMA synchronous = OFF")
    return db


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[FileLedger]:
    one = FileLedger(tmp_path / "ledger.db", ["anna"], lambda: "epoch", quick)
    yield one
    one.close()


def happens(ledger: FileLedger, times: int) -> None:
    for _ in range(times):
        ledger.commit([("anna", 1, b"{}")])


def test_what_happens_by_itself_waits_for_a_disk_that_is_far_behind(ledger: FileLedger) -> None:
    commits, done = Commits(), list[str]()
    commits.later(lambda: None)
    commits.begin(ledger)
    happens(ledger, AHEAD - 1)
    assert not commits.put_off(lambda: done.append("too soon"))
    happens(ledger, 1)
    assert commits.put_off(lambda: done.append("at last"))
    assert done == []
    ledger.flush()
    assert done == ["at last"]
    assert not commits.put_off(lambda: done.append("not at all"))


def test_nobody_is_called_where_nothing_waits(ledger: FileLedger) -> None:
    commits, called = Commits(), list[str]()
    commits.begin(ledger)
    commits.later(lambda: called.append("commit"))
    commits.changed()
    assert called == []
    happens(ledger, 1)
    commits.changed()
    assert (called, ledger.waiting) == (["commit"], 1)
    commits.later(None)
    assert ledger.waiting == 0
    happens(ledger, 1)
    commits.changed()
    assert (called, ledger.waiting) == (["commit"], 0)
