import pytest
from msgspec import structs

from operator_tui.link.backend import LinkState
from operator_tui.store.ports import Remembered
from operator_tui.ui.widgets.chat_list import ChatList
from operator_tui.ui.widgets.composer import Composer
from tests.desk_driver import FOUR_SIZES, scene
from tests.memory import MemorySettings

ODD_SIZES = ((20, 5), (1, 1), (59, 40), (300, 12))


async def test_the_welcome_shows_five_keys_once() -> None:
    settings = MemorySettings()
    async with scene(remembered=Remembered(welcome_seen=False), settings=settings) as desk:
        desk.sees("Welcome, Anna.", "every key, searchable")
        desk.sees("You are available. The next visitor comes to you by itself.")
        await desk.visitor("Aino").says("Hallo?")
        desk.sees("Welcome, Anna. Your first visitors are here.", "every key, searchable")
        desk.sees("filled: somebody waits for you", "This page goes away when you open a chat.")
        await desk.operator.presses("f2")
        desk.sees_no("Welcome")
        assert await settings.load() == Remembered(welcome_seen=True)
        await desk.visitor("Aino").is_gone()
        desk.sees_no("Welcome")
        desk.sees("Nobody is waiting.")
        await desk.clock.passes(360)
        desk.sees("Nobody is waiting. Last chat 6 minutes ago.")


async def test_the_welcome_comes_back_from_the_palette_and_the_draft_stays() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.types("Ik kijk even")
        await desk.operator.presses("ctrl+p")
        await desk.operator.types("welcome page")
        await desk.comes("the welcome page")
        await desk.operator.presses("enter")
        await desk.comes("Welcome, Anna.")
        desk.sees("filled: somebody waits for you")
        await desk.operator.presses("enter")
        desk.sees_no("Welcome")
        assert desk.composer.text == "Ik kijk even"


async def test_before_the_first_snapshot_it_says_where_it_connects_to_and_nothing_else() -> None:
    async with scene(connected=False) as desk:
        desk.sees("Connecting to shop.example:443 …")
        desk.sees_no("available")
        for key in ("f2", "f9", "slash", "ctrl+down"):
            await desk.operator.presses(key)
        assert desk.advice == "Not connected yet."
        desk.server.known = True
        desk.server.tell()
        await desk.settles()
        desk.sees_no("Connecting")
        desk.sees("You are available.")


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_who_cannot_connect_learns_why_and_how_to_leave(width: int) -> None:
    async with scene((width, 24), connected=False) as desk:
        desk.server.connection = structs.replace(
            desk.server.connection,
            state=LinkState.CONNECTING,
            next_try=desk.hand.local + 3,
            failure="refused",
        )
        desk.server.tell()
        await desk.settles()
        desk.sees("Connecting to", "Nobody answers there. Next try in 3 s.", "Ctrl+Q quits.")
        desk.sees("Nobody answers there, next try in 3 s")
        await desk.clock.passes(1)
        desk.sees("Nobody answers there, next try in 2 s")


async def test_what_went_wrong_at_the_start_is_told() -> None:
    async with scene(notices=("mine.toml, line 3: no colour. Night is shown.",)) as desk:
        assert desk.advice == "mine.toml, line 3: no colour. Night is shown."


async def test_the_palette_does_what_keys_do_and_says_why_not() -> None:
    async with scene() as desk:
        await desk.visitor("Aino").says("Hallo?")
        await desk.operator.presses("ctrl+p")
        await desk.operator.types("needs you most")
        await desk.comes("open the chat that needs you most")
        await desk.operator.presses("enter")
        await desk.comes("to Aino")
        await desk.operator.presses("ctrl+p")
        await desk.operator.types("bring a chat")
        await desk.comes("bring a chat back")
        desk.sees("Nothing to undo.")
        await desk.operator.presses("enter")
        desk.sees("every action by name")
        await desk.operator.presses("escape")
        await desk.operator.types("x")
        assert desk.composer.text == "x"


