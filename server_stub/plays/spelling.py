"""The words that begin a line, and what they were meant to be when only a sign is wrong."""

import re
from collections.abc import Iterable

from server_stub.plays.actions import ACTIONS
from server_stub.plays.branches import with_arrows
from server_stub.plays.headings import KEYS

IN_SCENES = (*ACTIONS, "says", "wanders", "shares screen", "listen", "if", "else", "after")


def _beginning(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first)
    return re.compile(rf"({either})(\[[^\]]*\])?(:)?(?=[\s\[]|->|$)", re.IGNORECASE)


_LEADS = re.compile(r"(?:if|else)(?!\w)|[^\w\s]", re.IGNORECASE)
_SCENE, _HEADING = _beginning(IN_SCENES), _beginning(KEYS)


def corrected(line: str, *, in_scene: bool) -> tuple[str, str]:
    """The line as it was meant, and its first words if they were written in another way.

    A capital letter or a colon does not keep a line from being read: it is told, and what else
    stands in the line is looked at too.
    """
    if in_scene and _LEADS.match(line):
        line = with_arrows(line)
    if (found := (_SCENE if in_scene else _HEADING).match(line)) is None:
        return line, ""
    written, language, colon = found.groups()
    words = " ".join(written.casefold().split())
    if not colon and words == " ".join(written.split()):
        return line, ""
    return f"{words}{language or ''}{line[found.end() :]}", words
