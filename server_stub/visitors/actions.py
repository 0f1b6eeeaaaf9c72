"""One action of a `.play` file, from the words of its line."""

import re
from collections.abc import Callable
from typing import TypeVar

from operator_tui.desk.text import SafeAddress, SafeText, clean
from operator_tui.desk.time import SECOND
from server_stub.visitors.play import (
    ANY,
    Action,
    Close,
    Feel,
    Go,
    Leave,
    OpensChat,
    Pause,
    Rate,
    Reactivate,
    Return,
    Say,
    Share,
    StopSharing,
    Type,
    Wait,
)
from server_stub.visitors.problems import did_you_mean, one_of
from server_stub.visitors.spans import HOW, span

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
_SAYS = re.compile(r"says\s*(?:\[([^\]]*)\])?(?:\s+(.*))?", re.DOTALL)
T = TypeVar("T")


class LineError(Exception):
    """What is wrong with a line, and perhaps what was meant."""

    def __init__(self, what: str, suggestion: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.suggestion = suggestion


def read_span(text: str) -> int:
    """The span that `text` names. Raises `LineError`."""
    if (value := span(text)) is None:
        raise LineError(f'"{text[:40]}" is not a time.', HOW)
    return value


def read_action(line: str) -> Action:
    """The action that a line without its `after` tells. Raises `LineError`."""
    if said := _SAYS.fullmatch(line):
        return _say(said.group(1), (said.group(2) or "").strip())
    for phrase, read in ACTIONS.items():
        if line == phrase or line.startswith(phrase + " "):
            return read(line[len(phrase) :].strip())
    raise LineError(f'"{_start(line)}" is not something a visitor does.', _meant(line))


def _say(language: str | None, text: str) -> Say:
    if language is not None and not LANGUAGE.fullmatch(language):
        raise LineError(f'"{language}" is not a language.', "Write says[en] or says[nl].")
    if not text:
        raise LineError("Nothing is said here.", "The text follows on the same line.")
    if len(text) > SafeText.characters:
        limit = f"{SafeText.characters:,}"
        raise LineError(f"{len(text):,} characters; a message has at most {limit}.")
    return Say({language or ANY: clean(text, SafeText)})


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
    "shares screen": _alone(Share()),
    "stops sharing": _alone(StopSharing()),
    "mood": _mood,
    "rates": _rate,
    "waits": _alone(Wait()),
    "reactivates after": _timed(Reactivate),
}


def _start(line: str) -> str:
    return " ".join(line.split()[:2])[:40]


def _meant(line: str) -> str:
    begun = line.split("[", maxsplit=1)[0].split()
    if meant := did_you_mean(" ".join(begun[:2]), ACTIONS):
        return meant
    return did_you_mean(begun[0] if begun else "", [*ACTIONS, "says", "listen", "->"])
