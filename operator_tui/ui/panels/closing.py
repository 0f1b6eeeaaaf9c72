"""The closing protocol before a chat is closed: what is open, each one key away (R78, R103)."""

from datetime import UTC, tzinfo

from textual.message import Message
from textual.reactive import reactive

from operator_tui.desk import closing
from operator_tui.desk.canned import CannedReply, Values
from operator_tui.desk.closing import STEPS
from operator_tui.desk.commands import CloseChat
from operator_tui.desk.entries import NO_TEXT, Id, Step
from operator_tui.desk.model import Chat, Outcome
from operator_tui.desk.text import SafeText, clean
from operator_tui.ui.look import Look
from operator_tui.ui.panels.sheet import Sheet, SheetKey
from operator_tui.ui.render.closing import OUTCOMES, ClosingView, laid, painted, reply_of
from operator_tui.ui.render.field import Field
from operator_tui.ui.render.sheet import Painted
from operator_tui.ui.words import tr

LONGEST_REASON = 200
NO_ROW = -1
"""No reason is chosen yet."""


class ClosingSheet(Sheet):
    """The five steps of `chat`; `c` asks for the reason in the same place."""

    chat: reactive[Chat | None] = reactive(None)
    replies: reactive[tuple[CannedReply, ...]] = reactive(())
    values: reactive[Values] = reactive({})
    zone: reactive[tzinfo] = reactive(UTC)
    asking: reactive[bool] = reactive(False)
    """The steps are read; now it asks why the chat is closed."""
    reason: reactive[Field | None] = reactive(None)
    """The words for the outcome "other", while they are typed."""
    complaint: reactive[str] = reactive("")
    """Why Enter did nothing, until a reason is chosen."""
    begun: SafeText = NO_TEXT
    """What was typed there before, when the chat was not closed after all."""

    class Chosen(Sheet.Last):
        """The operator wants the text of a step in the composer; the sheet is to go."""

        def __init__(self, reply: CannedReply) -> None:
            super().__init__()
            self.reply = reply

    class Ticked(Message):
        """A step was ticked by hand, or its tick taken back."""

        def __init__(self, chat: Id, step: Step, done: bool) -> None:
            super().__init__()
            self.chat = chat
            self.step = step
            self.done = done

    class Confirmed(Sheet.Last):
        """Close the chat, with these steps open and for this reason."""

        def __init__(self, chat: Chat, command: CloseChat) -> None:
            super().__init__()
            self.chat = chat
            self.command = command

    @property
    def length(self) -> int:
        """The five steps, or the four outcomes."""
        return len(OUTCOMES) if self.asking else len(STEPS)

    @property
    def hints(self) -> tuple[SheetKey, ...]:
        """The keys of the steps, of the outcomes, or of the words."""
        keys = _keys(self.asking, self.reason is not None, bool(self._open))
        return (*keys, SheetKey("Esc", tr("back") if self.asking else tr("stay"), "escape"))

    @property
    def _open(self) -> tuple[Step, ...]:
        return closing.open_steps(self.chat) if self.chat is not None else ()

    def watch_chat(self, before: Chat | None, chat: Chat | None) -> None:
        """Another chat: the bar goes to its first open step."""
        if chat is not None and (before is None or before.id != chat.id):
            self.asking, self.reason = False, None
            self.select(self._open[0] - 1 if self._open else 0)

    # keys

    def pressed(self, key: str, character: str | None) -> bool:
        """Digits choose: a step, whose text is inserted, or a reason, which Enter confirms."""
        if self.chat is None:
            return False
        if self.reason is not None:
            return self._word(self.chat, self.reason, key, character)
        if key == "enter":
            self._take(self.chat, self.selected)
        elif character is not None and character in "12345"[: self.length]:
            self._digit(self.chat, int(character) - 1)
        elif key == "space" and not self.asking:
            step = STEPS[self.selected].step
            self.post_message(self.Ticked(self.chat.id, step, step not in self.chat.steps))
        elif character == "c" and not self.asking:
            self._close(self.chat)
        else:
            return False
        return True

    def chosen(self) -> None:
        """A click on the row under the bar."""
        if self.chat is not None:
            self._take(self.chat, self.selected)

    def pasted(self, text: SafeText) -> None:
        """Into the words, when they are asked for."""
        if self.reason is not None:
            self.reason = self.reason.typed(" ".join(text.split()), LONGEST_REASON)

    def dismiss(self) -> None:
        """One step back: from the words to the outcomes, to the steps, and away."""
        if self.reason is not None:
            self.reason = None
        elif self.asking:
            self.asking = False
            self.select(self._open[0] - 1 if self._open else 0)
        else:
            super().dismiss()

    def _digit(self, chat: Chat, row: int) -> None:
        if self.asking:
            self.select(row)
        else:
            self._take(chat, row)

    def _take(self, chat: Chat, row: int) -> None:
        if row == NO_ROW:
            self.complaint = tr("Choose a reason first.")
        elif not self.asking:
            if (reply := reply_of(self.replies, STEPS[row])) is not None:
                self.post_message(self.Chosen(reply))
        elif OUTCOMES[row] == "other":
            self.select(row)
            self.reason = Field(self.begun, len(self.begun))
        else:
            self._confirm(chat, OUTCOMES[row])

    def _close(self, chat: Chat) -> None:
        if closing.ready(chat):
            self._confirm(chat, "solved")
        else:
            # No reason lies ready: a sentence that was meant for a visitor must close no chat.
            self.asking, self.selected, self.complaint = True, NO_ROW, ""

    def _word(self, chat: Chat, reason: Field, key: str, character: str | None) -> bool:
        if key == "enter":
            if text := clean(reason.text.strip()):
                self._confirm(chat, "other", text)
            return True
        after = reason.edited(key, character, LONGEST_REASON)
        self.reason = after or reason
        return after is not None

    def _confirm(self, chat: Chat, outcome: Outcome, reason: SafeText = NO_TEXT) -> None:
        self.post_message(self.Confirmed(chat, CloseChat(chat.id, outcome, self._open, reason)))

    # painting

    def _view(self) -> ClosingView | None:
        if self.chat is None:
            return None
        return ClosingView(
            self.chat,
            self.replies,
            self.values,
            self.zone,
            self.selected,
            self.asking,
            self.reason,
            self.complaint if self.selected == NO_ROW else "",
        )

    def wanted(self, width: int) -> int:
        """As many lines as it has, and a blank one below, where a complaint has its place."""
        view = self._view()
        if self.look is None or view is None:
            return 1
        return len(laid(view, width, self.look).lines) + (0 if view.complaint else 1)

    def paint(self, width: int, height: int, look: Look) -> Painted:
        """Where there is too little room the list shows a part, around the bar."""
        view = self._view()
        return painted(view, width, height, look) if view else Painted(())


def _keys(asking: bool, worded: bool, steps_open: bool) -> tuple[SheetKey, ...]:
    if worded:
        return (SheetKey("Enter", tr("close the chat"), "enter"),)
    if asking:
        return (
            SheetKey("1-4", tr("reason")),
            SheetKey("Enter", tr("close the chat"), "enter"),
        )
    return (
        SheetKey("1-5", tr("insert")),
        SheetKey(tr("Space"), tr("tick"), "space"),
        SheetKey("c", tr("close anyway") if steps_open else tr("close the chat"), "c"),
    )
