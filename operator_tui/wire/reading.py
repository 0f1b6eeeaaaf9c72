"""Decoders that fail in one way only."""

import re
from typing import Any, Generic, TypeVar, cast, get_args

from msgspec import MsgspecError, json

from operator_tui.desk.model import Id
from operator_tui.desk.text import decode_hook

T = TypeVar("T")


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
        except (MsgspecError, RecursionError, UnicodeError) as error:
            mended = _ESCAPE.sub(_mend, data)
            if mended != data:
                return self.read(mended)
            raise WireError(f"{len(data)} bytes: {_without_values(error)}") from None


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


_HIGH, _LOW = rb"u[dD][89abAB][0-9a-fA-F]{2}", rb"u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPE = re.compile(
    rb"\\(?:(?P<pair>%b\\%b)|(?P<lone>%b|%b)|.)" % (_HIGH, _LOW, _HIGH, _LOW), re.DOTALL
)
"""Every escape of a JSON text in its turn: an escaped backslash must not pass for half of one."""


def _mend(escape: re.Match[bytes]) -> bytes:
    return rb"\ufffd" if escape["lone"] else escape[0]


def _without_values(error: Exception) -> str:
    """What is wrong and where; msgspec quotes the value, which a stranger may have written."""
    if isinstance(error, UnicodeError):
        return "no UTF-8"
    return re.sub("'.*'", "'...'", str(error), flags=re.DOTALL)
