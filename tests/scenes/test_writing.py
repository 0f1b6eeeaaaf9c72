import asyncio

from operator_tui.desk.commands import WriteNote
from operator_tui.desk.text import clean
from tests.desk_driver import Scene, scene


async def test_each_chat_keeps_its_own_draft() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.types("Voor Aino")
        await desk.visitor("Bram").says("Hallo?")
        assert "✎" not in desk.list.row("Bram")
        await desk.operator.presses("f2")
        assert desk.composer.text == ""
        assert "✎" in desk.list.row("Aino")
        await desk.operator.types("Voor Bram")
        await desk.operator.presses("ctrl+up")
        desk.sees("to Aino", "Voor Aino")
        await desk.operator.types("!")
        assert desk.composer.text == "Voor Aino!", "the cursor stands where it stood"
        await desk.operator.presses("enter")
        desk.server.received("Voor Aino!")
        assert "✎" not in desk.list.row("Aino")
        await desk.operator.presses("ctrl+up")
        assert desk.composer.text == "Voor Bram"


async def test_a_note_is_unmistakable_and_keeps_a_draft_of_its_own() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino van Dijk")
        await desk.operator.types("Ik kijk.")
        reply = desk.composer.styles.background
        await desk.operator.presses("f7")
        desk.sees("╍ internal note about Aino: only colleagues see this ╍")
        assert desk.advice == "Aino never sees this. F7: back to the reply"
        assert desk.composer.styles.background != reply
        assert desk.composer.text == ""
        await desk.operator.types("Wil geld terug.")

        await desk.operator.presses("f7")
        desk.sees("─ to Aino van Dijk ─")
        assert desk.composer.text == "Ik kijk."
        assert "never sees" not in desk.advice
        await desk.operator.presses("f7", "enter")
        desk.server.has(WriteNote(aino.chat, clean("Wil geld terug.")))
        assert desk.server.messages == []
        assert "your note only colleagues see this" in desk.said
        desk.sees("internal note about")
        await desk.operator.presses("f2", "f7")
        assert desk.composer.text == "Ik kijk."


async def test_another_chat_always_opens_ready_for_a_reply() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.visitor("Bram").says("Hallo?")
        await desk.operator.presses("f7")
        await desk.operator.types("n")
        await desk.operator.presses("f2")
        desk.sees("to Bram")
        desk.sees_no("internal note")
        await desk.operator.presses("f2")
        desk.sees("to Aino")
        desk.sees_no("internal note")


async def test_until_a_reply_is_safe_it_stays_and_what_is_typed_waits_behind_it() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        desk.server.disk_waits = asyncio.Event()
        await desk.operator.writes("Een.")
        assert desk.composer.text == "Een."
        assert desk.composer.has_class("-pending")
        await desk.operator.presses("enter", "T", "w", "e", "enter", "e")
        assert desk.composer.text == "Een."
        assert desk.server.commands == []

        desk.server.disk_waits.set()
        await desk.settles()
        desk.server.received("Een.")
        assert desk.composer.text == "Twee"
        assert not desk.composer.has_class("-pending")
        assert "Een." in desk.said


async def test_a_reply_that_waits_for_the_disk_does_not_hold_up_another_chat() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.visitor("Bram").says("Hallo?")
        desk.server.disk_waits = asyncio.Event()
        await desk.operator.writes("Voor Aino")
        await desk.operator.presses("f2")
        assert desk.composer.text == ""
        await desk.operator.types("Voor Bram")
        desk.server.disk_waits.set()
        await desk.settles()
        desk.server.received("Voor Aino")
        assert desk.composer.text == "Voor Bram"
        await desk.operator.presses("ctrl+up")
        assert desk.composer.text == ""


async def test_what_the_disk_does_not_take_can_be_edited_and_says_why() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        for code, reason in (("disk", "The disk did not take it"), ("outbox_full", "500 messages")):
            desk.server.disk_fails = code
            await desk.operator.presses("ctrl+a", "ctrl+k")
            await desk.operator.writes("Een.")
            assert desk.advice.startswith(reason)
            assert desk.composer.text == "Een."
            assert desk.server.commands == []
            await desk.operator.types("x")
            assert desk.composer.text == "Een.x"
            assert reason not in desk.advice
        desk.server.disk_fails = ""
        await desk.operator.presses("enter")
        desk.server.received("Een.x")


async def test_the_limit_is_told_before_it_is_reached_and_kept() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.pastes("a" * 3_599)
        desk.sees_no("of 4,000")
        await desk.operator.types("b")
        desk.sees("3,600 of 4,000")
        await desk.operator.pastes("c" * 401)
        assert len(desk.composer.text) == 3_600
        assert desk.advice == "1 character too many for one message. Nothing was inserted."
        await desk.operator.pastes("c" * 400)
        await desk.operator.types("d")
        assert len(desk.composer.text) == 4_000
        assert desk.advice == "A message has at most 4,000 characters."
        await desk.operator.presses("enter")
        assert len(desk.server.messages[0]) == 4_000


async def test_new_lines_and_the_last_message_again_have_keys() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.types("Een\ntwee")
        await desk.operator.presses("enter")
        desk.server.received("Een\ntwee")
        await desk.operator.presses("up")
        assert desk.composer.text == "Een\ntwee"


async def refused(desk: Scene, code: str) -> None:
    desk.server.answers = False
    await desk.operator.writes("Ik kijk het na.")
    assert "sending" in desk.said
    desk.server.says_no(code)
    await desk.settles()


