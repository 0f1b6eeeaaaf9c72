"""A practice session: who works, who visits and when, under which limits."""

from pathlib import Path

from msgspec import Struct

from operator_tui.desk.model import Id, Language
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeLine


class OperatorSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """A trainee. `limit` None: the policy's places."""

    id: Id
    name: SafeLine
    languages: tuple[Language, ...] = ()
    limit: int | None = None


class ColleagueSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """A simulated colleague."""

    id: Id
    name: SafeLine
    languages: tuple[Language, ...] = ()
    limit: int = 2


class Session(Struct, frozen=True):
    """A session as checked: names resolved, plays parsed."""

    name: SafeLine
    about: SafeLine
    policy: Policy
    operators: tuple[OperatorSpec, ...]
    colleagues: tuple[ColleagueSpec, ...]


class SessionError(Exception):
    """What is wrong with a session file, all of it; each problem names file and key."""


def load(name: str | Path) -> Session:
    """A built-in session by its name, or a file by its path. Raises `SessionError`."""
    raise NotImplementedError(name)
