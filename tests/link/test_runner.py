import asyncio

import pytest
from msgspec import structs

from operator_tui.clock import MonotonicClock
from operator_tui.desk.kept import Kept, Place
from operator_tui.desk.model import Desk
from operator_tui.desk.signals import OperatorTyping, QueueSeen
from operator_tui.link.backend import CouldNotConnectError, LinkState, NotEnteredError, Update
from operator_tui.link.runner import Link
from operator_tui.link.server import Server
from operator_tui.link.socket import CUT_OFF
from operator_tui.store.secret import Secret
from operator_tui.wire import codec
from operator_tui.wire.frames import Signal
from tests.link.small_server import TOKEN, Peer, linked, playing
from tests.memory import MemoryStore
from tests.wire.desk_side import ANNA, DEVICE, EPOCH, says, welcome


def stored(seq: int = 0, next_n: int = 1) -> MemoryStore:
    return MemoryStore(Kept(Place(DEVICE, EPOCH, seq, next_n), desk=Desk(ANNA, seq=seq)))


def is_live(update: Update) -> bool:
    return update.connection.state is LinkState.LIVE


async def resuming(peer: Peer) -> None:
    hello = await peer.hello()
    await peer.says(welcome(head=hello.seq))
    await peer.stays()


async def test_a_first_connection_shows_the_snapshot() -> None:
    async def play(peer: Peer) -> None:
        assert (await peer.hello()).epoch is None
        await peer.says(welcome(head=4, mode="snapshot"), *codec.snapshot(Desk(ANNA, seq=4), 4))
        await peer.logs(5)
        await peer.stays()

    async with playing(play) as url, linked(url) as (_, screen):
        assert screen.updates == [] or screen.updates[0].desk is None
        update = await screen.shows(lambda u: u.desk is not None and u.desk.seq == 5)
        assert update.connection.state is LinkState.LIVE
        assert update.connection.server == url.removeprefix("ws://").removesuffix("/operator")


async def test_a_reply_goes_out_and_leaves_the_outbox_with_its_event() -> None:
    async def play(peer: Peer) -> None:
        await peer.hello()
        await peer.says(welcome())
        await peer.accepts(await peer.op(), 1, DEVICE)
        await peer.stays()

    async with playing(play) as url, linked(url, stored()) as (link, screen):
        await screen.shows(is_live)
        await link.enter(says("hello"))
        update = await screen.shows(lambda u: u.desk is not None and u.desk.seq == 1)
        assert update.outbox == ()


async def test_a_reply_entered_offline_goes_out_once_the_link_is_back() -> None:
    got: list[int] = []

    async def cut(peer: Peer) -> None:
        await peer.hello()
        await peer.says(welcome())
        await peer.op()
        peer.connection.transport.abort()

    async def answer(peer: Peer) -> None:
        await peer.hello()
        await peer.says(welcome())
        op = await peer.op()
        got.append(op.n)
        await peer.accepts(op, 1, DEVICE)
        await peer.stays()

    async with playing(cut, answer) as url, linked(url, stored()) as (link, screen):
        await screen.shows(is_live)
        await link.enter(says("hello"))
        await screen.shows(lambda u: u.desk is not None and u.desk.seq == 1)
        assert got == [1]
        assert LinkState.LOST in {u.connection.state for u in screen.updates}


async def test_a_lost_link_says_so_and_resumes_where_it_stood() -> None:
    async def one(peer: Peer) -> None:
        await peer.hello()
        await peer.says(welcome(head=1))
        await peer.logs(1)
        await peer.connection.close(1012)

    async def two(peer: Peer) -> None:
        assert (await peer.hello()).seq == 1
        await peer.says(welcome(head=2))
        await peer.logs(2)
        await peer.stays()

    async with playing(one, two) as url, linked(url, stored()) as (_, screen):
        await screen.shows(lambda u: u.desk is not None and u.desk.seq == 2 and is_live(u))


async def test_an_event_that_nobody_reads_to_its_end_stops_no_desk() -> None:
    hellos: list[tuple[str | None, int]] = []

    async def too_long(peer: Peer) -> None:
        hello = await peer.hello()
        hellos.append((hello.epoch, hello.seq))
        if hello.epoch is None:
            desk = Desk(ANNA, seq=9)
            await peer.says(welcome(head=9, mode="snapshot"), *codec.snapshot(desk, 9))
            await peer.stays()
        await peer.says(welcome(head=9))
        await peer.connection.send(" " * (CUT_OFF + 1))
        await peer.stays()

    async with playing(too_long) as url, linked(url, stored(3)) as (_, screen):
        update = await screen.shows(lambda u: u.desk is not None and u.desk.seq == 9)
        assert is_live(update)
    assert hellos == [(EPOCH, 3), (EPOCH, 3), (None, 0)]
    assert "too_long" in {update.connection.failure for update in screen.updates}


async def test_a_full_disk_refuses_enter_with_the_reason() -> None:
    store = stored()
    async with playing(resuming) as url, linked(url, store) as (link, screen):
        await screen.shows(is_live)
        store.fail_next = "disk"
        with pytest.raises(NotEnteredError) as refused:
            await link.enter(says("hello"))
        assert refused.value.code == "disk"
        assert store.kept.outbox == ()
        await link.enter(says("again"))
        assert len(store.kept.outbox) == 1


