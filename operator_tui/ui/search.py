"""Finding canned replies, and actions, by what one remembers: a piece of the id, a tag, a word."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol, TypeVar

from textual.fuzzy import Matcher

from operator_tui.desk import folding

FUZZY_FROM = 3
"""Letters from which a word of a text may be matched with letters left out."""
LONGEST = 24
"""A longer word is only looked for as it is: fuzzy matching tries every way to spread it."""

ID_BEGINS, ID, TAG, TEXT, NOWHERE = range(5)


class Findable(Protocol):
    """What has a short name, words beside it, and a text."""

    @property
    def id(self) -> str: ...
    @property
    def tags(self) -> tuple[str, ...]: ...
    @property
    def text(self) -> str: ...


Found = TypeVar("Found", bound=Findable)


def find(entries: Iterable[Found], query: str) -> tuple[Found, ...]:
    """The entries in which every word of `query` is found; all of them for an empty one.

    Those whose id begins with it come first, then by id, by tag and by text; within each the
    better match, then the order they have.
    """
    words = folded(query).split()
    if not words:
        return tuple(entries)
    ranked = [(*_rank(entry, words), n, entry) for n, entry in enumerate(entries)]
    found = sorted(rank for rank in ranked if rank[0] != NOWHERE)
    return tuple(entry for *_, entry in found)


@lru_cache(maxsize=8_192)
def folded(text: str) -> str:
    """`folding.folded`, remembered: the same texts are looked through at every key."""
    return folding.folded(text)


def _rank(entry: Findable, words: list[str]) -> tuple[int, float]:
    ranks = [_rank_of(entry, word) for word in words]
    return max(place for place, _ in ranks), sum(score for _, score in ranks)


def _rank_of(entry: Findable, word: str) -> tuple[int, float]:
    """Where the word is found, and the match's strength turned round: less is better."""
    name = folded(entry.id)
    if name.startswith(word):
        return ID_BEGINS, 0.0
    if score := _match(word, name):
        return ID, -score
    if score := max((_match(word, folded(tag)) for tag in entry.tags), default=0.0):
        return TAG, -score
    if score := _in_text(word, folded(entry.text)):
        return TEXT, -score
    return NOWHERE, 0.0


def _in_text(word: str, text: str) -> float:
    """Best at the beginning of a word, then inside one, then with letters left out."""
    if f" {word}" in f" {text}":
        return 2.0
    if word in text:
        return 1.0
    if len(word) < FUZZY_FROM:
        return 0.0
    alike = (other for other in set(re.findall(r"\w+", text)) if other[0] == word[0])
    return max((_match(word, other) for other in alike), default=0.0) / 2


def _match(word: str, candidate: str) -> float:
    if word in candidate:
        return 1.0
    if max(len(word), len(candidate)) > LONGEST:
        return 0.0
    return Matcher(word).match(candidate) / 2
