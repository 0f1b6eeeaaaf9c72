"""Everything a row of the chat list shows, as one value: two equal faces are painted alike."""

from enum import IntFlag

from msgspec import Struct

from operator_tui.desk.attention import Due, DueKind, countdown, soon
from operator_tui.desk.entries import AuthorKind, Line, LineKind, Message
from operator_tui.desk.marks import Mark, marks
from operator_tui.desk.model import Chat
from operator_tui.desk.names import first_name
from operator_tui.desk.policy import Policy
from operator_tui.desk.states import Indicator, indicator
from operator_tui.desk.time import SECOND, Millis
from operator_tui.ui.names import visitor_name
from operator_tui.ui.render.lines import sentence
from operator_tui.ui.render.states import state_word
from operator_tui.ui.times import span
from operator_tui.ui.words import tr


class Stand(IntFlag):
    """How a row stands out from the others."""

    PLAIN = 0
    OPEN = 1
    """Its chat is the one in the conversation."""
    CURSOR = 2
    """The list's cursor is on it, and the list has the focus."""


class Face(Struct, frozen=True):
    """One row, without its place, width and look."""

    state: Indicator
    count: int
    """Messages of the visitor that nobody has answered."""
    word: str
    name: str
    time: str
    over: bool
    """The time is over its limit."""
    soon: bool
    """The reply is due soon: amber."""
    preview: str
    marks: tuple[Mark, ...]
    language: str


def face(chat: Chat, now: Millis, policy: Policy, me: str) -> Face:
    """The face of `chat` at `now`; `me` is the id of this desk's operator."""
    state = indicator(chat, now, policy)
    due = countdown(chat, now, policy)
    return Face(
        state=state,
        count=chat.unanswered,
        word=state_word(state),
        name=visitor_name(chat.visitor),
        time=time_cell(due),
        over=due is not None and due.kind is DueKind.OVER,
        soon=soon(chat, now, policy),
        preview=preview(chat, state, me),
        marks=marks(chat, now, policy),
        language=chat.language,
    )


def time_cell(due: Due | None) -> str:
    """`0:12` left, `+0:07` over. Plus and not minus: minus reads as "still to go"."""
    if due is None:
        return ""
    sign = "+" if due.kind is DueKind.OVER else ""
    return sign + span(due.seconds * SECOND)


def preview(chat: Chat, state: Indicator, me: str) -> str:
    """One line of what was said last: the note of a transfer, the system line of a pause."""
    if state is Indicator.TRANSFERRED and chat.passed is not None and chat.passed.note:
        return _said(first_name(chat.passed.by), first_line(chat.passed.note))
    if state is Indicator.PAUSED:
        return sentence(Line(LineKind.LEFT, chat.left_at or 0, name=chat.visitor.name))
    said = (e for e in reversed(chat.timeline) if isinstance(e, Message) and not e.note)
    return next((_message(message, me) for message in said), "")


def first_line(text: str) -> str:
    """The first line of `text` that is not blank."""
    return next((line for line in text.splitlines() if line.strip()), "").strip()


def _message(message: Message, me: str) -> str:
    text = first_line(message.text)
    match message.author.kind:
        case AuthorKind.VISITOR:
            return text
        case AuthorKind.OPERATOR if message.author.id == me:
            return tr("you: {text}", text=text)
        case AuthorKind.OPERATOR:
            return _said(first_name(message.author.name), text)
        case AuthorKind.AUTOMATIC:
            return _said(tr("automatic"), text)


def _said(name: str, text: str) -> str:
    return tr("{name}: {text}", name=name, text=text) if name else text
