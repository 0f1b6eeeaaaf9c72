"""The line below the messages: who is typing, and what came below the view."""

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from operator_tui.desk.model import Chat
from operator_tui.desk.names import first_name
from operator_tui.desk.states import is_typing
from operator_tui.desk.time import Millis
from operator_tui.ui.look import Look
from operator_tui.ui.names import visitor_name
from operator_tui.ui.render.block import TEXT
from operator_tui.ui.render.signs import cells_of, cut
from operator_tui.ui.render.strips import apart, filled
from operator_tui.ui.words import tr, trn

GROUND = "ground.background"
META = "end"
"""A click on a segment with this in its meta goes to the end."""


def typing_line(chat: Chat, now: Millis, below: int, width: int, look: Look) -> Strip:
    """`   Joost is typing…                       2 new below ↓ `; what the visitor types so far
    where the server's policy lets it be seen."""
    blank = look.style("ink.text", GROUND)
    right = below_words(below, look)
    room = max(0, width - TEXT - 1)
    taken = cells_of(right) + 1 if right else 0
    words = cut(typing_words(chat, now, look), room - taken, look.icons.cut)
    left = [Segment(words, look.style("ink.muted", GROUND, italic=True))]
    accent = look.style("ink.accent", GROUND, bold=True) + Style(meta={META: True})
    ends = [Segment(right, accent)] if right else []
    inner = apart(left, ends, room, blank)
    return filled([Segment(" " * TEXT, blank), *inner], width, blank)


def typing_words(chat: Chat, now: Millis, look: Look) -> str:
    """Who is typing, with what so far if it is known; empty when nobody is."""
    if not is_typing(chat, now):
        return ""
    name = first_name(chat.visitor.name) or visitor_name(chat.visitor)
    if chat.overlay.preview:
        return tr("{name}: {text}", name=name, text=chat.overlay.preview + look.icons.cut)
    return tr("{name} is typing…", name=name)


def below_words(below: int, look: Look) -> str:
    """How many messages came below the view; empty when none."""
    if not below:
        return ""
    return trn("{n} new below", "{n} new below", below) + f" {look.icons.more}"
