"""What an operator means, recognised by phrases: data in `intents/<lang>.toml`."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

import msgspec
from msgspec import Struct

from operator_tui.desk.entries import NO_TEXT, Language
from operator_tui.desk.text import SafeLine, SafeText, decode_hook
from server_stub.plays.patterns import Pattern, fold, pattern
from server_stub.plays.problems import Problem, ProblemsError

FOLDER = Path(__file__).parent.parent / "intents"
COMMON: Language = "en"
"""Understood by every simulated visitor: an operator who lacks the visitor's language has it."""

_LANGUAGE = re.compile(r"[a-z]{2}")
_NAME = re.compile(r"(?!(?:silence|else)$)[\w-]{1,40}")
_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]*")


class Lines(Struct, frozen=True, forbid_unknown_fields=True):
    """What a simulated colleague writes, in one language."""

    answers: tuple[SafeText, ...]
    """In this order to the visitor's messages; after the last one the chat is closed."""
    declines: SafeText
    """The note with which a transfer goes back."""


class Thrown(Struct, frozen=True, forbid_unknown_fields=True):
    """What visitors write when a trainer throws something in without words of its own."""

    angry: SafeText
    presses: tuple[SafeText, ...]
    """A burst: in this order, and again from the first."""
    back: SafeText
    """After a boomerang."""


_NO_LINES = Lines((), NO_TEXT)
_NOT_THROWN = Thrown(NO_TEXT, (), NO_TEXT)


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    intents: dict[str, tuple[str, ...]] = {}
    unless: dict[str, tuple[str, ...]] = {}
    colleague: Lines | None = None
    needs_question: tuple[str, ...] = ()
    small_talk: tuple[SafeText, ...] = ()
    gives_up: SafeText | None = None
    thrown: Thrown | None = None
    names: tuple[SafeLine, ...] = ()


class Intents(Struct, frozen=True, eq=False):
    """The intents of one language."""

    language: Language
    patterns: dict[str, Pattern]
    needs_question: frozenset[str]
    """Those that count only in a sentence that ends with a question mark."""
    lines: Lines
    small_talk: tuple[SafeText, ...]
    """What a visitor says who wanders off the topic and has no words of its own for it."""
    gives_up: SafeText
    """What a visitor says who will wait no longer."""
    names: tuple[SafeLine, ...]
    """Of visitors who come in numbers."""
    thrown: Thrown = _NOT_THROWN
    unless: dict[str, Pattern] = {}
    """Phrases in which the words of an intent mean something else: `you're welcome`."""

    def found(self, intent: str, text: str, unless: Iterable[Pattern] = ()) -> bool:
        """Whether `text` means `intent` in this language; not where it stands in an `unless`."""
        looked_for = self.patterns.get(intent)
        if looked_for is None:
            return False
        told = _questions(text) if intent in self.needs_question else [text]
        return any(looked_for.found_in(_without(unless, one)) for one in told)


Known: TypeAlias = Mapping[Language, Intents]


def means(intent: str, text: str, language: Language, known: Known | None = None) -> bool:
    """Whether an operator's `text` means `intent`, in the visitor's language or the common one."""
    known = built_in() if known is None else known
    heard = [known[of] for of in {language, COMMON} if of in known]
    unless = [one.unless[intent] for one in heard if intent in one.unless]
    return any(one.found(intent, text, unless) for one in heard)


def spoken(known: Known, language: Language) -> Intents:
    """The words of a language, or of the common one where nobody has written them."""
    return known.get(language, known[COMMON])


@cache
def built_in() -> Known:
    """The intents that come with the program, by language."""
    return _beside(FOLDER, {})


def extended(folder: Path) -> Known:
    """The same with what a team keeps in `folder`: more phrases, more intents, more languages.

    Raises `ProblemsError` with the mistakes of all its files.
    """
    return _beside(folder, built_in()) if folder.is_dir() else built_in()


def names(known: Known | None = None) -> frozenset[str]:
    """Every intent that a scenario may listen for."""
    everywhere = built_in() if known is None else known
    return frozenset(name for one in everywhere.values() for name in one.patterns)


def _beside(folder: Path, known: Known) -> Known:
    found, problems = dict(known), list[Problem]()
    for path in sorted(folder.glob("*.toml")):
        try:
            found[path.stem] = read(path, known)
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return found


def read(path: Path, known: Known) -> Intents:
    """The intents in a file named after their language, added to those that are known of it.

    Raises `ProblemsError`.
    """
    if not _LANGUAGE.fullmatch(path.stem):
        what = "the file is not named after a language."
        raise ProblemsError([Problem(path.name, 0, what, "Name it en.toml or nl.toml.", "name")])
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        file = msgspec.convert(content, _File, dec_hook=decode_hook)
        return _added(file, path.stem, known.get(path.stem) or known.get(COMMON))
    except (OSError, msgspec.ValidationError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProblemsError([Problem(path.name, 0, f"{error}.", where="contents")]) from error
    except RecursionError as error:
        raise ProblemsError([Problem(path.name, 0, "it is nested too deeply.")]) from error
    except ValueError as error:
        what = f'the phrase "{error}" has no word to listen for.'
        raise ProblemsError([Problem(path.name, 0, what, where="intents")]) from error


def _added(file: _File, language: Language, known: Intents | None) -> Intents:
    """What the file says on top of what is known; of another language only the lines serve."""
    same = known if known is not None and known.language == language else None
    questions = frozenset(file.needs_question)
    if known is None and (file.colleague is None or file.gives_up is None):
        raise msgspec.ValidationError("colleague or gives_up is missing")
    return Intents(
        language,
        _more(same.patterns if same else {}, file.intents),
        questions | known.needs_question if known else questions,
        file.colleague or (known.lines if known else _NO_LINES),
        file.small_talk or (known.small_talk if known else ()),
        file.gives_up or (known.gives_up if known else NO_TEXT),
        file.names or (known.names if known else ()),
        file.thrown or (known.thrown if known else _NOT_THROWN),
        _more(same.unless if same else {}, file.unless),
    )


def _more(known: Mapping[str, Pattern], more: Mapping[str, tuple[str, ...]]) -> dict[str, Pattern]:
    """The patterns with further phrases."""
    phrases = {name: one.phrases for name, one in known.items()}
    for name, further in more.items():
        if not _NAME.fullmatch(name):
            raise msgspec.ValidationError(f'"{name[:40]}" is no name of an intent')
        phrases[name] = (*phrases.get(name, ()), *further)
    return {name: pattern(of) for name, of in phrases.items()}


def _without(unless: Iterable[Pattern], text: str) -> str:
    folded = fold(text)
    for other in unless:
        folded = other.blotted_out(folded)
    return folded


def _questions(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.findall(text) if "?" in sentence]
