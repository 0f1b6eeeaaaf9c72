from msgspec import structs
from textual import events
from textual.geometry import Region
from textual.widgets import Input

from operator_tui.desk.time import SECOND
from tests.ui import chats
from tests.ui.widgets.list_app import chat_list

MODEL = [
    *("AleksandraWiniewska", "SannedeVries", "JoostvandenHeuvel", "AinoKorhonen", "TomWhitfield"),
    *("JanKowalski", "VinMkelRautiainen", "EvaNowak", "PriyaRaman"),
    *("PietBakker", "LiisaVirtanen"),
]


async def test_the_list_of_the_models_on_a_small_screen() -> None:
    async with chat_list(chats.model_desk(), width=32, height=22) as scene:
        assert scene.list.chats == tuple(MODEL)
        assert scene.lines[0] == " answer now                  5 │"
        assert scene.lines[11] == " with the visitor            4 │"
        assert scene.lines[20] == " left                        2 │"
        assert scene.lines[21] == " ↓ 2 more                      │"


async def test_a_tall_screen_has_room_between_the_bands() -> None:
    async with chat_list(chats.model_desk(), height=28) as scene:
        assert scene.lines[11].strip() == "│"
        assert scene.lines[12].startswith(" with the visitor")


async def test_a_narrow_list_is_a_rail() -> None:
    async with chat_list(chats.model_desk(), width=15, height=18) as scene:
        assert scene.list.narrow
        assert scene.lines[:2] == ["  ● 1 → +0:07 │", " Aleksandra…  │"]
        assert scene.lines[-1] == " ↓ 3 more     │"


async def test_every_line_is_as_wide_as_the_list() -> None:
    for width in (9, 33):
        async with chat_list(chats.model_desk(), width=width) as scene:
            strips = [scene.list.render_line(y) for y in range(24)]
            assert {strip.cell_length for strip in strips} == {width}


async def test_without_focus_there_is_no_cursor() -> None:
    async with chat_list(chats.model_desk()) as scene:
        assert scene.moved == []
        assert not any("▌" in line for line in scene.lines)


async def test_the_cursor_begins_at_the_open_chat() -> None:
    async with chat_list(chats.model_desk()) as scene:
        scene.list.open_chat = "EvaNowak"
        await scene.focus()
        assert scene.moved == ["EvaNowak"]


async def test_the_cursor_goes_along_with_the_open_chat() -> None:
    async with chat_list(chats.model_desk()) as scene:
        await scene.focus()
        scene.list.open_chat = "EvaNowak"
        assert scene.list.cursor == "EvaNowak"
        scene.list.open_chat = None
        assert scene.list.cursor == "EvaNowak"


async def test_keys_move_the_cursor_and_ask_for_its_chat() -> None:
    async with chat_list(chats.model_desk()) as scene:
        await scene.focus()
        await scene.press("j", "down", "k", "enter", "G", "o", "g", "up")
        assert scene.moved == [*MODEL[:3], MODEL[1], MODEL[-1], MODEL[0], MODEL[0]]
        assert scene.app.acting.acts == ["open", "open"]


async def test_the_cursor_is_always_in_sight() -> None:
    async with chat_list(chats.model_desk(), height=8) as scene:
        await scene.focus()
        rows = scene.list
        down, up = rows.action_cursor_down, rows.action_cursor_up
        for act in [down] * 12 + [up] * 12 + [rows.action_cursor_end, up, rows.action_cursor_top]:
            act()
            assert sum("▌" in line for line in scene.lines) == 2, (act, scene.lines)
        assert scene.lines[0].startswith(" answer now")


async def test_the_cursor_stays_on_its_chat_when_rows_move() -> None:
    async with chat_list(chats.model_desk()) as scene:
        await scene.focus()
        await scene.press("j", "j", "j")
        assert scene.list.cursor == "AinoKorhonen"
        await scene.becomes(chats.model_desk(), chats.NOW + 25 * SECOND)
        before = scene.list.chats.index("AinoKorhonen")
        calm = chats.model_desk()
        answered = structs.replace(
            calm.chats["AinoKorhonen"], unanswered=0, owed_since=None, answered_at=chats.NOW
        )
        await scene.becomes(structs.replace(calm, chats=calm.chats | {"AinoKorhonen": answered}))
        assert scene.list.chats.index("AinoKorhonen") != before
        assert scene.list.cursor == "AinoKorhonen"
        first_with_bar = next(line for line in scene.lines if "▌" in line)
        assert "Aino Korhonen" in first_with_bar


