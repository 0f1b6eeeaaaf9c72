import os
import sqlite3
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from operator_tui.desk.text import SafeLine, clean
from operator_tui.wire.frames import Result
from server_stub.service import ledger_schema, logs
from server_stub.service.ledger import Answered, Fact, Ledger, LedgerError
from server_stub.service.ledger_file import FileLedger
from server_stub.service.logs import KEPT_EVENTS, TRIM_STEP
from tests.server_stub.service.books import contents, unhurried

NAMES = ("anna", "bram")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


def opened(path: Path) -> FileLedger:
    return FileLedger(path, NAMES, iter(f"epoch-{n}" for n in count()).__next__, unhurried)


def answered(n: int, op: str) -> Answered:
    refused = Result(n, op, ok=False, code="not_yours", detail=clean("Bram", SafeLine))
    return Answered("anna", "laptop", refused)


def filled(book: Ledger) -> None:
    book.admit("anna", "laptop", None, 0)
    book.admit("bram", "phone", None, 0)
    book.commit([("anna", 7, b"1"), ("bram", 8, b"2"), ("anna", 9, b"3")], answered(1, "op-1"))
    book.commit([], answered(2, "op-2"), [Fact("clock", "", b"9")])


def test_what_was_kept_is_there_when_it_is_opened_again(path: Path) -> None:
    first = opened(path)
    filled(first)
    before = contents(first)
    first.close()
    again = opened(path)
    assert contents(again) == before
    assert again.facts() == [Fact("clock", "", b"9")]
    kept = again.judge("anna", "laptop", 1, 2, "op-2")
    assert isinstance(kept, Result)
    assert (kept.ok, kept.code, kept.detail, kept.seq) == (False, "not_yours", "Bram", 2)
    again.close()


def test_the_fence_of_a_device_outlives_the_process(path: Path) -> None:
    first = opened(path)
    generation = first.admit("anna", "laptop", None, 0).generation
    first.close()
    again = opened(path)
    assert again.admit("anna", "laptop", None, 0).generation == generation + 1
    assert again.judge("anna", "laptop", generation, 1, "op-1") == "fenced"
    again.close()


def test_an_epoch_is_kept_and_a_new_one_forgets_what_devices_said(path: Path) -> None:
    first = opened(path)
    filled(first)
    epoch = first.admit("anna", "laptop", None, 0).epoch
    assert first.admit("anna", "laptop", epoch, 99).renewed
    before = contents(first)
    first.close()
    again = opened(path)
    assert contents(again) == before
    standing = again.admit("anna", "laptop", epoch, 2)
    assert (standing.resumes, standing.last_n) == (False, 0)
    again.close()


def test_what_is_trimmed_is_gone_from_the_file_too(path: Path) -> None:
    first = opened(path)
    first.commit([("anna", 7, b"{}")] * (KEPT_EVENTS + TRIM_STEP), None)
    first.commit([("anna", 7 + logs.KEPT_FOR, b"{}")] * TRIM_STEP, None)
    before = contents(first)
    first.close()
    db = sqlite3.connect(path)
    assert db.execute("SELECT count(*), min(seq) FROM event").fetchall() == [
        (KEPT_EVENTS, before["anna"].head - KEPT_EVENTS + 1)
    ]
    db.close()
    again = opened(path)
    assert contents(again) == before
    again.close()


def test_devices_and_results_are_forgotten_in_the_file_as_in_memory(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "KEPT_DEVICES", 3)
    first = opened(path)
    for n in range(6):
        first.admit("anna", f"device-{n}", None, 0)
    first.admit("anna", "laptop", None, 0)
    for n in range(1, logs.KEPT_RESULTS + 6):
        first.commit([], answered(n, f"op-{n}"))
    before = contents(first)
    assert list(before["anna"].devices) == ["device-4", "device-5", "laptop"]
    assert len(before["anna"].devices["laptop"].results) == logs.KEPT_RESULTS
    first.close()
    again = opened(path)
    assert contents(again) == before
    again.close()


def test_facts_are_a_dict_that_keeps_its_order(path: Path) -> None:
    book = opened(path)
    book.commit((), None, [Fact("a", key, b"1") for key in "xyz"])
    book.commit((), None, [Fact("a", "x", b"2"), Fact("a", "y", None), Fact("a", "y", b"3")])
    assert [(one.key, one.value) for one in book.facts()] == [
        ("x", b"2"),
        ("z", b"1"),
        ("y", b"3"),
    ]
    book.close()


