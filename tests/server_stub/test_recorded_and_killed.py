"""Recorded, killed, gone on with, replayed: with real processes, a trainer and an operator."""

import asyncio
import random
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from websockets.exceptions import WebSocketException

from server_stub.control.place import socket_path
from server_stub.fingerprint import fingerprint
from server_stub.opening import LEDGER_FILE
from server_stub.service.ledger_file import FileLedger
from server_stub.service.operators import staff_of
from server_stub.sessions.session_file import load
from tests.server_stub.serving import client

pytestmark = [pytest.mark.thorough, pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")]

ORDERS = (
    *("leave joost", "return joost", "share priya Pay now", "silence priya 40s", "anger sanne"),
    *("burst sanne 3", "burst 2 late_parcel blue_one", "boomerang vaino 20h Any news?", "step 2"),
    *(
        "transfer tom from Ingrid note wants two of them",
        "transfer joost to marieke",
        "close sanne",
    ),
    *("new overnight_answer en as Fien", "pause", "resume", "rate 10", "rate 60", "step"),
)


@asynccontextmanager
async def server(folder: Path, record: Path) -> AsyncIterator[tuple[Process, str]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "server_stub", "serve", "tour", "--port", "0", "--seed", "7"),
        *("--rate", "60", "--state", str(folder), "--record", str(record)),
        stdout=PIPE,
    )
    try:
        assert process.stdout is not None
        url = (await process.stdout.readline()).decode().split("  ")[0]
        while not (await process.stdout.readline()).startswith(b"ctl: "):
            assert process.returncode is None
        yield process, url
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


class Operator:
    """Writes, removes and passes on whatever stands on the desk; knows what was confirmed."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.token, self.chance = folder / "anna.token", chance
        self.numbers = count(1)
        self.confirmed: set[str] = set()

    async def works(self, url: str) -> None:
        """Until the server is gone."""
        with suppress(WebSocketException, OSError):
            async with client(url, self.token.read_text().strip()) as anna:
                n = (await anna.hello())["last_n"]
                chats = await self._chats(anna.gets)
                while True:
                    n += 1
                    op, chat = f"op-{next(self.numbers)}", self.chance.choice(chats)
                    many = [("write", {"chat": chat, "text": "I'll find out.\n"})] * 4
                    kind, more = self.chance.choice(
                        [*many, ("close", {"chat": chat}), ("remove", {"chat": chat})]
                    )
                    await anna.asks(n, op, kind, **more)
                    self.confirmed.add(op)

    async def _chats(self, gets: Any) -> list[str]:  # noqa: ANN401
        pieces = [await gets("snapshot")]
        while not pieces[-1]["last"]:
            pieces.append(await gets("snapshot"))
        desk = msgspec.json.decode("".join(one["piece"] for one in pieces))
        return list(desk.get("chats", {})) or ["none"]


async def throws_in(folder: Path, chance: random.Random) -> None:
    """Orders, one after the other, until the server is gone."""
    with suppress(OSError):
        while True:
            reader, writer = await asyncio.open_unix_connection(str(socket_path(folder)))
            writer.write(msgspec.json.encode(chance.choice(ORDERS).split()) + b"\n")
            await reader.readline()
            writer.close()


async def test_a_session_that_was_killed_is_replayed_to_the_last_event(tmp_path: Path) -> None:
    folder, record, chance = tmp_path / "state", tmp_path / "one.replay", random.Random(7)
    anna = Operator(folder, chance)
    for after, how in ((0.7, "SIGKILL"), (0.3, "SIGKILL"), (0.5, "SIGKILL"), (0.8, "SIGTERM")):
        async with server(folder, record) as (process, url), asyncio.TaskGroup() as tasks:
            tasks.create_task(anna.works(url))
            trainer = tasks.create_task(throws_in(folder, chance))
            await asyncio.wait([trainer], timeout=after)
            process.send_signal(signal.Signals[how])
            await process.wait()
    assert process.returncode == 0
    again = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "server_stub", "replay", str(record)), stdout=PIPE, stdin=DEVNULL
    )
    told, _ = await again.communicate()
    assert again.returncode == 0, told.decode()
    names = [one.id for one in staff_of(load("tour"))]
    ledger = FileLedger(folder / LEDGER_FILE, names, lambda: "another")
    assert fingerprint(ledger, names) in told.decode()
    ledger.close()
    rows = [msgspec.json.decode(line) for line in record.read_bytes().splitlines()]
    ops = [row["op"]["id"] for row in rows if row["type"] == "op"]
    assert len(ops) == len(set(ops))
    assert anna.confirmed
    assert anna.confirmed <= set(ops)
    assert any(row["type"] == "thrown" for row in rows)