async def test_the_cursor_of_a_chat_that_is_gone_goes_to_the_next() -> None:
    async with chat_list(chats.model_desk()) as scene:
        await scene.focus()
        await scene.press("j")
        left = chats.model_desk()
        rest = {key: chat for key, chat in left.chats.items() if key != MODEL[1]}
        await scene.becomes(structs.replace(left, chats=rest))
        assert scene.list.cursor == MODEL[2]
        assert scene.moved[-1] == MODEL[2]
        await scene.becomes(chats.desk())
        assert scene.moved[-1] is None


async def test_leaving_the_list_is_told() -> None:
    async with chat_list(chats.model_desk()) as scene:
        await scene.focus()
        scene.app.query_one(Input).focus()
        await scene.pilot.pause()
        assert scene.moved == [MODEL[0], None]


async def test_a_click_opens_and_takes_no_focus() -> None:
    async with chat_list(chats.model_desk()) as scene:
        await scene.pilot.click("ChatList", offset=(10, 3))
        await scene.pilot.click("ChatList", offset=(1, 2))
        await scene.pilot.click("ChatList", offset=(3, 0))
        assert scene.opened == [MODEL[1], MODEL[0]]
        assert not scene.list.has_focus


async def test_a_click_on_the_line_that_tells_of_more_turns_the_page() -> None:
    async with chat_list(chats.model_desk(), height=12) as scene:
        await scene.pilot.click("ChatList", offset=(3, 11))
        await scene.pilot.pause()
        assert scene.opened == []
        assert scene.lines[0].startswith(" ↑ 5 more")
        await scene.pilot.click("ChatList", offset=(3, 0))
        await scene.pilot.pause()
        assert scene.lines[0].startswith(" answer now")


async def test_the_wheel_scrolls_without_focus() -> None:
    async with chat_list(chats.model_desk(), height=12) as scene:
        wheel = events.MouseScrollDown(None, 3, 3, 0, 1, 0, False, False, False)
        scene.list.post_message(wheel)
        await scene.pilot.pause()
        assert scene.lines[0].startswith(" ↑")
        assert not scene.list.has_focus


async def test_the_open_chat_is_brought_into_sight() -> None:
    async with chat_list(chats.model_desk(), height=8) as scene:
        scene.list.open_chat = "LiisaVirtanen"
        await scene.pilot.pause()
        assert any("Liisa" in line for line in scene.lines)


async def test_a_filter_leaves_the_names_that_have_it() -> None:
    async with chat_list(chats.model_desk()) as scene:
        scene.list.filter = "KO"
        await scene.pilot.pause()
        assert scene.list.chats == ("AinoKorhonen", "JanKowalski")
        scene.list.filter = "xyz"
        await scene.pilot.pause()
        assert scene.lines[1].startswith(' No chat has "xyz" in its')


async def test_a_tick_sends_out_only_the_lines_that_changed() -> None:
    async with chat_list(chats.model_desk()) as scene:
        sent: list[Region] = []
        scene.list.refresh = lambda *regions, **_: sent.extend(regions)  # type: ignore[assignment,method-assign]
        before = scene.lines
        scene.list.now = chats.NOW + SECOND
        scene.list.settled()
        differing = [
            y for y, pair in enumerate(zip(before, scene.lines, strict=True)) if len(set(pair)) > 1
        ]
        assert [region.y for region in sent] == differing
        assert {region.height for region in sent} == {1}
        assert 0 < len(sent) < 12


async def test_an_unchanged_number_of_lines_lays_nothing_out() -> None:
    async with chat_list(chats.model_desk()) as scene:
        before = scene.list.virtual_size
        await scene.becomes(chats.model_desk(), chats.NOW + SECOND)
        assert scene.list.virtual_size is before


async def test_a_list_without_a_desk_is_blank() -> None:
    async with chat_list(chats.desk()) as scene:
        scene.list.desk = None
        await scene.pilot.pause()
        assert {line.strip() for line in scene.lines} == {"│"}
        await scene.focus()
        await scene.press("j", "G")
        assert scene.moved == [None]
