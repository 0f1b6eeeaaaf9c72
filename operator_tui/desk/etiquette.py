"""Remarks on a draft: kinds and values, one at a time. The program advises, never more."""

import re
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct

from operator_tui.desk.text import SafeLine

WORDS_BETWEEN = 6
"""How many words at most a ` .. ` of a pattern stands for."""
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


class Jargon(Struct, frozen=True):
    """A trade word and the plain words for it (R62)."""

    term: SafeLine
    plain: SafeLine


class Etiquette(Struct, frozen=True):
    """What remarks go by, in one language; phrases as `data/*.toml` writes them."""

    vague_promises: tuple[SafeLine, ...] = ()
    jargon: tuple[Jargon, ...] = ()


class VaguePromise(Struct, frozen=True):
    """`words` promise something without a time (R13)."""

    words: str


class PlainWord(Struct, frozen=True):
    """`term` is jargon; `plain` says the same."""

    term: str
    plain: str


Remark: TypeAlias = VaguePromise | PlainWord


@lru_cache(maxsize=64)
def _promise_in(sentence: str, phrases: tuple[SafeLine, ...]) -> str:
    """What a sentence vaguely promises; while one types, only the last sentence is a new one."""
    if any(character.isdigit() for character in sentence):
        return ""  # it says a time, or a number that stands for one
    found = (pattern(phrase).search(sentence) for phrase in phrases)
    return next((one[0] for one in found if one), "")


@lru_cache(maxsize=4)
def remark(text: str, etiquette: Etiquette) -> Remark | None:
    """The first thing to say of a draft, or None."""
    return _vague_promise(text, etiquette) or _jargon(text, etiquette)


def _vague_promise(text: str, etiquette: Etiquette) -> VaguePromise | None:
    for sentence in SENTENCE_END.split(text):
        if words := _promise_in(sentence, etiquette.vague_promises):
            return VaguePromise(words)
    return None


def _jargon(text: str, etiquette: Etiquette) -> PlainWord | None:
    for pair in etiquette.jargon:
        if found := pattern(pair.term).search(text):
            return PlainWord(found[0], pair.plain)
    return None


@lru_cache(maxsize=1_024)
def pattern(phrase: str) -> re.Pattern[str]:
    """A phrase of the data as a pattern: `*` is any word ending, ` .. ` up to six words between."""
    between = rf"(?:\W+\w+){{0,{WORDS_BETWEEN}}}?\W+"
    parts = [re.escape(part).replace(r"\*", r"\w*") for part in phrase.split(" .. ")]
    spaces = [part.replace(r"\ ", r"\s+") for part in parts]
    return re.compile(rf"(?<!\w){between.join(spaces)}(?!\w)", re.IGNORECASE)
