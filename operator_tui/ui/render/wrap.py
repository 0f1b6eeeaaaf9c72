"""Text broken into lines by its cells on a terminal, never inside what reads as one sign."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from operator_tui.ui.render.signs import NARROW, Cluster, cells_of, clusters


class Piece(NamedTuple):
    """One line of a wrapped text."""

    text: str
    start: int
    """Where it begins in the whole text, in characters."""


class _Atom(NamedTuple):
    """What no line break may part, and the blanks after it, which a break swallows."""

    start: int
    end: int
    cells: int
    blanks: int


_WORD = re.compile(r"[^ ]+ *| +")
_NEVER_FIRST = frozenset(
    "、。，．：；？！）」』】〉》〕｝ー々…‥・.,:;!?)]}%’”ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_NEVER_LAST = frozenset("（「『【〈《〔｛‘“([{")


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
