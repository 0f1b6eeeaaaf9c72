"""A file of canned replies as it was written: each reply by itself, each mistake with its line."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct, structs

from operator_tui.desk.canned import PLACEHOLDER, SENT_AS_THEY_ARE, CannedReply, blanks
from operator_tui.desk.entries import Id, Language, Step
from operator_tui.desk.text import SafeLine, SafeText, clean, decode_hook
from operator_tui.store.toml_faults import fault_in
from operator_tui.store.toml_text import line_of

HEADER = re.compile(r"\s*\[\[\s*reply\s*\]\]")
_TRIPLE = ('"""', "'''")
_TOKEN = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*')
"""What a line outside of a long text is made of, as far as quotation marks and `#` go."""
HEAD_KEYS = ("language", "address")
TABLES = ("reply", "patterns", "jargon")
"""The last two are the bundled files' own, and may stand in a copy of one."""
NAMES = frozenset({"name", "name_vocative", "operator"})


class MistakeKind(StrEnum):
    """What is wrong in a file of canned replies; `ui` has the sentences."""

    UNREADABLE = "unreadable"
    """The file cannot be read, or is not UTF-8."""
    NOT_TOML = "not_toml"
    """`detail` is the `TomlFault`."""
    SHAPE = "shape"
    """`detail` is a table that is none of a file of canned replies: a reply is `[[reply]]`."""
    MISSING = "missing"
    """`detail` is the key that a reply lacks."""
    WRONG = "wrong"
    """`detail` is the key whose value is not what it must be."""
    UNKNOWN = "unknown"
    """`detail` is a key that means nothing; `guess` the one perhaps meant."""
    TWICE = "twice"
    """`detail` is an id that an earlier reply of the file has."""
    TOO_LONG = "too_long"
    """A text is longer than a message may be."""
    HAS_BLANK = "has_blank"
    """`detail` is the id of a reply that goes out by one key and cannot have blanks."""
    LONE_BRACE = "lone_brace"
    """`detail` is the key of a text with a brace that makes no blank, and would be sent."""


class Mistake(Struct, frozen=True):
    """One mistake in `file`, at `line` (from 1; 0: the whole file)."""

    file: SafeLine
    line: int
    kind: MistakeKind
    detail: SafeLine
    guess: str = ""


class _Raw(Struct):
    id: Id
    text: SafeText
    text_noname: SafeText | None = None
    tags: tuple[SafeLine, ...] = ()
    closing_step: Step | None = None
    language: Language | None = None


class _Block(NamedTuple):
    """The lines of a file from one `[[reply]]` to the next; `line` is its first."""

    line: int
    text: str


class Reading(NamedTuple):
    """What a file gives."""

    replies: list[CannedReply]
    mistakes: list[Mistake]


def read(text: str, file: str, language: Language = "en") -> Reading:
    """The replies written in `text`, and its mistakes; `file` is its name in them."""
    result = Reading([], [])
    head, *blocks = _blocks(text)
    language = _language_of(head, file, language, result.mistakes)
    for block in blocks:
        reply = _reply(block, file, language, result.mistakes)
        if reply is None:
            continue
        if any(
            (reply.id, reply.language) == (other.id, other.language) for other in result.replies
        ):
            at = _line_of(block, "id")
            result.mistakes.append(mistake(file, at, MistakeKind.TWICE, reply.id))
        else:
            result.replies.append(reply)
    return result


def _blocks(text: str) -> list[_Block]:
    """What stands before the first reply, and each reply: one broken reply breaks no other.

    A `[[reply]]` inside a text of several lines is part of the text.
    """
    lines = text.splitlines(keepends=True)
    starts, quoted = [0], ""
    for n, line in enumerate(lines):
        if not quoted and HEADER.match(line):
            starts.append(n)
        quoted = _still_quoted(line, quoted)
    ends = [*starts[1:], len(lines)]
    return [_Block(a + 1, "".join(lines[a:b])) for a, b in zip(starts, ends, strict=True)]


