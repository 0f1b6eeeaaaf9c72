"""The conversation of the open chat: one widget that paints lines, however many messages."""

from datetime import UTC, tzinfo
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message as Posted
from textual.reactive import reactive, var
from textual.selection import Selection
from textual.strip import Strip

from operator_tui.desk.entries import Message
from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.policy import Policy
from operator_tui.desk.time import MINUTE, Millis
from operator_tui.ui.look import Look
from operator_tui.ui.render.authors import GROUND
from operator_tui.ui.render.block import TEXT, Setting
from operator_tui.ui.render.copying import body_text, copied, selected_span
from operator_tui.ui.render.decision import META, Decision, open_to
from operator_tui.ui.widgets.reading import painted_top, top_row
from operator_tui.ui.widgets.shown import Painter, Shown, scene_of, shown_at
from operator_tui.ui.widgets.spots import LastingReader
from operator_tui.ui.widgets.still_scroll import StillScroll


class Conversation(StillScroll, can_focus=True):
    """Messages, notes and system lines of `chat`; it follows the end unless scrolled up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "decide('send')", show=False),
        Binding("e", "decide('edit')", show=False),
        Binding("delete", "decide('discard')", show=False),
    ]
    ALLOW_SELECT = True

    chat: var[Chat | None] = var(None)
    desk: var[Desk | None] = var(None)
    """For policy and operator."""
    now: var[Millis] = var(0)
    look: var[Look | None] = var(None)
    zone: var[tzinfo] = var(UTC)
    """In which times are shown."""
    covered: reactive[int] = reactive(0)
    """Rows at the bottom that a sheet lies over: the end of what was said is painted above it."""
    new_below: var[int] = var(0)
    """Messages of others that came below the view and were never in it."""

    class NewBelow(Posted):
        """The number of unseen messages below has changed to `count`."""

        def __init__(self, count: int) -> None:
            super().__init__()
            self.count = count

    class Decided(Posted):
        """The operator decided what becomes of a held or refused `message` of `chat`."""

        def __init__(self, chat: Chat, message: Message, decision: Decision) -> None:
            super().__init__()
            self.chat = chat
            self.message = message
            self.decision = decision

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.reader = LastingReader()
        self._painter = Painter()
        self._shown: Shown | None = None
        self._placing = False

    def go_to_end(self) -> None:
        """Show the newest message and follow the end again."""
        self.show_from(self.max_scroll_y)
        self._read()

    def action_scroll_end(self) -> None:
        """The End key."""
        self.go_to_end()

    def action_decide(self, decision: str) -> None:
        """Send, edit or discard the first message that waits for the operator's decision."""
        message, chosen = self.reader.undecided, Decision(decision)
        if self.chat is not None and message is not None and chosen in open_to(message):
            self.post_message(self.Decided(self.chat, message, chosen))

    def on_click(self, event: events.Click) -> None:
        """A click on a key of a held message does it."""
        if (decision := event.style.meta.get(META)) is not None:
            event.stop()
            self.action_decide(decision)

    def watch_chat(self) -> None:
        """Another chat, or news in this one: lay out what is new, keep the place."""
        self._fit()

    def watch_now(self) -> None:
        """Time alone may add a line, change the ink of a debt, or age a held message."""
        self._fit()

    def watch_desk(self) -> None:
        """The policy may have changed."""
        self._fit()

    def watch_zone(self) -> None:
        """Days and times fall elsewhere."""
        self._fit()

    def watch_look(self) -> None:
        """Every strip was painted with the look of before."""
        self._repaint()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The keys of a held message are named differently with the focus and without it."""
        super().watch_has_focus(_has_focus)
        self._repaint()

    def watch_new_below(self, count: int) -> None:
        """Tell the typing line, which shows it."""
        self.post_message(self.NewBelow(count))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember the place, unless it was the layout that moved the view."""
        super().watch_scroll_y(old_value, new_value)
        if not self._placing:
            self._read()

    def on_resize(self) -> None:
        """Wrap to the new width; what stood at the top, or at the end, stays there."""
        self._fit(resized=True)

    def _fit(self, *, resized: bool = False) -> None:
        """Bring layout and view up to date; cheap when nothing has changed."""
        if self.chat is None or not self.size:
            if self._shown is not None:
                self.refresh()
            self._shown = None
            self.reader.close()
            return
        policy = self.desk.policy if self.desk is not None else Policy()
        shown = shown_at(self.chat, self.now, policy, self._setting())
        if shown == self._shown and not resized:
            return
        self._shown = shown
        self._drop_selection(self.reader.open(shown.chat, shown.setting))
        self._put_in_place()
        self.refresh()

    def _setting(self) -> Setting:
        operator = self.desk.operator.id if self.desk is not None else ""
        return Setting(self.size.width, self.zone, operator, self.now // MINUTE)

    def _put_in_place(self) -> None:
        layout = self.reader.layout
        if layout is None:
            return
        self.show_rows(layout.height)
        self._placing = True
        self.show_from(top_row(self.reader.reading, layout, self.size.height))
        self._placing = False
        self._read()

    def _read(self) -> None:
        self.reader.read(self.scroll_offset.y, self.size.height)
        self.new_below = self.reader.new_below

    def _repaint(self) -> None:
        self._painter.forget()
        self.refresh()

    def _drop_selection(self, changed: int) -> None:
        """A selection goes by rows: where they have moved it would mark something else."""
        selection = self.text_selection
        if selection is not None and (selection.end is None or selection.end.y >= changed):
            self.screen.clear_selection()

    def render_line(self, y: int) -> Strip:
        """The line `y` of the view, with the offsets that text selection goes by."""
        look, shown, layout = self.look, self._shown, self.reader.layout
        if look is None:
            return Strip.blank(self.size.width)
        row = y + painted_top(self.reader, self.scroll_offset.y, self.size.height, self.covered)
        found = layout.at(row) if layout is not None else None
        if shown is None or layout is None or found is None:
            blank = Strip.blank(self.size.width, look.style("ink.text", GROUND))
            return blank.apply_offsets(0, row)
        index, inner = found
        block = layout.blocks[index]
        selected = selected_span(self.text_selection, row, body_text(block, inner))
        debt = shown.debt_of(index, block)
        scene = scene_of(shown, look, debt, selected, focused=self.has_focus)
        return self._painter.strip(block, inner, scene).apply_offsets(-TEXT, row)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is copied: only what people wrote, lines whole again."""
        layout = self.reader.layout
        return (copied(layout, selection), "\n") if layout is not None else None

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - Textual's
        """Selected characters have another ground."""
        self.refresh()
