"""Words and phrases to listen for: `sorry`, `apolog*`, `thank* .. patience`.

`*` ends a word in any way, alone it is any one word; ` .. ` leaves room for up to six words. Case
and diacritics do not count, nor does the stroke of the Polish l: people type without them.
"""

import re
import unicodedata
from collections.abc import Iterable

from msgspec import Struct

GAP = ".."
_WORD = re.compile(r"\w+")
_PIECE = re.compile(r"\.\.|\w*\*|\w+")
_STROKES = str.maketrans({"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d"})
_NEVER = re.compile(r"(?!)")


class Pattern(Struct, frozen=True, eq=False):
    """Phrases as one expression over folded text."""

    phrases: tuple[str, ...]
    expression: re.Pattern[str]

    def found_in(self, folded: str) -> bool:
        """Whether one of the phrases stands in a text that `fold` made."""
        return self.expression.search(folded) is not None


def fold(text: str) -> str:
    """The words of `text` in small letters without diacritics, one blank between them."""
    plain = unicodedata.normalize("NFKD", text.translate(_STROKES).casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(_WORD.findall(bare))


def pattern(phrases: Iterable[str]) -> Pattern:
    """One pattern of several phrases. Raises `ValueError` with the phrase that says nothing."""
    kept = tuple(phrases)
    if not kept:
        return Pattern(kept, _NEVER)
    either = "|".join(_expression(phrase) for phrase in kept)
    return Pattern(kept, re.compile(rf"(?<!\S)(?:{either})(?!\S)"))


def _expression(phrase: str) -> str:
    pieces = _PIECE.findall(_folded_keeping_signs(phrase))
    words = [piece for piece in pieces if piece != GAP]
    if not words or all(word == "*" for word in words) or GAP in (pieces[0], pieces[-1]):
        raise ValueError(phrase)
    made = ""
    for piece in pieces:
        if piece == GAP:
            made += r"(?: \S+){0,6}"
            continue
        made += (" " if made else "") + _word(piece)
    return made


def _word(piece: str) -> str:
    if piece == "*":
        return r"\S+"
    return re.escape(piece[:-1]) + r"\S*" if piece.endswith("*") else re.escape(piece)


def _folded_keeping_signs(phrase: str) -> str:
    plain = unicodedata.normalize("NFKD", phrase.translate(_STROKES).casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
