from operator_tui.desk.states import Indicator
from operator_tui.ui.widgets.chat_list import ChatList
from tests.desk_driver import scene

NL = "Waar is mijn bestelling?"


async def test_the_most_urgent_chat_is_one_key_away_and_ready_to_type() -> None:
    async with scene() as desk:
        await desk.visitor("Joost").says(NL)
        await desk.visitor("Joost").is_answered()
        await desk.visitor("Joost").says("En nu?")
        await desk.clock.passes(20)
        await desk.visitor("Sanne").says(NL)
        assert "F2 Sanne" in desk.keys
        await desk.operator.presses("f2")
        desk.sees("to Sanne")
        assert desk.composer.has_focus

        assert "F2 Joost" in desk.keys, "never the chat that is open"
        await desk.operator.presses("f2")
        desk.sees("to Joost")
        await desk.operator.presses("escape", "u")
        desk.sees("to Sanne")
        assert desk.composer.has_focus


async def test_without_another_chat_that_needs_anything_the_key_says_so() -> None:
    async with scene() as desk:
        await desk.open_with("Sanne")
        await desk.operator.presses("f2")
        assert desk.advice == "No other chat needs you."
        assert "F2" not in desk.keys


async def test_the_next_and_the_previous_chat_are_a_key_away_while_one_types() -> None:
    async with scene() as desk:
        for name in ("Aino", "Bram", "Celia"):
            await desk.visitor(name).says(NL)
            await desk.clock.passes(1)
        await desk.operator.presses("f2")
        desk.sees("to Aino")
        await desk.operator.presses("ctrl+down")
        desk.sees("to Bram")
        assert desk.composer.has_focus
        await desk.operator.presses("ctrl+up", "ctrl+up")
        desk.sees("to Celia")
        await desk.operator.presses("escape", "ctrl+down")
        desk.sees("to Aino")
        assert not desk.composer.has_focus, "who reads goes on reading"


async def test_the_list_has_letters_and_the_composer_has_none() -> None:
    async with scene() as desk:
        for name in ("Aino", "Bram", "Celia"):
            await desk.visitor(name).says(NL)
            await desk.clock.passes(1)
        assert desk.list.cursor == "Aino"
        await desk.operator.presses("j", "j")
        assert desk.list.cursor == "Celia"
        await desk.operator.presses("k")
        assert desk.list.cursor == "Bram"
        await desk.operator.presses("g")
        assert desk.list.cursor == "Aino"
        await desk.operator.presses("G", "o")
        desk.sees("to Celia")

        letters = "jkgGorncteaxdu?"
        await desk.operator.types(letters)
        assert desk.composer.text == letters
        desk.sees("to Celia")
        await desk.operator.presses("escape", "k", "enter")
        desk.sees("to Bram")
        assert desk.composer.has_focus
        assert desk.server.commands == []


async def test_the_letters_of_the_list_act_on_the_chat_under_the_cursor() -> None:
    async with scene() as desk:
        await desk.visitor("Aino").says(NL)
        await desk.clock.passes(1)
        await desk.visitor("Bram").says(NL)
        await desk.operator.presses("f2", "escape")
        await desk.operator.presses("j", "n")
        desk.sees("internal note about Bram")
        await desk.operator.presses("escape", "k", "r")
        desk.sees("to Aino")
        for letter, title in (
            ("c", "canned replies"),
            ("t", "transfer the chat"),
            ("e", "close the"),
        ):
            await desk.operator.presses("escape", "g", "j", letter)
            desk.sees(title)
            await desk.operator.presses("escape")
            desk.sees("to Bram")
        await desk.operator.presses("escape", "question_mark")
        desk.sees("what you can do here")


async def test_no_key_opens_a_chat_by_its_place() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.visitor("Bram").says(NL)
        await desk.operator.presses("escape", *"123456789")
        desk.sees("to Aino")
        assert desk.composer.text == ""


async def test_the_cursor_stays_on_its_chat_when_rows_move() -> None:
    async with scene() as desk:
        await desk.visitor("Joost").says(NL)
        await desk.clock.passes(2)
        await desk.visitor("Sanne").says(NL)
        await desk.operator.presses("j")
        assert desk.list.order() == ["Joost", "Sanne"]
        assert desk.list.cursor == "Sanne"

        await desk.visitor("Joost").is_answered()
        assert desk.list.order() == ["Sanne", "Joost"]
        assert desk.list.cursor == "Sanne"
        await desk.clock.passes(121)
        assert desk.list.cursor == "Sanne"
        await desk.operator.presses("enter")
        desk.sees("to Sanne")


