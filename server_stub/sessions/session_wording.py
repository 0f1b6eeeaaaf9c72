"""What the types say of a session file, in the words of whoever wrote it."""

import re
from collections.abc import Sequence
from datetime import date, time
from functools import cache
from typing import TypeAlias

from msgspec import inspect as kinds

from server_stub.plays.problems import did_you_mean
from server_stub.sessions.session import SessionFile

Step: TypeAlias = str | int
Wording: TypeAlias = tuple[str, str]
"""What is wrong, and what to do."""

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_OUT_OF_RANGE = re.compile(r"Expected `(?:int|float)[^`]*` [<>]")
LONGEST = 40
"""So many characters of a value are shown."""
STAND_IN = "stand-in-"
"""So begins what stands instead of a name that is not there."""
IDS = "Use letters, digits, . _ and -, without a blank, 40 at most."
LANGUAGES = "Write its two letters, as in en."


def steps_of(path: str) -> list[Step]:
    """The keys and places of a path such as `visitor[0].at`."""
    return [int(place) if place else name for name, place in _STEP.findall(path)]


def kind_of(steps: Sequence[Step]) -> kinds.Type | None:
    """What belongs at the end of a path; None: nothing that is known."""
    kind: kinds.Type | None = _file()
    for step in steps:
        match kind:
            case kinds.StructType(fields=fields):
                kind = next((_bare(one.type) for one in fields if one.encode_name == step), None)
            case kinds.VarTupleType(item_type=inner) | kinds.DictType(value_type=inner):
                kind = _bare(inner)
            case _:
                return None
    return kind


def keys_of(path: str) -> tuple[str, ...]:
    """What the table at a path may say; empty where no table belongs."""
    match kind_of(steps_of(path)):
        case kinds.StructType(fields=fields):
            return tuple(one.encode_name for one in fields)
        case _:
            return ()


def wording(value: object, path: str, error: str) -> Wording | None:
    """How to tell that `value` is not what belongs at `path`; None: as the types say it."""
    steps = steps_of(path)
    if (kind := kind_of(steps)) is None or not error.startswith(("Expected", "Invalid enum")):
        return None
    if isinstance(value, list) and isinstance(kind, kinds.VarTupleType):
        return "The list is empty.", "Write at least one into it."
    if _OUT_OF_RANGE.match(error):
        return f"{shown(value)} is not {_noun(kind)} that is possible here.", _range(kind)
    return f"{shown(value)} is not {_noun(kind)}.", _way(kind, steps, value)


def stand_in(kind: kinds.Type | None) -> object:
    """A value that may stand in a list instead of a wrong one; None: there is none."""
    match kind:
        case kinds.LiteralType(values=values):
            return values[0]
        case kinds.StrType(pattern=pattern):
            return "en" if pattern and "{2}" in pattern else STAND_IN
        case kinds.CustomType():
            return "0s"
        case _:
            return None


@cache
def _file() -> kinds.Type:
    return kinds.type_info(SessionFile)


def _bare(kind: kinds.Type) -> kinds.Type:
    """The kind without what was noted on it, and without that it may be left out."""
    match kind:
        case kinds.Metadata(type=inner):
            return _bare(inner)
        case kinds.UnionType(types=types):
            return next(_bare(one) for one in types if not isinstance(one, kinds.NoneType))
        case _:
            return kind


def shown(value: object) -> str:
    """What stands in the file, as it stands there, or what it is."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"' if len(value) <= LONGEST else f'"{value[:LONGEST]}..."'
        case int() | float():
            return str(value)[:LONGEST]
        case list():
            return "A list"
        case dict():
            return "A table"
        case date():
            return "A date"
        case time():
            return "A time of day"
        case _:
            return "This"


def _noun(kind: kinds.Type) -> str:
    match kind:
        case kinds.StrType(pattern=str(pattern)):
            return "a language" if "{2}" in pattern else "an id"
        case kinds.IntType():
            return "a whole number"
        case kinds.FloatType():
            return "a number"
        case kinds.BoolType():
            return "true or false"
        case kinds.VarTupleType():
            return "a list"
        case kinds.DictType():
            return "a text in a language"
        case kinds.StructType():
            return "a table"
        case kinds.LiteralType() | kinds.EnumType():
            return "one of what is known here"
        case _:
            return "a text"


def _way(kind: kinds.Type, steps: Sequence[Step], value: object) -> str:
    named = next((str(step) for step in reversed(steps) if isinstance(step, str)), "")
    unquoted = ", without quotation marks." if isinstance(value, str) else "."
    match kind:
        case kinds.StrType(pattern=str(pattern)):
            return LANGUAGES if "{2}" in pattern else IDS
        case kinds.IntType() | kinds.FloatType() | kinds.BoolType():
            return f"Write {_noun(kind)}{unquoted}"
        case kinds.VarTupleType(item_type=item):
            return _list(_bare(item), named, value, len(steps) == 1)
        case kinds.DictType():
            return f'Write {named}.en = "...".'
        case kinds.StructType(fields=fields):
            return _table(fields[0].encode_name, named, steps)
        case kinds.LiteralType(values=values):
            return _choice(value, [str(one) for one in values])
        case kinds.EnumType(cls=cls):
            return _choice(value, [str(one.value) for one in cls])
        case _:
            return "Put it in quotation marks."


def _table(first: str, named: str, steps: Sequence[Step]) -> str:
    """How to write a table, whose first key is `first`, where it stands alone or in a list."""
    if isinstance(steps[-1], str):
        return f"Write [{named}] and its lines under it."
    if len(steps) == 2:
        return f"Write [[{named}]] and its lines under it."
    return f"Write {{ {first} = ... }}."


def _list(item: kinds.Type, named: str, value: object, top: bool) -> str:
    if isinstance(item, kinds.StructType):
        first = item.fields[0].encode_name
        return f"Write [[{named}]]." if top else f"Write {named} = [{{ {first} = ... }}]."
    example = value if isinstance(value, str) else "..."
    return f'Write {named} = ["{example[:40]}"].'


def _range(kind: kinds.Type) -> str:
    match kind:
        case kinds.IntType(ge=low, le=high) | kinds.FloatType(ge=low, le=high) if high is not None:
            return f"Write one from {low or 0:,g} to {high:,g}."
        case _:
            return "Write 0 or more."


def _choice(value: object, known: list[str]) -> str:
    meant = did_you_mean(value, known) if isinstance(value, str) else ""
    return " ".join(filter(None, (meant, f"Known: {', '.join(known)}.")))
