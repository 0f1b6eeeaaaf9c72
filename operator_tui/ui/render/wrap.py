"""Text broken into lines by its cells on a terminal, never inside what reads as one sign."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes


class Piece(NamedTuple):
    """One line of a wrapped text."""

    text: str
    start: int
    """Where it begins in the whole text, in characters."""


class Cluster(NamedTuple):
    """What reads as one sign: a letter with its accents, a flag, a family of emoji."""

    start: int
    end: int
    cells: int


class _Atom(NamedTuple):
    """What no line break may part, and the blanks after it, which a break swallows."""

    start: int
    end: int
    cells: int
    blanks: int


NARROW = re.compile(r"[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u2018-\u201e]*\Z")
"""Texts of one cell a character, where counting characters is enough: nearly all of them."""
_WORD = re.compile(r"[^ ]+ *| +")
_NEVER_FIRST = frozenset(
    "、。，．：；？！）」』】〉》〕｝ー々…‥・.,:;!?)]}%’”ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_NEVER_LAST = frozenset("（「『【〈《〔｛‘“([{")
_EXTENDS = frozenset({"Mn", "Mc", "Me"})
_SARA_AM = frozenset("\u0e33\u0eb3")
"""Thai and Lao vowels that hang on the sign before, though Unicode calls them letters."""
_VIRAMA = 9
"""The combining class of the mark that joins two Indic consonants."""


@lru_cache(maxsize=65_536)
def wrap(text: str, measure: int) -> tuple[Piece, ...]:
    """`text` in lines of at most `measure` cells (at least 2): its own line ends are kept.

    Breaks fall at blanks, after hyphens and beside wide signs, else inside a word that is longer
    than a line, but never inside a cluster. Only blanks and line ends are left out, so that the
    text can be put together again.
    """
    pieces: list[Piece] = []
    start = 0
    for paragraph in text.split("\n"):
        pieces.extend(_paragraph(paragraph, start, max(2, measure)))
        start += len(paragraph) + 1
    return tuple(pieces)


def joint(text: str, piece: Piece, following: Piece) -> str:
    """What `text` has between two neighbouring pieces: a line end, blanks, or nothing."""
    return text[piece.start + len(piece.text) : following.start]


def clusters(text: str) -> list[Cluster]:
    """The signs of `text`: Rich's graphemes, with flags and Indic syllables kept whole."""
    found: list[Cluster] = []
    for start, end, cells in split_graphemes(text)[0]:
        if found and _hangs_on(text, found[-1], start):
            last = found[-1]
            found[-1] = Cluster(last.start, end, last.cells + cells)
        else:
            found.append(Cluster(start, end, cells))
    return found


def cells_of(text: str) -> int:
    """How many cells `text` takes."""
    return len(text) if NARROW.match(text) else cell_len(text)


def cut(text: str, width: int, mark: str) -> str:
    """`text` within `width` cells; a longer one loses its end to `mark`, between two signs."""
    if cells_of(text) <= width:
        return text
    room = width - cells_of(mark)
    if room < 0:
        return ""
    kept = 0
    for cluster in clusters(text):
        room -= cluster.cells
        if room < 0:
            break
        kept = cluster.end
    return text[:kept].rstrip() + mark


def _hangs_on(text: str, last: Cluster, start: int) -> bool:
    sign = text[start]
    if _is_flag_half(sign):
        return last.end - last.start == 1 and _is_flag_half(text[last.start])
    if unicodedata.combining(text[last.end - 1]) == _VIRAMA:
        return unicodedata.category(sign) == "Lo"
    return unicodedata.category(sign) in _EXTENDS or sign in _SARA_AM


def _is_flag_half(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _paragraph(text: str, base: int, measure: int) -> Iterator[Piece]:
    if cells_of(text) <= measure:
        yield Piece(text.rstrip(" "), base)
        return
    spans = _narrow(text, measure) if NARROW.match(text) else _wide(text, measure)
    for start, end in spans:
        yield Piece(text[start:end].rstrip(" "), base + start)


def _narrow(text: str, measure: int) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > measure:
        end = _break_before(text, start, start + measure)
        yield start, end
        start = end
        while text.startswith(" ", start):
            start += 1
    yield start, len(text)


def _break_before(text: str, start: int, stop: int) -> int:
    """The last place after `start`, and not after `stop`, where a line may end."""
    blank = text.rfind(" ", start + 1, stop + 1)
    hyphen = text.rfind("-", start + 1, stop)
    while hyphen > blank and not (text[hyphen - 1].isalnum() and text[hyphen + 1].isalnum()):
        hyphen = text.rfind("-", start + 1, hyphen)
    best = max(blank, hyphen + 1)
    return best if best > start else stop


def _wide(text: str, measure: int) -> Iterator[tuple[int, int]]:
    start = end = filled = 0
    for atom in _fitting(_atoms(text), text, measure):
        if filled and filled + atom.cells > measure:
            yield start, end
            start, filled = atom.start, 0
        end = atom.end
        filled += atom.cells + atom.blanks
    yield start, end


def _atoms(text: str) -> Iterator[_Atom]:
    for match in _WORD.finditer(text):
        word = match[0].rstrip(" ")
        blanks = len(match[0]) - len(word)
        parts = _parts(word)
        at = match.start()
        for n, (length, cells) in enumerate(parts, 1):
            yield _Atom(at, at + length, cells, blanks if n == len(parts) else 0)
            at += length


def _parts(word: str) -> list[tuple[int, int]]:
    """Lengths and cells of what may not be parted in a word."""
    if NARROW.match(word):
        return [(len(word), len(word))]
    parts: list[tuple[int, int]] = []
    before: Cluster | None = None
    for cluster in clusters(word):
        length = cluster.end - cluster.start
        if before is None or _may_part(word, before, cluster):
            parts.append((length, cluster.cells))
        else:
            parts[-1] = (parts[-1][0] + length, parts[-1][1] + cluster.cells)
        before = cluster
    return parts


def _may_part(word: str, before: Cluster, after: Cluster) -> bool:
    left, right = word[before.start], word[after.start]
    if left in _NEVER_LAST or right in _NEVER_FIRST:
        return False
    if _is_hangul(left) and _is_hangul(right):
        return False
    return before.cells == 2 or after.cells == 2


def _is_hangul(sign: str) -> bool:
    """Korean is written in words with blanks between them."""
    return "\uac00" <= sign <= "\ud7a3" or "\u1100" <= sign <= "\u11ff"


def _fitting(atoms: Iterator[_Atom], text: str, measure: int) -> Iterator[_Atom]:
    """The atoms, those longer than a line cut between clusters."""
    for atom in atoms:
        if atom.cells <= measure:
            yield atom
            continue
        start, filled, end = atom.start, 0, atom.start
        for cluster in clusters(text[atom.start : atom.end]):
            if filled + cluster.cells > measure and filled:
                yield _Atom(start, end, filled, 0)
                start, filled = end, 0
            end = atom.start + cluster.end
            filled += cluster.cells
        yield _Atom(start, end, filled, atom.blanks)