async def test_the_palette_is_a_sheet_like_the_others() -> None:
    async with scene((80, 24)) as desk:
        await desk.open_with("Aino")
        await desk.operator.types("Ik kijk")
        await desk.operator.presses("ctrl+p")
        desk.sees("every action by name", "Enter do it", "Esc back", "to Aino", "Ik kijk")
        await desk.visitor("Bram").says("Hallo?")
        desk.sees("Bram")
        await desk.operator.presses("ctrl+p")
        desk.sees_no("every action by name")
        await desk.operator.types(" even")
        assert desk.composer.text == "Ik kijk even"


async def test_from_the_list_the_palette_is_about_the_chat_under_the_cursor() -> None:
    async with scene() as desk:
        await desk.visitor("Aino").says("Hallo?")
        await desk.operator.presses("escape", "ctrl+p")
        await desk.operator.types("internal note")
        await desk.operator.presses("enter")
        desk.sees("internal note about Aino")


async def test_what_was_copied_can_be_pasted_into_a_sheet() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        desk.app.copy_to_clipboard("canned\x1b[2J")
        await desk.operator.presses("ctrl+p", "ctrl+v")
        desk.sees("canned␛[2J")


async def test_the_help_finds_keys_and_says_why_one_does_nothing_now() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.presses("f1")
        desk.sees("what you can do here", "Ctrl+J", "new line in the reply", "Esc back")
        await desk.operator.types("undo")
        desk.sees("bring a chat back", "Nothing to undo.")
        desk.sees_no("new line in the reply")
        await desk.operator.presses("enter")
        desk.sees("what you can do here")
        await desk.operator.presses("ctrl+u")
        await desk.operator.types("internal note")
        await desk.operator.presses("enter")
        desk.sees_no("what you can do here")
        desk.sees("internal note about Aino")
        await desk.operator.presses("f1", "f1")
        desk.sees_no("what you can do here")
        assert desk.composer.has_focus


async def test_leaving_is_asked_once_while_chats_are_open() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.presses("ctrl+q")
        assert desk.advice == "1 chat is open. Ctrl+Q again: quit."
        assert desk.app.return_value is None
        await desk.clock.passes(7)
        await desk.operator.presses("ctrl+q")
        assert desk.app.return_value is None, "the first press is forgotten"
        await desk.operator.presses("ctrl+q")
        assert desk.app.return_value == 0


async def test_leaving_counts_the_drafts_that_nobody_has_read() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.types("Ik kijk")
        await desk.operator.presses("ctrl+q")
        assert desk.advice == "1 chat is open. Ctrl+Q again: quit. 1 draft is not sent."


async def test_with_no_chat_leaving_is_one_key() -> None:
    async with scene() as desk:
        await desk.operator.presses("ctrl+q")
        assert desk.app.return_value == 0


async def test_the_mouse_opens_does_and_scrolls_without_taking_the_focus() -> None:
    async with scene(size=(100, 24)) as desk:
        aino = await desk.visitor("Aino").says("Hallo?")
        for n in range(12):
            await desk.visitor(f"Visitor {n:02}").says("Hallo?")
        await desk.operator.clicks("Aino")
        desk.sees("to Aino")
        assert desk.composer.has_focus
        await desk.operator.wheels(desk.list.widget, up=False)
        desk.sees("↑")
        assert desk.composer.has_focus

        await aino.says(*(f"line {n}" for n in range(30)))
        for _ in range(8):
            await desk.operator.wheels(desk.conversation, up=True)
        assert "line 29" not in desk.said
        await aino.says("one more", "and another")
        desk.sees("2 new below")
        assert "and another" not in desk.said
        await desk.operator.clicks("2 new below")
        assert "and another" in desk.said
        desk.sees_no("new below")
        assert desk.composer.has_focus

        await desk.operator.clicks("F3 canned")
        desk.sees("canned replies, Dutch")
        await desk.operator.clicks("Esc back")
        desk.sees_no("canned replies, Dutch")
        await desk.operator.clicks("F1 all keys")
        desk.sees("what you can do here")