async def test_a_new_chat_takes_neither_the_focus_nor_the_pane() -> None:
    async with scene() as desk:
        await desk.visitor("Aino").says(NL)
        assert desk.app.focused is desk.list.widget
        desk.sees_no("to Aino")
        await desk.operator.presses("enter")
        await desk.operator.types("Ik zoe")
        await desk.visitor("Bram").says(NL)
        await desk.visitor("Aino").leaves()
        await desk.clock.passes(41)
        await desk.visitor("Aino").returns()
        assert desk.composer.has_focus
        await desk.operator.types("k het op.")
        desk.sees("to Aino")
        assert desk.composer.text == "Ik zoek het op."


async def test_f6_leads_out_of_an_open_sheet_and_into_it_again() -> None:
    async with scene((80, 24)) as desk:
        await desk.open_with("Aino", "Waar is mijn bestelling?")
        await desk.operator.presses("f3", "f6", "h", "o", "i")
        assert desk.composer.text == "hoi"
        await desk.operator.presses("f6", "f6", "f6", "escape")
        desk.sees_no("canned replies")


async def test_f6_goes_round_the_panes_and_escape_leads_back_to_the_list() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        met = []
        for _ in range(4):
            await desk.operator.presses("f6")
            assert desk.app.focused is not None
            met.append(desk.app.focused.id or type(desk.app.focused).__name__)
        assert met == ["side", "list", "Conversation", "Composer"]
        await desk.operator.presses("f6", "escape")
        assert isinstance(desk.app.focused, ChatList)


async def test_a_chat_is_found_by_a_piece_of_its_name() -> None:
    async with scene() as desk:
        for name in ("Aleksandra Wiśniewska", "Bram Bakker", "Celia Backer"):
            await desk.visitor(name).says(NL)
        await desk.operator.presses("slash")
        await desk.operator.types("ba")
        assert len(desk.list.widget.chats) == 2
        desk.sees_no("Aleksandra")
        await desk.operator.types("x")
        desk.sees('No chat has "bax" in its name.')
        await desk.operator.presses("enter")
        await desk.operator.types("e")
        desk.sees("find a chat by name", 'No chat has "baxe" in its name.')
        desk.sees_no("close the chat")
        await desk.operator.presses("escape")
        desk.sees("Aleksandra")
        await desk.operator.presses("slash")
        await desk.operator.types("wisn")
        await desk.operator.presses("enter")
        desk.sees("to Aleksandra Wiśniewska")
        assert len(desk.list.widget.chats) == 3


async def test_a_chat_that_leaves_while_it_is_open_leaves_the_hands_in_the_list() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        await desk.visitor("Bram").says(NL)
        await desk.operator.types("Ik zoek")
        await aino.is_gone()
        desk.sees_no("to Aino")
        desk.sees("F2 opens the chat that needs you most.")
        await desk.operator.presses("u")
        desk.sees("to Bram")
        assert desk.composer.text == ""
        desk.list.shows("Bram", Indicator.NEW)


async def test_where_there_is_no_chat_no_key_is_said_to_lead_to_one() -> None:
    async with scene() as desk:
        for key in ("enter", "f3", "f7"):
            await desk.operator.presses("escape", key)
            assert desk.advice == "There is no chat in the list."
        await desk.visitor("Aino").says(NL)
        await desk.operator.presses("f6", "f3")
        assert desk.advice != "There is no chat in the list."


async def test_away_at_a_narrow_screen_the_way_back_is_told_first() -> None:
    async with scene(size=(60, 20)) as desk:
        await desk.open_with("Aino")
        await desk.visitor("Bram").says(NL)
        assert "F9" not in desk.keys
        await desk.operator.presses("f9")
        assert "F9 available" in desk.keys


async def test_the_cursor_goes_to_no_closed_chat_while_there_is_another() -> None:
    async with scene() as desk:
        await desk.visitor("Bram").says(NL)
        await (await desk.visitor("Aino").says(NL)).is_answered()
        await (await desk.visitor("Celia").says(NL)).closes()
        await desk.operator.presses("g", "j")
        assert desk.list.cursor == "Aino"
        await desk.visitor("Aino").is_gone()
        assert desk.list.cursor == "Bram"
        await desk.visitor("Bram").is_gone()
        assert desk.list.cursor == "Celia"
