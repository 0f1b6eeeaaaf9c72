"""What is wrong with a file that a trainer wrote: all of it at once, each with a way out."""

from collections.abc import Iterable
from difflib import get_close_matches

from msgspec import Struct


class Problem(Struct, frozen=True, order=True):
    """One mistake. `where` is a line number or a key."""

    file: str
    line: int
    what: str
    suggestion: str = ""
    where: str = ""

    def __str__(self) -> str:
        place = self.where or f"line {self.line}"
        return " ".join(filter(None, (f"{self.file}, {place}: {self.what}", self.suggestion)))


class ProblemsError(Exception):
    """A file with mistakes; `problems` holds every one of them, in the file's order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The sentence that offers what `word` was probably meant to be; empty when nothing is near."""
    close = get_close_matches(word.casefold(), sorted(known), n=1, cutoff=0.6)
    return f'Did you mean "{close[0]}"?' if close else ""


def one_of(word: str, known: Iterable[str]) -> str:
    """The same, or else the whole choice."""
    choice = sorted(known)
    return did_you_mean(word, choice) or f"Known: {', '.join(choice)}."
