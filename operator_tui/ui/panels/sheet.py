"""What all sheets do alike: rise over the messages, list, choose, close."""

from typing import ClassVar, Self

from msgspec import Struct
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from operator_tui.desk.entries import NO_TEXT
from operator_tui.desk.text import SafeText, clean
from operator_tui.ui.look import Look
from operator_tui.ui.render.sheet import Painted
from operator_tui.ui.widgets.keys_in_order import KeysInOrder

LEAST_LINES = 8
"""Below this a sheet takes all the room there is."""
LINES_OF_TALK = 5
"""The newest message and the line on who is typing: it is being answered while one looks here."""


STEPS = {"up": -1, "down": 1}
PAGES = {"pageup": -1, "pagedown": 1}
"""Rows, and pages of rows, that a key goes."""
PASTE = {"ctrl+v", "super+v"}
"""What was copied here; what the terminal pastes comes as a text."""


class SheetKey(Struct, frozen=True):
    """One entry of the keys line while a sheet is open."""

    key: str
    """As people call it: "Enter"."""
    label: str
    press: str = ""
    """The key a click on it stands for, as Textual names it; empty: no click."""


def page_of(painted: Painted) -> int:
    """Rows that are in sight, but for the one that stays there."""
    return max(1, len(set(painted.rows.values())) - 1)


class Sheet(KeysInOrder, can_focus=True):
    """A list over the messages. Its kinds say what stands on it and what the keys do."""

    DEFAULT_CSS = """
    Sheet { width: 1fr; height: auto; max-height: 100%; background: $ground-raised; }
    """

    LEAVES: ClassVar[int] = LINES_OF_TALK
    """Lines of what it rises over that it leaves free, where it has `LEAST_LINES` then."""
    ALLOW_SELECT = False
    """Nothing on it is for copying, and Textual crashes where a selection begins on a sheet that
    is just being taken away."""

    look: reactive[Look | None] = reactive(None)
    selected: reactive[int] = reactive(0)
    """The row of the list under the bar."""

    class Last(Message):
        """What a sheet says last: it is to go."""

    class Closed(Last):
        """Esc: nothing is done. `kept` is what was typed and not used."""

        def __init__(self, kept: SafeText = NO_TEXT) -> None:
            super().__init__()
            self.kept = kept

    class Risen(Message):
        """The sheet has another size now."""

    class HintsChanged(Message):
        """The keys line has to say something else now."""

    _painted: tuple[Size, Painted] | None = None
    _asked_for = 0
    """The height wanted when the sheet was last laid out."""
    _hinted: tuple[SheetKey, ...] | None = None
    _risen = 0
    """The height that was told last."""
    _has_spoken = False
    """It has said its last word."""

    # what a kind of sheet says of itself

    @property
    def hints(self) -> tuple[SheetKey, ...]:
        """What the keys line says while the sheet is open."""
        return ()

    @property
    def length(self) -> int:
        """How many rows can be selected."""
        return 0

    def wanted(self, width: int) -> int:
        """How many lines the sheet would like to have."""
        raise NotImplementedError

    def paint(self, width: int, height: int, look: Look) -> Painted:
        """The sheet in exactly that room."""
        raise NotImplementedError

    def pressed(self, key: str, character: str | None) -> bool:
        """Do what a key of this sheet does; False when it is none."""
        raise NotImplementedError

    def chosen(self) -> None:
        """Do what a click on the selected row does."""

    def pasted(self, text: SafeText) -> None:
        """Take what was pasted."""

    def post_message(self, message: Message) -> bool:
        """Behind its last word a sheet does nothing more: a second Enter is no second word."""
        if isinstance(message, self.Last):
            if self._has_spoken:
                return False
            self._has_spoken = True
            self.give_way()
        return super().post_message(message)

    def dismiss(self) -> None:
        """Close without doing anything."""
        self.post_message(self.Closed())

    # what they do alike

    def select(self, row: int) -> None:
        """Put the bar on a row, as near as there is one."""
        self.selected = max(0, min(row, self.length - 1))

    def point(self, row: int) -> None:
        """A click on another row."""
        self.select(row)

    async def _on_key(self, event: events.Key) -> None:
        character = event.character if event.is_printable else None
        if self.pressed(event.key, character) or self._moved(event.key):
            event.stop()
            event.prevent_default()

    def _moved(self, key: str) -> bool:
        by = PAGES[key] * page_of(self._paint()) if key in PAGES else STEPS.get(key, 0)
        if key == "escape":
            self.dismiss()
        elif by:
            self.select(self.selected + by)
        elif key in PASTE:
            self.pasted(clean(self.app.clipboard))
        else:
            return False
        return True

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.pasted(clean(event.text))

    async def _on_click(self, event: events.Click) -> None:
        row = self._paint().rows.get(event.y)
        if row is not None and row == self.selected:
            self.chosen()
        elif row is not None:
            self.point(row)

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.select(self.selected + 1)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.select(self.selected - 1)

    def check_consume_key(self, key: str, character: str | None = None) -> bool:  # noqa: ARG002
        """Letters are the sheet's while it is open."""
        return character is not None and character.isprintable()

    def changed(self) -> None:
        """Paint again: something that no reactive tells is another."""
        self.refresh()

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Paint again; lay out again only when another height is wanted."""
        self._painted = None
        if self.is_mounted:
            self._tell_hints()
        width = self.size.width if self.is_mounted and self.look is not None else 0
        layout = layout or bool(width and self.wanted(width) != self._asked_for)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _tell_hints(self) -> None:
        hints = self.hints
        if self._hinted is not None and hints != self._hinted:
            self.post_message(self.HintsChanged())
        self._hinted = hints

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """What the sheet wants, as far as there is room."""
        self._asked_for = self.wanted(width) if self.look is not None else 1
        room = container.height - self.LEAVES
        return min(self._asked_for, room if room >= LEAST_LINES else container.height)

    def render_line(self, y: int) -> Strip:
        """One line."""
        strips = self._paint().strips
        return strips[y] if 0 <= y < len(strips) else Strip.blank(self.size.width)

    def _paint(self) -> Painted:
        if self.look is None or not self.size:  # a key may come before the first layout
            return Painted(())
        if self.size.height != self._risen:
            # Not at Resize: the first layout, which setting the focus brings about, has none.
            self._risen = self.size.height
            self.post_message(self.Risen())
        if self._painted is None or self._painted[0] != self.size:
            self._painted = (self.size, self.paint(self.size.width, self.size.height, self.look))
        return self._painted[1]
