"""The closing protocol before a chat is closed: what is open, each one key away (R78, R103)."""

from datetime import UTC, tzinfo

from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from operator_tui.desk import closing
from operator_tui.desk import model as nouns
from operator_tui.desk.canned import CannedReply, Values, filled, of_id, of_step
from operator_tui.desk.closing import STEPS, ClosingStep
from operator_tui.desk.model import NO_TEXT, Chat, Outcome, Step
from operator_tui.desk.names import first_name
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.ui.look import Look
from operator_tui.ui.names import visitor_name
from operator_tui.ui.panels.field import Field, field_rows
from operator_tui.ui.panels.sheet import Sheet, SheetKey
from operator_tui.ui.render import sheet as form
from operator_tui.ui.render.card import step_word
from operator_tui.ui.render.sheet import GROUND, Painted
from operator_tui.ui.render.signs import cells_of
from operator_tui.ui.render.wrap import wrap
from operator_tui.ui.times import clock_time
from operator_tui.ui.words import tr, trn

OUTCOMES: tuple[Outcome, ...] = ("solved", "visitor_left", "spam", "other")
QUESTION_LINES = 3
"""Lines of the unanswered message that are shown at most."""
LONGEST_REASON = 200


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

    class Chosen(Message):
        """The operator wants the text of a step in the composer; the sheet is to go."""

        def __init__(self, reply: CannedReply) -> None:
            super().__init__()
            self.reply = reply

    class Ticked(Message):
        """A step was ticked by hand, or its tick taken back."""

        def __init__(self, step: Step, done: bool) -> None:
            super().__init__()
            self.step = step
            self.done = done

    class Confirmed(Message):
        """Close the chat, with these steps open and for this reason."""

        def __init__(
            self, outcome: Outcome, open_steps: tuple[Step, ...], reason: SafeText = NO_TEXT
        ) -> None:
            super().__init__()
            self.outcome = outcome
            self.open_steps = open_steps
            self.reason = reason

    @property
    def length(self) -> int:
        """The five steps, or the four outcomes."""
        return len(OUTCOMES) if self.asking else len(STEPS)

    @property
    def hints(self) -> tuple[SheetKey, ...]:
        """The keys of the steps, of the outcomes, or of the words."""
        if self.reason is not None:
            keys = [SheetKey("Enter", tr("close the chat"), "enter")]
        elif self.asking:
            keys = [SheetKey("1-4", tr("close the chat"))]
        else:
            keys = [
                SheetKey("1-5", tr("insert")),
                SheetKey("Space", tr("tick"), "space"),
                SheetKey("c", tr("close anyway") if self._open else tr("close the chat"), "c"),
            ]
        return (*keys, SheetKey("Esc", tr("back") if self.asking else tr("stay"), "escape"))

    @property
    def _open(self) -> tuple[Step, ...]:
        return closing.open_steps(self.chat) if self.chat is not None else ()

    def watch_chat(self, before: Chat | None, chat: Chat | None) -> None:
        """Another chat: the bar goes to its first open step."""
        if chat is not None and (before is None or before.id != chat.id):
            self.asking, self.reason = False, None
            self.select(self._open[0] - 1 if self._open else 0)
        self.changed()

    def watch_asking(self) -> None:
        """Steps or outcomes."""
        self.changed()

    def watch_reason(self) -> None:
        """Words."""
        self.changed()

    def watch_replies(self) -> None:
        """Other replies."""
        self.changed()

    # keys

    def pressed(self, key: str, character: str | None) -> bool:
        """Digits choose; what they choose depends on what is asked."""
        if self.chat is None:
            return False
        if self.reason is not None:
            return self._word(self.reason, key, character)
        if key == "enter":
            self._take(self.selected)
        elif character is not None and character in "12345"[: self.length]:
            self._take(int(character) - 1)
        elif self.asking:
            return False
        elif key == "space":
            step = STEPS[self.selected].step
            self.post_message(self.Ticked(step, step not in self.chat.steps))
        elif character == "c":
            self._close()
        else:
            return False
        return True

    def chosen(self) -> None:
        """A click on the row under the bar."""
        self._take(self.selected)

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

    def _take(self, row: int) -> None:
        if not self.asking:
            if (reply := self._reply(STEPS[row])) is not None:
                self.post_message(self.Chosen(reply))
        elif OUTCOMES[row] == "other":
            self.select(row)
            self.reason = Field()
        else:
            self.post_message(self.Confirmed(OUTCOMES[row], self._open))

    def _close(self) -> None:
        if self.chat is not None and closing.ready(self.chat):
            self.post_message(self.Confirmed("solved", ()))
        else:
            self.asking = True
            self.selected = 0

    def _word(self, reason: Field, key: str, character: str | None) -> bool:
        if key == "enter":
            if reason.text.strip():
                text = clean(reason.text.strip())
                self.post_message(self.Confirmed("other", self._open, text))
        elif character is not None:
            self.reason = reason.typed(character, LONGEST_REASON)
        elif (after := reason.pressed(key)) is not None:
            self.reason = after
        else:
            return False
        return True

    def _reply(self, step: ClosingStep) -> CannedReply | None:
        return of_id(self.replies, step.canned) or of_step(self.replies, step.step)

    # painting

    def wanted(self, width: int) -> int:
        """As many lines as it has, and a blank one below."""
        return len(self._lines(width, self.look)[0]) + 1 if self.look is not None else 1

    def paint(self, width: int, height: int, look: Look) -> Painted:
        """Where there is too little room the blank lines go, then the list shows a part."""
        lines, first, last = self._lines(width, look)
        if len(lines) > height:
            kept = [n for n, strip in enumerate(lines) if strip.text.strip()]
            first, last = kept.index(first), kept.index(last - 1) + 1
            lines = [lines[n] for n in kept]
        room = max(1, last - first - max(0, len(lines) - height))
        part = form.listed(lines[first:last], self.selected, room, width, look)
        whole = [*lines[:first], *part.strips, *lines[last:]]
        rows = {first + y: row for y, row in part.rows.items()}
        return Painted(form.fitted(whole, height, width, look), rows)

    def _lines(self, width: int, look: Look) -> tuple[list[Strip], int, int]:
        """All lines, and where its list begins and ends in them."""
        chat = self.chat
        if chat is None:
            return [], 0, 0
        name = _called(chat)
        title = tr("close the chat with {name}", name=name)
        count = tr("{done} of {all}", done=len(chat.steps), all=len(STEPS))
        head = [form.rule(title, count, width, look), form.blank(width, look)]
        if (question := closing.unanswered_question(chat)) is not None:
            head += [*_warning(name, question, width, look), form.blank(width, look)]
        if self.asking:
            head += _asked(len(self._open), width, look)
            rows = [self._outcome(n, width, look) for n in range(len(OUTCOMES))]
        else:
            rows = [self._step(n, chat, width, look) for n in range(len(STEPS))]
        lines = [*head, *rows]
        if self.reason is not None:
            typed = field_rows(self.reason, form.measure(width), 2, look, GROUND)
            asked = form.sentence(tr("In a few words:"), width, look, "ink.muted")
            lines += [*asked, *(form.said(row, width, look) for row in typed)]
        return lines, len(head), len(head) + len(rows)

    def _step(self, n: int, chat: Chat, width: int, look: Look) -> Strip:
        step = STEPS[n]
        selected, done = n == self.selected, step.step in chat.steps
        ground = form.row_ground(selected)
        text = _ticked_at(chat, step.step, self.zone)
        if not done:
            reply = self._reply(step)
            text = " ".join(filled(reply, self.values).split()) if reply is not None else ""
        sign = Segment(
            look.icons.tick if done else str(step.step),
            look.style("signal.ok" if done else "ink.accent", ground, bold=not done),
        )
        word = Segment(
            step_word(step.step), look.style("ink.muted" if done else "ink.text", ground)
        )
        wide = max(cells_of(step_word(step.step)) for step in STEPS) + 2
        rest = max(0, form.measure(width) - 3 - wide)
        said = Segment(text, look.style("ink.muted", ground))
        parts = form.columns([(sign, 3), (word, wide), (said, rest)], look, ground)
        return form.row(parts, width, look, selected=selected)

    def _outcome(self, n: int, width: int, look: Look) -> Strip:
        selected = n == self.selected
        ground = form.row_ground(selected)
        sign = Segment(str(n + 1), look.style("ink.accent", ground, bold=True))
        word = Segment(_outcome_word(OUTCOMES[n]), look.style("ink.text", ground))
        rest = max(0, form.measure(width) - 3)
        parts = form.columns([(sign, 3), (word, rest)], look, ground)
        return form.row(parts, width, look, selected=selected)


