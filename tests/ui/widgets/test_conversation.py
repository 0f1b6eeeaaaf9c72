import pytest
from textual.events import MouseScrollUp
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import SELECT_ALL, Selection

from operator_tui.desk.entries import Delivery, Entry, LineKind
from operator_tui.desk.model import Chat
from operator_tui.desk.time import MINUTE, SECOND
from operator_tui.ui.render.decision import Decision
from tests.ui.chats import NOW, ago
from tests.ui.talk import TalkApp, joost, long_chat, replaced, told, typing, visitor_says, you_say

SIZE = (48, 17)


def grown(chat: Chat | None, *more: Entry) -> Chat:
    assert chat is not None
    return replaced(chat, timeline=(*chat.timeline, *more))


async def test_a_chat_opens_at_its_end() -> None:
    app = TalkApp(joost())
    async with app.run_test(size=SIZE):
        assert app.shows()[-1] == " ▌ Ik heb hem elke ochtend nodig 😅"


async def test_new_messages_are_followed_at_the_end() -> None:
    app = TalkApp(joost())
    async with app.run_test(size=SIZE) as pilot:
        app.talk.chat = grown(app.talk.chat, visitor_says("Ben je er nog?", NOW))
        await pilot.pause()
        assert app.shows()[-1] == " ▌ Ben je er nog?"
        assert app.talk.new_below == 0


async def test_scrolled_up_the_view_stays_and_counts_what_comes_below() -> None:
    app = TalkApp(joost())
    async with app.run_test(size=SIZE) as pilot:
        app.talk.focus()
        await pilot.press("pageup")
        before = app.shows()
        app.talk.chat = grown(app.talk.chat, visitor_says("Ben je er nog?", NOW))
        app.talk.chat = grown(app.talk.chat, visitor_says("Hallo?", NOW + SECOND))
        await pilot.pause()
        assert app.shows() == before
        assert app.talk.new_below == 2
        assert app.line.render_line(0).text.rstrip().endswith("2 new below ↓")


async def test_a_system_line_below_is_no_new_message() -> None:
    app = TalkApp(joost())
    async with app.run_test(size=SIZE) as pilot:
        app.talk.focus()
        await pilot.press("home")
        app.talk.chat = grown(app.talk.chat, told(LineKind.SCREEN_SHARED, NOW))
        await pilot.pause()
        assert app.talk.new_below == 0


async def test_what_has_been_scrolled_past_is_no_longer_new() -> None:
    app = TalkApp(long_chat(40))
    async with app.run_test(size=SIZE) as pilot:
        app.talk.focus()
        await pilot.press("home")
        for n in range(12):
            said = visitor_says(f"Nog {n}", NOW + n * 2 * MINUTE)
            app.talk.chat = grown(app.talk.chat, said)
        await pilot.press("end", "pageup", "home")
        assert app.talk.new_below == 0


async def test_end_goes_to_the_newest_message_and_follows_again() -> None:
    app = TalkApp(joost())
    async with app.run_test(size=SIZE) as pilot:
        app.talk.focus()
        await pilot.press("home")
        app.talk.chat = grown(app.talk.chat, visitor_says("Ben je er nog?", NOW))
        await pilot.press("end")
        assert app.talk.new_below == 0
        app.talk.chat = grown(app.talk.chat, visitor_says("Hallo?", NOW + SECOND))
        await pilot.pause()
        assert app.shows()[-1] == " ▌ Hallo?"


async def test_a_click_on_the_count_goes_to_the_end() -> None:
    app = TalkApp(joost())
    async with app.run_test(size=SIZE) as pilot:
        app.talk.focus()
        await pilot.press("home")
        app.talk.chat = grown(app.talk.chat, visitor_says("Ben je er nog?", NOW))
        await pilot.pause()
        await pilot.click(app.line, offset=(4, 0))
        assert app.talk.new_below == 1
        await pilot.click(app.line, offset=(42, 0))
        assert app.shows()[-1] == " ▌ Ben je er nog?"


async def test_what_the_operator_sends_is_seen_even_when_scrolled_up() -> None:
    app = TalkApp(joost())
    async with app.run_test(size=SIZE) as pilot:
        app.talk.focus()
        await pilot.press("home")
        app.talk.chat = grown(app.talk.chat, you_say("Een nieuwe.", NOW, Delivery.SENDING))
        await pilot.pause()
        assert app.shows()[-1] == " │ Een nieuwe."


