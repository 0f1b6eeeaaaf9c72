from collections.abc import Iterator

import pytest

from operator_tui.ui.actions import ACTIONS
from operator_tui.ui.keymap import keymap
from operator_tui.ui.keys import use_keys
from tests.desk_driver import scene


@pytest.fixture(autouse=True)
def _own_keys() -> Iterator[None]:
    own = {"canned": ("F12", "b"), "most_urgent": ("F3",), "help": ("F11",)}
    use_keys(keymap(own).keys)
    yield
    use_keys({action.id: action.keys for action in ACTIONS})


async def test_own_keys_work_and_are_told_and_the_old_ones_do_nothing() -> None:
    async with scene() as desk:
        await desk.visitor("Sanne").says("Waar is mijn bestelling?")
        desk.sees("F3 opens the chat that needs you most.")
        await desk.operator.presses("f2", "u")
        desk.sees_no("to Sanne")
        await desk.operator.presses("f3")
        desk.sees("to Sanne", "F12 canned", "F11 all keys")

        await desk.operator.presses("f12")
        desk.sees("canned replies")
        await desk.operator.presses("escape", "escape", "c")
        desk.sees_no("canned replies")
        await desk.operator.presses("b")
        desk.sees("canned replies")


async def test_help_and_palette_tell_the_own_keys() -> None:
    async with scene() as desk:
        await desk.open_with("Sanne")
        await desk.operator.presses("f11")
        await desk.operator.types("canned")
        desk.sees("F12 b")
        await desk.operator.presses("escape", "ctrl+p")
        await desk.operator.types("canned")
        await desk.comes("F12")
