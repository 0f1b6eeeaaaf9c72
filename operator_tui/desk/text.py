"""Text from strangers, made harmless: `SafeText` and `SafeLine` are made only by `clean()`.

A terminal obeys control characters wherever they stand, and a widget hands them through. So
nothing here parses escape sequences: every character is judged by itself, by what Unicode says
of it, and what is left can only be seen. A control character stays visible (as its picture), a
forbidden one too (as U+FFFD); only what never had a shape is taken out.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import ClassVar, Final, TypeVar, overload
from unicodedata import category, combining, normalize


class SafeText(str):
    """Several lines that are safe on a terminal: at most 4,000 characters and 200 lines."""

    __slots__ = ()
    characters: ClassVar[int] = 4_000
    lines: ClassVar[int] = 200


class SafeLine(SafeText):
    """One safe line, at most 120 characters: names, notes in rows, titles. Blank means empty."""

    __slots__ = ()
    characters: ClassVar[int] = 120
    lines: ClassVar[int] = 1


class SafeAddress(SafeLine):
    """A page's address, one safe line of at most 500 characters. Shown, never opened."""

    __slots__ = ()
    characters: ClassVar[int] = 500


S = TypeVar("S", bound=SafeText)

MARKS: Final = 4
"""Combining marks on one base: enough for every living script, too few to climb over rows."""
JOINS: Final = 3
"""Joiners in one emoji: a family of four. A longer chain is wider than any terminal agrees on."""
TAB: Final = " " * 4
REPLACEMENT: Final = "\ufffd"
ZWNJ: Final = "\u200c"
ZWJ: Final = "\u200d"
SKIN_TONES: Final = frozenset(map(chr, range(0x1F3FB, 0x1F400)))

_NO_BASE = "\u25cc"  # the dotted circle, Unicode's own stand-in for a missing base
_ROUNDS = 4
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_AT_REST = re.compile("[\n -\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
"""Latin, punctuation and currency: no marks, no joiners, nothing that NFC changes."""

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_FORBIDDEN = (
    (0x80, 0x9F),  # C1: CSI, OSC, DCS in one character
    *((0x61C, 0x61C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069)),  # bidi controls
    (0xD800, 0xDFFF),  # surrogates
    (0xFDD0, 0xFDEF),  # noncharacters, and two more at the end of every plane
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)),
    # format characters that have a shape, over letters that no two terminals place alike
    *((0x600, 0x605), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x890, 0x891), (0x8E2, 0x8E2)),
    *((0x110BD, 0x110BD), (0x110CD, 0x110CD)),
)
_UNSEEN = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x200B, 0x200B), (0x2060, 0x2065), (0x206A, 0x206F)),
    *((0xFEFF, 0xFEFF), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A)),
    *((0x115F, 0x1160), (0x3164, 0x3164), (0xFFA0, 0xFFA0)),  # Hangul fillers: letters of no shape
    *((0x17B4, 0x17B5), (0x180B, 0x180F), (0x13430, 0x1343F)),
    (0xFE00, 0xFE0F),  # variation selectors: terminals disagree whether they widen a sign
    (0xE0000, 0xE0FFF),  # tags and more selectors: text inside text
)


def _codes(ranges: tuple[tuple[int, int], ...]) -> Iterator[int]:
    return (code for first, last in ranges for code in range(first, last + 1))


_SHOWN: dict[int, str | None] = {
    **_PICTURES,
    **dict.fromkeys(_codes(_FORBIDDEN), REPLACEMENT),
    **dict.fromkeys(_codes(_UNSEEN), None),
    ord("\n"): "\n",
    ord("\t"): TAB,
}