async def test_an_own_message_that_arrives_does_not_move_the_view() -> None:
    sending = grown(joost(), you_say("Een nieuwe.", NOW, Delivery.SENDING))
    app = TalkApp(sending)
    async with app.run_test(size=SIZE) as pilot:
        app.talk.focus()
        await pilot.press("home")
        before = app.shows()
        app.talk.chat = grown(joost(), you_say("Een nieuwe.", NOW))
        await pilot.pause()
        assert app.shows() == before


@pytest.mark.parametrize("width", [30, 45, 100])
async def test_the_top_message_stays_at_the_top_when_the_width_changes(width: int) -> None:
    app = TalkApp(long_chat(60))
    async with app.run_test(size=SIZE) as pilot:
        app.talk.focus()
        await pilot.press("pageup", "pageup", "up")
        top = app.talk.render_line(0).text
        words = next(row for row in app.shows() if "Bericht" in row).split("Bericht")[1].split()[0]
        await pilot.resize_terminal(width, 17)
        await pilot.pause()
        assert any(f"Bericht {words} " in row for row in app.shows()[:4])
        await pilot.resize_terminal(*SIZE)
        await pilot.pause()
        assert app.talk.render_line(0).text == top


async def test_the_end_stays_at_the_end_when_the_size_changes() -> None:
    app = TalkApp(joost())
    async with app.run_test(size=SIZE) as pilot:
        for size in ((70, 17), (45, 9), (45, 5), (48, 30), (30, 12)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            last = [row for row in app.shows() if row][-1]
            assert "nodig 😅" in last


async def test_each_chat_keeps_its_own_place() -> None:
    one, other = long_chat(60, "One"), long_chat(60, "Other")
    app = TalkApp(one)
    async with app.run_test(size=SIZE) as pilot:
        app.talk.focus()
        await pilot.press("pageup", "pageup")
        before = app.shows()
        app.talk.chat = other
        await pilot.pause()
        assert app.shows()[-1] != before[-1]
        app.talk.chat = grown(one, visitor_says("Hallo?", NOW))
        await pilot.pause()
        assert app.shows() == before
        assert app.talk.new_below == 1


async def test_the_place_is_kept_when_older_lines_go() -> None:
    chat = long_chat(60)
    app = TalkApp(chat)
    async with app.run_test(size=SIZE) as pilot:
        app.talk.focus()
        await pilot.press("pageup")
        before = app.shows()
        app.talk.chat = replaced(chat, timeline=chat.timeline[20:])
        await pilot.pause()
        assert app.shows() == before


async def test_the_wheel_scrolls_without_the_focus() -> None:
    app = TalkApp(long_chat(60))
    async with app.run_test(size=SIZE) as pilot:
        bottom = app.talk.scroll_offset.y
        app.talk.post_message(MouseScrollUp(app.talk, 5, 5, 0, 0, 0, False, False, False))
        await pilot.pause()
        assert app.talk.scroll_offset.y < bottom
        assert not app.talk.has_focus


async def test_that_the_visitor_left_is_said_when_it_is_due() -> None:
    app = TalkApp(joost(left_at=ago(39)))
    async with app.run_test(size=SIZE) as pilot:
        assert "left the website" not in app.shows()[-1]
        app.talk.now = NOW + SECOND
        await pilot.pause()
        assert app.shows()[-1].startswith("   The visitor left the website")


async def test_without_a_chat_there_is_nothing() -> None:
    app = TalkApp()
    async with app.run_test(size=SIZE) as pilot:
        assert not any(app.shows())
        app.talk.chat = joost()
        await pilot.pause()
        app.talk.chat = None
        await pilot.pause()
        assert not any(app.shows())


async def test_a_held_message_is_decided_on_by_key_or_click() -> None:
    held = you_say("Je krijgt een nieuwe.", ago(180), Delivery.HELD)
    app = TalkApp(joost(held))
    async with app.run_test(size=SIZE) as pilot:
        assert app.shows()[-1] == " │ F6 then Enter send now  e edit  Del discard"
        app.talk.focus()
        await pilot.press("enter", "e", "delete")
        await pilot.click(app.talk, offset=(20, 15))
        assert [event.decision for event in app.decided] == [
            Decision.SEND,
            Decision.EDIT,
            Decision.DISCARD,
            Decision.EDIT,
        ]
        assert {event.message for event in app.decided} == {held}


async def test_nothing_is_decided_where_nothing_waits() -> None:
    app = TalkApp(typing(joost()))
    async with app.run_test(size=SIZE) as pilot:
        app.talk.focus()
        await pilot.press("enter", "delete")
        assert app.decided == []


async def selected(pilot: Pilot[None], selection: Selection) -> str | None:
    app = pilot.app
    assert isinstance(app, TalkApp)
    app.screen.selections = {app.talk: selection}
    await pilot.pause()
    return app.screen.get_selected_text()


async def test_all_that_is_copied_is_what_people_wrote() -> None:
    app = TalkApp(joost())
    async with app.run_test(size=SIZE) as pilot:
        assert await selected(pilot, SELECT_ALL) == "\n".join(
            [
                "Goedemiddag, mijn koffiezetter lekt aan de onderkant ☕😕",
                "Ik heb hem pas twee weken.",
                (
                    "Hoi Joost, wat vervelend. Dat had niet mogen gebeuren. Ik kijk meteen"
                    " met je mee. Heb je het ordernummer bij de hand?"
                ),
                "2024-77153",
                "Had in oktober ook al een lek. Toen is alleen de ring vervangen.",
                "Gevonden, dank je. De garantie loopt nog, dus dit kost je niets.",
                "Fijn! Krijg ik dan een nieuwe, of wordt hij gerepareerd?",
                "Ik heb hem elke ochtend nodig 😅",
            ]
        )


async def test_dragging_the_mouse_selects_text_without_bar_and_name() -> None:
    app = TalkApp(joost())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.mouse_down(app.talk, offset=(9, 14))
        await pilot.hover(app.talk, offset=(11, 15))
        await pilot.mouse_up(app.talk, offset=(11, 15))
        copied = app.screen.get_selected_text()
        assert copied == "reerd?\nIk heb he"


async def test_a_selection_is_dropped_when_its_rows_move() -> None:
    app = TalkApp(joost())
    async with app.run_test(size=SIZE) as pilot:
        assert await selected(pilot, Selection(Offset(0, 5), Offset(4, 6)))
        await pilot.resize_terminal(60, 17)
        await pilot.pause()
        assert app.screen.get_selected_text() is None


async def test_a_selection_outlives_what_is_added_below() -> None:
    app = TalkApp(joost())
    async with app.run_test(size=SIZE) as pilot:
        before = await selected(pilot, Selection(Offset(0, 5), Offset(4, 6)))
        app.talk.chat = grown(joost(), visitor_says("Hallo?", NOW))
        await pilot.pause()
        assert before
        assert app.screen.get_selected_text() == before


async def test_behind_the_visitor_card_the_place_is_kept() -> None:
    app = TalkApp(long_chat(60))
    async with app.run_test(size=SIZE) as pilot:
        app.talk.focus()
        await pilot.press("pageup")
        before = app.shows()
        app.talk.display = False
        await pilot.pause()
        app.talk.chat = grown(app.talk.chat, visitor_says("Hallo?", NOW))
        await pilot.pause()
        app.talk.display = True
        await pilot.pause()
        assert app.shows() == before
        assert app.talk.new_below == 1


async def test_a_card_shown_and_hidden_at_the_end_leaves_the_end_in_view() -> None:
    app = TalkApp(joost())
    async with app.run_test(size=SIZE) as pilot:
        app.talk.display = False
        await pilot.pause()
        app.talk.chat = grown(app.talk.chat, visitor_says("Hallo?", NOW))
        await pilot.pause()
        app.talk.display = True
        await pilot.pause()
        assert app.shows()[-1] == " ▌ Hallo?"


async def test_a_drag_that_begins_on_a_name_selects_from_there() -> None:
    app = TalkApp(joost())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.mouse_down(app.talk, offset=(5, 12))
        await pilot.hover(app.talk, offset=(5, 13))
        await pilot.mouse_up(app.talk, offset=(5, 13))
        assert app.screen.get_selected_text() == "Fij"
