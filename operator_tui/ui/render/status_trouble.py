"""The status line while there is no connection: the whole line takes the colour of it."""

from rich.segment import Segment
from textual.strip import Strip

from operator_tui.desk.model import Desk
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.time import SECOND
from operator_tui.link.backend import Connection
from operator_tui.ui.keys import key_of
from operator_tui.ui.look import Look
from operator_tui.ui.render.attempts import next_try
from operator_tui.ui.render.parts import Part, folded, gap_at
from operator_tui.ui.times import span
from operator_tui.ui.words import tr, trn


def lost_strip(
    desk: Desk | None,
    connection: Connection,
    local: float,
    *,
    stranded: int = 0,
    clock: str,
    width: int,
    look: Look,
) -> Strip:
    """How long the connection has been lost, what waits here for it, and the next try.

    A text whose chat is gone does not wait for it: then the line says where that is.
    """
    ink, ground = "signal.on_warning", "signal.warning"
    plain, bold = look.style(ink, ground), look.style(ink, ground, bold=True)
    gone = span(int(max(0.0, local - connection.since) * SECOND))
    lost, whole, waits = _trouble(connection, gone, unsent(desk), stranded)
    left = [
        Part((Segment(lost, bold),)),
        Part(
            (Segment(whole, plain),),
            rank=3,
            short=(Segment(waits, plain),),
            short_rank=1,
        ),
    ]
    right = [
        Part((Segment(next_try(connection, local), plain),), rank=2),
        *([Part((Segment(clock, plain),), rank=4)] if clock else []),
    ]
    return folded(left, right, gap_at(width), width, plain)


def stopped_strip(connection: Connection, width: int, look: Look) -> Strip:
    """Why a person is needed, and what to do. Writing goes on; it waits here."""
    ink, ground = "signal.on_error", "signal.error"
    plain, bold = look.style(ink, ground), look.style(ink, ground, bold=True)
    why, what_now = _why(connection.reason)
    kept = tr("drafts are kept")
    left = [
        Part((Segment(why, bold),)),
        Part(
            (Segment(tr("{what}; {kept}", what=what_now, kept=kept), plain),),
            rank=3,
            short=(Segment(what_now, plain),),
            short_rank=1,
        ),
    ]
    return folded(
        left, [Part((Segment(tr("stopped"), plain),), rank=2)], gap_at(width), width, plain
    )


def unsent(desk: Desk | None) -> int:
    """How many replies of this desk the server does not have yet."""
    return sum(chat.overlay.unsent for chat in desk.chats.values()) if desk else 0


def _waits(n: int) -> str:
    if n == 0:
        return tr("what you write waits here")
    return trn("{n} reply waits here", "{n} replies wait here", n)


def _trouble(
    connection: Connection, gone: str, waiting: int, stranded: int
) -> tuple[str, str, str]:
    """What has happened, what it means for what is written, and the same in short."""
    if connection.reason == "disk":
        return _disk(gone)
    waits = _waits(waiting)
    if connection.failure == "too_long":
        now = tr("{what}; tell who runs the server", what=waits)
        return tr("the server sends too much {time}", time=gone), now, waits
    return tr("connection lost {time}", time=gone), _and_the_rest(waits, stranded), waits


def _disk(gone: str) -> tuple[str, str, str]:
    """The connection was given up here: what cannot be kept is neither shown nor taken on."""
    said = tr("the disk takes nothing {time}", time=gone)
    return said, tr("make room: nothing new is kept"), tr("make room")


def _and_the_rest(waits: str, stranded: int) -> str:
    if not stranded:
        return tr("{what}, nothing is lost", what=waits)
    return trn(
        "{what}, {n} unsent text: {key}",
        "{what}, {n} unsent texts: {key}",
        stranded,
        what=waits,
        key=key_of("unsent"),
    )


def _why(reason: str | None) -> tuple[str, str]:
    """What was refused, and what to do about it."""
    match reason:
        case "token":
            return tr("the server refused the token"), tr("ask for a new one")
        case "version":
            said = tr("the server has another version")
            return said, tr("update one of the two")
        case "forbidden":
            return tr("the server has another address"), tr("ask who runs the server")
        case "certificate":
            return tr("the certificate is not trusted"), tr("ask who runs the server")
        case "fenced":
            return tr("this desk is open elsewhere"), tr("go on there, or restart")
        case None:
            return tr("the connection was stopped"), tr("start the program again")
        case _:
            said = tr("the server refused: {reason}", reason=clean(reason, SafeLine))
            return said, tr("start the program again")
