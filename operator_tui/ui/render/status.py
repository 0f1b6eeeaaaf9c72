"""The line of truth at the top (screens.md, "Status line"), while the connection is there."""

from datetime import tzinfo

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from operator_tui.desk import urgency
from operator_tui.desk.browsing import suggested
from operator_tui.desk.model import Desk
from operator_tui.desk.places import places_taken
from operator_tui.desk.time import Millis
from operator_tui.link.backend import Connection, LinkState
from operator_tui.ui.look import Look
from operator_tui.ui.render.attempts import failure, next_try
from operator_tui.ui.render.parts import Part, folded, gap_at
from operator_tui.ui.render.signs import cut
from operator_tui.ui.render.status_trouble import lost_strip, stopped_strip
from operator_tui.ui.times import clock_time, span
from operator_tui.ui.widths import LIST_FROM, WIDE_FROM, WORDS_FROM
from operator_tui.ui.words import tr, trn, trnp, trp

GROUND = "ground.raised"
LONGEST_NAME = 24


class Truth(Struct, frozen=True, eq=False):
    """What the line is painted from."""

    desk: Desk | None
    now: Millis
    connection: Connection
    rate: float
    """How fast the server's clock runs; 0 while a trainer has stopped it."""
    local: float
    """This machine's seconds, in which the connection's moments are counted."""
    zone: tzinfo | None
    """Of the clock; None is this machine's own."""
    stranded: int = 0
    """Texts that reached nobody and stand in no chat."""


def status_strip(truth: Truth, width: int, look: Look) -> Strip:
    """The one line. Stopped and lost take all of it: then nothing else is certain."""
    match truth.connection.state:
        case LinkState.STOPPED:
            return stopped_strip(truth.connection, width, look)
        case LinkState.LOST:
            return lost_strip(
                truth.desk,
                truth.connection,
                truth.local,
                stranded=truth.stranded,
                clock=_clock_words(truth, width),
                width=width,
                look=look,
            )
        case _:
            return _calm(truth, width, look)


def _calm(truth: Truth, width: int, look: Look) -> Strip:
    blank = look.style("ink.text", GROUND)
    desk = truth.desk
    left = (
        [
            _operator(desk, truth.now, width, look),
            *_beyond(desk, look),
            *_counts(desk, truth.now, width, look),
            *_to_invite(desk, width, look),
        ]
        if desk
        else []
    )
    right = [
        *_paused(truth, width, look),
        *_connection(truth, width, look),
        *_clock(truth, width, look),
    ]
    if desk:
        right = [*_queue(desk, truth.now, look), *right]
    return folded(left, right, gap_at(width), width, blank)


def _operator(desk: Desk, now: Millis, width: int, look: Look) -> Part:
    """Name, dot and word of availability, places taken of all."""
    text, muted = look.style("ink.text", GROUND), look.style("ink.muted", GROUND)
    bold = look.style("ink.text", GROUND, bold=True)
    words, dot = width >= WORDS_FROM, _dot(desk, look)
    taken, places = places_taken(desk, now), desk.policy.places
    open_chats = tr("{n} of {limit}", n=taken, limit=places) if words else f"{taken}/{places}"
    segments = [
        Segment(cut(desk.operator.name, LONGEST_NAME, look.icons.cut), bold),
        Segment(" ", text),
        dot,
    ]
    if words or not desk.available:
        word = trp("operator", "available") if desk.available else trp("operator", "away")
        style = muted if desk.available else bold
        segments += [Segment(" ", text), Segment(word, style), Segment(" ", text)]
    return Part((*segments, Segment(f" {open_chats}", muted)))


def _dot(desk: Desk, look: Look) -> Segment:
    if desk.available:
        return Segment(look.icons.available, look.style("signal.ok", GROUND))
    return Segment(look.icons.away, look.style("ink.text", GROUND, bold=True))


def _counts(desk: Desk, now: Millis, width: int, look: Look) -> list[Part]:
    """Who waits, by urgency: the least urgent goes first where there is no room."""
    found = urgency.counts(desk, now)
    rail = width < LIST_FROM
    new = found.new + (found.passed if rail else 0)
    held = sum(chat.overlay.held for chat in desk.chats.values())
    counted = (
        (new, trnp("count", "new", "new", new), "indicator.new"),
        (
            0 if rail else found.passed,
            trnp("count", "passed", "passed", found.passed),
            "indicator.transferred",
        ),
        (found.late, trnp("count", "late", "late", found.late), "indicator.operator_silent"),
        (found.reply, trnp("count", "reply", "reply", found.reply), "indicator.unanswered"),
        (held, trnp("count", "held", "held", held), "signal.held"),
        (
            0 if rail else found.quiet,
            trnp("count", "quiet", "quiet", found.quiet),
            "indicator.visitor_silent",
        ),
    )
    muted = look.style("ink.muted", GROUND)
    return [
        Part(
            (Segment(str(n), look.style(ink, GROUND, bold=True)), Segment(f" {word}", muted)), rank
        )
        for rank, (n, word, ink) in enumerate(counted, 10)
        if n
    ]


