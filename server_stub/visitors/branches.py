"""One branch under `listen`: `if apology "sorry*" -> calmed`, `if silence 60s -> gone`, `else`."""

import re
from collections.abc import Collection

from server_stub.visitors.actions import LineError, read_span
from server_stub.visitors.patterns import pattern
from server_stub.visitors.play import (
    Branch,
    Hears,
    Otherwise,
    Silent,
    When,
)
from server_stub.visitors.problems import did_you_mean

_TOKEN = re.compile(r'"[^"]*"|->|[^\s"]+|"')
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"'})
_NAME = re.compile(r"[\w-]{1,40}")


def read_branch(number: int, line: str, intents: Collection[str]) -> Branch:
    """The branch that a line tells, which may listen for `intents`. Raises `LineError`."""
    tokens = _TOKEN.findall(line.translate(_CURLY))
    if "->" not in tokens:
        raise LineError("The branch leads nowhere.", 'End it with "-> scene" or "-> end".')
    arrow = tokens.index("->")
    to = read_target(" ".join(tokens[arrow + 1 :]))
    return Branch(number, _when(tokens[0], tokens[1:arrow], intents), to)


def read_target(text: str) -> str:
    """The scene's name after an arrow. Raises `LineError`."""
    name = text.strip()
    if not _NAME.fullmatch(name):
        raise LineError(f'"{name[:40]}" is no name of a scene.', 'One word: "-> waiting".')
    return name


def _when(word: str, conditions: list[str], intents: Collection[str]) -> When:
    if word == "else":
        if conditions:
            raise LineError('"else" stands alone.', 'Write "if" for a condition.')
        return Otherwise()
    if not conditions:
        raise LineError("The branch has no condition.", 'Write "else", or what to listen for.')
    if conditions[0] == "silence":
        if len(conditions) != 2:
            raise LineError("A silence has a time and nothing else.", "Write if silence 60s.")
        return Silent(read_span(conditions[1]))
    return _hears(conditions, intents)


def _hears(conditions: list[str], intents: Collection[str]) -> Hears:
    if '"' in conditions:
        raise LineError("A quotation mark has no partner.", 'Write "two words" in one pair.')
    phrases = [token.strip('"') for token in conditions if token.startswith('"')]
    meant = [token for token in conditions if not token.startswith('"')]
    for intent in meant:
        if intent not in intents:
            raise LineError(f'"{intent[:40]}" is no intent.', _intent_meant(intent, intents))
    try:
        return Hears(tuple(meant), pattern(phrases))
    except ValueError as error:
        what = f'"{str(error)[:40]}" has no word to listen for.'
        raise LineError(what, 'Write a word, or its beginning: "retour*".') from error


def _intent_meant(intent: str, intents: Collection[str]) -> str:
    hint = did_you_mean(intent, {*intents, "silence"})
    return hint or f'Put words in quotation marks: "{intent[:40]}".'
