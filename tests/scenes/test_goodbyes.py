"""How a chat ends here: closed by the protocol, passed on to a colleague, or removed."""

from operator_tui.desk.commands import CloseChat, RemoveChat, TickStep, TransferChat, WaiveAnswer
from operator_tui.desk.states import Indicator
from operator_tui.desk.text import clean
from tests.desk_driver import scene


async def test_the_steps_are_a_key_away_and_ticked_by_sending_them() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino Virtanen", "Het werkt, bedankt!")
        await desk.operator.presses("f5")
        desk.sees("close the chat with Aino", "0 of 5", "Is het hiermee opgelost, Aino?")
        desk.sees("Aino's last words are not answered yet:", "Het werkt, bedankt!")
        desk.sees("1-5 insert", "Esc stay")
        await desk.operator.presses("1")
        assert desk.composer.text == "Is het hiermee opgelost, Aino?"
        desk.sees_no("close the chat with")
        await desk.operator.presses("enter")
        assert desk.server.desk.chats[aino.chat].steps == (1,)
        desk.sees("1 of 5", "✓  solved?")

        await desk.operator.presses("f5", "space")
        desk.server.has(TickStep(aino.chat, 2))
        desk.sees("close the chat with Aino", "2 of 5", "✓  anything else?")
        desk.sees_no("are not answered yet")
        await desk.operator.presses("space")
        desk.server.has(TickStep(aino.chat, 2, False))
        await desk.operator.presses("escape")
        assert desk.composer.has_focus


async def test_two_steps_in_one_reply_are_both_done() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        await desk.operator.presses("f5", "3", "f5", "5", "enter")
        assert len(desk.server.messages) == 1
        assert desk.server.desk.chats[aino.chat].steps == (3, 5)


async def test_with_steps_open_it_asks_once_and_the_reason_is_kept() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        await desk.visitor("Bram").says("Hallo?")
        await aino.is_answered()
        await aino.has_done(1, 3)
        await desk.operator.presses("f5", "c")
        desk.sees("Close with 3 steps open? Why:", "visitor left")
        assert desk.server.commands == []
        await desk.operator.presses("2", "enter")
        assert desk.advice == "The chat with Aino is closed. Ctrl+Z: back."
        assert desk.list.order() == ["Bram"]
        await desk.clock.passes(5.9)
        assert desk.server.commands == []
        await desk.clock.passes(0.1)
        assert desk.server.commands == [CloseChat(aino.chat, "visitor_left", (2, 4, 5))]
        assert desk.list.order() == ["Bram"]
        assert desk.list.cursor == "Bram"
        desk.sees_no("to Aino")

        bram = await desk.open_with("Bram")
        await desk.operator.presses("f5", "c", "4", "enter")
        await desk.operator.types("verkeerde winkel")
        await desk.operator.presses("enter")
        reason = clean("verkeerde winkel")
        await desk.operator.presses("ctrl+q")
        desk.server.has(CloseChat(bram.chat, "other", (1, 2, 3, 4, 5), reason))


async def test_a_chat_closed_with_steps_open_can_be_brought_back() -> None:
    async with scene() as desk:
        await desk.open_with("Aino", "En nu?")
        await desk.operator.presses("f5", "c", "3", "enter", "ctrl+z")
        assert desk.list.order() == ["Aino"]
        await desk.clock.passes(6)
        assert desk.server.commands == []
        await desk.operator.presses("f2", "f5", "c", "2", "enter")
        await desk.visitor("Aino").says("Hallo?")
        assert desk.list.order() == ["Aino"]
        await desk.clock.passes(6)
        assert desk.server.commands == []


async def test_a_sentence_typed_over_the_list_closes_no_chat() -> None:
    async with scene() as desk:
        await desk.open_with("Aino", "Kunt u helpen?")
        await desk.operator.presses("escape")
        await desk.operator.types("Hello, yes we can.")
        await desk.operator.presses("enter", "enter")
        desk.sees("Close with 4 steps open? Why:", "Choose a reason first.")
        await desk.operator.presses("1")
        desk.sees_no("Choose a reason first.")
        assert desk.list.order() == ["Aino"]
        assert not any(isinstance(it, CloseChat) for it in desk.server.commands)