def test_facts_can_be_had_of_one_kind_or_without_one_that_is_long(path: Path) -> None:
    book = opened(path)
    book.commit((), None, [Fact(kind, key, b"1") for key in "xy" for kind in ("short", "long")])
    assert [(one.kind, one.key) for one in book.facts("long")] == [("long", "x"), ("long", "y")]
    assert [(one.kind, one.key) for one in book.facts(but="long")] == [
        ("short", "x"),
        ("short", "y"),
    ]
    assert (book.how_many("long"), book.how_many("none")) == (2, 0)
    book.close()


def test_only_its_owner_may_read_the_file(path: Path) -> None:
    book = opened(path)
    filled(book)
    if os.name == "posix":
        modes = {one.stat().st_mode & 0o777 for one in path.parent.iterdir()}
        assert modes == {0o600}
    book.close()


def test_a_second_server_on_the_file_is_refused(path: Path) -> None:
    first = opened(path)
    with pytest.raises(LedgerError, match="another server has it open"):
        opened(path)
    filled(first)
    first.close()
    opened(path).close()


def _other(path: Path, statement: str) -> None:
    db = sqlite3.connect(path)
    db.execute(statement)
    db.close()


def _torn(path: Path) -> None:
    book = opened(path)
    book.commit([("anna", 7, b"x" * 500)] * 200, None)
    book.close()
    with path.open("r+b") as file:
        file.seek(8 * 4096)
        file.write(os.urandom(4096 * 4))


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"no database at all, but long enough to look like one" * 9),
        lambda path: _other(path, "CREATE TABLE mine (x)"),
        lambda path: _other(path, "PRAGMA user_version = 7"),
        _torn,
    ],
    ids=["no database", "another program's", "another layout", "torn pages"],
)
def test_a_file_that_is_no_ledger_says_so(path: Path, damage: Callable[[Path], None]) -> None:
    damage(path)
    with pytest.raises(LedgerError, match="Move it away to begin anew") as info:
        opened(path)
    assert info.value.lasting
    assert str(path) in str(info.value)


def _fill(book: Ledger) -> None:
    for _ in range(100):
        book.commit([("anna", 7, b"x" * 3_000)], None)


def test_a_full_disk_ends_the_ledger_and_loses_nothing_that_was_said(path: Path) -> None:
    def small(at: Path) -> sqlite3.Connection:
        db = ledger_schema.opened(at)
        db.execute("PRAGMA max_page_count = 40")
        return db

    book = FileLedger(path, NAMES, lambda: "epoch", small)
    with pytest.raises(LedgerError, match="did not take it") as info:
        _fill(book)
    assert not info.value.lasting
    kept = book.head("anna") - 1
    with pytest.raises(LedgerError):
        book.commit([], None)
    with pytest.raises(LedgerError):
        book.admit("anna", "laptop", None, 0)
    again = opened(path)
    assert again.head("anna") == kept > 0
    again.close()


class Failing(sqlite3.Connection):
    """A disk that stops at a statement of the test's choosing."""

    left = -1

    def execute(self, *args: object) -> sqlite3.Cursor:
        self._count()
        return super().execute(*args)  # type: ignore[arg-type]

    def executemany(self, *args: object) -> sqlite3.Cursor:
        self._count()
        return super().executemany(*args)  # type: ignore[arg-type]

    def _count(self) -> None:
        type(self).left -= 1
        if self.left == 0:
            raise sqlite3.OperationalError("disk I/O error")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Failing]]:
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **k, factory=Failing))
    yield Failing
    Failing.left = -1


def test_wherever_the_disk_fails_a_transaction_is_whole_or_not_there(
    path: Path, failing: type[Failing]
) -> None:
    book = opened(path)
    filled(book)
    book.close()
    for statement in range(1, 40):
        failing.left = -1
        book = opened(path)
        before = contents(book)
        n = before["anna"].devices["laptop"].last_n + 1
        failing.left = statement
        try:
            book.commit([("anna", 7, b"4")], answered(n, f"op-{n}"), [Fact("a", "b", b"c")])
        except LedgerError:
            failing.left = -1
            again = opened(path)
            assert contents(again) == before
            again.close()
        else:
            assert statement > 8
            book.close()
            return
        with pytest.raises(LedgerError):
            book.commit([], None)
    pytest.fail("the transaction has no end")
