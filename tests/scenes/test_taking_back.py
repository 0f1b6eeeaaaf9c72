"""Ctrl+Z: the chat is back, and the operator in it."""

import pytest

from operator_tui.desk.states import Indicator
from tests.desk_driver import Scene, VisitorSide, scene


async def closes(desk: Scene) -> None:
    """The open chat, with all done."""
    await desk.operator.presses("f5")
    desk.sees_no("to Aino")


async def ready_to_close(desk: Scene) -> VisitorSide:
    aino = await desk.open_with("Aino")
    await aino.is_answered()
    return await aino.has_done(1, 2, 3, 4, 5)


async def test_undo_leads_back_to_where_the_hands_were() -> None:
    async with scene() as desk:
        await ready_to_close(desk)
        await closes(desk)
        await desk.operator.presses("ctrl+z")
        await desk.operator.types("nog even")
        desk.sees("to Aino", "nog even")

        await desk.operator.presses("ctrl+u", "escape")
        await closes(desk)
        await desk.operator.presses("ctrl+z")
        desk.sees("to Aino")
        assert desk.list.cursor == "Aino"


async def test_the_next_key_is_about_the_chat_that_undo_brought_back() -> None:
    async with scene() as desk:
        await desk.visitor("Bram").says("Hallo?")
        await ready_to_close(desk)
        await desk.operator.presses("escape")
        await closes(desk)
        assert desk.list.cursor == "Bram"
        await desk.operator.presses("ctrl+z", "f4")
        desk.sees("to Aino", "transfer the chat with Aino")


async def test_undo_leads_back_from_a_chat_in_which_nothing_was_written() -> None:
    async with scene() as desk:
        await desk.visitor("Bram").says("Hallo?")
        await ready_to_close(desk)
        await closes(desk)
        await desk.operator.presses("f2")
        desk.sees("to Bram")
        await desk.operator.presses("ctrl+z")
        desk.sees("to Aino")
        assert desk.composer.has_focus


@pytest.mark.parametrize("elsewhere", [("h", "escape"), ("f3",), ("f4",)])
async def test_undo_takes_nobody_away_from_what_is_being_written(
    elsewhere: tuple[str, ...],
) -> None:
    async with scene() as desk:
        await desk.visitor("Bram").says("Hallo?")
        await ready_to_close(desk)
        await closes(desk)
        await desk.operator.presses("f2", *elsewhere, "ctrl+z")
        assert "Aino" in desk.list.order()
        desk.sees("to Bram")


async def test_undo_opens_no_chat_that_was_not_open() -> None:
    async with scene() as desk:
        await (await desk.visitor("Aino").says("Doei")).closes()
        await desk.open_with("Bram")
        await desk.operator.presses("escape", "G", "d", "ctrl+z")
        desk.list.shows("Aino", Indicator.CLOSED)
        desk.sees("to Bram")


async def test_when_the_open_chat_is_closed_the_cursor_is_on_who_needs_it_most() -> None:
    async with scene() as desk:
        await desk.visitor("Bram").says("Hallo?")
        await (await desk.visitor("Cleo").says("Hoi")).is_answered()
        await ready_to_close(desk)
        await (await desk.visitor("Dirk").says("Hoi")).is_answered()
        await closes(desk)
        assert desk.list.cursor == "Bram"
