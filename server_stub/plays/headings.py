"""The heading of a `.play` file: `key value`, some keys also `key[lang] value`."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from operator_tui.desk.entries import Language
from operator_tui.desk.model import Channel
from operator_tui.desk.text import SafeAddress, SafeLine, SafeText, clean
from server_stub.plays.actions import LANGUAGE, LineError, no_longer, raise_all, read_span
from server_stub.plays.problems import did_you_mean, one_of
from server_stub.plays.who import ANY, Field, Heading

LEVELS = ("novice", "experienced", "expert")
RULES = 146
"""The rules are numbered R1 to R146."""

_KEY = re.compile(r"([^\s\[]+)(?:\[([^\]]*)\])?(?:\s+(.*))?", re.DOTALL)
_TYPING = re.compile(r"(\d+(?:\.\d+)?)(?: ?chars/s)?")
_EARLIER = re.compile(r"(\d{1,4}) chats?(?:, (?:last )?(\S+) ago)?")
_TEACHES = re.compile(r"R-?(\d{1,3})(?:\s.*)?")
_FIELD = re.compile(r"(.+?)(?::|(?<=\?))\s+(.+)", re.DOTALL)

S = TypeVar("S", bound=SafeText)
Fields = dict[str, Any]


def read_heading(line: str, fields: Fields) -> tuple[str, Language]:
    """Put what a heading's line says into `fields` of a `Heading`; gives key and language.

    Raises `LineError`.
    """
    parts = _KEY.fullmatch(line)
    key, language, value = parts.groups() if parts else (line, None, None)
    if key not in KEYS:
        hint = did_you_mean(key, KEYS) or 'A scene begins with "== name".'
        raise LineError(f'"{key[:40]}" is no word of a heading.', hint)
    if not value or not value.strip():
        raise LineError(f'Nothing stands after "{key}".', "Fill it in, or leave the line out.")
    if language is not None and (key not in BY_LANGUAGE or not LANGUAGE.fullmatch(language)):
        raise LineError(f'"{key}[{language[:20]}]" is not possible.', f"Write {key} without it.")
    KEYS[key](fields, language or ANY, value.strip())
    return key, language or ANY


def heading(fields: Fields) -> Heading:
    """The heading that was read."""
    return Heading(**fields)


def _texts(name: str, kind: type[S]) -> Callable[[Fields, Language, str], None]:
    def put(fields: Fields, language: Language, value: str) -> None:
        no_longer(value, kind)
        fields.setdefault(name, {})[language] = clean(value, kind)

    return put


def _languages(fields: Fields, _: Language, value: str) -> None:
    codes = tuple(code.strip() for code in value.split(","))
    raise_all(
        LineError(f'"{code[:20]}" is not a language.', "Write codes: nl, en.")
        for code in codes
        if not LANGUAGE.fullmatch(code)
    )
    fields["languages"] = tuple(dict.fromkeys(codes))


def _level(fields: Fields, _: Language, value: str) -> None:
    if value not in LEVELS:
        raise LineError(f'"{value[:40]}" is not a level.', one_of(value, LEVELS))
    fields["level"] = value


def _teaches(fields: Fields, _: Language, value: str) -> None:
    rules = [rule.strip() for rule in value.split(",")]
    raise_all(
        LineError(f'"{rule[:40]}" is not a rule.', f"Write R-1 to R-{RULES}, and why.")
        for rule in rules
        if not (number := _TEACHES.fullmatch(rule)) or not 1 <= int(number.group(1)) <= RULES
    )
    fields["teaches"] = (*fields.get("teaches", ()), *(clean(rule, SafeLine) for rule in rules))


def _system(fields: Fields, _: Language, value: str) -> None:
    for name, part in zip(("system", "browser", "device"), value.split(",", 2), strict=False):
        no_longer(part, SafeLine)
        fields[name] = clean(part.strip(), SafeLine)


def _channel(fields: Fields, _: Language, value: str) -> None:
    if value not in list(Channel):
        raise LineError(f'"{value[:40]}" is not a channel.', one_of(value, list(Channel)))
    fields["channel"] = Channel(value)


def _on_site(fields: Fields, _: Language, value: str) -> None:
    fields["on_site"] = read_span(value)


def _earlier(fields: Fields, _: Language, value: str) -> None:
    if not (told := _EARLIER.fullmatch(value)):
        raise LineError(f'"{value[:40]}" is no number of chats.', "Write 2 chats, last 30d ago.")
    fields["earlier"] = int(told.group(1))
    if told.group(2):
        fields["earlier_ago"] = read_span(told.group(2))


def _typing(fields: Fields, _: Language, value: str) -> None:
    speed = _TYPING.fullmatch(value)
    if not speed or not 0.2 <= float(speed.group(1)) <= 50:
        raise LineError(f'"{value[:40]}" is no typing speed.', "Write 4 chars/s (0.2 to 50).")
    fields["typing"] = float(speed.group(1))


def _form(fields: Fields, language: Language, value: str) -> None:
    if not (told := _FIELD.fullmatch(value)):
        raise LineError(f'"{value[:40]}" has no answer.', "Write Order number: 48213.")
    question, answer = told.group(1).strip(), told.group(2).strip()
    no_longer(question, SafeLine)
    no_longer(answer, SafeText)
    field = Field(clean(question, SafeLine), clean(answer, SafeText))
    form = fields.setdefault("form", {})
    form[language] = (*form.get(language, ()), field)


def _fact(fields: Fields, language: Language, value: str) -> None:
    no_longer(value, SafeText)
    facts = fields.setdefault("facts", {})
    facts[language] = (*facts.get(language, ()), clean(value, SafeText))


def _about(fields: Fields, _: Language, value: str) -> None:
    no_longer(value, SafeLine)
    fields["about"] = clean(value, SafeLine)


KEYS: dict[str, Callable[[Fields, Language, str], None]] = {
    "title": _texts("title", SafeLine),
    "about": _about,
    "language": _languages,
    "level": _level,
    "teaches": _teaches,
    "visitor": _texts("visitor", SafeLine),
    "page": _texts("page", SafeAddress),
    "channel": _channel,
    "system": _system,
    "on-site": _on_site,
    "earlier": _earlier,
    "form": _form,
    "fact": _fact,
    "typing": _typing,
}
REPEATED = ("teaches", "form", "fact")
"""Keys that may be said more than once."""
BY_LANGUAGE = ("title", "visitor", "page", "form", "fact")
"""Keys that may be said for each language."""
