"""Themes and icons, tried while the desk runs."""

from tests.desk_driver import Scene, scene


async def wears(desk: Scene, look: str) -> None:
    await desk.operator.presses("ctrl+p")
    await desk.operator.pastes(look)
    await desk.operator.presses("enter")


def ground(desk: Scene) -> str:
    return desk.screen.styles.background.hex.lower()


def inks(desk: Scene) -> set[str]:
    """Every colour on the screen."""
    strips = desk.app.screen._compositor.render_strips(desk.app.size)
    styles = [segment.style for strip in strips for segment in strip if segment.style]
    found = (colour for style in styles for colour in (style.color, style.bgcolor))
    return {colour.name for colour in found if colour is not None}


async def test_a_theme_is_on_at_once_and_the_notice_says_how_to_keep_it() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.types("Ik kijk even")
        night = inks(desk)
        await wears(desk, "theme: day")
        day = desk.screen.setup.themes["day"].colours
        assert ground(desk) == day["ground"]["background"]
        assert desk.advice == 'For this run. To keep it, write theme = "day" into config.toml.'
        known = {colour for table in day.values() for colour in table.values()}
        assert not (inks(desk) & night) - known, "nothing of the night is left"
        assert desk.composer.text == "Ik kijk even"


async def test_the_sheet_stays_until_the_right_one_is_found() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await wears(desk, "theme:")
        seen = {ground(desk)}
        for _ in range(4):
            await desk.operator.presses("down", "enter")
            seen.add(ground(desk))
        assert len(seen) >= 4
        desk.sees("every action by name", "theme: night", "This is in use.")
        await desk.operator.presses("escape")
        desk.sees_no("every action by name")
        assert desk.composer.has_focus


async def test_icons_are_put_on_everywhere_and_taken_off_again() -> None:
    async with scene(size=(100, 30)) as desk:
        await desk.open_with("Aino", language="en")
        await desk.visitor("Bram").says("Hallo?")
        await wears(desk, "icons: ascii")
        desk.sees("N 1", "icons: ascii")
        assert 'icons = "ascii"' in desk.advice
        await desk.operator.presses("escape")
        strange = {sign for line in desk.lines() for sign in line if not sign.isascii()}
        assert strange <= {"…"}
        await wears(desk, "icons: unicode")
        await desk.operator.presses("escape")
        desk.sees("● 1")


async def test_what_is_worn_cannot_be_put_on_again() -> None:
    async with scene() as desk:
        await wears(desk, "theme: night")
        desk.sees("This is in use.")
        assert "Enter" not in desk.keys
        assert desk.advice == ""
