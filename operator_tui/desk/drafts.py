"""What is being written: one draft for each chat and mode, and what is done to its text."""

import re

from msgspec import Struct, structs

from operator_tui.desk.canned import PLACEHOLDER, WORDS, Blank, blanks
from operator_tui.desk.entries import NO_TEXT, Canned, Id, Message, Step
from operator_tui.desk.model import Chat
from operator_tui.desk.text import SafeText, clean

SPACE_BEFORE = frozenset(" \n\t([{“‘„\"'")
"""After one of these an inserted text needs no space before it."""
NO_SPACE_AFTER = frozenset(" \n\t.,;:!?)]}”’")
"""Before one of these it needs none behind it."""
REMAINS = 0.5
"""The share of a canned reply's words that must stand in a text for it to have come from there."""


class Inserted(Struct, frozen=True, omit_defaults=True):
    """A canned reply that was put into the draft, as it was then: names filled in, blanks open."""

    id: Id
    text: SafeText
    step: Step | None = None


class Draft(Struct, frozen=True, omit_defaults=True):
    """A text that is not sent, and where the cursor stands (characters from its start)."""

    text: SafeText = NO_TEXT
    cursor: int = 0
    inserted: tuple[Inserted, ...] = ()


NO_DRAFT = Draft()


def spaced(before: str, text: str, after: str) -> str:
    """`text` with the spaces it needs between what stands before and after the cursor."""
    left = "" if not before or before[-1] in SPACE_BEFORE else " "
    right = "" if not after or after[0] in NO_SPACE_AFTER else " "
    return f"{left}{text}{right}"


def open_blanks(draft: Draft) -> tuple[Blank, ...]:
    """The blanks left from canned replies: other braces are the operator's own.

    The usual words count without a reply too: a draft that was kept over a restart has lost it.
    """
    ours = WORDS.union(blank.word for reply in draft.inserted for blank in blanks(reply.text))
    return tuple(blank for blank in blanks(draft.text) if blank.word in ours)


def next_blank(draft: Draft, start: int) -> Blank | None:
    """The first blank at or behind `start`, or else the first of all."""
    found = open_blanks(draft)
    return next((blank for blank in found if blank.start >= start), next(iter(found), None))


def previous_blank(draft: Draft, start: int) -> Blank | None:
    """The last blank before `start`, or else the last of all."""
    found = open_blanks(draft)[::-1]
    return next((blank for blank in found if blank.start < start), next(iter(found), None))


def remaining(draft: Draft) -> tuple[Inserted, ...]:
    """The canned replies of which the draft still holds at least `REMAINS` of the words."""
    words = set(_words(draft.text))
    return tuple(reply for reply in draft.inserted if _share(reply.text, words) >= REMAINS)


def canned_of(draft: Draft) -> Canned | None:
    """Which canned reply the text came from, one with a closing step before others (R122).

    A filled blank is no edit; anything else than the reply's own words is.
    """
    replies = remaining(draft)
    if not replies:
        return None
    first = next((reply for reply in replies if reply.step is not None), replies[0])
    return Canned(id=first.id, edited=not _as_inserted(draft.text, first), step=first.step)


def steps_of(draft: Draft) -> tuple[Step, ...]:
    """Every closing step that is done by sending this text, ascending."""
    return tuple(sorted({reply.step for reply in remaining(draft) if reply.step is not None}))


def last_own(chat: Chat, operator: Id, *, note: bool = False) -> SafeText:
    """What this operator last wrote in the chat, for recalling; empty when nothing."""
    own = (
        entry.text
        for entry in reversed(chat.timeline)
        if isinstance(entry, Message) and entry.author.id == operator and entry.note == note
    )
    return next(own, NO_TEXT)


def moved(draft: Draft, cursor: int) -> Draft:
    """The draft with its cursor elsewhere, within the text."""
    return structs.replace(draft, cursor=max(0, min(cursor, len(draft.text))))


def of(text: str, inserted: tuple[Inserted, ...] = ()) -> Draft:
    """A draft of that text with the cursor at its end."""
    safe = clean(text, SafeText)
    return Draft(safe, len(safe), inserted)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", PLACEHOLDER.sub(" ", text).casefold())


def _share(text: str, words: set[str]) -> float:
    wanted = _words(text)
    return sum(word in words for word in wanted) / len(wanted) if wanted else 0.0


def _as_inserted(text: str, reply: Inserted) -> bool:
    """Whether `text` is the reply, whatever stands in its blanks."""
    parts = [re.escape(" ".join(part.split())) for part in PLACEHOLDER.split(reply.text)[::2]]
    pattern = r"\s*.+?\s*".join(parts)
    return re.fullmatch(pattern, " ".join(text.split()), re.DOTALL) is not None
