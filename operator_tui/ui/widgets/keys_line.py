"""The line at the bottom of the screen: which keys do something here."""

from textual import events
from textual.message import Message
from textual.reactive import var

from operator_tui.ui.keys import key_of
from operator_tui.ui.look import Look
from operator_tui.ui.render.keys import KeyHint, KeysPainted, keys_line
from operator_tui.ui.widgets.painted import Painted
from operator_tui.ui.words import tr


class KeysLine(Painted):
    """Shows `hints`, and says which one was clicked."""

    DEFAULT_CSS = "KeysLine { height: 1; }"
    ALLOW_SELECT = False

    hints: var[tuple[KeyHint, ...]] = var(())
    look: var[Look | None] = var(None)

    class Pressed(Message):
        """The operator clicked on an entry; `action` is what its key does."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._painted: KeysPainted | None = None

    def watch_hints(self) -> None:
        """Paint again; the line goes out only when it differs."""
        self._repaint()

    watch_look = watch_hints
    on_resize = watch_hints

    def on_click(self, event: events.Click) -> None:
        """An entry does what its key does, also one that only has a reason to tell."""
        action = self._painted.action_at(event.x) if self._painted else None
        if action is not None:
            self.post_message(self.Pressed(action))

    def _repaint(self) -> None:
        if self.look is None or not self.size.width:
            return
        help_key = KeyHint(key_of("help"), tr("all keys"), enabled=True, action="help")
        self._painted = keys_line(self.hints, help_key, self.size.width, self.look)
        self.put([self._painted.strip])
