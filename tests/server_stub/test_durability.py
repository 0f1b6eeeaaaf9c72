from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server_stub.service.ledger import Answered, Fact, Ledger, LedgerError, Standing
from server_stub.service.ledger_file import FileLedger
from server_stub.speaking import Speaker
from tests.server_stub.scripted import Scripted, after, opens, says
from tests.server_stub.serving import Client, client, serving

SANNE = (after(-60, "sanne", opens("sanne", "anna")), after(-30, "sanne", says("It leaks")))
NAMES = ("anna", "bram", "sim")


class Watched(Ledger):
    """Looks, whenever it is asked to keep something, at what has been sent by then."""

    def __init__(self) -> None:
        super().__init__(NAMES, lambda: "epoch")
        self.sent: list[str] = []
        self.at_commit: list[list[str]] = []
        self.fails: LedgerError | None = None

    def commit(
        self,
        events: Iterable[tuple[str, int, bytes]],
        answered: Answered | None = None,
        facts: Iterable[Fact] = (),
    ) -> Any:  # noqa: ANN401
        self.at_commit.append(list(self.sent))
        if self.fails:
            raise self.fails
        return super().commit(events, answered, facts)

    def admit(
        self, operator: str, device: str, epoch: str | None, seq: int, run: str | None = None
    ) -> Standing:
        self.at_commit.append(list(self.sent))
        return super().admit(operator, device, epoch, seq, run)


@pytest.fixture
def book() -> Watched:
    return Watched()


@pytest.fixture
async def anna(book: Watched, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Client]:
    send = Speaker._send

    async def noted(self: Speaker, frame: str) -> None:
        book.sent.append(msgspec.json.decode(frame)["t"])
        await send(self, frame)

    monkeypatch.setattr(Speaker, "_send", noted)
    async with serving(Scripted(*SANNE), ledger=book) as server, client(server.url) as one:
        yield one


async def test_the_fence_is_kept_before_the_welcome_is_sent(book: Watched, anna: Client) -> None:
    await anna.hello()
    assert book.at_commit[:3] == [[], [], []]


async def test_nothing_of_an_op_is_sent_before_it_is_kept(book: Watched, anna: Client) -> None:
    await anna.hello()
    await anna.gets("heartbeat")
    book.sent.clear()
    book.at_commit.clear()
    await anna.asks(1, "op-1", "message", chat="chat-sanne", text="Hoi")
    assert book.at_commit[0] == []
    assert book.sent[:2] == ["event", "result"]


@pytest.mark.parametrize(("lasting", "code"), [(False, 1013), (True, 1011)])
async def test_what_cannot_be_kept_is_not_acknowledged(
    book: Watched, anna: Client, lasting: bool, code: int
) -> None:
    await anna.hello()
    await anna.gets("heartbeat")
    book.sent.clear()
    book.fails = LedgerError("the disk is full", lasting=lasting)
    command = {"kind": "message", "chat": "chat-sanne", "text": "Hoi"}
    await anna.sends(t="op", n=1, id="op-1", made=1, command=command)
    assert await anna.closed() == code
    assert book.sent == []


async def test_when_the_disk_is_well_again_the_next_hello_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledgers = [FileLedger(path, NAMES, lambda: "epoch")]
    async with serving(Scripted(*SANNE), ledgers=ledgers) as server:
        async with client(server.url) as anna:
            await anna.hello()
            await anna.asks(1, "op-1", "message", chat="chat-sanne", text="Hoi")
            ledgers[0].close()
            await anna.sends(t="op", n=2, id="op-2", made=1, command={"kind": "accept"})
            assert await anna.closed() == 1013
        ledgers.append(FileLedger(path, NAMES, lambda: "epoch"))
        async with client(server.url) as anna:
            welcome = await anna.hello(epoch="epoch", seq=3)
            assert (welcome["mode"], welcome["last_n"], welcome["head"]) == ("resume", 1, 3)
            assert not (await anna.asks(2, "op-2", "accept"))["ok"]
        ledgers[-1].close()
