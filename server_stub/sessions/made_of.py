"""What a session is made of, told by short numbers: so that a change of it does not go unseen.

Visitors are made again from the session's file and its plays whenever it goes on, or is played
again. Were one of them another by then, nobody would be where they stood. Remarks, empty
lines, titles and what a scenario is about change nothing, so they do not count.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct, structs

from operator_tui.desk.entries import NO_LINE
from server_stub.sessions.session import Session

FILE, INTENTS = "the session's file", "intents"
_NO_MATTER = {"line", "said", "title", "about", "level", "teaches"}
"""Where something stood in its file, how it was written, and what is said about it to people."""


def made_of(session: Session) -> dict[str, str]:
    """By what it is called: the session itself, its intents, each of its plays."""
    file = structs.replace(session, name=NO_LINE, plays={}, intents={})
    plays = {f"{name}.play": _number(play) for name, play in sorted(session.plays.items())}
    return {FILE: _number(file), INTENTS: _number(session.intents), **plays}


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What is not as it was, what is new, and what is gone, in that order."""
    return [key for key in (*now, *(before.keys() - now)) if before.get(key) != now.get(key)]


def _number(value: object) -> str:
    told = msgspec.json.encode(_plain(value), order="deterministic")
    return hashlib.blake2b(told, digest_size=12).hexdigest()


def _plain(value: Any) -> Any:  # noqa: ANN401
    """The value as JSON can say it; kinds of the same form are told apart by their names."""
    match value:
        case Struct():
            parts = ((key, _plain(part)) for key, part in structs.asdict(value).items())
            return [type(value).__name__, {k: v for k, v in parts if k not in _NO_MATTER}]
        case re.Pattern():
            return value.pattern
        case Mapping():
            return [[_plain(key), _plain(part)] for key, part in value.items()]
        case frozenset():
            return sorted(_plain(one) for one in value)
        case list() | tuple():
            return [_plain(one) for one in value]
        case bool() | float() | None:
            return value
        case int():
            return int(value)
        case str():
            return str(value)
        case _:
            raise TypeError(f"a {type(value).__name__} cannot be told by a number")
