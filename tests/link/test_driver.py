import asyncio
import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast

import pytest

from operator_tui.clock import MonotonicClock
from operator_tui.desk.kept import Batch, Kept, Place
from operator_tui.desk.model import Desk
from operator_tui.desk.text import SafeLine, clean
from operator_tui.link.backoff import Backoff
from operator_tui.link.driver import Driver
from operator_tui.link.folded import CHECKPOINT_EVERY
from operator_tui.link.inbox import Arrived, Ended, Inbox, Input, Opened
from operator_tui.link.socket import Socket
from operator_tui.wire import codec
from operator_tui.wire.effects import State
from operator_tui.wire.frames import FromServer
from tests.memory import MemoryStore
from tests.wire.desk_side import ANNA, DEVICE, EPOCH, event, welcome

SOCKET = cast("Socket", SimpleNamespace(send=lambda _: None, close=lambda **_: None, lag=None))


class NothingMoreError(Exception):
    pass


class OneByOne(Inbox):
    """Says one thing after the other, so that every event is a commit of its own."""

    def __init__(self, inputs: Iterator[Input]) -> None:
        self._inputs = inputs

    async def take(self, seconds: float | None) -> list[Input]:
        if (item := next(self._inputs, None)) is None:
            raise NothingMoreError
        return [item]


class Counting(MemoryStore):
    """Counts the commits, and those that write the whole desk."""

    commits = desks = 0

    async def commit(self, batch: Batch) -> None:
        await super().commit(batch)
        self.commits += 1
        self.desks += batch.desk is not None


class Hours:
    """A clock on which an hour passes whenever somebody looks."""

    at = 0.0

    def seconds(self) -> float:
        self.at += 3_600.0
        return self.at


async def test_nothing_is_remembered_of_chats_that_were_typed_in_long_ago() -> None:
    store = MemoryStore(Kept(Place(DEVICE, EPOCH), desk=Desk(ANNA)))
    driver = Driver(
        store.kept,
        store,
        Hours(),
        Backoff(lambda: 0.5),
        device_name=clean("desk", SafeLine),
        changed=lambda _: None,
    )
    driver._delivery._on.state = State.LIVE
    for n in range(9):
        driver.typing(f"c{n}")
    assert list(driver._typed) == ["c8"]


async def driven(store: MemoryStore, *inputs: Input) -> None:
    driver = Driver(
        store.kept,
        store,
        MonotonicClock(),
        Backoff(lambda: 0.5),
        device_name=clean("desk", SafeLine),
        changed=lambda _: None,
    )
    with pytest.raises(NothingMoreError):
        await driver.run(OneByOne(iter((Opened(SOCKET), *inputs))))


def arrived(frame: FromServer) -> Input:
    return Arrived(codec.encode(frame).encode())


async def test_the_whole_desk_is_written_once_in_a_thousand_events() -> None:
    store = Counting(Kept(Place(DEVICE, EPOCH), desk=Desk(ANNA)))
    events = 2 * CHECKPOINT_EVERY + 500
    logged = (arrived(event(seq)) for seq in range(1, events + 1))
    await driven(store, arrived(welcome()), *logged)
    assert (store.commits, store.desks) == (events, 2)
    assert store.kept.desk is not None
    assert store.kept.desk.seq + len(store.kept.tail) == store.kept.place.seq == events


async def test_the_log_says_of_every_connection_what_had_no_effect(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = MemoryStore(Kept(Place(DEVICE, EPOCH), desk=Desk(ANNA)))
    ended = Ended(1006, asyncio.get_running_loop().create_future())
    again = Ended(1012, asyncio.get_running_loop().create_future())
    with caplog.at_level(logging.INFO):
        odd = (Arrived(b"?"), arrived(welcome()), arrived(welcome()), Arrived(b"?"))
        await driven(store, *odd, ended, Opened(SOCKET), again)
    told = [line for line in caplog.messages if line.startswith("link ended")]
    assert told == [
        "link ended with 1006, without effect: bad_frame 2, stray_welcome 1",
        "link ended with 1012, without effect: nothing",
    ]
