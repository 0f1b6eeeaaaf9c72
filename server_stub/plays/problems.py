"""What is wrong with a file that a trainer wrote: all of it at once, each with a way out."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from heapq import nlargest

from msgspec import Struct

LONGEST_WORD = 60
"""Nobody misspells a longer one; comparing it takes long."""
COMPARED = 300
"""Among more names only those are compared that begin most like it."""
SHOWN = 24
"""So many names of a choice are told."""


class Problem(Struct, frozen=True, order=True):
    """One mistake, in a line (0: of the whole file) and at a key `where`."""

    file: str
    line: int
    what: str
    suggestion: str = ""
    where: str = ""

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line or not self.where else ""
        place = ", ".join(filter(None, (line, self.where)))
        return " ".join(filter(None, (f"{self.file}, {place}: {self.what}", self.suggestion)))


class ProblemsError(Exception):
    """A file with mistakes; `problems` holds every one of them, in the file's order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The sentence that offers what `word` was probably meant to be; empty when nothing is near."""
    near = _nearest(word[:LONGEST_WORD].casefold(), tuple(sorted(known)))
    return f'Did you mean "{near}"?' if near else ""


def one_of(word: str, known: Iterable[str]) -> str:
    """The same, or else the choice."""
    choice = sorted(known)
    more = f" and {len(choice) - SHOWN:,} more" if len(choice) > SHOWN else ""
    return did_you_mean(word, choice) or f"Known: {', '.join(choice[:SHOWN])}{more}."


@lru_cache(maxsize=4_096)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    few = known
    if len(known) > COMPARED:
        few = tuple(nlargest(COMPARED, known, key=lambda one: _alike(word, one)))
    return next(iter(get_close_matches(word, few, n=1, cutoff=0.6)), "")


def _alike(one: str, other: str) -> int:
    """How many letters both begin with."""
    differing = (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))
