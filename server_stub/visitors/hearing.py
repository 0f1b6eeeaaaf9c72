"""What a visitor makes of the operator's words: which branch they lead to, now or later."""

from operator_tui.desk.entries import Language
from operator_tui.desk.time import Millis
from server_stub.plays.intents import Known, means
from server_stub.plays.patterns import fold
from server_stub.plays.play import (
    Branch,
    Hears,
    Listen,
    Otherwise,
    Silent,
)

REMEMBERED = 20
"""How many of the operator's messages a visitor keeps in mind while it is busy."""


class Ears:
    """The ears of one visitor who reads `language` and knows these intents."""

    __slots__ = ("_known", "_language", "_remembered")

    def __init__(self, language: Language, known: Known) -> None:
        self._known = known
        self._language = language
        self._remembered: tuple[str, ...] = ()

    def remember(self, text: str) -> None:
        """Keep what was said while the visitor was busy."""
        self._remembered = (*self._remembered, text)[-REMEMBERED:]

    def recall(self, listen: Listen) -> tuple[str, Branch] | None:
        """What was said meanwhile and leads on, and by which branch; never by `else`.

        What was said after it stays in mind, what was said before it is forgotten.
        """
        while self._remembered:
            text, *rest = self._remembered
            self._remembered = tuple(rest)
            if (branch := self.heard(listen, text)) is not None:
                return text, branch
        return None

    def heard(self, listen: Listen, text: str) -> Branch | None:
        """The first `if` that hears its words in `text`."""
        folded = fold(text)
        for branch in listen.branches:
            when = branch.when
            if isinstance(when, Hears) and (
                when.words.found_in(folded)
                or any(means(intent, text, self._language, self._known) for intent in when.intents)
            ):
                return branch
        return None


def otherwise(listen: Listen) -> Branch | None:
    """The branch of `else`."""
    return next((b for b in listen.branches if isinstance(b.when, Otherwise)), None)


def silence(listen: Listen) -> tuple[Millis, Branch] | None:
    """The shortest silence listened for, and its branch."""
    quiet = [(b.when.span, b) for b in listen.branches if isinstance(b.when, Silent)]
    return min(quiet, key=lambda one: one[0], default=None)
