"""Who a visitor is and what a scenario is for: the heading of a play, its texts by language."""

from typing import TypeVar

from msgspec import Struct

from operator_tui.desk.entries import NO_LINE, Language
from operator_tui.desk.model import Channel
from operator_tui.desk.text import SafeAddress, SafeLine, SafeText
from operator_tui.desk.time import Millis

ANY: Language = ""
"""Stands for every language that has no text of its own."""

S = TypeVar("S", bound=SafeText)


def in_language(texts: dict[Language, S], language: Language) -> S | None:
    """The text for `language`: its own, one for all, or else the author's first."""
    return texts.get(language) or texts.get(ANY) or next(iter(texts.values()), None)


class Field(Struct, frozen=True):
    """One field that the visitor filled in before the chat (R114)."""

    question: SafeLine
    answer: SafeText


class Heading(Struct, frozen=True):
    """Who the visitor is, and what the scenario is for. Texts by language, `ANY` for the rest."""

    title: dict[Language, SafeLine] = {}
    about: SafeLine = NO_LINE
    languages: tuple[Language, ...] = ()
    level: str = "novice"
    teaches: tuple[SafeLine, ...] = ()
    """The rules it practises, each "R-70 apology"."""
    visitor: dict[Language, SafeLine] = {}
    """The visitor's name; none: it was not given."""
    page: dict[Language, SafeAddress] = {}
    channel: Channel = Channel.WEB
    system: SafeLine = NO_LINE
    browser: SafeLine = NO_LINE
    device: SafeLine = NO_LINE
    on_site: Millis = 0
    earlier: int = 0
    """How many chats there were before this one."""
    earlier_ago: Millis | None = None
    """How long ago the last of them was."""
    form: dict[Language, tuple[Field, ...]] = {}
    facts: dict[Language, tuple[SafeText, ...]] = {}
    """What is true in this case: an operator who says it tells no lie (R50, R134)."""
    typing: float = 3.5
    """Characters a second; the default is the median of real visitors."""

    def facts_in(self, language: Language) -> tuple[SafeText, ...]:
        """What is true, in that language; where nobody wrote it, what is for every language."""
        return self.facts.get(language) or self.facts.get(ANY) or ()
