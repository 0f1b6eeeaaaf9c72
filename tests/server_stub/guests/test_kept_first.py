import asyncio
from pathlib import Path

import msgspec
import pytest

from server_stub.service.ledger_file import FileLedger
from server_stub.service.practice import Practice
from server_stub.speaking import Speaker
from tests.server_stub.guests.visited import anna_at_work, page, visited
from tests.server_stub.scripted import ANNA, BRAM, POLICY, SIM, START, Scripted


async def test_no_page_hears_of_what_is_not_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, sent = Speaker._send, list[str]()

    async def noted(self: Speaker, frame: str) -> None:
        sent.append(msgspec.json.decode(frame)["t"])
        await send(self, frame)

    ledger = FileLedger(tmp_path / "ledger.db", ["anna", "bram", "sim"], lambda: "epoch")
    practice = Practice((ANNA, BRAM, SIM), POLICY, Scripted(), START, ledger)
    async with visited(practice=practice) as server, anna_at_work(server), page(server) as noor:
        monkeypatch.setattr(Speaker, "_send", noted)
        asked = asyncio.Event()
        server.house.commits.later(asked.set)
        comes = asyncio.create_task(noor.comes())
        await asked.wait()
        assert sent == []
        ledger.flush()
        await comes
        asked.clear()
        sent.clear()
        await noor.starts()
        await asked.wait()
        assert sent == []
        ledger.flush()
        assert (await noor.reads("visitor"))["text"] == "Does it shrink?"
        server.house.commits.later(None)
    ledger.close()