async def test_without_a_chat_its_keys_are_not_listed_and_still_say_why() -> None:
    async with scene() as desk:
        assert not any(key in desk.keys for key in ("F3", "F4", "F5", "F7", "F8"))
        assert "F9 away" in desk.keys
        await desk.operator.presses("f3")
        assert desk.advice == "There is no chat in the list."


@pytest.mark.thorough
async def test_every_size_keeps_chat_place_and_draft() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino", *(f"Dit is regel {n}." for n in range(60)))
        await desk.visitor("Bram").says("Hallo?")
        await desk.operator.types("Ik kijk")
        for _ in range(10):
            await desk.operator.wheels(desk.conversation, up=True)
        top = desk.lines_of(desk.conversation)[1]
        for size in (*FOUR_SIZES, *ODD_SIZES, FOUR_SIZES[0]):
            await desk.pilot.resize_terminal(*size)
            await desk.settles()
            assert desk.composer.has_focus, size
            assert desk.composer.text == "Ik kijk"
            await desk.operator.presses("f4", "escape", "f8", "f8")
            assert desk.composer.has_focus, size
            if size in FOUR_SIZES:
                desk.sees("to Aino", "Ik kijk")
                assert {len(line) for line in desk.lines()} <= set(range(size[0] + 1))
        assert desk.lines_of(desk.conversation)[1] == top
        await aino.says("Hallo?")
        desk.sees("1 new below")


@pytest.mark.parametrize("size", FOUR_SIZES)
async def test_a_first_reply_at_each_size(size: tuple[int, int]) -> None:
    async with scene(size=size) as desk:
        await desk.visitor("Aino").says("Waar is mijn jas?")
        desk.sees("Aino", "live")
        await desk.operator.presses("f2")
        desk.sees("to Aino", "Waar is mijn jas?", "F1 all keys")
        await desk.operator.writes("Ik kijk.")
        desk.server.received("Ik kijk.")
        desk.sees("sent ✓")
        assert desk.screen.query_one(ChatList).size.width in {37 + 1, 32, 15}


@pytest.mark.thorough
@pytest.mark.parametrize("theme", ["day", "night", "high_contrast", "colour_blind", "mono"])
async def test_every_theme_starts(theme: str) -> None:
    async with scene(size=(100, 30), theme=theme) as desk:
        await desk.open_with("Aino")
        await desk.operator.presses("f7", "f1")
        desk.sees("Aino", "what you can do here")
        ground = desk.screen.setup.themes[theme].colours["ground"]["background"]
        assert desk.screen.styles.background.hex.lower() == ground.lower()


async def test_signs_of_the_keyboard_are_enough() -> None:
    async with scene(size=(100, 30), icons="ascii") as desk:
        aino = await desk.open_with("Aino", language="en")
        await desk.visitor("Bram").says("Hallo?")
        await aino.types()
        await desk.operator.presses("f7", "x", "f7", "y")
        desk.sees("N 1")
        for key in ("f1", "f3", "f4", "f5", "ctrl+p"):
            await desk.operator.presses(key)
            strange = {sign for line in desk.lines() for sign in line if not sign.isascii()}
            assert strange <= {"…"}, (key, strange)
            await desk.operator.presses("escape")
        await desk.operator.presses("escape", "g")
        assert any(line.startswith(">") for line in desk.lines()), "the cursor is a sign of its own"


async def test_without_colours_everything_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with scene(size=(100, 30)) as desk:
        await desk.open_with("Aino")
        await desk.operator.presses("f7")
        desk.sees("new", "● 1", "internal note about Aino", "never sees this")
        strips = desk.app.screen._compositor.render_strips(desk.app.size)
        colours = {
            colour
            for strip in strips
            for segment in strip.apply_filter(
                desk.app._filters[-1], desk.composer.background_colors[0]
            )
            if segment.style and (colour := segment.style.color) is not None
        }
        assert all(colour.triplet and len(set(colour.triplet)) == 1 for colour in colours)
        assert isinstance(desk.app.focused, Composer)


async def test_the_palette_says_that_nothing_is_called_so() -> None:
    async with scene() as desk:
        await desk.operator.presses("ctrl+p")
        await desk.operator.types("zzzz")
        await desk.comes("Nothing you can do here is called that.")
