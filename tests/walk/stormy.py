"""Traffic both ways between the real link and the real server, through the chaos proxy."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from msgspec import Struct

from operator_tui.clock import MonotonicClock
from operator_tui.desk.commands import WriteMessage
from operator_tui.desk.events import Logged, MessageWritten
from operator_tui.desk.kept import Batch
from operator_tui.desk.text import SafeText, clean
from operator_tui.link.backend import CARRIES, NotEnteredError, Update
from operator_tui.link.backoff import Backoff
from operator_tui.link.runner import Link
from operator_tui.link.server import Server
from operator_tui.store.secret import Secret
from operator_tui.wire.codec import read_event
from server_stub import dialogue
from server_stub.bucket import Bucket
from tests.chaos_proxy import ChaosProxy
from tests.memory import MemoryStore
from tests.server_stub.scripted import Scripted, after, opens, says
from tests.server_stub.serving import TOKEN, Serving, serving

VISITORS = ("sanne", "piet", "tom")
OURS, THEIRS = "Reply", "Question"


class Outcome(Struct, frozen=True):
    """What came of it: `lost` and `doubled` both ways together."""

    sent: int
    lost: int
    doubled: int
    disordered: int
    cuts: dict[str, int]
    live_again: Sequence[float]
    """Seconds from each loss of the link until it was live again, in order of size."""

    def percentile(self, share: float) -> float:
        """The time within which this share of all losses was over."""
        return self.live_again[int(share * (len(self.live_again) - 1))] if self.live_again else 0.0


class Recorder(MemoryStore):
    """A store that also remembers every event it was given, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Logged] = []

    async def commit(self, batch: Batch) -> None:
        """Keep it, and remember its events."""
        await super().commit(batch)
        self.events += batch.events


class Watch:
    """The screen's place: how long the link was lost, each time."""

    def __init__(self) -> None:
        self.lost: list[float] = []
        self._since: float | None = None
        self._ever = False
        self.carries = False
        """Whether the link is up now."""

    def __call__(self, update: Update) -> None:
        now = asyncio.get_running_loop().time()
        carries = self.carries = update.connection.state in CARRIES
        if carries and self._since is not None:
            self.lost.append(now - self._since)
        self._ever = self._ever or carries
        self._since = None if carries or not self._ever else self._since or now


def quick_server(patch: pytest.MonkeyPatch) -> None:
    """The server reads as fast as it can: ten frames a second would take all night."""
    patch.setattr(dialogue, "Bucket", partial(Bucket, rate=1e6, burst=1e6))


async def storm(count: int, *, cuts: int, lasts: float, seed: int) -> Outcome:
    """`count` messages each way while `cuts` connections end badly after about `lasts` s each."""
    people = [after(-9, name, opens(name, "anna")) for name in VISITORS]
    async with serving(Scripted(*people)) as serves:
        proxy = ChaosProxy(urlsplit(serves.url).port or 0, seed, cuts=cuts, lasts=lasts)
        async with proxy.listening():
            store, watch = Recorder(), Watch()
            async with linked(proxy.port, store, watch) as link:
                pause = cuts * lasts / count
                await asyncio.gather(
                    operator_writes(link, count, pause), visitors_write(serves, count, pause)
                )
                async with asyncio.timeout(60 + cuts):
                    await until(lambda: settled(serves, store, proxy))
        return outcome(serves, store, proxy, watch, count)


@asynccontextmanager
async def linked(
    port: int, store: MemoryStore, watch: Callable[[Update], None]
) -> AsyncIterator[Link]:
    """The product's link, whose every wait is the first: each cut stands for one after a quiet
    while."""
    url = f"ws://127.0.0.1:{port}/operator"

    async def find() -> Server:
        return Server(url, Secret(TOKEN))

    backoff = Backoff(random.random, most=0.25, within=0.0)
    link = Link(find, store, MonotonicClock(), backoff=backoff)
    task = asyncio.create_task(link.run(watch))
    try:
        yield link
    finally:
        if task.done():
            task.result()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def operator_writes(link: Link, count: int, pause: float) -> None:
    """Replies, in turn into every chat; a full outbox is waited for, as an operator would."""
    for n in range(count):
        chat = f"chat-{VISITORS[n % len(VISITORS)]}"
        reply = WriteMessage(chat, clean(f"{OURS} {n}", SafeText))
        while not await entered(link, reply):  # noqa: ASYNC110  nobody tells when there is room
            await asyncio.sleep(0.02)
        await asyncio.sleep(pause)


async def entered(link: Link, reply: WriteMessage) -> bool:
    """Whether there was room for it."""
    try:
        await link.enter(reply)
    except NotEnteredError as error:
        if error.code != "outbox_full":
            raise
        return False
    return True


async def visitors_write(serves: Serving, count: int, pause: float) -> None:
    """Messages, in turn from every visitor, once the session has begun."""
    await until(lambda: serves.house.begun)
    for n in range(count):
        serves.house.visit(VISITORS[n % len(VISITORS)], says(f"{THEIRS} {n}"))
        await asyncio.sleep(pause)


async def until(true: Callable[[], bool]) -> None:
    """Wait for something that nobody tells."""
    while not true():  # noqa: ASYNC110  three sides would have to tell
        await asyncio.sleep(0.02)


def settled(serves: Serving, store: Recorder, proxy: ChaosProxy) -> bool:
    """Every cut was made, nothing is under way, and both sides stand at the same event."""
    at_head = store.kept.place.seq == serves.house.practice.ledger.head("anna")
    return proxy.cuts_left == 0 and not store.kept.outbox and at_head


def outcome(
    serves: Serving, store: Recorder, proxy: ChaosProxy, watch: Watch, count: int
) -> Outcome:
    """Ours as the server has them, theirs as the desk has them."""
    records = serves.house.practice.ledger.after("anna", 0, 1_000_000)
    assert records is not None
    ours = numbers(OURS, [read_event(one.event) for one in records])
    theirs = numbers(THEIRS, [one.event for one in store.events])
    kinds = [f"{manner}/{end}" for manner, end in proxy.done]
    done = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    return judged(((ours, count), (theirs, count)), done, watch.lost)


def judged(
    ways: Sequence[tuple[Sequence[int], int]], cuts: dict[str, int], live_again: Sequence[float]
) -> Outcome:
    """What arrived, each way, held against how much should have."""
    return Outcome(
        sent=sum(count for _, count in ways),
        lost=sum(len(set(range(count)) - set(got)) for got, count in ways),
        doubled=sum(len(got) - len(set(got)) for got, _ in ways),
        disordered=sum(later < earlier for got, _ in ways for earlier, later in pairwise(got)),
        cuts=cuts,
        live_again=sorted(live_again),
    )


def numbers(word: str, events: Sequence[object]) -> list[int]:
    """The numbers in messages that begin with `word`, in the order of the log."""
    texts = [str(one.message.text) for one in events if isinstance(one, MessageWritten)]
    return [int(text.split()[1]) for text in texts if text.startswith(word)]
