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
BLOT = "/"
"""A word that is none of anybody's."""
_ROOM = range(7)
"""How many words may stand where a phrase leaves room."""

Runs = tuple[tuple[str, ...], ...]
"""The words of a phrase, parted where it leaves room."""


class Pattern(Struct, frozen=True, eq=False):
    """Phrases as one expression over folded text; those that leave room twice are stepped through.

    For an expression tries every way to leave room, seven times as many with each.
    """

    phrases: tuple[str, ...]
    expression: re.Pattern[str]
    roomy: tuple[Runs, ...] = ()

    def found_in(self, folded: str) -> bool:
        """Whether one of the phrases stands in a text that `fold` made."""
        if self.expression.search(folded) is not None:
            return True
        return bool(self.roomy) and any(_stands(runs, folded.split(" ")) for runs in self.roomy)

    def blotted_out(self, folded: str) -> str:
        """The text with a blot for each of the phrases; those that leave room twice stay."""
        return self.expression.sub(BLOT, folded)


def fold(text: str) -> str:
    """The words of `text` in small letters without diacritics, one blank between them."""
    bare = text.translate(_STROKES).casefold()
    if not bare.isascii():  # most texts are, and this is most of the work
        plain = unicodedata.normalize("NFKD", bare)
        bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(_WORD.findall(bare))


def pattern(phrases: Iterable[str]) -> Pattern:
    """One pattern of several phrases. Raises `ValueError` with the phrase that says nothing."""
    kept = tuple(phrases)
    told = [_runs(phrase) for phrase in kept]
    plain = "|".join(_expression(runs) for runs in told if len(runs) < 3)
    expression = re.compile(rf"(?<!\S)(?:{plain})(?!\S)") if plain else _NEVER
    return Pattern(kept, expression, tuple(runs for runs in told if len(runs) >= 3))


def _runs(phrase: str) -> Runs:
    pieces = _PIECE.findall(_folded_keeping_signs(phrase))
    words = [piece for piece in pieces if piece != GAP]
    if not words or all(word == "*" for word in words) or GAP in (pieces[0], pieces[-1]):
        raise ValueError(phrase)
    gaps = [at for at, piece in enumerate(pieces) if piece == GAP]
    edges = zip([-1, *gaps], [*gaps, len(pieces)], strict=True)
    return tuple(tuple(pieces[begin + 1 : end]) for begin, end in edges)


def _expression(runs: Runs) -> str:
    return r"(?: \S+){0,6} ".join(" ".join(map(_word, run)) for run in runs)


def _stands(runs: Runs, words: list[str]) -> bool:
    """Whether the runs stand in the text one after the other, with room between them."""
    begins = set(range(len(words)))
    for run in runs:
        ends = {at + len(run) for at in begins if _fits(run, words[at : at + len(run)])}
        begins = {end + more for end in ends for more in _ROOM}
    return bool(begins)


def _fits(run: tuple[str, ...], words: list[str]) -> bool:
    return len(run) == len(words) and all(
        word.startswith(piece[:-1]) if piece.endswith("*") else word == piece
        for piece, word in zip(run, words, strict=True)
    )


def _word(piece: str) -> str:
    if piece == "*":
        return r"\S+"
    return re.escape(piece[:-1]) + r"\S*" if piece.endswith("*") else re.escape(piece)


def _folded_keeping_signs(phrase: str) -> str:
    plain = unicodedata.normalize("NFKD", phrase.translate(_STROKES).casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
