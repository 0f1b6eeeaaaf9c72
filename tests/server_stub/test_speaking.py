import asyncio
from typing import cast

import pytest
from websockets.asyncio.server import ServerConnection

from server_stub.peer import Closing
from server_stub.speaking import Speaker


class Ear:
    """Hears what is said, and has the disk wait until the test lets it go on."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.kept, self.lost = asyncio.Event(), False

    async def send(self, frame: str, *, text: bool) -> None:
        assert text
        self.heard.append(frame)

    async def until_kept(self) -> None:
        await self.kept.wait()
        if self.lost:
            raise Closing(1013)


@pytest.fixture
async def ear() -> Ear:
    return Ear()


def speaker_to(ear: Ear) -> Speaker:
    return Speaker(cast("ServerConnection", ear), ear.until_kept)


async def test_nothing_is_said_before_it_is_kept_and_then_as_things_stood(ear: Ear) -> None:
    stands = ["before"]
    said = asyncio.create_task(speaker_to(ear).say(iter(stands)))
    await asyncio.sleep(0)
    stands.append("after")
    assert ear.heard == []
    ear.kept.set()
    await said
    assert ear.heard == ["before"]


async def test_what_never_will_be_kept_is_never_said(ear: Ear) -> None:
    ear.lost = True
    ear.kept.set()
    with pytest.raises(Closing):
        await speaker_to(ear).say(["a"])
    assert ear.heard == []


async def test_nothing_is_said_after_a_stop_that_came_while_the_disk_was_busy(ear: Ear) -> None:
    speaker = speaker_to(ear)
    said = asyncio.create_task(speaker.say(["a"]))
    await asyncio.sleep(0)
    speaker.stop(Closing(4409, "fenced"))
    speaker.stop(Closing(4401))
    ear.kept.set()
    with pytest.raises(Closing) as info:
        await said
    assert (info.value.code, ear.heard) == (4409, [])
    with pytest.raises(Closing):
        await speaker.stopped()
