"""Canned replies and what remarks go by: the bundled TOML, and the operator's own file over it.

A mistake in the operator's file costs the reply it stands in, never the rest.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec
from msgspec import Struct

from operator_tui.desk.canned import CannedReply
from operator_tui.desk.entries import Language
from operator_tui.desk.etiquette import Etiquette, Jargon
from operator_tui.desk.text import SafeLine, clean, decode_hook
from operator_tui.store.canned_reading import Mistake, MistakeKind, mistake, read
from operator_tui.store.toml_text import read_text

LARGEST = 1024 * 1024
"""Bytes that a file of canned replies may have."""


class Loaded(Struct, frozen=True):
    """The canned replies of every language, and what the operator's own file gave."""

    replies: tuple[CannedReply, ...]
    mistakes: tuple[Mistake, ...] = ()
    own: int = 0
    """How many replies came from the operator's file."""


@cache
def languages() -> tuple[Language, ...]:
    """The languages that come with the program."""
    names = (entry.name for entry in files("operator_tui").joinpath("data").iterdir())
    return tuple(sorted(name[:2] for name in names if re.fullmatch(r"[a-z]{2}\.toml", name)))


@cache
def bundled() -> tuple[CannedReply, ...]:
    """The replies that come with the program, in all its languages."""
    return tuple(
        reply
        for language in languages()
        for reply in read(_bundled_text(language), f"{language}.toml", language).replies
    )


@cache
def etiquette(language: Language) -> Etiquette:
    """What remarks on a draft in `language` go by; empty for a language without data."""
    if language not in languages():
        return Etiquette()
    raw = tomllib.loads(_bundled_text(language))
    return Etiquette(
        tuple(clean(phrase, SafeLine) for phrase in raw["patterns"]["vague_promise"]),
        msgspec.convert(raw["jargon"], tuple[Jargon, ...], dec_hook=decode_hook),
    )


def load(own: Path | None = None, language: Language = "en") -> Loaded:
    """Every canned reply: one in the file `own` replaces the bundled one of its id and language.

    `own` need not exist. `language` is that of its replies which do not say theirs.
    """
    if own is None:
        return Loaded(bundled())
    text = read_text(own, LARGEST)
    if text is None:
        return Loaded(bundled(), (mistake(own.name, 0, MistakeKind.UNREADABLE),))
    replies, mistakes = read(text, own.name, language)
    return Loaded(_over(bundled(), replies), tuple(mistakes), len(replies))


def _over(bundled: Iterable[CannedReply], own: Iterable[CannedReply]) -> tuple[CannedReply, ...]:
    replies = {(reply.language, reply.id): reply for reply in (*bundled, *own)}
    return tuple(replies.values())


def _bundled_text(language: Language) -> str:
    return files("operator_tui").joinpath("data", f"{language}.toml").read_text(encoding="utf-8")
