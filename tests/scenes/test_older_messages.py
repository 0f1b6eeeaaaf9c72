from tests.desk_driver import Scene, scene
from tests.desk_server import START
from tests.ui.talk import visitor_says


async def reads_up(desk: Scene, *keys: str) -> None:
    desk.screen.set_focus(desk.conversation)
    await desk.operator.presses("home", *keys)


async def test_above_the_oldest_message_older_ones_are_asked_for_and_the_place_stays() -> None:
    async with scene() as desk:
        await desk.open_with("Sanne", *(f"Regel {n}." for n in range(40)))
        desk.server.archive.has["c1"] = tuple(
            visitor_says(f"Eerder {n}.", at=START - 1_000 + n) for n in range(30)
        )
        assert desk.server.archive.wanted == []
        await reads_up(desk)
        assert desk.server.archive.wanted == ["c1"]
        desk.sees("Regel 0.")
        desk.sees_no("Eerder 0.")
        await desk.operator.presses("pageup")
        desk.sees("Eerder 29.")
        desk.conversation.go_to_end()
        await desk.settles()
        desk.sees("Regel 39.")


async def test_the_wheel_at_the_top_asks_too_and_the_list_never_does() -> None:
    async with scene() as desk:
        await desk.open_with("Sanne")
        await desk.operator.wheels(desk.list.widget, up=True)
        assert desk.server.archive.wanted == []
        await desk.operator.wheels(desk.conversation, up=True)
        assert desk.server.archive.wanted == ["c1"]
