"""Text from strangers, made harmless: `SafeText` and `SafeLine` are made only by `clean()`."""

from typing import ClassVar, TypeVar


class SafeText(str):
    """A text of several lines that is safe on a terminal: at most 4,000 characters and 200 lines."""

    __slots__ = ()
    characters: ClassVar[int] = 4_000
    lines: ClassVar[int] = 200


class SafeLine(SafeText):
    """One safe line, at most 120 characters: names, notes in rows, titles."""

    __slots__ = ()
    characters: ClassVar[int] = 120
    lines: ClassVar[int] = 1


class SafeAddress(SafeLine):
    """A page's address, one safe line of at most 500 characters. Shown, never opened."""

    __slots__ = ()
    characters: ClassVar[int] = 500


S = TypeVar("S", bound=SafeText)


def clean(raw: str, kind: type[S] = SafeText) -> S:  # type: ignore[assignment]
    """`raw` made safe and cut to the limits of `kind`."""
    return kind(raw[: kind.characters])


def decode_hook(kind: type, value: object) -> object:
    """msgspec's `dec_hook`: cleans a text by its type; anything else is a type error."""
    if issubclass(kind, SafeText) and isinstance(value, str):
        return clean(value, kind)
    raise NotImplementedError(kind)


def encode_hook(value: object) -> object:
    """msgspec's `enc_hook`: a clean text is encoded as the text it is."""
    if isinstance(value, SafeText):
        return "".join(value)
    raise NotImplementedError(type(value))
