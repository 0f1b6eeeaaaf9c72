import asyncio
import random
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace
from typing import cast

import pytest

from operator_tui.link import dialler
from operator_tui.link.backoff import LEAST, Backoff
from operator_tui.link.dialler import Dialler
from operator_tui.link.inbox import Ended, Inbox, Opened, Refused
from operator_tui.link.server import Server
from operator_tui.link.socket import RefusedError, Socket, UnreachableError
from operator_tui.store.secret import Secret
from operator_tui.wire.close_codes import STOPS

SERVER = Server("ws://127.0.0.1:1/operator", Secret("token"))


class Answer:
    """What an attempt meets: a connection that closes at once with a code, or an error."""

    def __init__(self, close_code: int) -> None:
        self.close_code = close_code

    async def arriving(self) -> AsyncIterator[bytes]:
        frames: tuple[bytes, ...] = ()
        for data in frames:
            yield data


class Attempts:
    """A dialler for so many seconds of a clock that runs only while it waits."""

    def __init__(self, patch: pytest.MonkeyPatch, meets: Callable[[], Answer]) -> None:
        self.now = 0.0
        self.at: list[float] = []
        self.inbox = Inbox()
        self._meets = meets
        patch.setattr(dialler, "dial", self._dial)
        own = SimpleNamespace(sleep=self._sleep, get_running_loop=asyncio.get_running_loop)
        patch.setattr(dialler, "asyncio", own)

    def seconds(self) -> float:
        return self.now

    async def run(self, luck: Callable[[], float], until: float = 30.0) -> list[bool]:
        """Attempts until the clock says `until`, or until it is given up; after each that ended,
        whether another comes."""
        found = []
        task = asyncio.create_task(Dialler(SERVER, self.inbox, self, Backoff(luck)).run())
        while not task.done() and self.now < until:
            for item in await self.inbox.take(0.01):
                if isinstance(item, Ended):
                    found.append(item.code not in STOPS)
                    item.again.set_result(found[-1])
                if isinstance(item, Refused):
                    found.append(False)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return found

    async def _dial(self, _: Server) -> Socket:
        self.at.append(self.now)
        return cast("Socket", self._meets())

    async def _sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


def unreachable() -> Answer:
    raise UnreachableError("http 503")


def refused() -> Answer:
    raise RefusedError("certificate")


LUCKS = [lambda: 0.0, lambda: 1.0, random.Random(1).random, random.Random(2).random]


@pytest.mark.parametrize("luck", LUCKS, ids=["none", "all", "one", "two"])
@pytest.mark.parametrize(
    "meets",
    [unreachable, *(lambda code=code: Answer(code) for code in (1000, 1001, 1006, 1011, 1012))],
    ids=["503", "1000", "1001", "1006", "1011", "1012"],
)
async def test_no_storm_gets_more_than_eight_attempts_in_thirty_seconds(
    meets: Callable[[], Answer], luck: Callable[[], float], monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = Attempts(monkeypatch, meets)
    await attempts.run(luck, until=29.9)
    assert 2 <= sum(at < 30.0 for at in attempts.at) <= 8


@pytest.mark.parametrize("code", [1000, 1001, 1012, 4408, 4410])
async def test_where_the_server_asked_for_it_only_a_short_jitter_is_waited(
    code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = Attempts(monkeypatch, lambda: Answer(code))
    await attempts.run(lambda: 1.0, until=1.0)
    gaps = [later - earlier for earlier, later in zip(attempts.at, attempts.at[1:], strict=False)]
    assert gaps[:3] == [LEAST] * 3


@pytest.mark.parametrize("code", [1006, 1009, 1011, 1013, 4429, 3999])
async def test_after_an_accident_each_wait_is_longer(
    code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = Attempts(monkeypatch, lambda: Answer(code))
    await attempts.run(lambda: 1.0, until=3.0)
    assert attempts.at[:4] == [0.0, 0.25, 0.75, 1.75]


@pytest.mark.parametrize("code", sorted(STOPS))
async def test_what_only_a_person_can_mend_is_tried_once(
    code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = Attempts(monkeypatch, lambda: Answer(code))
    assert await attempts.run(lambda: 1.0) == [False]
    assert attempts.at == [0.0]


async def test_a_refused_certificate_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts = Attempts(monkeypatch, refused)
    assert await attempts.run(lambda: 1.0) == [False]
    assert attempts.at == [0.0]


async def test_each_connection_is_told_to_whoever_drives(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts = Attempts(monkeypatch, lambda: Answer(4409))
    told: list[object] = []
    take = attempts.inbox.take

    async def taking(seconds: float | None) -> list[object]:
        items = await take(seconds)
        told.extend(items)
        return list(items)

    monkeypatch.setattr(attempts.inbox, "take", taking)
    await attempts.run(lambda: 1.0)
    assert [type(item) for item in told] == [Opened, Ended]
