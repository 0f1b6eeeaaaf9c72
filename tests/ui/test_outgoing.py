from collections.abc import Coroutine

from operator_tui.desk.commands import Command, RemoveChat
from operator_tui.desk.policy import Policy
from operator_tui.link.backend import NotEnteredError
from operator_tui.ui.screens.outgoing import Outgoing
from tests.desk_server import Hand, Server


class Disk(Server):
    """A backend whose disk takes nothing while `full`."""

    def __init__(self) -> None:
        super().__init__(Hand(), Policy())
        self.full = False
        self.asked: list[object] = []

    async def enter(self, command: Command) -> None:
        await self._ask(command)

    async def discard(self, op: str) -> None:
        await self._ask(op)

    async def _ask(self, what: object) -> None:
        self.asked.append(what)
        if self.full:
            raise NotEnteredError("disk")


class Hands:
    """What leaves the desk, and what is said of it; workers wait until they are let go."""

    def __init__(self) -> None:
        self.disk = Disk()
        self.workers: list[Coroutine[None, None, None]] = []
        self.said: list[str] = []
        self.outgoing = Outgoing(self.disk, self.workers.append, self.said.append)

    async def done(self) -> None:
        while self.workers:
            await self.workers.pop(0)


async def test_what_follows_a_command_waits_for_the_disk() -> None:
    hands, after = Hands(), list[str]()
    hands.outgoing.enter(RemoveChat("c1"), lambda: after.append("done"))
    assert after == []
    await hands.done()
    assert (hands.disk.asked, after, hands.said) == ([RemoveChat("c1")], ["done"], [])


async def test_it_follows_a_command_that_was_not_kept_too_and_the_reason_is_told() -> None:
    hands, after = Hands(), list[str]()
    hands.disk.full = True
    hands.outgoing.enter(RemoveChat("c1"), lambda: after.append("done"))
    await hands.done()
    assert (after, hands.said) == (["done"], ["disk"])


async def test_a_second_press_discards_nothing_more() -> None:
    hands = Hands()
    hands.outgoing.discard("op-1")
    hands.outgoing.discard("op-1")
    await hands.done()
    hands.outgoing.discard("op-1")
    await hands.done()
    assert hands.disk.asked == ["op-1"]


async def test_what_could_not_be_discarded_can_be_tried_again() -> None:
    hands = Hands()
    hands.disk.full = True
    hands.outgoing.discard("op-1")
    await hands.done()
    hands.disk.full = False
    hands.outgoing.discard("op-1")
    await hands.done()
    assert (hands.disk.asked, hands.said) == (["op-1", "op-1"], ["disk"])


async def test_what_is_out_of_the_outbox_is_not_remembered() -> None:
    hands = Hands()
    hands.outgoing.discard("op-1")
    hands.outgoing.only(set())
    hands.outgoing.discard("op-1")
    await hands.done()
    assert hands.disk.asked == ["op-1", "op-1"]
