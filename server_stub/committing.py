"""A thread for the ledger's disk: the event loop never waits for it.

All that comes while a batch is on its way to the disk goes with the next one: so many operators at
once cost hardly more commits than one does.
"""

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from server_stub.house import House
from server_stub.service.ledger import Ledger, LedgerError


async def commit_in_a_thread(house: House) -> None:
    """Keep what the house wants kept, until cancelled; then the house waits for the disk itself."""
    wanted = asyncio.Event()
    with ThreadPoolExecutor(1, "ledger") as thread:
        house.commits.later(wanted.set)
        try:
            while True:
                await wanted.wait()
                wanted.clear()
                while house.begun and (batch := (ledger := house.practice.ledger).batch()):
                    writing = thread.submit(_written, ledger, batch)
                    await _done(house, ledger, batch, writing)
        finally:
            try:
                house.commits.later(None)
            except LedgerError as error:
                house.give_up(error)


def _written(ledger: Ledger, batch: tuple[Any, ...]) -> LedgerError | None:
    try:
        ledger.write(batch)
    except LedgerError as error:
        return error
    return None


async def _done(
    house: House, ledger: Ledger, batch: tuple[Any, ...], writing: Future[LedgerError | None]
) -> None:
    """Also when cancelled: what is on its way to the disk has arrived when this returns."""
    try:
        await asyncio.wait([asyncio.wrap_future(writing)])
    finally:
        error = writing.result()
        if error is None:
            ledger.kept(batch)
        elif house.begun and house.practice.ledger is ledger:
            house.give_up(error)
