"""Pages that stand where the messages are while no chat is open: welcome, empty desk, connecting.

From values to lines of (key, text, weight), and from those to strips.
"""

from enum import StrEnum

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from operator_tui.desk.model import Desk
from operator_tui.desk.time import MINUTE, Millis
from operator_tui.link.backend import Connection, LinkState
from operator_tui.ui.keys import key_of
from operator_tui.ui.look import Look
from operator_tui.ui.render.attempts import failure, next_try
from operator_tui.ui.render.wrap import wrap
from operator_tui.ui.words import tr, trn

INDENT = 3
KEY_COLUMN = 8
GROUND = "ground.background"


class Weight(StrEnum):
    """How a line of a page is painted."""

    BOLD = "bold"
    PLAIN = "plain"
    MUTED = "muted"
    FILLED = "filled"
    """The key column shows the filled mark of a new chat."""
    OVERDUE = "overdue"
    """The key column shows a time past its limit."""


class PageLine(Struct, frozen=True):
    """One line: what stands in the key column (may be empty), the text, the weight."""

    text: str = ""
    key: str = ""
    weight: Weight = Weight.PLAIN


WELCOME = ("most_urgent", "send", "canned", "closing", "help")
"""The actions whose keys the welcome shows."""


def welcome(
    name: str, *, first: bool = True, so_far: tuple[PageLine, ...] = ()
) -> tuple[PageLine, ...]:
    """Five keys and three signs: shown until a chat is opened, and whenever it is asked for.

    `so_far`: what there is to say while nobody is there.
    """
    here = tr("Welcome, {name}. Your first visitors are here.", name=name)
    texts = (
        tr("open the chat that needs you most"),
        tr("send what you wrote"),
        tr("ready-made replies"),
        tr("the steps to close a chat well"),
        tr("every key, searchable"),
    )
    return (
        PageLine(here if first else tr("Welcome, {name}.", name=name), weight=Weight.BOLD),
        *so_far,
        PageLine(),
        *(PageLine(text, key_of(action)) for action, text in zip(WELCOME, texts, strict=True)),
        PageLine(),
        PageLine(tr("filled: somebody waits for you"), weight=Weight.FILLED),
        PageLine(tr("time you have left"), "0:12", Weight.MUTED),
        PageLine(tr("time over it"), "+0:07", Weight.OVERDUE),
        PageLine(),
        PageLine(tr("This page goes away when you open a chat."), weight=Weight.MUTED),
    )


def idle(desk: Desk, now: Millis, last_chat_at: Millis | None) -> tuple[PageLine, ...]:
    """No chat open: who waits, or that nobody does."""
    if desk.chats:
        return (
            PageLine(
                tr("{key} opens the chat that needs you most.", key=key_of("most_urgent")),
                weight=Weight.MUTED,
            ),
        )
    if not desk.available:
        return (
            PageLine(
                tr("You are away. No new visitors come. {key}: back.", key=key_of("availability"))
            ),
        )
    return (
        PageLine(tr("You are available. The next visitor comes to you by itself.")),
        PageLine(),
        PageLine(_nobody(now, last_chat_at), weight=Weight.MUTED),
    )


def _nobody(now: Millis, last_chat_at: Millis | None) -> str:
    if last_chat_at is None or now - last_chat_at < MINUTE:
        return tr("Nobody is waiting.")
    minutes = (now - last_chat_at) // MINUTE
    return trn(
        "Nobody is waiting. Last chat {n} minute ago.",
        "Nobody is waiting. Last chat {n} minutes ago.",
        minutes,
    )


def connecting(connection: Connection, local: float) -> tuple[PageLine, ...]:
    """Before the first snapshot: where to, why not yet, and how to leave."""
    if connection.state == LinkState.STOPPED:
        return (PageLine(tr("Not connected. The line at the top says why.")),)
    if not connection.server:
        return (PageLine(tr("Connecting …")),)
    begun = PageLine(tr("Connecting to {server} …", server=connection.server))
    if not connection.failure:
        return (begun,)
    said = PageLine(f"{failure(connection)}. {capital(next_try(connection, local))}.")
    quits = PageLine(tr("{key} quits.", key=key_of("quit")), weight=Weight.MUTED)
    return (begun, PageLine(), said, PageLine(), quits)


def capital(words: str) -> str:
    """As the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def page_strips(lines: tuple[PageLine, ...], width: int, look: Look) -> list[Strip]:
    """The page at `width` cells: keys at column 3, their texts 8 further, sentences wrapped."""
    return [strip for line in lines for strip in _line(line, width, look)]


def _line(line: PageLine, width: int, look: Look) -> list[Strip]:
    muted = look.style("ink.muted", GROUND)
    plain = look.style("ink.text", GROUND, bold=line.weight == Weight.BOLD)
    text = plain if line.weight in {Weight.BOLD, Weight.PLAIN} else muted
    key = _key(line, look)
    indent = INDENT + (KEY_COLUMN if key else 0)
    rows = [piece.text for piece in wrap(line.text, max(8, width - indent - 1))]
    first = [Segment(" " * INDENT, muted), *key]
    rest = [Segment(" " * indent, muted)]
    return [
        Strip([*(first if n == 0 else rest), Segment(row, text)]).adjust_cell_length(width, plain)
        for n, row in enumerate(rows)
    ]


def _key(line: PageLine, look: Look) -> list[Segment]:
    blank = look.style("ink.text", GROUND)
    match line.weight:
        case Weight.FILLED:
            filled = look.style("indicator.on_fill", "indicator.new", bold=True)
            mark = f" {look.icons.new} 2 "
            return [Segment(mark, filled), Segment(" " * (KEY_COLUMN - len(mark)), blank)]
        case Weight.OVERDUE:
            return [
                Segment(line.key.ljust(KEY_COLUMN), look.style("indicator.new", GROUND, bold=True))
            ]
        case Weight.MUTED:
            return [Segment(line.key.ljust(KEY_COLUMN), blank)] if line.key else []
        case _:
            accent = look.style("ink.accent", GROUND, bold=True)
            return [Segment(line.key.ljust(KEY_COLUMN), accent)] if line.key else []
