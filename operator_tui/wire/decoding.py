"""Decoders that fail in one way only."""

import re
from typing import Any, Generic, TypeVar, cast, get_args

from msgspec import MsgspecError, json

from operator_tui.desk.entries import Id
from operator_tui.desk.text import decode_hook

T = TypeVar("T")

UNREADABLE = (MsgspecError, RecursionError, UnicodeError)
"""All that decoding can end in."""
MENDED_MOST = 500_000
"""Surrogates that are looked at in one text, which takes half a second. With more of them, and a
lone one behind those, a snapshot is not read: mending it would hold everything up."""


class WireError(Exception):
    """What came could not be read; nothing of it counts.

    Its text names places and types, never what somebody wrote: it may go into a log.
    """

    def __init__(self, why: str, code: str = "bad_frame") -> None:
        super().__init__(why)
        self.code = code
        """`bad_frame`, `unknown_command` or `too_long`: what to answer the peer."""


class Reader(Generic[T]):
    """Decodes one type, and turns everything that can go wrong into a `WireError`."""

    def __init__(self, kind: object) -> None:
        self._decoder: json.Decoder[T] = json.Decoder(kind, dec_hook=decode_hook)

    def read(self, data: bytes) -> T:
        """The value in `data`; a lone surrogate, which JSON can spell, is read as U+FFFD."""
        try:
            return self._decoder.decode(data)
        except UNREADABLE as error:
            mended, why = _mended(data), error
        try:
            if mended != data:
                return self._decoder.decode(mended)
        except UNREADABLE as error:
            why = error
        raise WireError(f"{len(data)} bytes: {_without_values(why)}")


class UnionReader(Reader[T]):
    """Decodes a tagged union, which may have more kinds where the peer is newer."""

    def __init__(self, union: object, tag: object) -> None:
        super().__init__(union)
        self._tag: Reader[Any] = Reader(tag)
        self._known = frozenset(kind.__struct_config__.tag for kind in get_args(union))

    def read_known(self, data: bytes) -> T | None:
        """The value in `data`; None when it is of an unknown kind."""
        try:
            return self.read(data)
        except WireError:
            if self.tag(data) in self._known:
                raise
            return None

    def tag(self, data: bytes) -> Id:
        """The kind that `data` says it is of."""
        return cast("Id", self._tag.read(data).tag)


_HIGH, _LOW = rb"\\u[dD][89abAB][0-9a-fA-F]{2}", rb"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_SURROGATE = re.compile(
    rb"(?<!\\)(?P<before>(?:\\\\)*+)(?:(?P<pair>%b%b)|%b|%b)" % (_HIGH, _LOW, _HIGH, _LOW)
)
"""Surrogates as JSON spells them, each pair at once. The escaped backslashes before one belong to
it: half of such a pair must not pass for the beginning of an escape."""


def _mended(data: bytes) -> bytes:
    """`data` with U+FFFD for its lone surrogates. Most have none, and need no search."""
    if b"\\ud" not in data and b"\\uD" not in data:
        return data
    return _SURROGATE.sub(_mend, data, MENDED_MOST)


def _mend(found: re.Match[bytes]) -> bytes:
    return found[0] if found["pair"] else found["before"] + rb"\ufffd"


def _without_values(error: Exception) -> str:
    """What is wrong and where; msgspec quotes the value, which a stranger may have written."""
    if isinstance(error, UnicodeError):
        return "no UTF-8"
    return re.sub("'.*'", "'...'", str(error), flags=re.DOTALL)
