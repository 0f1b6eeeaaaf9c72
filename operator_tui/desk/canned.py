"""Canned replies: prepared texts with names to fill in and blanks to fill by hand (R121, R123)."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from operator_tui.desk.entries import AuthorKind, Id, Language, Message, Step
from operator_tui.desk.model import Chat
from operator_tui.desk.names import first_name
from operator_tui.desk.policy import Policy
from operator_tui.desk.states import is_paused, is_typing, is_visitor_silent
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.desk.time import Millis

Values: TypeAlias = Mapping[str, str]
"""What is known for the placeholders: a word, and what stands for it."""

PLACEHOLDER = re.compile(r"\{([^{}\n]+)\}")
"""Whatever stands in braces: operators write "{päivä}" and "{Order number}" into their own."""
VISITOR_NAMES = frozenset({"name", "name_vocative"})
"""Placeholders that need the visitor's name; without one `text_noname` is used."""
WORDS = VISITOR_NAMES.union(
    ("operator", "minutes", "time", "order", "amount", "topic", "team", "phone", "email"),
    ("next_operator",),
)
"""The placeholders that `data/*.toml` uses; the operator's own replies may have others."""


class CannedReply(Struct, frozen=True, omit_defaults=True):
    """A prepared text in one language."""

    id: Id
    language: Language
    text: SafeText
    text_noname: SafeText | None = None
    """The same words for a visitor whose name is not known."""
    tags: tuple[SafeLine, ...] = ()
    closing_step: Step | None = None
    """The step of the closing protocol that is done by sending it (R78 to R83)."""


class Blank(Struct, frozen=True):
    """A placeholder that stands in a text still: `{minutes}`, from `start` up to `end`."""

    word: str
    start: int
    end: int


def known(visitor: SafeLine, operator: SafeLine) -> Values:
    """The values of the placeholders that need no hand: the two names, as far as given.

    A name with braces counts as none: filled in, it would read as a blank. The Polish vocative
    of a name is not known; who knows it adds `name_vocative`.
    """
    named = {"name": str(first_name(visitor)), "operator": str(operator)}
    return {word: name for word, name in named.items() if name and not set("{}") & set(name)}


def filled(reply: CannedReply, values: Values) -> SafeText:
    """The text with `values` filled in; what has no value stays a blank, braces and all."""
    text = reply.text
    needed = {blank.word for blank in blanks(text)}
    if reply.text_noname is not None and (needed & VISITOR_NAMES) - values.keys():
        text = reply.text_noname
    return clean(PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text))


def blanks(text: str) -> tuple[Blank, ...]:
    """The blanks of a text, in order."""
    return tuple(Blank(found[1], *found.span()) for found in PLACEHOLDER.finditer(text))


def blank_words(text: str) -> tuple[str, ...]:
    """The words of the blanks in a text, each once."""
    return tuple(dict.fromkeys(blank.word for blank in blanks(text)))


def spoken(
    replies: Iterable[CannedReply], language: Language, otherwise: Language = "en"
) -> tuple[CannedReply, ...]:
    """The replies in `language`; when there is none, those in `otherwise`."""
    every = tuple(replies)
    own = tuple(reply for reply in every if reply.language == language)
    return own or tuple(reply for reply in every if reply.language == otherwise)


def of_id(replies: Iterable[CannedReply], wanted: str) -> CannedReply | None:
    """The reply of that id, from replies of one language."""
    return next((reply for reply in replies if reply.id == wanted), None)


def of_step(replies: Iterable[CannedReply], step: Step) -> CannedReply | None:
    """The first reply that does a step of the closing protocol."""
    return next((reply for reply in replies if reply.closing_step == step), None)


class Ready(StrEnum):
    """The replies of one key; each value is the id of a reply."""

    STILL_CHECKING = "still_checking"
    """The visitor waits: say that you are at it (R13)."""
    HOLD = "hold"
    """The visitor waits, and nobody has said a word yet: ask for time, and say how much (R51)."""
    NUDGE = "nudge"
    """The visitor has been silent: ask once (R9, R22)."""


SENT_AS_THEY_ARE = frozenset({Ready.STILL_CHECKING, Ready.NUDGE})
"""Those that Enter alone sends: they have no blanks."""


class NotNow(StrEnum):
    """Why none of them fits; `ui` has the sentences."""

    CLOSED = "closed"
    LEFT = "left"
    TYPING = "typing"
    SETTLED = "settled"
    """Nothing is owed, and the visitor has not been silent for long."""


def next_ctrl_o(chat: Chat, now: Millis, policy: Policy) -> Ready | NotNow:
    """What Ctrl+O says in this chat at `now` (design, "Keys")."""
    if chat.closed_at is not None:
        return NotNow.CLOSED
    if chat.unanswered:
        return Ready.STILL_CHECKING if _is_greeted(chat) else Ready.HOLD
    if is_paused(chat, now, policy):
        return NotNow.LEFT
    if is_typing(chat, now):
        return NotNow.TYPING
    return Ready.NUDGE if is_visitor_silent(chat, now, policy) else NotNow.SETTLED


def _is_greeted(chat: Chat) -> bool:
    """Whether the visitor has heard from anybody here."""
    return chat.written or any(
        isinstance(entry, Message)
        and entry.author.kind is AuthorKind.OPERATOR
        and not entry.note
        and not entry.refusal
        for entry in chat.timeline
    )
