"""A server to be killed: `python -m tests.benchmarks.served FOLDER PORT [quiet]`.

Its ledger is in a file; its visitors go on with the question after the last one in the log, or
with `quiet` ask nothing more.
"""

import asyncio
import sys
import time
import uuid
from pathlib import Path

import pytest

from operator_tui.wire.codec import read_event
from server_stub.clock import VirtualClock
from server_stub.committing import commit_in_a_thread
from server_stub.house import House
from server_stub.network.host import Host, listening
from server_stub.service.ledger_file import FileLedger
from server_stub.service.operators import Tokens
from server_stub.service.practice import Practice
from tests.server_stub.scripted import ANNA, POLICY, START, Scripted, after, opens, says
from tests.server_stub.serving import TOKEN
from tests.walk.stormy import THEIRS, VISITORS, numbers, quick_server

EVERY = 0.01
"""Seconds between two questions."""


def ledger_in(folder: Path) -> FileLedger:
    """The ledger, as it was left."""
    return FileLedger(folder / "ledger.db", [ANNA.id], lambda: str(uuid.uuid4()))


def said(ledger: FileLedger, word: str) -> list[int]:
    """The numbers of the messages that begin with `word`, in the order of the log."""
    records = ledger.after(ANNA.id, 0, 1_000_000)
    assert records is not None
    return numbers(word, [read_event(one.event) for one in records])


def the_next(ledger: FileLedger) -> int:
    """The number of the next question: found in the last few hundred events, if there are any."""
    records = ledger.after(ANNA.id, max(0, ledger.head(ANNA.id) - 500), 500)
    asked = numbers(THEIRS, [read_event(one.event) for one in records or ()])
    return asked[-1] + 1 if asked else 0


async def main(folder: Path, port: int, *, quiet: bool) -> None:
    """Serve until killed."""
    people = [after(-9, name, opens(name, ANNA.id)) for name in VISITORS]
    ledger = ledger_in(folder)
    house = House(
        lambda start: Practice([ANNA], POLICY, Scripted(*people), start, ledger),
        VirtualClock(0, 0.0),
        rate=0.0,
        now=lambda: START,
    )
    bound = listening("127.0.0.1", port)
    asked = the_next(ledger)
    async with await Host(house, Tokens({ANNA.id: TOKEN}), time.monotonic).listen(bound):
        print("ready", flush=True)
        committing = asyncio.create_task(commit_in_a_thread(house))
        while not committing.done():
            await asyncio.sleep(EVERY)
            if house.begun and not quiet:
                house.visit(VISITORS[asked % len(VISITORS)], says(f"{THEIRS} {asked}"))
                asked += 1


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as quicker:
        quick_server(quicker)
        asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), quiet="quiet" in sys.argv))
