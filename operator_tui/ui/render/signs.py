"""What reads as one sign, and how many cells a text takes on a terminal."""

import re
import unicodedata
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes

NARROW = re.compile(r"[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u2018-\u201e]*\Z")
"""Texts of one cell a character, where counting characters is enough: nearly all of them."""
_EXTENDS = frozenset({"Mn", "Mc", "Me"})
_SARA_AM = frozenset("\u0e33\u0eb3")
"""Thai and Lao vowels that hang on the sign before, though Unicode calls them letters."""
_VIRAMA = 9
"""The combining class of the mark that joins two Indic consonants."""


class Cluster(NamedTuple):
    """What reads as one sign: a letter with its accents, a flag, a family of emoji."""

    start: int
    end: int
    cells: int


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