async def test_events_that_could_not_be_stored_come_again() -> None:
    async def play(peer: Peer) -> None:
        hello = await peer.hello()
        await peer.says(welcome(head=1))
        for seq in range(hello.seq + 1, 2):
            await peer.logs(seq)
        await peer.stays()

    store = stored()
    store.fail_next = "disk"
    async with playing(play) as url, linked(url, store) as (_, screen):
        await screen.shows(lambda u: u.desk is not None and u.desk.seq == 1)
        assert "disk" in {update.connection.reason for update in screen.updates}


async def test_a_held_reply_can_be_released() -> None:
    async def play(peer: Peer) -> None:
        await peer.hello()
        later = structs.replace(welcome(), now=welcome().now + 600_000)
        await peer.says(later)
        await peer.accepts(await peer.op(), 1, DEVICE)
        await peer.stays()

    store = stored()
    async with playing(play) as url:
        async with linked("ws://127.0.0.1:1/nobody", store) as (link, _):
            await link.enter(says("hello"))
        async with linked(url, store) as (link, screen):
            update = await screen.shows(lambda u: [row.fate for row in u.outbox] == ["held"])
            await link.release(update.outbox[0].id)
            await screen.shows(lambda u: u.outbox == ())


async def test_a_discarded_reply_is_gone() -> None:
    store = stored()
    async with linked("ws://127.0.0.1:1/nobody", store) as (link, screen):
        await link.enter(says("hello"))
        update = await screen.shows(lambda u: len(u.outbox) == 1)
        await link.discard(update.outbox[0].id)
        assert store.kept.outbox == ()


async def test_typing_is_signalled_once_in_three_seconds_for_each_chat() -> None:
    heard: asyncio.Queue[Signal] = asyncio.Queue()

    async def play(peer: Peer) -> None:
        await peer.hello()
        await peer.says(welcome())
        while True:
            frame = await peer.hears()
            if isinstance(frame, Signal):
                heard.put_nowait(frame)

    async with playing(play) as url, linked(url, stored()) as (link, screen):
        await screen.shows(is_live)
        for chat in ("c1", "c1", "c2"):
            link.typing(chat)
        assert [(await heard.get()).signal for _ in range(2)] == [
            OperatorTyping("c1"),
            OperatorTyping("c2"),
        ]


async def test_a_signal_reaches_the_screen() -> None:
    async def play(peer: Peer) -> None:
        await peer.hello()
        await peer.says(welcome(), Signal(QueueSeen(3)))
        await peer.stays()

    async with playing(play) as url, linked(url, stored()) as (_, screen):
        await screen.shows(lambda u: u.signals.waiting.length == 3)


async def test_the_lag_is_measured() -> None:
    async with playing(resuming) as url, linked(url, stored()) as (link, screen):
        await screen.shows(is_live)
        while screen.updates[-1].connection.lag is None:
            await link.discard("nothing")
        assert screen.updates[-1].connection.lag >= 0


async def test_a_refused_token_before_anything_was_shown_ends_the_run() -> None:
    async def find() -> Server:
        return Server(url, Secret("wrong"))

    async with playing(resuming) as url:
        link = Link(find, MemoryStore(), MonotonicClock())
        with pytest.raises(CouldNotConnectError) as refused:
            await link.run(lambda _: None)
        assert refused.value.reason == "token"
        with pytest.raises(NotEnteredError):
            await link.enter(says("too late"))


async def test_a_refused_token_later_stops_and_goes_on_taking_replies() -> None:
    store = stored()
    async with playing(resuming) as url, linked(url, store, token="wrong") as (link, screen):  # noqa: S106
        update = await screen.shows(lambda u: u.connection.state is LinkState.STOPPED)
        assert update.connection.reason == "token"
        assert update.desk is not None
        await link.enter(says("kept"))
        assert len(store.kept.outbox) == 1


async def test_a_server_that_is_down_is_tried_again() -> None:
    async with linked("ws://127.0.0.1:1/nobody") as (_, screen):
        update = await screen.shows(lambda u: u.connection.attempts >= 3)
        assert update.connection.state is LinkState.CONNECTING
        assert update.connection.next_try is not None


async def test_an_unavailable_server_is_tried_again() -> None:
    async with playing(status=503) as url, linked(url) as (_, screen):
        await screen.shows(lambda u: u.connection.attempts >= 3)


async def test_a_desk_opened_elsewhere_stops_here() -> None:
    async def play(peer: Peer) -> None:
        await peer.hello()
        await peer.says(welcome())
        await peer.connection.close(4409)

    async with playing(play) as url, linked(url, stored()) as (_, screen):
        update = await screen.shows(lambda u: u.connection.state is LinkState.STOPPED)
        assert update.connection.reason == "fenced"


def test_the_token_is_in_no_repr() -> None:
    assert TOKEN not in repr(Server("ws://127.0.0.1:1/", Secret(TOKEN)))


async def test_a_frame_over_its_limit_is_given_up_when_it_comes_again() -> None:
    async def play(peer: Peer) -> None:
        hello = await peer.hello()
        await peer.says(welcome(head=2))
        if hello.seq == 0:
            await peer.connection.send(f'{{"t":"event","seq":1,"at":1,"event":"{"x" * 70_000}"}}')
        await peer.logs(2)
        await peer.stays()

    async with playing(play) as url, linked(url, stored()) as (_, screen):
        await screen.shows(lambda u: u.desk is not None and u.desk.seq == 2)
