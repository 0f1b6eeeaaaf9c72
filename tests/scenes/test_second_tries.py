import pytest

from operator_tui.desk.commands import CloseChat, TransferChat
from tests.desk_driver import Scene, scene

NOTE = "lekt aan onderkant"
REASON = "verkeerde winkel"


async def transfers(desk: Scene, note: str = NOTE) -> None:
    await desk.colleague("Marieke")
    await desk.open_with("Aino")
    await desk.operator.presses("f4")
    await desk.operator.types(note)
    await desk.operator.presses("enter")


async def test_the_note_of_a_refused_transfer_stands_there_again() -> None:
    async with scene() as desk:
        desk.server.answers = False
        await transfers(desk)
        desk.sees_no(NOTE)
        desk.server.says_no("no_place", "Marieke")
        await desk.settles()
        assert desk.server.outbox == ()
        assert desk.advice.startswith("That colleague has no free place any more.")
        assert "The text" not in desk.advice
        await desk.operator.presses("f2", "f4")
        desk.sees("transfer the chat with Aino", NOTE)


@pytest.mark.parametrize("code", ["disk", "outbox_full"])
async def test_the_note_of_a_transfer_that_was_not_kept_stands_there_again(code: str) -> None:
    async with scene() as desk:
        desk.server.disk_fails = code
        await transfers(desk)
        desk.sees_no(NOTE)
        await desk.operator.presses("f4")
        desk.sees("transfer the chat with Aino", NOTE)


async def test_a_chat_that_comes_back_has_no_note_of_the_last_transfer() -> None:
    async with scene() as desk:
        await transfers(desk)
        assert isinstance(desk.server.commands[-1], TransferChat)
        await desk.visitor("Aino").opens()
        await desk.operator.presses("f2", "f4")
        desk.sees("transfer the chat with Aino")
        desk.sees_no(NOTE)


async def test_the_reason_of_a_closing_that_was_refused_stands_there_again() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        desk.server.answers = False
        await desk.operator.presses("f5", "c", "4", "enter")
        await desk.operator.types(REASON)
        await desk.operator.presses("enter")
        await desk.operator.presses("ctrl+z", "f2", "f5", "c", "4", "enter")
        desk.sees(REASON)
        await desk.operator.presses("enter")
        await desk.clock.passes(6)
        assert isinstance(desk.server.commands[-1], CloseChat)
        desk.server.says_no("not_yours")
        await desk.settles()
        await desk.operator.presses("f2", "f5", "c", "4", "enter")
        desk.sees(REASON)
