"""The program is killed without a word, and started again: what does the operator find?"""

import asyncio
from pathlib import Path

import pytest

from operator_tui.desk.kept import Batch
from server_stub.service.ledger import Ledger
from tests.server_stub.scripted import ANNA, BRAM, SIM, Scripted, after, opens, says
from tests.server_stub.serving import TOKEN, serving
from tests.store.desks import desk_in
from tests.walk.program import running
from tests.wire.desk_side import row
from tests.wire.desk_side import says as reply

pytestmark = pytest.mark.thorough
SIZE = (100, 30)
CHAT = "chat-eve"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "token").write_text(TOKEN)
    (tmp_path / "token").chmod(0o600)
    return tmp_path


def eve() -> Scripted:
    return Scripted(after(0, "eve", opens("eve")), after(0, "eve", says("Hello?")))


def arguments(home: Path, url: str) -> list[str]:
    return ["connect", url, "--token-file", str(home / "token")]


def desks(home: Path) -> Path:
    return home / "state" / "operator-tui" / "desks"


async def until_on_disk(home: Path, word: str) -> None:
    """Until the file or its log holds the word."""
    async with asyncio.timeout(10):
        while not on_disk(home, word):  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.02)


def on_disk(home: Path, word: str) -> bool:
    return any(word.encode() in path.read_bytes() for path in desks(home).glob("*.db*"))


async def said(home: Path) -> list[str]:
    """What was said in the chat, by the transcripts of the first window."""
    path = min(desks(home).glob("*.db"), key=lambda path: len(path.name))
    with desk_in(path.parent, key=path.stem) as desk:
        return [one.text for one in await desk.transcripts.older(CHAT)]


async def test_killed_in_the_middle_of_typing_nothing_is_lost_or_doubled(home: Path) -> None:
    book = Ledger([one.id for one in (ANNA, BRAM, SIM)], lambda: "epoch")
    async with serving(eve(), ledger=book) as served:
        async with running(home, arguments(home, served.url), SIZE) as program:
            await program.shows("Eve", "Hello?")
            program.presses("enter")
            program.types("first answer")
            program.presses("enter")
            await until_on_disk(home, "first answer")
            program.types("half a sec")
            await until_on_disk(home, "half a sec")
            program.process.kill()
            await program.process.wait()
        async with running(home, arguments(home, served.url), SIZE) as program:
            await program.shows("first answer", "half a sec")
            program.types("ond")
            program.presses("enter")
            await program.shows("half a second")
            await until_on_disk(home, "half a second")
            assert await program.leaves() == 0
    assert await said(home) == ["Hello?", "first answer", "half a second"]


@pytest.mark.parametrize("answer", ["", "n"])
async def test_what_another_window_left_is_taken_over_when_it_is_wanted(
    home: Path, answer: str
) -> None:
    async with serving(eve()) as served:
        async with running(home, arguments(home, served.url), SIZE) as program:
            await program.shows("Eve")
            assert await program.leaves() == 0
        [path] = desks(home).glob("*.db")
        with desk_in(path.parent, key=path.stem), desk_in(path.parent, key=path.stem) as second:
            rows = (row("left-over", reply("left over", CHAT)),)
            await second.store.commit(Batch(second.kept.place, rows=rows))
        async with running(home, arguments(home, served.url), SIZE) as program:
            await program.shows("left 1 text or act that may not have been sent", "[Y/n]")
            program.types(f"{answer}\n")
            await program.shows("Eve", "Hello?" if answer else "you: left over")
            if not answer:
                await until_on_disk(home, '"op":"left-over"')
            assert await program.leaves() == 0
    texts = await said(home)
    assert ("left over" in texts) == (not answer)
