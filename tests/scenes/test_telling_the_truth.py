"""The line at the top, the bell, the title, and what a visitor's comings and goings show."""

from operator_tui.desk.commands import AcceptChat, SetAvailability
from operator_tui.desk.events import Unreadable
from operator_tui.desk.model import Answer, Earlier
from operator_tui.desk.signals import QueueSeen
from operator_tui.desk.states import Indicator
from operator_tui.desk.text import SafeLine, clean
from operator_tui.link.backend import LinkState
from tests.desk_driver import scene


async def test_without_a_connection_the_debt_stands_and_every_word_waits() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.clock.passes(61)
        desk.server.loses_the_link()
        await desk.settles()
        assert desk.status.startswith(" connection lost 0:00   what you write waits here")
        await desk.operator.writes("Ik kijk het na.")
        await desk.clock.passes(2)
        desk.list.shows("Aino", Indicator.NEW)
        assert desk.status.startswith(" connection lost 0:02   1 reply waits here, nothing is lost")
        assert "next try in 1 s" in desk.status
        assert "⇡" in desk.list.row("Aino")
        assert "waiting" in desk.said
        assert desk.composer.text == ""

        desk.server.is_back()
        await desk.settles()
        desk.list.shows("Aino", Indicator.NEUTRAL)
        desk.server.received("Ik kijk het na.")
        assert "sent ✓" in desk.said
        assert "live" in desk.status


async def test_a_reply_that_no_one_confirms_counts_for_five_seconds() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        desk.server.answers = False
        await desk.operator.writes("Ik kijk.")
        desk.list.shows("Aino", Indicator.NEUTRAL)
        await desk.clock.passes(4.9)
        desk.list.shows("Aino", Indicator.NEUTRAL)
        await desk.clock.passes(0.1)
        desk.list.shows("Aino", Indicator.NEW)
        assert "⇡" in desk.list.row("Aino")


async def test_what_needs_a_person_says_what_to_do_and_takes_on_writing() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        desk.server.answers = False
        desk.server.is_at(LinkState.STOPPED, reason="token")
        await desk.settles()
        assert desk.status.startswith(" the server refused the token   ask for a new one;")
        await desk.operator.writes("Ik kijk.")
        assert "waiting" in desk.said
        desk.list.shows("Aino", Indicator.NEW)
        desk.server.is_at(LinkState.UNCERTAIN)
        await desk.settles()
        assert "connection uncertain" in desk.status


async def test_a_trainer_turns_the_clock() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        desk.server.runs_at(4)
        await desk.clock.passes(2)
        assert desk.status.endswith(" x4")
        assert "0:22" in desk.list.row("Aino")
        desk.server.runs_at(0)
        await desk.clock.passes(60)
        assert "clock paused by the trainer" in desk.status
        assert "0:22" in desk.list.row("Aino")
        desk.server.runs_at(1)
        await desk.clock.passes(2)
        assert "paused" not in desk.status
        assert "0:20" in desk.list.row("Aino")


async def test_the_bell_rings_for_who_waits_and_for_who_returns_and_for_nothing_else() -> None:
    async with scene() as desk:
        aino = await desk.visitor("Aino").says("Hallo?")
        assert desk.app.bells == 1, "a new chat"
        assert desk.title == "(1 new) operator-tui"
        await aino.says("Bent u daar?")
        await aino.is_answered()
        await aino.says("En?")
        await desk.clock.passes(60)
        assert desk.app.bells == 1
        assert desk.title == "operator-tui"
        await desk.clock.passes(0.1)
        assert desk.app.bells == 2, "late"
        assert desk.title == "(1 late) operator-tui"

        await aino.is_answered()
        await aino.leaves()
        await desk.clock.passes(41)
        assert desk.app.bells == 2
        await aino.returns()
        assert desk.app.bells == 3, "back on the website"
        await aino.is_passed_on("Piet", "een twee drie")
        assert desk.app.bells == 4, "passed on"
        assert desk.title == "(1 passed) operator-tui"
        await aino.shares_the_screen()
        await aino.types()
        await aino.closes()
        assert desk.app.bells == 4


async def test_the_bell_does_not_ring_for_the_chat_being_typed_in() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        await aino.is_answered()
        await aino.says("En?")
        await desk.operator.types("Ik kijk")
        bells = desk.app.bells
        await desk.clock.passes(61)
        desk.list.shows("Aino", Indicator.OPERATOR_SILENT)
        assert desk.app.bells == bells
        await desk.visitor("Bram").says("Hallo?")
        assert desk.app.bells == bells + 1


