"""One action of a `.play` file, from the words of its line."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from operator_tui.desk.entries import Language
from operator_tui.desk.text import SafeAddress, SafeLine, SafeText, clean
from operator_tui.desk.time import SECOND
from server_stub.plays.play import (
    AcceptInvitation,
    Action,
    Close,
    Feel,
    Go,
    IgnoreInvitation,
    Leave,
    OpensChat,
    Pause,
    Rate,
    Reactivate,
    Return,
    Say,
    Share,
    StopSharing,
    Transferred,
    Type,
    Wait,
)
from server_stub.plays.problems import did_you_mean, one_of
from server_stub.plays.spans import meant, span
from server_stub.plays.who import ANY

MOODS = {
    "neutral": 1.0,
    "calm": 1.0,
    "happy": 1.1,
    "confused": 0.8,
    "worried": 0.9,
    "sad": 0.8,
    "impatient": 1.2,
    "angry": 1.4,
}
"""How fast a visitor of this mood types."""

TYPES_FOR = 4 * SECOND
"""How long `types` without a time shows the typing sign."""

LANGUAGE = re.compile(r"[a-z]{2}")
_TEXT = re.compile(r"(says|wanders|shares\s+screen)(?:\[([^\]\s]*)\])?(?:\s+(.*))?", re.DOTALL)
_OPEN_BRACKET = re.compile(r"(says|wanders|shares\s+screen)\[")
_NOTE = re.compile(r"(?:(.*?)\s+)?note(?:\[([^\]\s]*)\])?(?:\s+(.*))?", re.DOTALL)
T = TypeVar("T")


class LineError(Exception):
    """What is wrong with a line, and perhaps what was meant; `others` are wrong in it too."""

    def __init__(self, what: str, suggestion: str = "", others: Iterable["LineError"] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.suggestion = suggestion
        self.others = tuple(others)


def raise_all(errors: Iterable[LineError]) -> None:
    """Raise them as one, if there are any."""
    if found := tuple(errors):
        raise LineError(found[0].what, found[0].suggestion, found[1:])


def read_span(text: str) -> int:
    """The span that `text` names. Raises `LineError`."""
    if (value := span(text)) is None:
        raise LineError(f'"{text[:40]}" is not a time.', meant(text))
    return value


def read_action(line: str) -> Action:
    """The action that a line without its `after` tells. Raises `LineError`."""
    if told := _TEXT.fullmatch(line):
        word, language, text = told.groups()
        return _telling(word, text_in(language, text))
    if _OPEN_BRACKET.match(line):
        raise LineError(f'"{_start(line)}" has a bracket and no language.', "Write says[en] Hello.")
    for phrase, read in ACTIONS.items():
        if (rest := _after(line, phrase.split())) is not None:
            return read(rest)
    raise LineError(f'"{_start(line)}" is not something a visitor does.', _meant(line))


def _after(line: str, words: list[str]) -> str | None:
    """What stands after these words at the beginning of the line; None: it begins otherwise."""
    parts = line.split(maxsplit=len(words))
    if parts[: len(words)] != words:
        return None
    return parts[-1].strip() if len(parts) > len(words) else ""


def text_in(language: str | None, text: str | None) -> dict[Language, SafeText]:
    """One text in its language; nothing when there is none. Raises `LineError`."""
    text = (text or "").strip()
    if language is not None and not LANGUAGE.fullmatch(language):
        code = language.casefold()
        hint = (
            f"Did you mean [{code}]?" if LANGUAGE.fullmatch(code) else "Write says[en] or says[nl]."
        )
        raise LineError(f'"{language[:40]}" is not a language.', hint)
    if len(text) > SafeText.characters:
        limit = f"{SafeText.characters:,}"
        raise LineError(
            f"{len(text):,} characters; a message has at most {limit}.", "Cut it, or write two."
        )
    return {language or ANY: clean(text, SafeText)} if text else {}


def no_longer(value: str, kind: type[SafeText]) -> None:
    """Raises `LineError` when the text is longer than its kind shows."""
    if len(value) > kind.characters:
        what = f"{len(value):,} characters; at most {kind.characters:,} are shown here."
        raise LineError(what, "Cut it.")


def said(language: str | None, text: str | None) -> dict[Language, SafeText]:
    """The same where something has to be said."""
    if not (texts := text_in(language, text)):
        raise LineError("Nothing is said here.", "The text follows on the same line.")
    return texts


def _telling(word: str, texts: dict[Language, SafeText]) -> Action:
    match word:
        case "says":
            if not texts:
                raise LineError("Nothing is said here.", "The text follows on the same line.")
            return Say(texts)
        case "wanders":
            return Say(texts, wanders=True)
        case _:
            return Share(texts)


def _transferred(rest: str) -> Action:
    name, language, note = rest, None, None
    if told := _NOTE.fullmatch(rest):
        name, language, note = told.groups()
        name = name or ""
    no_longer(name, SafeLine)
    if not (by := clean(name.strip(), SafeLine)):
        raise LineError(
            "Nobody is named here.", "Write transferred from Tomasz note Charged twice."
        )
    return Transferred(by, text_in(language, note))


def _boomerang(rest: str) -> Action:
    rest = rest.removeprefix("after ").strip()
    return Reactivate(read_span(rest) if rest else 0, boomerang=True)


def _waits(rest: str) -> Action:
    return Pause(read_span(rest)) if rest else Wait()


def _alone(action: Action) -> Callable[[str], Action]:
    def read(rest: str) -> Action:
        if rest:
            raise LineError(f'"{rest[:40]}" is too much here.', "Leave it out.")
        return action

    return read


def _timed(make: Callable[[int], Action], default: int | None = None) -> Callable[[str], Action]:
    def read(rest: str) -> Action:
        if not rest and default is not None:
            return make(default)
        return make(read_span(rest))

    return read


def _paged(make: Callable[[SafeAddress], Action]) -> Callable[[str], Action]:
    def read(rest: str) -> Action:
        if not rest:
            raise LineError("The page is missing.", "Write its address at the end of the line.")
        no_longer(rest, SafeAddress)
        return make(clean(rest, SafeAddress))

    return read


def _mood(rest: str) -> Feel:
    if rest not in MOODS:
        raise LineError(f'"{rest[:40]}" is not a mood.', one_of(rest, MOODS))
    return Feel(rest, MOODS[rest])


def _rate(rest: str) -> Rate:
    if rest not in {"1", "2", "3", "4", "5"}:
        raise LineError(f'"{rest[:40]}" is not a number of stars.', "Write 1, 2, 3, 4 or 5.")
    return Rate(int(rest))


ACTIONS: dict[str, Callable[[str], Action]] = {
    "opens chat": _alone(OpensChat()),
    "types": _timed(Type, TYPES_FOR),
    "pauses": _timed(Pause),
    "leaves site": _alone(Leave()),
    "returns to": _paged(Return),
    "goes to": _paged(Go),
    "closes chat": _alone(Close()),
    "stops sharing": _alone(StopSharing()),
    "mood": _mood,
    "rates": _rate,
    "waits": _waits,
    "reactivates after": _timed(Reactivate),
    "boomerang": _boomerang,
    "transferred from": _transferred,
    "accepts invitation": _alone(AcceptInvitation()),
    "ignores invitation": _alone(IgnoreInvitation()),
}


HINT = 'To say it, write "says" before it: says Hello.'


def _start(line: str) -> str:
    return " ".join(line.split()[:2])[:40]


def _meant(line: str) -> str:
    begun = line.split("[", maxsplit=1)[0].split()
    if meant := did_you_mean(" ".join(begun[:2]), [*ACTIONS, "shares screen"]):
        return meant
    known = [*ACTIONS, "says", "wanders", "listen", "->"]
    return did_you_mean(begun[0] if begun else "", known) or HINT