def _still_quoted(line: str, quoted: str) -> str:
    """The triple quotes in which `line` ends, when it began in `quoted`."""
    at = 0
    while True:
        if quoted:
            if (end := line.find(quoted, at)) < 0:
                return quoted
            at, quoted = end + len(quoted), ""
        if (token := _TOKEN.search(line, at)) is None:
            return ""
        at = token.end()
        quoted = token[0] if token[0] in _TRIPLE else ""


def _language_of(head: _Block, file: str, language: Language, mistakes: list[Mistake]) -> Language:
    """The language that the file says its replies are in."""
    parsed = _parsed(head, file, mistakes)
    mistakes.extend(_unknown(parsed or {}, HEAD_KEYS, head, file))
    said = parsed.get("language", language) if parsed else language
    if isinstance(said, str) and re.fullmatch(r"[a-z]{2}", said):
        return said
    at = _line_of(head, "language")
    mistakes.append(mistake(file, at, MistakeKind.WRONG, "language"))
    return language


def _reply(
    block: _Block, file: str, language: Language, mistakes: list[Mistake]
) -> CannedReply | None:
    parsed = _parsed(block, file, mistakes)
    if parsed is None:
        return None
    mistakes.extend(_unknown(parsed, TABLES, block, file))
    table = parsed["reply"][0]
    mistakes.extend(_unknown(table, _Raw.__struct_fields__, block, file))
    if invalid := list(_invalid(table, block, file)):
        mistakes.extend(invalid)
        return None
    raw = msgspec.convert(table, _Raw, dec_hook=decode_hook)
    mistakes.extend(_unfit(table, block, file))
    return CannedReply(
        id=raw.id,
        language=raw.language or language,
        text=raw.text,
        text_noname=raw.text_noname,
        tags=raw.tags,
        closing_step=raw.closing_step,
    )


def _parsed(block: _Block, file: str, mistakes: list[Mistake]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(block.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        within, fault = fault_in(block.text, error)
        at = block.line + within - 1
        mistakes.append(mistake(file, at, MistakeKind.NOT_TOML, fault))
        return None


def _unknown(
    table: Mapping[str, object], known: tuple[str, ...], block: _Block, file: str
) -> Iterator[Mistake]:
    for key, value in table.items():
        if key in known:
            continue
        at = _line_of(block, key)
        if isinstance(value, dict | list) and known is not _Raw.__struct_fields__:
            yield mistake(file, at, MistakeKind.SHAPE, key)
        else:
            guess = next(iter(get_close_matches(key, known, n=1)), "")
            yield mistake(file, at, MistakeKind.UNKNOWN, key, guess)


def _invalid(table: Mapping[str, object], block: _Block, file: str) -> Iterator[Mistake]:
    """Every name that a reply lacks, and every value that is not what it must be."""
    for field in structs.fields(_Raw):
        if field.name not in table:
            if field.required:
                yield mistake(file, block.line, MistakeKind.MISSING, field.name)
            continue
        try:
            msgspec.convert(table[field.name], field.type, dec_hook=decode_hook)
        except msgspec.ValidationError:
            yield mistake(file, _line_of(block, field.name), MistakeKind.WRONG, field.name)


def _unfit(table: dict[str, str], block: _Block, file: str) -> Iterator[Mistake]:
    """Mistakes that cost nothing: the reply is loaded all the same."""
    for key in ("text", "text_noname"):
        text = table.get(key, "")
        if len(text) > SafeText.characters:
            yield mistake(file, _line_of(block, key), MistakeKind.TOO_LONG, key)
        open_words = {blank.word for blank in blanks(text)} - NAMES
        if table["id"] in SENT_AS_THEY_ARE and open_words:
            yield mistake(file, _line_of(block, key), MistakeKind.HAS_BLANK, table["id"])
        if set("{}") & set(PLACEHOLDER.sub("", text)):
            yield mistake(file, _line_of(block, key), MistakeKind.LONE_BRACE, key)


def _line_of(block: _Block, key: str) -> int:
    """Where `key` stands in the block, or the table of that name; else its first line."""
    return block.line + line_of(block.text, key) - 1


def mistake(file: str, line: int, kind: MistakeKind, detail: str = "", guess: str = "") -> Mistake:
    """A mistake with its texts made safe."""
    return Mistake(clean(file, SafeLine), line, kind, clean(detail, SafeLine), guess)
