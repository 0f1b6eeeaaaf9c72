"""Delivery under everything at once, in figures: `python -m tests.benchmarks.delivery [SHARE]`.

SHARE 1 is the whole of it (about ten minutes); 0.1 a tenth. Ends with 1 when anything was lost,
doubled or out of order.
"""

import asyncio
import logging
import random
import signal
import socket
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

from operator_tui.wire.codec import read_event
from tests.benchmarks.desk_program import KEY, MOMENTS, messages
from tests.benchmarks.served import ledger_in, said
from tests.house.source import ROOT
from tests.server_stub.scripted import Scripted, after, opens
from tests.server_stub.serving import serving
from tests.walk import stormy
from tests.walk.stormy import OURS, THEIRS, VISITORS, Outcome, Recorder, Watch

MESSAGES, CUTS, SERVER_KILLS, DESK_KILLS = 10_000, 200, 100, 50
LASTS = 0.4
"""Seconds that a connection is left alone, about."""


async def cuts(share: float) -> Outcome:
    """Messages each way through the chaos proxy."""
    return await stormy.storm(
        round(MESSAGES * share), cuts=round(CUTS * share), lasts=LASTS, seed=2
    )


async def server_kills(share: float) -> Outcome:
    """kill -9 of a server with its ledger on disk, while both sides write."""
    kills, watch, store, luck = round(SERVER_KILLS * share), Watch(), Recorder(), random.Random(3)
    with tempfile.TemporaryDirectory() as name:
        port = free_port()
        async with stormy.linked(port, store, watch) as link:
            writes = asyncio.create_task(stormy.operator_writes(link, 1_000_000, 0.01))
            waits = [await one_life(name, port, watch, luck) for _ in range(kills)]
            writes.cancel()
            await asyncio.gather(writes, return_exceptions=True)
            last = await served(name, port, "quiet")
            async with asyncio.timeout(60):
                await stormy.until(lambda: not store.kept.outbox)
            await asyncio.sleep(1)
            await ended(last)
        ledger = ledger_in(Path(name))
        ours, theirs = said(ledger, OURS), said(ledger, THEIRS)
        ledger.close()
    shown = stormy.numbers(THEIRS, [one.event for one in store.events])
    return stormy.judged(((ours, max(ours) + 1), (shown, len(theirs))), {"kills": kills}, waits)


async def one_life(folder: str, port: int, watch: Watch, luck: random.Random) -> float:
    """Start the server, live a little, kill it; seconds until the desk was live again."""
    process = await served(folder, port)
    began = time.monotonic()
    async with asyncio.timeout(30):
        await stormy.until(lambda: watch.carries)
    again = time.monotonic() - began
    await asyncio.sleep(luck.uniform(0.02, 0.4))
    await ended(process)
    async with asyncio.timeout(30):
        await stormy.until(lambda: not watch.carries)
    return again


async def served(folder: str, port: int, *more: str) -> asyncio.subprocess.Process:
    """A server that listens."""
    process = await program("tests.benchmarks.served", folder, str(port), *more)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


async def ended(process: asyncio.subprocess.Process) -> None:
    """kill -9."""
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGKILL)
    await process.wait()


async def desk_kills(share: float) -> Outcome:
    """kill -9 of the desk with its database on disk, at each named moment."""
    times, luck = max(1, round(DESK_KILLS * share)), random.Random(4)
    people = [after(-9, name, opens(name, "anna")) for name in VISITORS]
    with tempfile.TemporaryDirectory() as name:
        async with serving(Scripted(*people)) as serves:
            asks = asyncio.create_task(stormy.visitors_write(serves, round(MESSAGES * share), 0.05))
            for moment in MOMENTS:
                for _ in range(times):
                    nth = str(luck.randrange(1, 30))
                    await (await desk(serves.url, name, moment, nth)).wait()
            asks.cancel()
            await asyncio.gather(asks, return_exceptions=True)
            await (await desk(serves.url, name, "never", "1")).wait()
            records = serves.house.practice.ledger.after("anna", 0, 1_000_000)
        assert records is not None
        events = [read_event(one.event) for one in records]
        safe = [int(one) for one in (Path(name) / "safe").read_text().split()]
        shown = on_the_desk(Path(name))
    ours, theirs = stormy.numbers(OURS, events), stormy.numbers(THEIRS, events)
    kills = dict.fromkeys(MOMENTS, times)
    return stormy.judged(((ours, max(safe) + 1), (sorted(shown), len(theirs))), kills, [])


def on_the_desk(folder: Path) -> list[int]:
    """The visitors' messages that the desk has kept."""
    from operator_tui.store.desks import open_desk

    kept = open_desk(folder / "desks", KEY)
    texts = messages(kept.kept)
    kept.database.close()
    return [int(text.split()[1]) for text in texts if text.startswith(THEIRS)]


async def desk(url: str, folder: str, moment: str, nth: str) -> asyncio.subprocess.Process:
    """A desk that will die at its moment."""
    return await program("tests.benchmarks.desk_program", url, folder, moment, nth)


async def program(module: str, *arguments: str) -> asyncio.subprocess.Process:
    """Another process of ours."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def told(name: str, came: Outcome, seconds: float) -> str:
    """One line of figures."""
    again = f", live again in {came.percentile(0.95):.2f} s (95th percentile)"
    return (
        f"{name}: {came.sent} messages, {sum(came.cuts.values())} times,"
        f" {came.lost} lost, {came.doubled} doubled, {came.disordered} out of order"
        f"{again if came.live_again else ''}  [{seconds:.0f} s]"
    )


async def main(share: float) -> int:
    """All three parts, one line each."""
    wrong = 0
    for name, part in (("cuts", cuts), ("server kills", server_kills), ("desk kills", desk_kills)):
        began = time.monotonic()
        came = await part(share)
        wrong += came.lost + came.doubled + came.disordered
        print(told(name, came, time.monotonic() - began), flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    with pytest.MonkeyPatch.context() as quicker:
        stormy.quick_server(quicker)
        sys.exit(asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)))
