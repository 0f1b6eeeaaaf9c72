"""The Textual application: one screen, one theme, and the way out."""

import logging
import sys
from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import BindingType

from operator_tui import crash
from operator_tui.desk.time import Clock
from operator_tui.link.backend import Backend
from operator_tui.ui.look import css_variables, textual_theme
from operator_tui.ui.paste import guard_pastes
from operator_tui.ui.screens.alarm import Alarm
from operator_tui.ui.screens.desk import DeskScreen
from operator_tui.ui.setup import Setup
from operator_tui.ui.words import tr

log = logging.getLogger(__name__)


class OperatorApp(App[int], inherit_bindings=False):
    """The operator's desk over any backend. It has no state of its own.

    Nor has it keys: Textual's own Ctrl+Q would quit without asking.
    """

    CSS_PATH = "desk.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []
    ENABLE_COMMAND_PALETTE = False
    animation_level = "none"

    def __init__(self, backend: Backend, clock: Clock, setup: Setup) -> None:
        self._setup = setup
        guard_pastes()
        super().__init__()
        self.animation_level = "none"
        self._desk = DeskScreen(backend, clock, setup, Alarm(self.bell, self._write))
        for name, theme in setup.themes.items():
            self.register_theme(textual_theme(name, theme.colours, dark=theme.dark))
        self.theme = setup.theme
        self.title = tr("operator's desk")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The theme's colours by meaning, for the style sheet."""
        return css_variables(self._setup.look.theme)

    def get_default_screen(self) -> DeskScreen:
        """The desk is the first screen and the last."""
        return self._desk

    def _fatal_error(self) -> None:
        """What Textual does with an error that nobody caught. Its own report shows the local
        variables, and what visitors wrote with them."""
        error = sys.exception()
        log.critical("crash", exc_info=error)
        self.bell()
        self.panic(Text("\n\n".join(_crashed(error))))

    def _write(self, sequence: str) -> None:
        """Hand one sequence of our own to the terminal; see `ui.alerts.set_title`."""
        if self._driver is not None and not self.is_headless:
            self._driver.write(sequence)


def _crashed(error: BaseException | None) -> Iterator[str]:
    """What stands in the terminal once the desk is gone."""
    if error is not None:
        yield crash.report(error)
    yield tr(
        "The desk ended by a fault of its own. Drafts and unsent texts are kept, except those of a"
        " demo."
    )
    yield tr(
        "The lines above hold no words of visitors: pass them on to who maintains the program."
    )