def _called(chat: Chat) -> str:
    return first_name(clean(visitor_name(chat.visitor), SafeLine))


def _outcome_word(outcome: Outcome) -> str:
    return {
        "solved": tr("solved"),
        "visitor_left": tr("visitor left"),
        "spam": tr("spam"),
        "other": tr("other"),
    }[outcome]


def _asked(steps: int, width: int, look: Look) -> list[Strip]:
    if steps:
        text = trn("Close with {n} step open? Why:", "Close with {n} steps open? Why:", steps)
    else:
        text = tr("Close all the same? Why:")
    return form.sentence(text, width, look, "ink.text", bold=True)


def _warning(name: str, question: nouns.Message, width: int, look: Look) -> list[Strip]:
    said = tr("{name} asked something you have not answered yet:", name=name)
    pieces = wrap(question.text.strip(), form.measure(width))
    ink = look.style("ink.text", GROUND)
    lines = [piece.text for piece in pieces[:QUESTION_LINES]]
    if len(pieces) > QUESTION_LINES:
        lines[-1] = lines[-1][: form.measure(width) - 2].rstrip() + look.icons.cut
    shown = [form.said([Segment(line, ink)], width, look) for line in lines if line]
    return [*form.sentence(said, width, look, "signal.error", bold=True), *shown]


def _ticked_at(chat: Chat, step: Step, zone: tzinfo) -> str:
    """When the message that did the step was written; nothing for one that was ticked by hand."""
    for entry in reversed(chat.timeline):
        if isinstance(entry, nouns.Message) and entry.canned and entry.canned.step == step:
            return clock_time(entry.at, zone)
    return ""
