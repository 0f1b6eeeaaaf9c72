"""The closing sheet in lines: a warning, the five steps, or the reasons for closing."""

from datetime import tzinfo

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from operator_tui.desk import closing
from operator_tui.desk.canned import CannedReply, Values, filled, of_id, of_step
from operator_tui.desk.closing import STEPS, ClosingStep
from operator_tui.desk.entries import Message, Step
from operator_tui.desk.model import Chat, Outcome
from operator_tui.desk.names import first_name
from operator_tui.desk.text import SafeLine, clean
from operator_tui.ui.look import Look
from operator_tui.ui.names import visitor_name
from operator_tui.ui.render import sheet as form
from operator_tui.ui.render.card import step_word
from operator_tui.ui.render.field import Field, field_rows
from operator_tui.ui.render.sheet import GROUND, Painted
from operator_tui.ui.render.signs import cells_of, cut
from operator_tui.ui.render.wrap import wrap
from operator_tui.ui.times import clock_time
from operator_tui.ui.words import tr, trn

OUTCOMES: tuple[Outcome, ...] = ("solved", "visitor_left", "spam", "other")
QUESTION_LINES = 3
"""Lines of the unanswered message that are shown at most."""


class ClosingView(Struct, frozen=True, eq=False):
    """What the sheet shows of a chat that is to be closed."""

    chat: Chat
    replies: tuple[CannedReply, ...]
    values: Values
    zone: tzinfo
    selected: int
    asking: bool
    reason: Field | None
    complaint: str = ""
    """Why Enter did nothing."""


class Laid(Struct, frozen=True, eq=False):
    """Lines, and where the list begins and ends in them."""

    lines: list[Strip]
    first: int
    last: int


def reply_of(replies: tuple[CannedReply, ...], step: ClosingStep) -> CannedReply | None:
    """The canned reply that does a step."""
    return of_id(replies, step.canned) or of_step(replies, step.step)


def laid(view: ClosingView, width: int, look: Look, quoted: int = QUESTION_LINES) -> Laid:
    """The whole sheet, with so many lines of the visitor's question."""
    head = _head(view, width, look, quoted)
    rows = [_row(view, n, width, look) for n in range(len(OUTCOMES if view.asking else STEPS))]
    complaint = form.sentence(view.complaint, width, look, "signal.error") if view.complaint else []
    lines = [*head, *rows, *_words(view.reason, width, look), *complaint]
    return Laid(lines, len(head), len(head) + len(rows))


def within(whole: Laid, height: int) -> Laid:
    """Where there is too little room the blank lines go, but not one that is typed in."""
    if len(whole.lines) <= height:
        return whole
    kept = [n for n, it in enumerate(whole.lines) if n >= whole.last or it.text.strip()]
    return Laid(
        [whole.lines[n] for n in kept], kept.index(whole.first), kept.index(whole.last - 1) + 1
    )


def _fitting(view: ClosingView, width: int, height: int, look: Look) -> Laid:
    """Where there is too little room less is quoted: the question stands above the sheet, too."""
    whole = within(laid(view, width, look), height)
    for quoted in reversed(range(QUESTION_LINES)):
        if len(whole.lines) <= height:
            break
        whole = within(laid(view, width, look, quoted), height)
    return whole


def painted(view: ClosingView, width: int, height: int, look: Look) -> Painted:
    """In exactly that room: where there is too little the list shows a part, around the bar."""
    whole = _fitting(view, width, height, look)
    lines, first, last = whole.lines, whole.first, whole.last
    room = max(1, last - first - max(0, len(lines) - height))
    part = form.listed(lines[first:last], view.selected, room, width, look)
    rows = {first + y: row for y, row in part.rows.items()}
    strips = [*lines[:first], *part.strips, *lines[last:]]
    return Painted(form.fitted(strips, height, width, look), rows)


def _head(view: ClosingView, width: int, look: Look, quoted: int) -> list[Strip]:
    name = first_name(clean(visitor_name(view.chat.visitor), SafeLine))
    title = tr("close the chat with {name}", name=name)
    count = tr("{done} of {all}", done=len(view.chat.steps), all=len(STEPS))
    head = [form.rule(title, count, width, look), form.blank(width, look)]
    if (question := closing.unanswered_question(view.chat)) is not None:
        head += [*_warning(name, question, width, look, quoted), form.blank(width, look)]
    if view.asking:
        head += _asked(len(closing.open_steps(view.chat)), width, look)
    return head


def _row(view: ClosingView, n: int, width: int, look: Look) -> Strip:
    selected = n == view.selected
    parts = _outcome(n, width, look, selected) if view.asking else _step(view, n, width, look)
    segments = form.columns(parts, look, form.row_ground(selected))
    return form.row(segments, width, look, selected=selected)


def _step(view: ClosingView, n: int, width: int, look: Look) -> list[tuple[Segment, int]]:
    step = STEPS[n]
    done, ground = step.step in view.chat.steps, form.row_ground(n == view.selected)
    text = _ticked_at(view.chat, step.step, view.zone) if done else _text(view, step)
    sign = Segment(
        look.icons.tick if done else str(step.step),
        look.style("signal.ok" if done else "ink.accent", ground, bold=not done),
    )
    word = Segment(step_word(step.step), look.style("ink.muted" if done else "ink.text", ground))
    wide = max(cells_of(step_word(step.step)) for step in STEPS) + 2
    said = Segment(text, look.style("ink.muted", ground))
    return [(sign, 3), (word, wide), (said, max(0, form.measure(width) - 3 - wide))]


def _text(view: ClosingView, step: ClosingStep) -> str:
    reply = reply_of(view.replies, step)
    return " ".join(filled(reply, view.values).split()) if reply is not None else ""


def _outcome(n: int, width: int, look: Look, selected: bool) -> list[tuple[Segment, int]]:
    ground = form.row_ground(selected)
    sign = Segment(str(n + 1), look.style("ink.accent", ground, bold=True))
    word = Segment(_outcome_word(OUTCOMES[n]), look.style("ink.text", ground))
    return [(sign, 3), (word, max(0, form.measure(width) - 3))]


def _words(reason: Field | None, width: int, look: Look) -> list[Strip]:
    """The field for the outcome "other"."""
    if reason is None:
        return []
    typed = field_rows(reason, form.measure(width), 2, look, GROUND)
    asked = form.sentence(tr("In a few words:"), width, look, "ink.muted")
    return [*asked, *(form.said(row, width, look) for row in typed)]


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


def _warning(name: str, question: Message, width: int, look: Look, quoted: int) -> list[Strip]:
    said = tr("{name}'s last words are not answered yet:", name=name)
    pieces = wrap(question.text.strip(), form.measure(width))
    ink = look.style("ink.text", GROUND)
    lines = [piece.text for piece in pieces[:quoted]]
    if lines and len(pieces) > quoted:
        longer = lines[-1] + " " * form.measure(width) + "."
        lines[-1] = cut(longer, form.measure(width), look.icons.cut)
    shown = [form.said([Segment(line, ink)], width, look) for line in lines if line]
    return [*form.sentence(said, width, look, "signal.error", bold=True), *shown]


def _ticked_at(chat: Chat, step: Step, zone: tzinfo) -> str:
    """When the message that did the step was written; nothing for one that was ticked by hand."""
    for entry in reversed(chat.timeline):
        if isinstance(entry, Message) and entry.canned and entry.canned.step == step:
            return clock_time(entry.at, zone)
    return ""
