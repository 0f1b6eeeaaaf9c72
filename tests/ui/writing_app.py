"""A small app with nothing but a composer and its advice line; it keeps what the composer says."""

from pathlib import Path
from typing import Any

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.message import Message

from operator_tui.desk.drafts import NO_DRAFT, Draft
from operator_tui.store.theme_files import load_theme
from operator_tui.ui.icons import load_icons
from operator_tui.ui.look import Look, css_variables, textual_theme
from operator_tui.ui.widgets.advice_line import AdviceLine
from operator_tui.ui.widgets.composer import Composer

THEMES = Path(__file__).parents[2] / "themes"


def look(icons: str = "unicode", theme: str = "night") -> Look:
    return Look(load_icons(icons), load_theme(theme).colours)


class LookApp(App[None]):
    """An app that wears a look."""

    def __init__(self, worn: Look | None = None) -> None:
        self.worn = worn or look()
        super().__init__()
        self.register_theme(textual_theme("worn", self.worn.theme, dark=True))
        self.theme = "worn"
        self.animation_level = "none"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return css_variables(self.worn.theme)


class WritingApp(LookApp):
    """The composer at the bottom, as in the desk."""

    CSS = "Vertical { height: 1fr; background: $ground-background; }"

    def __init__(self, worn: Look | None = None) -> None:
        super().__init__(worn)
        self.said: list[Message] = []

    def compose(self) -> ComposeResult:
        yield Vertical()
        yield Composer()
        yield AdviceLine()

    def on_mount(self) -> None:
        self.composer.look = self.worn
        self.advice.look = self.worn
        self.shows("c1", "Joost van den Heuvel")
        self.composer.focus()

    @property
    def composer(self) -> Composer:
        return self.query_one(Composer)

    @property
    def advice(self) -> AdviceLine:
        return self.query_one(AdviceLine)

    def shows(
        self, chat: str, name: str = "Sanne", *, note: bool = False, draft: Draft = NO_DRAFT
    ) -> None:
        self.composer.chat_id, self.composer.recipient, self.composer.note = chat, name, note
        self.composer.load(draft)

    def told(self, kind: type[Any]) -> list[Any]:
        return [message for message in self.said if type(message) is kind]

    def on_composer_submitted(self, event: Composer.Submitted) -> None:
        self.said.append(event)

    def on_composer_draft_changed(self, event: Composer.DraftChanged) -> None:
        self.said.append(event)

    def on_composer_canned_asked(self, event: Composer.CannedAsked) -> None:
        self.said.append(event)

    def on_composer_left(self, event: Composer.Left) -> None:
        self.said.append(event)

    def on_writing_area_refused(self, event: Composer.Refused) -> None:
        self.said.append(event)
        self.advice.refusal = event.reason
