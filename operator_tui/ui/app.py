"""The Textual application: one screen, one theme, and the way out."""

from typing import ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.theme import Theme

from operator_tui.desk.time import Clock
from operator_tui.link.backend import Backend
from operator_tui.ui.look import css_variables, textual_theme
from operator_tui.ui.palette import ActionProvider
from operator_tui.ui.screens.desk import DeskScreen
from operator_tui.ui.setup import Setup
from operator_tui.ui.words import tr


class OperatorApp(App[int]):
    """The operator's desk over any backend. It has no state of its own."""

    CSS_PATH = "desk.tcss"
    COMMANDS: ClassVar = {ActionProvider}
    BINDINGS: ClassVar[list[BindingType]] = []
    ENABLE_COMMAND_PALETTE = True
    animation_level = "none"

    def __init__(self, backend: Backend, clock: Clock, setup: Setup) -> None:
        self._setup = setup
        super().__init__()
        self.animation_level = "none"
        self._desk = DeskScreen(backend, clock, setup, self._write)
        self.register_theme(self._theme())
        self.theme = setup.theme_name
        self.title = tr("operator's desk")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The theme's colours by meaning, for the style sheet."""
        return css_variables(self._setup.colours)

    def get_default_screen(self) -> DeskScreen:
        """The desk is the first screen and the last."""
        return self._desk

    def _write(self, sequence: str) -> None:
        """Hand one sequence of our own to the terminal; see `ui.alerts.set_title`."""
        if self._driver is not None and not self.is_headless:
            self._driver.write(sequence)

    def _theme(self) -> Theme:
        setup = self._setup
        return textual_theme(setup.theme_name, setup.colours, dark=setup.dark)