async def test_with_all_done_and_nothing_owed_closing_is_one_key_with_time_to_undo() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        await aino.is_answered()
        await aino.has_done(1, 2, 3, 4, 5)
        await desk.operator.presses("f5")
        desk.sees_no("to Aino")
        assert desk.list.order() == []
        assert desk.advice == "The chat with Aino is closed. Ctrl+Z: back."
        await desk.clock.passes(9.9)
        assert desk.server.commands == []
        await desk.operator.presses("ctrl+z")
        assert desk.list.order() == ["Aino"]

        await desk.operator.presses("f5")
        await desk.clock.passes(10)
        assert desk.server.commands == [CloseChat(aino.chat)]
        assert desk.advice == ""


async def test_a_goodbye_that_the_visitor_answers_is_none() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        await aino.is_answered()
        await aino.has_done(1, 2, 3, 4, 5)
        await desk.operator.presses("f5")
        await aino.says("O wacht, nog iets!")
        desk.list.shows("Aino", Indicator.UNANSWERED)
        desk.sees("to Aino")
        await desk.clock.passes(11)
        assert desk.server.commands == []


async def test_a_chat_that_could_not_be_closed_is_there_again() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        await aino.is_answered()
        await aino.has_done(1, 2, 3, 4, 5)
        desk.server.disk_fails = "disk"
        await desk.operator.presses("f5")
        await desk.clock.passes(10)
        assert desk.list.order() == ["Aino"]
        assert desk.advice.startswith("The disk did not take it")


async def test_all_done_but_a_question_left_is_no_goodbye() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino", "En mijn geld?")
        await aino.has_done(1, 2, 3, 4, 5)
        await desk.operator.presses("f5")
        desk.sees("are not answered yet", "En mijn geld?")
        assert desk.server.commands == []


async def test_a_colleague_gets_the_chat_with_a_note_of_three_words() -> None:
    async with scene() as desk:
        await desk.colleague("Piet", taken=2)
        await desk.colleague("Marieke", taken=1)
        aino = await desk.open_with("Aino Virtanen")
        await desk.visitor("Bram").says("Hallo?")
        await desk.operator.presses("f4")
        desk.sees("transfer the chat with Aino", "Marieke", "1 of 2", "full", "back to the queue")
        desk.sees("note for Marieke")
        await desk.operator.types("lekt")
        await desk.operator.presses("enter")
        desk.sees("Two more words for Marieke, please.")
        await desk.visitor("Bram").says("Hallo??")
        desk.sees("transfer the chat with Aino", "lekt")
        await desk.operator.presses("escape", "f4")
        desk.sees("lekt")
        await desk.operator.types(" aan onderkant")
        await desk.operator.presses("down", "up", "enter")
        note = clean("lekt aan onderkant")
        assert desk.server.commands == [TransferChat(aino.chat, "marieke", note)]
        assert desk.list.order() == ["Bram"]


async def test_whoever_is_full_is_passed_over_and_the_queue_takes_everybody() -> None:
    async with scene() as desk:
        await desk.colleague("Piet", taken=2)
        aino = await desk.open_with("Aino")
        await desk.operator.presses("f4")
        desk.sees("note for whoever takes it")
        await desk.operator.presses("up")
        desk.sees("note for whoever takes it")
        await desk.operator.types("iemand die Fins spreekt")
        await desk.operator.presses("enter")
        desk.server.has(TransferChat(aino.chat, None, clean("iemand die Fins spreekt")))


async def test_a_chat_that_was_passed_on_comes_with_note_sender_and_history() -> None:
    async with scene() as desk:
        aino = await desk.visitor("Aino").says("Mijn pakket is kwijt.")
        await aino.is_passed_on("Piet", "spreekt alleen Fins", accept_within=30_000)
        desk.list.shows("Aino", Indicator.TRANSFERRED)
        assert "→" in desk.list.row("Aino")
        assert "Piet: spreekt" in desk.list.row("Aino")
        await desk.operator.presses("f2")
        desk.sees("passed on by Piet, first reply in 0:30")
        for text in ("Mijn pakket is kwijt.", "Passed on by Piet", "spreekt alleen Fins"):
            assert text in desk.said
        assert "note by Piet" in desk.said
        assert "your note" not in desk.said
        await desk.operator.writes("Hei Aino!")
        desk.list.shows("Aino", Indicator.NEUTRAL)


