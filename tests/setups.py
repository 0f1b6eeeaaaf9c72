"""What the program would hand the desk at its start, for tests."""

from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import structs

from operator_tui.store import canned_files
from operator_tui.store.ports import IconSet, Remembered
from operator_tui.store.theme_files import Theme, usable_themes
from operator_tui.ui.icons import load_icons
from operator_tui.ui.look import Look
from operator_tui.ui.setup import Setup
from tests.memory import MemoryDrafts, MemorySettings, MemoryStore


@cache
def themes() -> dict[str, Theme]:
    return usable_themes()


def setup(icons: IconSet = "unicode", theme: str = "night", **changes: Any) -> Setup:  # noqa: ANN401
    """A desk whose welcome was seen already; `changes` are fields of `Setup`."""
    made = Setup(
        look=Look(load_icons(icons), themes()[theme].colours),
        icons=icons,
        theme=theme,
        themes=themes(),
        canned=canned_files.bundled(),
        etiquette={code: canned_files.etiquette(code) for code in canned_files.languages()},
        drafts=MemoryDrafts(MemoryStore()),
        settings=MemorySettings(),
        zone=ZoneInfo("Europe/Amsterdam"),
        remembered=Remembered(welcome_seen=True),
    )
    return structs.replace(made, **changes)
