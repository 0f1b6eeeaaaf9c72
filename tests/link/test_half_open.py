"""Connections that are open and say nothing: the desk must not look alive on one."""

import asyncio
from itertools import pairwise
from types import SimpleNamespace
from typing import cast

import pytest

from operator_tui.desk.kept import Kept, Place
from operator_tui.desk.model import Desk
from operator_tui.desk.text import SafeLine, clean
from operator_tui.link.backend import LinkState, Update
from operator_tui.link.backoff import Backoff
from operator_tui.link.driver import Driver
from operator_tui.link.inbox import Arrived, Ended, Inbox, Input, Opened
from operator_tui.link.socket import Socket
from operator_tui.wire import codec
from operator_tui.wire.close_codes import NO_CLOSE
from operator_tui.wire.frames import FromServer, Heartbeat
from tests.link.small_server import Peer, linked, playing
from tests.memory import MemoryStore
from tests.wire.desk_side import ANNA, DEVICE, EPOCH, START, welcome

BEAT = Heartbeat(now=START, rate=1.0)
MOST = 60.0
"""Seconds of its own clock after which a scene ends."""


class Silence(Inbox):
    """What comes at its moments; its clock runs only while the driver waits for it."""

    def __init__(self, *comes: tuple[float, Input]) -> None:
        super().__init__()
        self.now, self.aborted_at = 0.0, list[float]()
        self._comes = list(comes)
        close, send = self._close, lambda _: None
        self.socket = cast("Socket", SimpleNamespace(send=send, close=close, lag=None))

    def seconds(self) -> float:
        return self.now

    async def take(self, seconds: float | None) -> list[Input]:
        wakes = self.now + (MOST if seconds is None else seconds)
        if self._comes and self._comes[0][0] <= wakes:
            self.now, item = self._comes.pop(0)
            return [item]
        if wakes >= MOST:
            raise asyncio.CancelledError
        self.now = wakes
        return []

    def _close(self, *, abort: bool) -> None:
        assert abort
        self.aborted_at.append(self.now)
        self._comes.insert(0, (self.now, Ended(NO_CLOSE, asyncio.Future())))


async def course(inbox: Silence) -> list[tuple[float, LinkState, str | None]]:
    """When the status line said what, from the opening of the connection on."""
    told: list[tuple[float, LinkState, str | None]] = []

    def changed(update: Update) -> None:
        said = update.connection.state, update.connection.reason
        if not told or told[-1][1:] != said:
            told.append((inbox.now, *said))

    store = MemoryStore(Kept(Place(DEVICE, EPOCH), desk=Desk(ANNA)))
    name = clean("desk", SafeLine)
    backoff = Backoff(lambda: 0.5)
    driver = Driver(store.kept, store, inbox, backoff, device_name=name, changed=changed)
    inbox._comes.insert(0, (0.0, Opened(inbox.socket)))
    with pytest.raises(asyncio.CancelledError):
        await driver.run(inbox)
    return told[1:]


def arrived(frame: FromServer) -> Input:
    return Arrived(codec.encode(frame).encode())


async def test_a_silent_link_is_uncertain_after_ten_seconds_and_left_after_fifteen() -> None:
    inbox = Silence((1.0, arrived(welcome())))
    assert await course(inbox) == [
        (1.0, LinkState.LIVE, None),
        (11.0, LinkState.UNCERTAIN, None),
        (16.0, LinkState.LOST, "silent"),
    ]
    assert inbox.aborted_at == [16.0]


async def test_a_word_makes_an_uncertain_link_live_again_for_as_long() -> None:
    inbox = Silence((1.0, arrived(welcome())), (14.0, arrived(BEAT)))
    assert await course(inbox) == [
        (1.0, LinkState.LIVE, None),
        (11.0, LinkState.UNCERTAIN, None),
        (14.0, LinkState.LIVE, None),
        (24.0, LinkState.UNCERTAIN, None),
        (29.0, LinkState.LOST, "silent"),
    ]


async def test_a_server_that_never_says_welcome_is_left_after_five_seconds() -> None:
    inbox = Silence()
    assert await course(inbox) == [(5.0, LinkState.CONNECTING, "no_welcome")]
    assert inbox.aborted_at == [5.0]


async def test_a_snapshot_that_stops_is_left_ten_seconds_after_its_last_part() -> None:
    part = next(codec.snapshot(Desk(ANNA, seq=3), 3))
    unfinished = arrived(type(part)(part=0, last=False, seq=3, piece=part.piece))
    inbox = Silence((1.0, arrived(welcome(mode="snapshot", head=3))), (2.0, unfinished))
    assert await course(inbox) == [(12.0, LinkState.CONNECTING, "no_part")]


@pytest.mark.thorough
async def test_a_silent_server_on_a_real_socket_is_found_within_fifteen_seconds() -> None:
    async def silent(peer: Peer) -> None:
        await peer.hello()
        await peer.says(welcome())
        await peer.stays()

    store = MemoryStore(Kept(Place(DEVICE, EPOCH), desk=Desk(ANNA)))
    async with playing(silent) as url, linked(url, store) as (_, screen):
        await screen.shows(lambda u: u.connection.state is LinkState.LIVE)
        await screen.shows(lambda u: u.connection.state is LinkState.LOST, within=20)
    said = [update.connection for update in screen.updates]
    changes = [(was.state, now.state) for was, now in pairwise(said) if was.state is not now.state]
    assert changes[1:3] == [
        (LinkState.LIVE, LinkState.UNCERTAIN),
        (LinkState.UNCERTAIN, LinkState.LOST),
    ]
    live, uncertain, lost = (
        next(one.since for one in said if one.state is state)
        for state in (LinkState.LIVE, LinkState.UNCERTAIN, LinkState.LOST)
    )
    assert uncertain - live == pytest.approx(10.0, abs=0.9)
    assert lost - live == pytest.approx(15.0, abs=0.9)
