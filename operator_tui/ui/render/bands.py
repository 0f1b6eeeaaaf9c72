"""Headings of the chat list's bands, and the lines that tell what is out of sight."""

from functools import lru_cache
from typing import assert_never

from rich.segment import Segment
from textual.strip import Strip

from operator_tui.desk.urgency import Band
from operator_tui.ui.look import Look
from operator_tui.ui.render.row import cells
from operator_tui.ui.render.signs import cells_of
from operator_tui.ui.render.wrap import wrap
from operator_tui.ui.words import trn, trp

GROUND = "ground.surface"


def band_words(band: Band) -> str:
    """The heading of a band."""
    match band:
        case Band.ANSWER_NOW:
            return trp("band", "answer now")
        case Band.WITH_VISITOR:
            return trp("band", "with the visitor")
        case Band.LEFT:
            return trp("band", "left")
        case _:
            assert_never(band)


@lru_cache(maxsize=256)
def heading_strip(words: str, count: int, width: int, look: Look) -> Strip:
    """` answer now            5 `: the count stands where the times end."""
    number = str(count)
    muted = look.style("ink.muted", GROUND)
    room = width - cells_of(number) - 3
    segments = [
        Segment(" " + cells(words, room, look), look.style("ink.muted", GROUND, bold=True)),
        Segment(f" {number} ", muted),
    ]
    return Strip(segments).adjust_cell_length(width, muted)


def more_words(n: int) -> str:
    """What the line at the edge says of the chats behind it."""
    return trn("{n} more", "{n} more", n)


@lru_cache(maxsize=256)
def more_strip(sign: str, words: str, urgent: bool, width: int, look: Look) -> Strip:
    """` ↓ 2 more`; in the colour of a new chat when one that waits is among them."""
    ink = "indicator.new" if urgent else "ink.muted"
    style = look.style(ink, GROUND, bold=urgent)
    text = cells(f"{sign} {words}", width - 2, look)
    return Strip([Segment(f" {text}", style)]).adjust_cell_length(width, style)


@lru_cache(maxsize=64)
def sentence_strips(text: str, width: int, look: Look) -> tuple[Strip, ...]:
    """A sentence in the list itself, wrapped, at the text column of its headings."""
    style = look.style("ink.muted", GROUND)
    lines = [Segment(f" {piece.text}", style) for piece in wrap(text, max(2, width - 2))]
    return tuple(Strip([line]).adjust_cell_length(width, style) for line in lines)