def _beyond(desk: Desk, look: Look) -> list[Part]:
    """Chats that stand nowhere, because the desk is full: of them only the number is known."""
    if not desk.beyond:
        return []
    said = trn("{n} chat does not fit", "{n} chats do not fit", desk.beyond)
    return [Part((Segment(said, look.style("signal.warning", GROUND, bold=True)),), 9)]


def _to_invite(desk: Desk, width: int, look: Look) -> list[Part]:
    """Whom the session suggests to invite: it hurries nobody, and goes first."""
    n = len(suggested(desk.browsing)) if width >= WORDS_FROM else 0
    if not n:
        return []
    muted = look.style("ink.muted", GROUND)
    number = Segment(str(n), look.style("ink.text", GROUND))
    word = trnp("count", "to invite", "to invite", n)
    return [Part((number, Segment(f" {word}", muted)), 21)]


def _queue(desk: Desk, now: Millis, look: Look) -> list[Part]:
    waiting = desk.waiting
    if not waiting.length:
        return []
    muted = look.style("ink.muted", GROUND)
    short = (Segment(tr("queue {n}", n=waiting.length), muted),)
    if waiting.since is None:
        return [Part(short, 20)]
    longest = span(max(0, now - waiting.since))
    words = tr("queue {n}, longest {time}", n=waiting.length, time=longest)
    return [Part((Segment(words, muted),), 23, short, 20)]


def _paused(truth: Truth, width: int, look: Look) -> list[Part]:
    """A filled word beside the clock: countdowns stand still."""
    if not _is_paused(truth):
        return []
    style = look.style("signal.on_warning", "signal.warning", bold=True)
    long, short = (
        (Segment(f" {words} ", style),)
        for words in (tr("clock paused by the trainer"), tr("clock paused"))
    )
    return [Part(long, rank=14, short=short) if width >= LIST_FROM else Part(short)]


def _is_paused(truth: Truth) -> bool:
    known = truth.connection.state in {LinkState.LIVE, LinkState.UNCERTAIN}
    return known and truth.rate == 0 and truth.desk is not None


def _connection(truth: Truth, width: int, look: Look) -> list[Part]:
    if _is_paused(truth) and width < LIST_FROM and truth.connection.state is LinkState.LIVE:
        return []
    words, ink = _connection_words(truth, width)
    said = (Segment(words, look.style(ink, GROUND)),)
    if truth.connection.state is not LinkState.CONNECTING or not truth.connection.failure:
        return [Part(said)]
    tried = next_try(truth.connection, truth.local)
    why = f"{failure(truth.connection)}, {tried}"
    muted, warning = look.style("ink.muted", GROUND), look.style("signal.warning", GROUND)
    return [
        Part(said, rank=22),
        Part((Segment(why, warning),), rank=21, short=(Segment(tried, muted),)),
    ]


def _connection_words(truth: Truth, width: int) -> tuple[str, str]:
    connection = truth.connection
    match connection.state:
        case LinkState.LIVE if connection.lag is not None and width >= WIDE_FROM:
            return tr("live {lag} ms", lag=connection.lag), "ink.muted"
        case LinkState.LIVE:
            return tr("live"), "ink.muted"
        case LinkState.UNCERTAIN:
            return tr("connection uncertain"), "signal.warning"
        case _ if truth.desk is None and connection.server:
            return tr("connecting to {server}", server=connection.server), "ink.muted"
        case _:
            return tr("connecting"), "signal.warning"


def _clock(truth: Truth, width: int, look: Look) -> list[Part]:
    words = _clock_words(truth, width)
    return [Part((Segment(words, look.style("ink.text", GROUND)),))] if words else []


def _clock_words(truth: Truth, width: int) -> str:
    """The server's time of day, with its rate when that is not 1; empty before it is known."""
    if truth.desk is None:
        return ""
    time = clock_time(truth.now, truth.zone, seconds=width >= LIST_FROM)
    return time if truth.rate in {0, 1} else f"{time} x{truth.rate:g}"
