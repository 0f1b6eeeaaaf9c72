import pytest
from msgspec import structs

from operator_tui.desk import events as happened
from operator_tui.desk.commands import WriteMessage
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.text import SafeLine, clean
from operator_tui.ui.widgets.advice_line import AdviceLine
from tests.desk_driver import scene

LONG = "The server does not know this chat any more, and what you wrote stays here as a draft."


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_refusal_is_said_whole_and_moves_nothing(size: tuple[int, int]) -> None:
    async with scene(size=size) as desk:
        await desk.open_with("Aino")
        before = desk.conversation.size, desk.composer.region
        for written in ("hoi", "\nhier\nstaat\nmeer"):
            await desk.operator.types(written)
            desk.screen.advice.refuse(LONG)
            await desk.settles()
            assert desk.advice == LONG
            line = desk.screen.query_one(AdviceLine)
            shown = desk.lines()[line.region.y : line.region.bottom]
            assert "what you wrote" in " ".join(shown)
            desk.sees(written.split("\n")[-1])
            if written == "hoi":
                assert (desk.conversation.size, desk.composer.region) == before


async def test_what_went_wrong_before_the_start_stands_until_something_is_done() -> None:
    async with scene(size=(80, 24), notices=("One file is wrong.", "Another is too.")) as desk:
        await desk.visitor("Aino").says("Hallo?")
        await desk.clock.passes(600)
        assert desk.advice == "One file is wrong. Another is too."
        await desk.operator.presses("f2")
        assert desk.advice == ""


async def test_a_search_left_gives_the_focus_back_to_the_list() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.presses("escape", "slash", "escape")
        assert desk.list.cursor == "Aino"
        await desk.operator.presses("f3", "escape")
        assert desk.list.cursor == "Aino"
        await desk.operator.presses("enter", "f3", "escape")
        assert desk.composer.has_focus


@pytest.mark.parametrize("key", ["f3", "f4", "f5"])
async def test_the_newest_message_is_seen_above_a_sheet(key: str) -> None:
    async with scene(size=(80, 24)) as desk:
        await desk.open_with("Aino", *(f"regel {n}" for n in range(30)), "en nu?")
        at = desk.conversation.scroll_offset
        await desk.operator.presses(key)
        assert "en nu?" in "\n".join(desk.lines()[2:8])
        await desk.operator.presses("escape")
        assert desk.conversation.scroll_offset == at
        desk.sees("regel 20", "en nu?")


async def test_a_second_enter_inserts_nothing_a_second_time() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.presses("f3")
        await desk.operator.types("empathy")
        sheet = desk.screen.sheets.sheet
        assert sheet is not None
        sheet.pressed("enter", None)
        sheet.pressed("enter", None)
        await desk.settles()
        assert desk.composer.text.count("Ik snap dat je hiervan baalt") == 1


async def test_handing_over_says_what_comes_of_it_and_of_the_draft() -> None:
    async with scene() as desk:
        await desk.colleague("Marieke")
        await desk.open_with("Aino")
        await desk.operator.types("Nog een half antwoord")
        await desk.operator.presses("f4")
        desk.sees("at least three words")
        await desk.operator.types("wil een nieuwe")
        await desk.operator.presses("enter")
        handed = "Transferred to Marieke. It comes back by itself if nobody takes it within 30 s."
        assert desk.advice.startswith(handed)
        assert "What you had written is kept" in desk.advice
        await desk.operator.presses("w")
        desk.sees("Nog een half antwoord")
        await desk.operator.presses("enter")
        assert desk.app.clipboard == "Nog een half antwoord"
        await desk.operator.presses("w", "delete")
        desk.sees("There are no unsent texts.")


async def test_who_has_a_chat_that_went_by_itself_is_said() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        await aino.does(happened.TransferredOut(aino.chat, clean("Piet", SafeLine), "unanswered"))
        assert desk.advice == "Piet has the chat with Aino now."


@pytest.mark.parametrize("fate", [Fate.HELD, Fate.REFUSED])
async def test_a_reply_to_a_chat_that_is_gone_stays_within_reach(fate: Fate) -> None:
    async with scene() as desk:
        await desk.open_with("Bram")
        row = OutboxRow("op", desk.server.now, WriteMessage("gone", clean("Je geld komt morgen.")))
        desk.server.outbox = (structs.replace(row, fate=fate, refusal="unknown_chat"),)
        desk.server.tell()
        await desk.settles()
        assert "“unsent texts”" in desk.advice
        await desk.operator.presses("ctrl+p")
        await desk.operator.types("unsent")
        await desk.comes("unsent texts: what you wrote")
        await desk.operator.presses("enter")
        await desk.comes("Je geld komt morgen.")


async def test_the_last_step_done_f5_says_that_it_closes_now() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        assert "F5 close now" not in desk.keys
        await aino.is_answered()
        await aino.has_done(1, 2, 3, 4, 5)
        assert "F5 close now" in desk.keys


async def test_whom_nobody_greeted_is_not_told_first_that_we_are_still_checking() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        assert desk.keys.find("Ctrl+O") == -1 or desk.keys.index("Ctrl+O") > desk.keys.index("F8")
