"""A text area of limited length: nothing over the limit goes in, nothing in it is lost."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.message import Message
from textual.widgets import TextArea

from operator_tui.desk.text import clean
from operator_tui.ui.widgets.composer_sent import too_much
from operator_tui.ui.widgets.keys_in_order import KeysInOrder

KEYS = {
    "up": "cursor_up",
    "down": "cursor_down",
    "left": "cursor_left",
    "right": "cursor_right",
    "ctrl+left": "cursor_word_left",
    "ctrl+right": "cursor_word_right",
    "home,ctrl+a": "cursor_line_start",
    "end,ctrl+e": "cursor_line_end",
    "ctrl+shift+left": "cursor_word_left(True)",
    "ctrl+shift+right": "cursor_word_right(True)",
    "shift+home": "cursor_line_start(True)",
    "shift+end": "cursor_line_end(True)",
    "shift+up": "cursor_up(True)",
    "shift+down": "cursor_down(True)",
    "shift+left": "cursor_left(True)",
    "shift+right": "cursor_right(True)",
    "backspace": "delete_left",
    "ctrl+w,ctrl+backspace,alt+backspace": "delete_word_left",
    "delete,ctrl+d": "delete_right",
    "alt+delete,ctrl+delete": "delete_word_right",
    "ctrl+x,super+x": "cut",
    "ctrl+c,super+c": "copy",
    "ctrl+v,super+v": "paste",
    "ctrl+u,super+backspace": "delete_to_start_of_line",
    "ctrl+k": "delete_to_end_of_line_or_delete_line",
    "ctrl+z,super+z": "undo",
    "ctrl+y,super+y,ctrl+shift+z": "redo",
}
"""Textual's editing keys without F6 and F7, which are the desk's. Page up and down are left to the
conversation: one reads while one writes."""


class WritingArea(TextArea, KeysInOrder, inherit_bindings=False):
    """Where a person writes: soft wrap, a cursor that stands still, paste that is made safe."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, action, show=False) for key, action in KEYS.items()
    ]

    class Refused(Message):
        """Something was not done, for `reason`; an empty one: the operator went on."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, soft_wrap=True, highlight_cursor_line=False)
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self._complained = False

    def changed(self) -> None:
        """The text is another now; whoever needs to know overrides this."""

    def refuse(self, reason: str) -> None:
        """Say why something is not done; the next change takes it back."""
        self._complained = bool(reason)
        self.post_message(self.Refused(reason))

    def edit(self, edit: Edit) -> EditResult:
        """Every change of the text comes through here, and none goes over the limit."""
        gone = self.get_text_range(edit.from_location, edit.to_location)
        if reason := too_much(self.text, gone, edit.text):
            self.refuse(reason)
            return EditResult(self.cursor_location, "")
        result = super().edit(edit)
        self._after_change()
        return result

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of the text to take back."""
        return not self.read_only and bool(self.history.undo_stack)

    @property
    def is_touched(self) -> bool:
        """Whether somebody has written in it since its text was loaded."""
        return bool(self.history.undo_stack or self.history.redo_stack)

    def undo(self) -> None:
        """Take the last change back."""
        if not self.read_only:
            super().undo()
            self._after_change()

    def redo(self) -> None:
        """Make it again."""
        if not self.read_only:
            super().redo()
            self._after_change()

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.put(event.text)

    def action_paste(self) -> None:
        """Ctrl+V: what was copied inside the desk."""
        self.put(self.app.clipboard)

    def put(self, raw: str) -> None:
        """Paste `raw`: whole and made safe, or not at all."""
        text = raw.replace("\r\n", "\n").replace("\r", "\n")
        if reason := too_much(self.text, self.selected_text, text):
            self.refuse(reason)  # before cleaning, which would cut it
        else:
            self._replace_via_keyboard(clean(text), *self.selection)
            self.scroll_cursor_visible()

    def check_consume_key(self, key: str, character: str | None = None) -> bool:  # noqa: ARG002
        """Letters are always text, also while the text is read-only for a moment."""
        return character is not None and character.isprintable()

    def _after_change(self) -> None:
        if self._complained:
            self.refuse("")
        self.changed()
