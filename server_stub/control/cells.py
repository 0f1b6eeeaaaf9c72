"""How wide a text is on a terminal, in cells, for the columns of a list."""

from unicodedata import category, east_asian_width

JOINER, FIRST_TONE, LAST_TONE = "\u200d", "\U0001f3fb", "\U0001f3ff"


def cells(text: str) -> int:
    """The cells that terminals which follow Unicode give to `text`; it is one clean line."""
    width, before = 0, ""
    for sign in text:
        if before != JOINER and not FIRST_TONE <= sign <= LAST_TONE:
            width += _cells_of(sign)
        before = sign
    return width


def cut(text: str, width: int) -> str:
    """`text`; with an ellipsis where it is wider than `width` cells."""
    if len(text) > 4 * width:
        text = text[: 4 * width] + "…"  # what could not be shown anyway is not measured
    while cells(text) > width:
        text = text.removesuffix("…")[:-1] + "…"
    return text


def padded(text: str, width: int) -> str:
    """`text` with blanks up to `width` cells; cut where it is wider."""
    text = cut(text, width)
    return text + " " * (width - cells(text))


def _cells_of(sign: str) -> int:
    if category(sign) in {"Mn", "Me", "Cf"} or "\u1160" <= sign <= "\u11ff":
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1