async def test_a_refused_reply_is_told_and_kept_to_edit_or_discard() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await refused(desk, "chat_closed")
        closed = "The chat was closed before this arrived."
        assert desk.advice == f"{closed} Your text stands in the chat, marked as not sent."
        assert "not sent" in desk.said
        assert "e edit" in desk.said
        await desk.operator.types("En dan")
        await desk.operator.presses("escape", "f6", "e")
        assert desk.composer.text == "Ik kijk het na.\nEn dan"
        assert desk.composer.has_focus
        assert desk.server.outbox == ()
        assert "not sent" not in desk.said


async def test_a_reply_that_lost_the_race_names_the_new_owner_and_keeps_its_text() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        await desk.visitor("Bram").says("Hallo?")
        desk.server.answers = False
        await desk.operator.writes("Ik kijk")
        await aino.is_gone()
        desk.server.says_no("not_yours", "Marieke")
        await desk.settles()
        assert desk.advice.startswith("Marieke has this chat now. The text is kept: Ctrl+P")
        assert [row.command.text for row in desk.server.outbox] == ["Ik kijk"]  # type: ignore[union-attr]
        await desk.operator.presses("f2")
        desk.sees("to Bram")
        assert desk.composer.text == ""

        await aino.opens()
        await desk.operator.presses("f2")
        desk.sees("to Aino", "Ik kijk", "not sent", "e edit")
        assert desk.composer.text == ""


async def test_what_got_too_old_is_held_and_asks_for_a_decision() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        for key, text, released in (("delete", "", 0), ("e", "Straks meer.", 0), ("enter", "", 1)):
            desk.server.loses_the_link()
            await desk.operator.presses("ctrl+a", "ctrl+k")
            await desk.operator.writes("Straks meer.")
            assert "waiting" in desk.said
            await desk.clock.passes(180)
            desk.server.is_back(holding=True)
            await desk.settles()
            assert "held" in desk.said
            assert "Written 3 min ago. Is it still right?" in desk.said
            assert "1 held" in desk.status
            await desk.operator.presses("escape", "f6", key)
            assert len(desk.server.released) == released
            assert desk.composer.text == text
            assert desk.server.outbox == ()
            assert "held" not in desk.said
            await desk.operator.presses("f7", "f7")


async def test_what_cannot_be_taken_out_of_the_outbox_stays_where_it_is_and_says_why() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        desk.server.loses_the_link()
        await desk.operator.writes("Straks meer.")
        desk.server.is_back(holding=True)
        await desk.settles()
        desk.server.disk_fails = "disk"
        for key in ("e", "delete", "enter"):
            await desk.operator.presses("escape", "f6", key)
            assert desk.advice.startswith("The disk did not take it")
            assert "held" in desk.said
            assert desk.composer.text == ""
        desk.server.disk_fails = ""
        await desk.operator.presses("e")
        assert desk.composer.text == "Straks meer."
        assert "held" not in desk.said


async def test_a_text_that_is_asked_back_twice_comes_back_once() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await refused(desk, "chat_closed")
        desk.server.disk_waits = asyncio.Event()
        await desk.operator.presses("escape", "f6", "e", "e")
        assert desk.composer.text == ""
        desk.server.disk_waits.set()
        await desk.settles()
        assert desk.composer.text == "Ik kijk het na."


async def test_who_closed_the_chat_cannot_be_written_to() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        await desk.operator.types("Nog even")
        await aino.closes()
        assert "The visitor closed the chat" in desk.said
        await desk.operator.presses("enter")
        assert desk.server.commands == []
        assert desk.composer.text == "Nog even"
        assert desk.advice == "The chat was closed before this arrived. The text stays here."
        desk.sees("closed by Aino", "F5 remove")
        assert "F4" not in desk.keys
        for key in ("f3", "f4"):
            await desk.operator.presses(key)
            assert desk.advice == "The visitor closed this chat. F5 removes it."
        await desk.operator.presses("f7")
        await desk.operator.writes("Was boos.")
        desk.server.has(WriteNote(aino.chat, clean("Was boos.")))


async def test_colleagues_learn_that_a_reply_is_being_typed_and_nothing_of_a_note() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        await desk.operator.presses("f7", "x")
        assert desk.server.typed == []
        await desk.operator.presses("f7", "x")
        assert desk.server.typed == [aino.chat]


async def test_while_a_note_is_written_the_keys_line_leads_back_to_the_reply() -> None:
    async with scene(size=(80, 24)) as desk:
        await desk.open_with("Aino")
        assert "F7 note" in desk.keys
        await desk.operator.presses("f7")
        desk.sees("internal note about Aino")
        assert "F7 reply" in desk.keys
        await desk.operator.writes("Belt morgen terug.")
        assert "F7 reply" in desk.keys, "it stays a note, and says so"
        await desk.operator.presses("escape")
        assert "F7 note" in desk.keys, "in the list n and F7 mean a note"


async def test_a_chat_that_the_visitor_closes_says_at_once_that_writing_is_in_vain() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        await desk.operator.types("Ik kijk")
        await aino.closes()
        desk.sees("─ closed by Aino: nothing can be sent ─")
        assert desk.advice == "The visitor closed this chat. F5 removes it."
        assert desk.composer.text == "Ik kijk"
        await desk.operator.presses("f7")
        desk.sees("internal note about Aino")
        assert desk.advice.startswith("Aino never sees this.")
