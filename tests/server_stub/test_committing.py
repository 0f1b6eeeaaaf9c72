import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest

from operator_tui.desk.commands import WriteMessage
from operator_tui.desk.entries import NO_LINE
from operator_tui.desk.text import SafeText, clean
from operator_tui.wire.codec import encode_command
from operator_tui.wire.frames import VERSION, Hello, Op
from server_stub.clock import VirtualClock
from server_stub.committing import commit_in_a_thread
from server_stub.house import House
from server_stub.peer import Closing
from server_stub.service.ledger_file import BATCH, FileLedger
from server_stub.service.ledger_schema import opened
from server_stub.service.practice import Caller, Practice
from server_stub.speaking import Speaker
from tests.server_stub.scripted import ANNA, POLICY, START, Scripted, after, opens
from tests.server_stub.serving import client, serving
from tests.server_stub.test_stepping import Desk


class Disk:
    """A disk whose commits wait until the test lets them through."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.free.set()
        self.reached = threading.Event()
        self.commits = 0
        self.sent: list[str] = []
        self.at_commit: list[list[str]] = []
        self.fails = False

    def connect(self, path: Path) -> sqlite3.Connection:
        db = opened(path)
        db.execute("PRAGMA synchronous = OFF")
        return _Slow(db, self)  # type: ignore[return-value]

    def commit(self) -> None:
        self.reached.set()
        self.free.wait()
        self.commits += 1
        self.at_commit.append(list(self.sent))
        if self.fails:
            raise sqlite3.OperationalError("database or disk is full")


class _Slow:
    def __init__(self, db: sqlite3.Connection, disk: Disk) -> None:
        self._db, self._disk = db, disk

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:  # noqa: ANN401
        if sql == "COMMIT":
            self._disk.commit()
        return self._db.execute(sql, *values)

    def close(self) -> None:
        self._db.close()


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
async def house(disk: Disk, tmp_path: Path) -> AsyncIterator[House]:
    def begin(start: int) -> Practice:
        ledger = FileLedger(tmp_path / "ledger.db", ["anna"], lambda: "epoch", disk.connect)
        stage = Scripted(after(-60, "sanne", opens("sanne", "anna")))
        return Practice([ANNA], POLICY, stage, start, ledger)

    made = House(begin, VirtualClock(0, 0.0), 0.0, now=lambda: START)
    thread = asyncio.create_task(commit_in_a_thread(made))
    await asyncio.sleep(0)
    yield made
    disk.free.set()
    thread.cancel()
    await asyncio.gather(thread, return_exceptions=True)
    with suppress(Closing):
        made.practice.ledger.close()


def comes(house: House, device: str = "laptop") -> Caller:
    return house.admit("anna", Hello(VERSION, device, NO_LINE), Desk()).caller


def op(n: int) -> Op:
    return Op(
        n, f"op-{n}", START, encode_command(WriteMessage("chat-sanne", clean("Hoi", SafeText)))
    )


async def test_the_loop_goes_on_while_the_disk_is_busy(house: House, disk: Disk) -> None:
    disk.free.set()
    caller = comes(house)
    await house.commits.until_kept()
    disk.free.clear()
    disk.reached.clear()
    assert house.op(caller, op(1)).ok
    told = asyncio.create_task(house.commits.until_kept())
    await asyncio.to_thread(disk.reached.wait)
    assert not told.done()
    disk.free.set()
    await told


async def test_what_comes_while_the_disk_is_busy_shares_the_next_commit(
    house: House, disk: Disk
) -> None:
    caller = comes(house)
    await house.commits.until_kept()
    disk.free.clear()
    disk.reached.clear()
    before = disk.commits
    house.op(caller, op(1))
    await asyncio.to_thread(disk.reached.wait)
    for n in range(2, 2 + BATCH):
        house.op(caller, op(n))
    disk.free.set()
    await house.commits.until_kept()
    assert disk.commits == before + 2
    house.op(caller, op(2 + BATCH))
    await house.commits.until_kept()
    assert disk.commits == before + 3


async def test_a_commit_that_fails_is_told_to_all_who_wait_and_nothing_else_is(
    house: House, disk: Disk
) -> None:
    caller = comes(house)
    await house.commits.until_kept()
    disk.fails = True
    house.op(caller, op(1))
    with pytest.raises(Closing) as info:
        await house.commits.until_kept()
    assert info.value.code == 1013
    assert not house.begun
    disk.fails = False
    again = comes(house)
    await house.commits.until_kept()
    assert house.op(again, op(1)).ok
    assert house.op(again, op(1)).duplicate


async def test_what_is_under_way_when_the_server_ends_is_kept(
    house: House, disk: Disk, tmp_path: Path
) -> None:
    caller = comes(house)
    await house.commits.until_kept()
    disk.free.clear()
    disk.reached.clear()
    house.op(caller, op(1))
    await asyncio.to_thread(disk.reached.wait)
    house.op(caller, op(2))
    threading.Timer(0.01, disk.free.set).start()
    thread = next(one for one in asyncio.all_tasks() if "commit_in_a" in repr(one.get_coro()))
    thread.cancel()
    await asyncio.gather(thread, return_exceptions=True)
    assert house.practice.ledger.waiting == 0
    house.op(caller, op(3))
    house.practice.ledger.close()
    kept = FileLedger(tmp_path / "ledger.db", ["anna"], lambda: "another")
    assert kept.admit("anna", "laptop", "epoch", 1).last_n == 3
    kept.close()


async def test_no_client_hears_of_what_is_not_on_the_disk(
    disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = Speaker._send

    async def noted(self: Speaker, frame: str) -> None:
        disk.sent.append(msgspec.json.decode(frame)["t"])
        await send(self, frame)

    monkeypatch.setattr(Speaker, "_send", noted)
    ledger = FileLedger(tmp_path / "ledger.db", ["anna", "bram", "sim"], lambda: "e", disk.connect)
    stage = Scripted(after(-60, "sanne", opens("sanne", "anna")))
    async with serving(stage, ledger=ledger) as server, client(server.url) as anna:
        thread = asyncio.create_task(commit_in_a_thread(server.house))
        await anna.hello()
        await anna.gets("heartbeat")
        disk.sent.clear()
        disk.at_commit.clear()
        assert (await anna.asks(1, "op-1", "message", chat="chat-sanne", text="Hoi"))["ok"]
        assert disk.at_commit == [[]]
        assert disk.sent == ["event", "result"]
        thread.cancel()
        await asyncio.gather(thread, return_exceptions=True)
    ledger.close()
