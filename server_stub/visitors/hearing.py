"""What a visitor makes of the operator's words: which branch they lead to, now or later."""

from collections import deque

from operator_tui.desk.model import Language
from operator_tui.desk.time import Millis
from server_stub.visitors.intents import means
from server_stub.visitors.patterns import fold
from server_stub.visitors.play import Hears, Listen, Otherwise, Silent

REMEMBERED = 20
"""How many of the operator's messages a visitor keeps in mind while it is busy."""


class Ears:
    """The ears of one visitor who reads `language`."""

    __slots__ = ("_language", "_remembered")

    def __init__(self, language: Language) -> None:
        self._language = language
        self._remembered: deque[str] = deque(maxlen=REMEMBERED)

    def remember(self, text: str) -> None:
        """Keep what was said while the visitor was busy."""
        self._remembered.append(text)

    def recall(self, listen: Listen) -> tuple[str, str] | None:
        """What was said meanwhile and leads on, and where to; never by `else`.

        What was said after it stays in mind, what was said before it is forgotten.
        """
        while self._remembered:
            text = self._remembered.popleft()
            if (to := self.heard(listen, text)) is not None:
                return text, to
        return None

    def heard(self, listen: Listen, text: str) -> str | None:
        """The scene of the first `if` that hears its words in `text`."""
        folded = fold(text)
        for branch in listen.branches:
            when = branch.when
            if isinstance(when, Hears) and (
                when.words.found_in(folded)
                or any(means(intent, text, self._language) for intent in when.intents)
            ):
                return branch.to
        return None


def otherwise(listen: Listen) -> str | None:
    """The scene of `else`."""
    return next((b.to for b in listen.branches if isinstance(b.when, Otherwise)), None)


def silence(listen: Listen) -> tuple[Millis, str] | None:
    """The shortest silence listened for, and its scene."""
    quiet = [(b.when.span, b.to) for b in listen.branches if isinstance(b.when, Silent)]
    return min(quiet, key=lambda one: one[0], default=None)
