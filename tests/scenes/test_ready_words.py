import pytest

from operator_tui.desk.canned import CannedReply
from operator_tui.store import canned_files
from tests.desk_driver import scene

LANGUAGES = ("nl", "en", "pl", "fi")
CHECKING = {
    reply.language: reply for reply in canned_files.bundled() if reply.id == "still_checking"
}
NUDGE = {reply.language: reply for reply in canned_files.bundled() if reply.id == "nudge"}


def spoken(reply: CannedReply, name: str) -> str:
    """The reply as this visitor gets it; a vocative (Polish) is known of nobody."""
    named = reply.text.replace("{name}", name.split(maxsplit=1)[0]) if name else reply.text
    return str(reply.text_noname) if "{" in named else named


async def test_canned_replies_stack_at_the_cursor_and_never_send() -> None:
    async with scene() as desk:
        await desk.open_with("Aino Virtanen")
        await desk.operator.types("Dus.")
        await desk.operator.presses("f3")
        desk.sees("canned replies, Dutch", "34 of 34", "Enter insert at the cursor")
        await desk.operator.types("empathy")
        desk.sees("1 of 34", "Ik snap dat je hiervan baalt")
        await desk.visitor("Bram").says("Hallo?")
        desk.sees("Bram", "canned replies, Dutch")
        await desk.operator.presses("enter")
        desk.sees_no("canned replies, Dutch")
        assert desk.composer.has_focus
        await desk.operator.presses("space", "slash")
        await desk.operator.types("ask_order")
        await desk.operator.presses("enter")
        text = desk.composer.text
        assert text.startswith("Dus. Ik snap dat je hiervan baalt")
        assert text.endswith("Het staat in de bevestigingsmail.")
        assert desk.server.commands == []


async def test_escape_leaves_the_draft_as_it_was_and_a_second_slash_is_a_slash() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.types("1 ")
        await desk.operator.presses("f3", "a", "escape")
        assert desk.composer.text == "1 "
        assert desk.composer.has_focus
        await desk.operator.presses("slash", "slash")
        assert desk.composer.text == "1 /"
        await desk.operator.presses("slash")
        assert desk.composer.text == "1 //", "in the middle of a word it is a slash at once"


async def test_from_blank_to_blank_and_no_blank_is_sent() -> None:
    async with scene() as desk:
        await desk.open_with("Aino Virtanen")
        await desk.operator.presses("f3")
        await desk.operator.types("promise")
        desk.sees("2 blanks to fill: team, time", "Tab fill the blank")
        await desk.operator.presses("tab")
        assert desk.composer.selected_text == "{team}"
        await desk.operator.presses("tab")
        assert desk.composer.selected_text == "{time}"
        await desk.operator.types("16:00")
        await desk.operator.presses("enter")
        assert desk.server.commands == []
        assert desk.advice == "Fill in {team} first, or delete it."
        assert desk.composer.selected_text == "{team}"
        await desk.operator.types("het magazijn")
        assert desk.advice != "Fill in {team} first, or delete it."
        await desk.operator.presses("shift+tab", "enter")
        desk.server.received(
            "Ik vraag het na bij het magazijn en mail je vandaag vóór 16:00, "
            "ook als er dan nog geen nieuws is."
        )


async def test_names_are_filled_in_and_a_nameless_visitor_gets_no_blank() -> None:
    async with scene() as desk:
        for name, words in (("Aino Virtanen", "Hoi Aino, ik ben Anna."), ("", "Hoi, ik ben Anna.")):
            await desk.open_with(name)
            await desk.operator.presses("f3")
            await desk.operator.types("greeting")
            await desk.operator.presses("enter")
            assert desk.composer.text.startswith(words)


@pytest.mark.parametrize("name", ["Aino Virtanen", ""])
async def test_a_waiting_visitor_is_held_and_a_silent_one_nudged_with_one_key_and_enter(
    name: str,
) -> None:
    async with scene() as desk:
        for n, language in enumerate(LANGUAGES):
            checking, nudge = CHECKING[language], NUDGE[language]
            visitor = await desk.open_with(name + " " * n, "?", language=language)
            assert "Ctrl+O ask for time" in desk.keys
            await visitor.is_answered("Hoi!")
            await visitor.says("En?")
            assert "Ctrl+O still checking" in desk.keys
            await desk.operator.presses("ctrl+o", "enter")
            await desk.clock.passes(119)
            assert "Ctrl+O" not in desk.keys
            await desk.clock.passes(1)
            assert "Ctrl+O still there?" in desk.keys
            await desk.operator.presses("ctrl+o", "enter")
            assert desk.server.messages[2 * n :] == [spoken(checking, name), spoken(nudge, name)]


async def test_the_one_key_says_why_it_has_nothing_to_say() -> None:
    async with scene() as desk:
        await desk.operator.presses("ctrl+o")
        assert desk.advice == "There is no chat in the list."
        aino = await desk.visitor("Aino").says("Hoi")
        await desk.operator.presses("ctrl+o")
        assert desk.composer.text.startswith("Dat zoek ik even voor je op.")
        assert desk.composer.selected_text == "{minutes}", "nobody has greeted Aino yet"
        await desk.operator.presses("ctrl+a", "ctrl+k", "ctrl+k")
        await aino.is_answered()
        await desk.operator.presses("ctrl+o")
        assert desk.advice.startswith("Nothing is owed, and the visitor has not been silent")
        await desk.clock.passes(125)
        await aino.types()
        await desk.operator.presses("ctrl+o")
        assert desk.advice == "The visitor is typing."
        await aino.leaves()
        await desk.clock.passes(41)
        await desk.operator.presses("ctrl+o")
        assert desk.advice == "The visitor has left the website. Nothing is owed."
        await aino.closes()
        await desk.operator.presses("ctrl+o")
        assert desk.advice == "The visitor closed this chat. F5 removes it."
        assert desk.composer.text == ""


async def test_the_one_key_adds_to_a_reply_and_never_to_a_note() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.types("Momentje.")
        await desk.operator.presses("f7")
        await desk.operator.types("boos")
        await desk.operator.presses("ctrl+o")
        desk.sees("to Aino")
        assert desk.composer.text.startswith("Momentje.\nDat zoek ik even voor je op.")
        await desk.operator.presses("f7")
        assert desk.composer.text == "boos"


async def test_the_desk_advises_and_the_operator_decides() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.types("Dat doe ik zo snel mogelijk")
        assert desk.advice.startswith("“zo snel mogelijk” needs a time: 10 min, or before 16:00?")
        assert desk.advice.endswith("advice")
        await desk.operator.presses("enter")
        desk.server.received("Dat doe ik zo snel mogelijk")
        assert desk.advice == ""


async def test_a_remark_is_about_the_words_in_view() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.visitor("Bram").says("Hallo?")
        await desk.operator.types("Dat doe ik zo snel mogelijk")
        await desk.operator.presses("f2")
        assert desk.advice == ""
        await desk.operator.presses("f2")
        assert "zo snel mogelijk" in desk.advice
