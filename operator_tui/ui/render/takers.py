"""Who can take a chat over, as rows of the transfer sheet (R15)."""

from collections.abc import Iterator

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from operator_tui.desk.entries import Id, Message
from operator_tui.desk.model import Chat, Colleague, Desk
from operator_tui.desk.names import first_name
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.time import Millis
from operator_tui.ui.look import Look
from operator_tui.ui.names import visitor_name
from operator_tui.ui.render import sheet as form
from operator_tui.ui.render.signs import cells_of
from operator_tui.ui.times import span
from operator_tui.ui.words import tr, trn

LANGUAGES_FROM = 60
"""Cells of the sheet below which the languages go."""
NAME_WIDTH, LANGUAGES_WIDTH, PLACES_WIDTH = 24, 7, 8


class Taker(Struct, frozen=True):
    """A row: a colleague, or with `id` None the queue."""

    id: Id | None
    name: str
    languages: str
    places: str
    fact: str
    open: bool
    """It can be chosen."""


def takers(desk: Desk, chat: Chat, now: Millis) -> tuple[Taker, ...]:
    """Who can take the chat over, who knows the visitor first; who cannot, below; the queue last.

    Colleagues who are away are not told of: there is nothing to wait for.
    """
    there = [colleague for colleague in desk.colleagues.values() if colleague.available]
    wrote = {
        entry.author.id for entry in chat.timeline if isinstance(entry, Message) and entry.author.id
    }
    there.sort(key=lambda one: (not one.has_place, one.id not in wrote, one.name.casefold()))
    rows = (_colleague(one, chat, knows=one.id in wrote) for one in there)
    return (*rows, _queue(desk, now))


def _colleague(one: Colleague, chat: Chat, *, knows: bool) -> Taker:
    name = first_name(clean(visitor_name(chat.visitor), SafeLine))
    fact = tr("knows {name}", name=name) if knows else ""
    return Taker(
        id=one.id,
        name=one.name or one.id,
        languages=" ".join(one.languages),
        places=tr("{n} of {total}", n=one.taken, total=one.places),
        fact=fact if one.has_place else tr("full"),
        open=one.has_place,
    )


def _queue(desk: Desk, now: Millis) -> Taker:
    waiting = desk.waiting
    fact = ""
    if waiting.length and waiting.since is not None:
        longest = span(max(0, now - waiting.since))
        fact = trn(
            "{n} waits, longest {time}", "{n} wait, longest {time}", waiting.length, time=longest
        )
    elif waiting.length:
        fact = trn("{n} waits", "{n} wait", waiting.length)
    return Taker(None, tr("back to the queue"), "", "", fact, open=True)


def taker_row(taker: Taker, width: int, look: Look, *, selected: bool) -> Strip:
    """One row of the list."""
    return form.row(list(_cells(taker, width, look, selected)), width, look, selected=selected)


def _cells(taker: Taker, width: int, look: Look, selected: bool) -> Iterator[Segment]:
    """Name, languages where there is room, places, and what else is to be known."""
    ground = form.row_ground(selected)
    ink = "ink.text" if taker.open else "ink.muted"
    name = Segment(taker.name, look.style(ink, ground, bold=selected))
    muted = look.style("ink.muted", ground)
    fact = Segment(taker.fact, look.style("ink.muted", ground, italic=not taker.open))
    roomy = width >= LANGUAGES_FROM
    gap = (Segment("", muted), 1)
    known = [(Segment(taker.languages, muted), LANGUAGES_WIDTH), gap] if roomy else []
    names = NAME_WIDTH if roomy else max(8, min(NAME_WIDTH, form.measure(width) - 24))
    places = (Segment(taker.places, look.style(ink, ground)), PLACES_WIDTH)
    used = names + 1 + sum(wide for _, wide in known) + PLACES_WIDTH
    rest = max(0, form.measure(width) - used)
    if taker.id is None and cells_of(taker.fact) > rest:
        yield from form.columns([(name, names), gap, (fact, PLACES_WIDTH + rest)], look, ground)
        return
    yield from form.columns([(name, names), gap, *known, places, (fact, rest)], look, ground)