async def test_who_closed_the_chat_is_removed_and_may_come_back_for_six_seconds() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        bram = await desk.visitor("Bram").says("Doei")
        await desk.operator.presses("escape", "g", "d")
        assert desk.advice.startswith("Only a chat that the visitor closed can be removed.")
        await aino.closes()
        await bram.closes()
        await desk.operator.presses("g", "d")
        assert desk.list.order() == ["Bram"]
        assert desk.advice == "Aino is gone from the list. Ctrl+Z: back."
        assert "Ctrl+Z undo" in desk.keys
        await desk.clock.passes(5.9)
        await desk.operator.presses("ctrl+z")
        assert desk.list.order() == ["Aino", "Bram"]
        await desk.clock.passes(10)
        assert desk.server.commands == [], "until then nothing was asked"

        await desk.operator.presses("g", "d", "d")
        assert desk.server.commands == [RemoveChat(aino.chat)], "the next one makes it real"
        await desk.clock.passes(6)
        assert desk.server.commands == [RemoveChat(aino.chat), RemoveChat(bram.chat)]
        assert desk.advice == ""
        await desk.operator.presses("ctrl+z")
        assert desk.advice == "Nothing to undo."


async def test_leaving_the_desk_makes_a_removal_real() -> None:
    async with scene() as desk:
        aino = await desk.visitor("Aino").says("Doei")
        await aino.closes()
        await desk.operator.presses("g", "d", "ctrl+q")
        assert desk.server.commands == [RemoveChat(aino.chat)]
        assert desk.app.return_value == 0


async def test_a_last_thanks_needs_no_answer() -> None:
    async with scene() as desk:
        aino = await desk.visitor("Aino").says("?")
        await aino.is_answered()
        await aino.says("Dank je!")
        desk.list.shows("Aino", Indicator.UNANSWERED)
        await desk.operator.presses("x")
        desk.list.shows("Aino", Indicator.NEUTRAL)
        assert desk.advice == "Aino needs no answer. Ctrl+Z: back."
        await desk.operator.presses("x")
        assert desk.advice == "The visitor is not waiting for an answer."
        await desk.clock.passes(6)
        assert desk.server.commands == [WaiveAnswer(aino.chat)]
        desk.list.shows("Aino", Indicator.NEUTRAL)
        await desk.clock.passes(120)
        desk.list.shows("Aino", Indicator.VISITOR_SILENT)


async def test_a_waived_debt_comes_back_within_six_seconds_or_when_more_is_said() -> None:
    async with scene() as desk:
        aino = await desk.visitor("Aino").says("?")
        await aino.is_answered()
        await aino.says("Dank je!")
        await desk.operator.presses("x")
        await desk.clock.passes(5.9)
        await desk.operator.presses("ctrl+z")
        desk.list.shows("Aino", Indicator.UNANSWERED)
        await desk.operator.presses("x")
        await aino.says("O, en nog iets.")
        desk.list.shows("Aino", Indicator.UNANSWERED)
        await desk.clock.passes(10)
        assert desk.server.commands == []


async def test_undo_is_offered_where_it_brings_the_chat_back() -> None:
    async with scene() as desk:
        await (await desk.visitor("Aino").says("Doei")).closes()
        await desk.open_with("Bram")
        await desk.operator.types("hoi")
        await desk.operator.presses("ctrl+up", "f5")
        assert "Ctrl+Z undo" in desk.keys
        await desk.operator.presses("f2")
        assert "Ctrl+Z undo" in desk.keys, "nothing is typed that it could mean"
        await desk.operator.types("!")
        assert "Ctrl+Z undo" not in desk.keys
        assert desk.advice == "Aino is gone from the list. Ctrl+Z in the list: back."
        await desk.operator.presses("ctrl+z", "ctrl+z")
        assert desk.composer.text == "hoi"
        desk.list.shows("Aino", Indicator.CLOSED)


async def test_a_transfer_says_that_the_visitor_closed_the_chat_meanwhile() -> None:
    async with scene() as desk:
        await desk.colleague("Marieke")
        aino = await desk.open_with("Aino")
        await desk.operator.presses("f4")
        await desk.operator.types("lekt aan onderkant")
        await aino.closes()
        desk.sees("The visitor closed this chat. F5 removes it.", "lekt aan onderkant")
        await desk.operator.presses("enter")
        desk.sees("transfer the chat with Aino")
        assert desk.server.commands == []
