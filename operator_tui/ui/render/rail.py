"""A row of the chat list where the screen is narrow: mark and time, the name below."""

from functools import lru_cache

from rich.segment import Segment
from textual.strip import Strip

from operator_tui.ui.look import Look
from operator_tui.ui.render.face import Face, Stand
from operator_tui.ui.render.row import (
    ANSWER_NOW,
    CACHED_ROWS,
    LEFT,
    bar,
    cells,
    ground_of,
    mark,
    time,
)


@lru_cache(maxsize=CACHED_ROWS)
def rail_strips(face: Face, stand: Stand, width: int, look: Look) -> tuple[Strip, Strip]:
    """Both lines of a row. No preview and no word: the header of the conversation has the word."""
    ground = ground_of(stand)
    blank = look.style("ink.text", ground)
    ink = "ink.muted" if face.state in LEFT else "ink.text"
    first = [bar(stand, look), *mark(face, ground, look), time(face, ground, look)]
    second = [
        bar(stand, look),
        Segment(
            cells(face.name, width - 2, look),
            look.style(ink, ground, bold=face.state in ANSWER_NOW),
        ),
    ]
    return (
        Strip(first).adjust_cell_length(width, blank),
        Strip(second).adjust_cell_length(width, blank),
    )
