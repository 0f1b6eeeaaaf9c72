import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from websockets.exceptions import ConnectionClosed

from server_stub.opening import LEDGER_FILE
from server_stub.service.ledger_file import FileLedger
from tests.server_stub.serving import Client, client

pytestmark = [pytest.mark.thorough, pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")]

OPS = 24
FAILPOINTS = (
    *(("begin", 9), ("event", 4), ("event", 9), ("result", 3), ("fact", 60), ("fact", 110)),
    *(("commit", 2), ("commit", 8), ("committed", 2), ("committed", 9), ("welcome", 1)),
    *(("snapshot", 1), ("event-sent", 5), ("result-sent", 1), ("result-sent", 7)),
)


@asynccontextmanager
async def server(folder: Path, point: str, left: int) -> AsyncIterator[tuple[Process, str]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.server_stub.crashing", point, str(left)),
        *("serve", "--port", "0", "--seed", "7", "--state", str(folder)),
        stdout=PIPE,
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().split("  ")[0]
    while line := await process.stdout.readline():
        if line.startswith(b"token of anna"):
            break
    if not url:
        await process.wait()
    try:
        yield process, url
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


class Trainee:
    """A client that loses nothing: what it has seen, and what it still has to send."""

    def __init__(self) -> None:
        self.epoch: str | None = None
        self.seen: dict[int, Any] = {}
        self.cursor = 0
        self.confirmed: list[str] = []

    async def works(self, anna: Client) -> None:
        """Sends what has no result yet, in order, until the connection or the work ends."""
        welcome = await anna.hello(epoch=self.epoch, seq=self.cursor)
        assert self.epoch in (None, welcome["epoch"])
        assert welcome["last_n"] >= len(self.confirmed)
        if welcome["mode"] == "snapshot":
            await self._snapshot(anna)
        self.epoch = welcome["epoch"]
        for n in range(len(self.confirmed) + 1, OPS + 1):
            text = f"op {n} " + "x" * 200
            command = {"kind": "note", "chat": self.chat, "text": text}
            await anna.sends(t="op", n=n, id=f"op-{n}", made=1, command=command)
        while len(self.confirmed) < OPS:
            self._takes(msgspec.json.decode(await anna.socket.recv()))

    async def _snapshot(self, anna: Client) -> None:
        pieces = [await anna.gets("snapshot")]
        while not pieces[-1]["last"]:
            pieces.append(await anna.gets("snapshot"))
        desk = msgspec.json.decode("".join(one["piece"] for one in pieces))
        self.cursor = desk["seq"]
        self.chat = next(iter(desk["chats"]))

    def _takes(self, frame: dict[str, Any]) -> None:
        if frame["t"] == "event":
            assert frame["seq"] == self.cursor + 1
            self.cursor += 1
            self.seen[self.cursor] = frame["event"]
        elif frame["t"] == "result":
            assert frame["ok"]
            assert frame["n"] == len(self.confirmed) + 1
            self.confirmed.append(frame["id"])


def held(folder: Path, trainee: Trainee) -> None:
    """What was seen or confirmed stands in the log, each thing once and in its order."""
    ledger = FileLedger(folder / LEDGER_FILE, ["anna"], lambda: "another")
    records = ledger.after("anna", 0, 100_000)
    assert records is not None
    assert [one.seq for one in records] == list(range(1, len(records) + 1))
    logged = {one.seq: msgspec.json.decode(one.event) for one in records}
    assert trainee.seen.items() <= logged.items()
    origins = [event["message"].get("origin") for event in logged.values() if "message" in event]
    ops = [origin["op"] for origin in origins if origin is not None]
    assert ops == [f"op-{n}" for n in range(1, len(ops) + 1)]
    assert trainee.confirmed == ops[: len(trainee.confirmed)]
    ledger.close()


@pytest.mark.parametrize(("point", "left"), FAILPOINTS)
async def test_a_server_killed_anywhere_loses_nothing_and_doubles_nothing(
    tmp_path: Path, point: str, left: int
) -> None:
    trainee, killed = Trainee(), 0
    while len(trainee.confirmed) < OPS:
        async with server(tmp_path, point if killed < 2 else "never", left) as (process, url):
            try:
                if url:
                    token = (tmp_path / "anna.token").read_text().strip()
                    async with client(url, token) as anna:
                        await trainee.works(anna)
            except (ConnectionClosed, OSError, EOFError):
                await process.wait()
            killed += process.returncode is not None
        held(tmp_path, trainee)
    assert killed > 0