@overload
def clean(raw: str) -> SafeText: ...
@overload
def clean(raw: str, kind: type[S]) -> S: ...
def clean(raw: str, kind: type[SafeText] = SafeText) -> SafeText:
    """`raw` made safe and cut to the limits of `kind`. Cleaning twice changes nothing more.

    The order is the design's ("Text from strangers"); the cut comes first, so that a line of a
    megabyte costs no more than a line of the limit.
    """
    if type(raw) is kind:
        return raw
    text = str(raw[: kind.characters])
    if text.isascii() and text.isprintable():
        return _made(_cut(text, kind), kind)
    text = _LINE_END.sub("\n", text).translate(_SHOWN)
    return _made(_at_rest(_cut(text, kind), kind), kind)


def _made(text: str, kind: type[SafeText]) -> SafeText:
    """Nothing is one and the same value: what leaves defaults out tells them by identity."""
    return kind(text) if text else _nothing(kind)


@cache
def _nothing(kind: type[SafeText]) -> SafeText:
    return kind("")


def _cut(text: str, kind: type[SafeText]) -> str:
    if kind.lines > 1:
        return "\n".join(text.split("\n", kind.lines)[: kind.lines])[: kind.characters]
    line = text.replace("\n", " ")[: kind.characters]
    return "" if line.isspace() else line


def _at_rest(text: str, kind: type[SafeText]) -> str:
    """NFC, with marks and joiners where they may be: repeated until it changes nothing more.

    What one step takes out can be what another one leaned on (a joiner its neighbour, NFC its
    order). Natural text rests after the first round; in a text built not to, no joiner stays.
    """
    for _ in range(_ROUNDS):
        if _AT_REST.fullmatch(text):
            return text
        settled = _cut(_placed(normalize("NFC", text)), kind)
        if settled == text:
            return text
        text = settled
    text = text.replace(ZWJ, "").replace(ZWNJ, "")
    return _cut(_placed(normalize("NFC", text)), kind)


def _placed(text: str) -> str:
    """`text` with at most `MARKS` marks on each base, and joiners only where they join."""
    kept: list[str] = []
    before, marks, joins = "", 0, 0
    for at, char in enumerate(text):
        if char in (ZWJ, ZWNJ):
            if not _joins(char, before, text[at + 1 : at + 2], joins):
                continue
        elif _is_mark(char):
            if before in ("", "\n"):
                kept.append(_NO_BASE)
            marks += 1
            if marks > MARKS:
                continue
        elif char not in SKIN_TONES:  # which is no emoji of its own, and begins no new chain
            marks, joins = 0, joins + 1 if before == ZWJ else 0
        kept.append(char)
        before = char
    return "".join(kept)


def _joins(joiner: str, before: str, after: str, joins: int) -> bool:
    """Whether an invisible joiner does visible work between these two characters."""
    if not before or category(before)[0] not in "LMS":
        return False
    if joiner == ZWNJ:
        return category(before)[0] in "LM" and after.isalpha()
    if combining(before) == 9 or (after and combining(after) == 9):  # 9: the virama of any script
        return True
    return joins < JOINS and _is_picture(before) and _is_picture(after)


def _is_mark(char: str) -> bool:
    """A character that takes no cell of its own; so do the inner letters of old Hangul."""
    if "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff":
        return True
    return category(char)[0] == "M"


def _is_picture(char: str) -> bool:
    """An emoji, its skin tone, or a sign that takes part in one (as in a head that shakes)."""
    if not char:
        return False
    return "\U0001f000" <= char <= "\U0001faff" or char == "\u2194" or category(char) == "So"


def decode_hook(kind: type, value: object) -> object:
    """msgspec's `dec_hook`: cleans a text by its type.

    A value that is no text is a TypeError, which msgspec turns into a ValidationError with the
    value's path. The error never quotes the value.
    """
    if not issubclass(kind, SafeText):
        raise NotImplementedError(kind)
    if not isinstance(value, str):
        raise TypeError(f"Expected `str`, got `{type(value).__name__}`")
    return clean(value, kind)


def encode_hook(value: object) -> object:
    """msgspec's `enc_hook`: a clean text is encoded as the text it is."""
    if isinstance(value, SafeText):
        return str(value)
    raise NotImplementedError(type(value))