async def test_that_a_visitor_left_is_said_after_forty_seconds_and_stays_said() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        await aino.is_answered()
        await aino.leaves()
        await desk.clock.passes(39.9)
        desk.list.shows("Aino", Indicator.NEUTRAL)
        assert "left the website" not in desk.said
        await desk.clock.passes(0.1)
        desk.list.shows("Aino", Indicator.PAUSED)
        desk.sees("left the website 0:40 ago", "The visitor left the website")
        await desk.clock.passes(60)
        await aino.returns("shop.example/returns")
        desk.list.shows("Aino", Indicator.NEUTRAL)
        assert "The visitor left the website" in desk.said
        assert "The visitor is back on /returns" in desk.said
        assert desk.said.count("left the website") == 1
        await aino.leaves()
        await desk.clock.passes(10)
        await aino.returns()
        assert desk.said.count("left the website") == 1, "a short absence leaves no trace"


async def test_the_visitors_card_tells_what_is_known_and_counts_on() -> None:
    async with scene() as desk:
        await desk.visitor("Aino Virtanen", "fi").opens(
            page="https://shop.example/coats/blue",
            on_site=312_000,
            system=clean("Windows 11", SafeLine),
            browser=clean("Firefox 132", SafeLine),
            earlier=Earlier(2),
            form=(Answer(clean("Order number", SafeLine), clean("2024-77153")),),
        )
        aino = await desk.open_with("Aino Virtanen")
        desk.sees("Aino Virtanen", "Finnish", "web chat", "/coats/blue", "Windows 11")
        desk.sees("Firefox 132", "2 chats", "2024-77153", "on site  5:12")
        await desk.clock.passes(49)
        desk.sees("on site  6:01")
        await desk.operator.presses("f7")
        await desk.operator.writes("Wil een nieuwe.")
        desk.sees("Wil een nieuwe.", "0 of 5")
        await aino.has_done(1)
        desk.sees("1 of 5", "✓  solved?")


async def test_where_there_is_no_room_the_card_takes_the_place_of_the_messages() -> None:
    async with scene(size=(80, 24)) as desk:
        await desk.visitor("Aino").opens(on_site=60_000)
        await desk.open_with("Aino", "Waar blijft mijn jas?")
        await desk.operator.presses("f8")
        desk.sees("on site  1:00", "to Aino")
        assert "Waar blijft mijn jas?" not in "\n".join(line[33:] for line in desk.lines())
        await desk.operator.types("Ik kijk")
        assert desk.composer.text == "Ik kijk"
        await desk.clock.passes(1)
        desk.sees("on site  1:01")
        await desk.operator.presses("f8")
        desk.sees("Waar blijft mijn jas?")
        await desk.operator.presses("f8", "escape")
        desk.sees("Waar blijft mijn jas?")
        assert desk.composer.has_focus


async def test_where_there_is_room_the_card_can_be_put_away() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        desk.sees("web chat")
        width = desk.conversation.size.width
        await desk.operator.presses("f8")
        desk.sees_no("web chat")
        assert desk.conversation.size.width > width
        await desk.operator.presses("f8")
        desk.sees("web chat")


async def test_being_away_is_said_everywhere_and_undone_by_the_same_key() -> None:
    async with scene() as desk:
        assert "available" in desk.status
        assert "F9 away" in desk.keys
        await desk.operator.presses("f9")
        desk.server.has(SetAvailability(False))
        assert "away" in desk.status
        desk.sees("You are away. No new visitors come. F9: back.")
        assert "F9 available" in desk.keys
        await desk.operator.presses("f9")
        desk.server.has(SetAvailability(True))
        desk.sees("You are available. The next visitor comes to you by itself.")


async def test_who_waits_in_the_queue_can_be_taken() -> None:
    async with scene() as desk:
        await desk.operator.presses("a")
        assert desk.advice == "Nobody waits in the queue."
        desk.server.signal(QueueSeen(3, desk.server.now - 100_000))
        await desk.settles()
        assert "queue 3, longest 1:40" in desk.status
        await desk.operator.presses("a")
        assert desk.server.commands == [AcceptChat()]
        aino = await desk.visitor("Aino").says("Hallo?")
        await aino.is_passed_on("Piet", "een twee drie", accept_within=30_000)
        await desk.operator.presses("a")
        desk.server.has(AcceptChat(aino.chat))


async def test_that_something_stands_in_no_conversation_is_said_until_it_is_read() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino", "Hallo?")
        await aino.does(Unreadable(), Unreadable("somewhere"))
        said = "2 messages could not be read, and nobody can tell in which chats."
        assert desk.advice == said
        await desk.operator.types("K")
        assert desk.advice != said
        await aino.does(Unreadable(aino.chat))
        assert "A message could not be read" in desk.said
        assert "could not be read" not in desk.advice


async def test_the_keys_line_tells_the_keys_of_the_pane_with_the_focus() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.presses("f4")
        assert "Enter transfer" in desk.keys
        await desk.operator.presses("f7")
        desk.sees("internal note about Aino")
        assert "Enter transfer" not in desk.keys
        assert "F7 reply" in desk.keys

        await desk.operator.presses("f7", "f3")
        assert "Enter insert" in desk.keys
        await desk.operator.clicks("to Aino")
        assert "Enter insert" not in desk.keys
        await desk.operator.presses("f6")
        assert "F3 canned" in desk.keys
