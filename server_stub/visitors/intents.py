"""What an operator means, recognised by phrases: data in `intents/<lang>.toml`."""

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from operator_tui.desk.model import Language
from operator_tui.desk.text import SafeText, decode_hook
from server_stub.visitors.patterns import Pattern, fold, pattern
from server_stub.visitors.problems import Problem, ProblemsError

FOLDER = Path(__file__).parent.parent / "intents"
COMMON: Language = "en"
"""Understood by every simulated visitor: an operator who lacks the visitor's language has it."""

_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]*")


class Lines(Struct, frozen=True, forbid_unknown_fields=True):
    """What a simulated colleague writes, in one language."""

    answers: tuple[SafeText, ...]
    """In this order to the visitor's messages; after the last one the chat is closed."""
    declines: SafeText
    """The note with which a transfer goes back."""


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    intents: dict[str, tuple[str, ...]]
    colleague: Lines
    needs_question: tuple[str, ...] = ()


class Intents(Struct, frozen=True, eq=False):
    """The intents of one language."""

    language: Language
    patterns: dict[str, Pattern]
    needs_question: frozenset[str]
    """Those that count only in a sentence that ends with a question mark."""
    lines: Lines

    def found(self, intent: str, text: str) -> bool:
        """Whether `text` means `intent` in this language."""
        looked_for = self.patterns.get(intent)
        if looked_for is None:
            return False
        if intent not in self.needs_question:
            return looked_for.found_in(fold(text))
        return any(looked_for.found_in(fold(question)) for question in _questions(text))


def means(intent: str, text: str, language: Language) -> bool:
    """Whether an operator's `text` means `intent`, in the visitor's language or the common one."""
    known = built_in()
    return any(known[of].found(intent, text) for of in {language, COMMON} if of in known)


@cache
def built_in() -> dict[Language, Intents]:
    """The intents that come with the program, by language."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.toml"))}


@cache
def names() -> frozenset[str]:
    """Every intent that a scenario may listen for."""
    return frozenset(name for one in built_in().values() for name in one.patterns)


def read(path: Path) -> Intents:
    """The intents in a file named after their language. Raises `ProblemsError`."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        file = msgspec.convert(content, _File, dec_hook=decode_hook)
        patterns = {name: pattern(phrases) for name, phrases in file.intents.items()}
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise ProblemsError([Problem(path.name, 0, str(error), where="contents")]) from error
    except ValueError as error:
        what = f"the phrase {error} has no word to listen for"
        raise ProblemsError([Problem(path.name, 0, what, where="intents")]) from error
    return Intents(path.stem, patterns, frozenset(file.needs_question), file.colleague)


def _questions(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.findall(text) if "?" in sentence]
