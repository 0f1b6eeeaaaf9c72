"""One branch under `listen`: `if apology "sorry*" -> calmed`, `if silence 60s -> gone`, `else`."""

import re
from collections.abc import Collection

from operator_tui.desk.time import Millis
from server_stub.plays.actions import LineError, raise_all, read_span
from server_stub.plays.patterns import pattern
from server_stub.plays.play import (
    Branch,
    Hears,
    Otherwise,
    Silent,
    When,
)
from server_stub.plays.problems import did_you_mean
from server_stub.plays.spans import span

_TOKEN = re.compile(r'"[^"]*"|->|(?:(?!->)[^\s"])+|"')
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_ARROWS = re.compile("→|⟶|⇒|[–—]>")
_BETWEEN = {",", "or", "and", "|", "+", "of", "lub", "tai"}
_NAME = re.compile(r"[\w-]{1,40}")


def with_arrows(line: str) -> str:
    """The line with `->` for what editors make of it by themselves."""
    return _ARROWS.sub("->", line)


def read_branch(number: int, line: str, intents: Collection[str]) -> Branch:
    """The branch that a line tells, which may listen for `intents`. Raises `LineError`."""
    tokens = _TOKEN.findall(with_arrows(line.translate(_CURLY)))
    if "->" not in tokens:
        raise LineError("The branch leads nowhere.", 'End it with "-> scene" or "-> end".')
    arrow = tokens.index("->")
    wrong = list[LineError]()
    to = ""
    when: When = Otherwise()
    try:
        to = read_target(" ".join(tokens[arrow + 1 :]))
    except LineError as error:
        wrong.append(error)
    try:
        when = _when(tokens[0], tokens[1:arrow], intents)
    except LineError as error:
        wrong += [error, *error.others]
    raise_all(wrong)
    return Branch(number, when, to)


def read_target(text: str) -> str:
    """The scene's name after an arrow. Raises `LineError`."""
    name = text.strip()
    if not name:
        raise LineError("The arrow leads nowhere.", 'Write the name of a scene, or "-> end".')
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
        said = " ".join(conditions[1:])
        return Silent(_quiet(said), said)
    return _hears(conditions, intents)


def _quiet(text: str) -> Millis:
    if not text or '"' in text:
        raise LineError("A silence has a time and nothing else.", "Write if silence 60s.")
    if not (millis := read_span(text)):
        raise LineError("A silence of no time lets nobody answer.", "Write if silence 60s.")
    return millis


def _hears(conditions: list[str], intents: Collection[str]) -> Hears:
    if '"' in conditions:
        raise LineError("A quotation mark has no partner.", 'Write "two words" in one pair.')
    phrases = [token.strip('"') for token in conditions if token.startswith('"')]
    meant = [token for token in conditions if not token.startswith('"')]
    unknown = [one for one in meant if one not in intents]
    raise_all(_no_intent(one, intents) for one in unknown if span(one) is None or one is meant[0])
    if unknown:
        raise LineError(f'"{unknown[0]}" belongs to a silence.', f"Write if silence {unknown[0]}.")
    try:
        return Hears(tuple(meant), pattern(phrases))
    except ValueError as error:
        what = f'"{str(error)[:40]}" has no word to listen for.'
        raise LineError(what, 'Write a word, or its beginning: "retour*".') from error


def _no_intent(word: str, intents: Collection[str]) -> LineError:
    if word.casefold() in _BETWEEN:
        what = f'"{word}" is not needed: any of what stands in a branch will do.'
        return LineError(what, "Leave it out.")
    bare = word[:40].strip(",;'‘’`")
    hint = did_you_mean(bare, {*intents, "silence"})
    hint = hint or f'Put words in quotation marks: "{bare}".'
    return LineError(f'"{word[:40]}" is no intent.', hint)
