"""Those who look around without chatting, as rows of their sheet (R86)."""

from rich.segment import Segment
from textual.strip import Strip

from operator_tui.desk.browsing import Browsing
from operator_tui.desk.model import Visitor
from operator_tui.desk.text import SafeAddress
from operator_tui.desk.time import Millis
from operator_tui.ui.look import Look
from operator_tui.ui.names import visitor_name
from operator_tui.ui.render import sheet as form
from operator_tui.ui.render.lines import place, split_address
from operator_tui.ui.render.signs import cells_of
from operator_tui.ui.times import span
from operator_tui.ui.words import tr, trp

ROOMY_FROM = 60
"""Cells of the sheet from which names have more room."""
NAME_WIDTH, NAME_ROOMY, STATE_WIDTH, TIME_WIDTH = 12, 20, 11, 6


def name_of(one: Browsing) -> str:
    """What the visitor is called."""
    return visitor_name(Visitor(one.visitor, one.name))


def looker_row(one: Browsing, now: Millis, width: int, look: Look, *, selected: bool) -> Strip:
    """Name, what is to be said of them, page, and the time on the website."""
    ground = form.row_ground(selected)
    urgent = one.suggested is not None and one.open_to_help
    name = Segment(name_of(one), look.style("ink.text", ground, bold=urgent or selected))
    state = Segment(_state(one), look.style("ink.accent" if urgent else "ink.muted", ground))
    muted = look.style("ink.muted", ground)
    time = span(max(0, now - one.on_site_since))
    names = NAME_ROOMY if width >= ROOMY_FROM else NAME_WIDTH
    gap = (Segment("", muted), 1)
    rest = max(0, form.measure(width) - names - STATE_WIDTH - TIME_WIDTH - 3)
    whole = (name, names + 1 + STATE_WIDTH)
    said = [(name, names), gap, (state, STATE_WIDTH)] if state.text else [whole]
    parts = [*said, gap, (Segment(_path(one.page), muted), rest)]
    aside = Segment(" " * (TIME_WIDTH + 1 - cells_of(time)) + time, look.style("ink.text", ground))
    cells = form.columns(parts, look, ground)
    return form.row([*cells, aside], width, look, selected=selected)


def _path(page: SafeAddress) -> str:
    """All pages are of one website: the path tells them apart."""
    _, path = split_address(page)
    return path if len(path) > 1 else place(page)


def _state(one: Browsing) -> str:
    if one.waits:
        return trp("visitor", "invited")
    if one.invited is not None:
        return trp("visitor", "no reaction")
    return trp("visitor", "suggested") if one.suggested is not None else ""


def facts(one: Browsing, now: Millis) -> tuple[str, ...]:
    """What is to be known before one invites: why, since when, and where exactly."""
    here = tr(
        "{time} on the website, {here} on this page.",
        time=span(max(0, now - one.on_site_since)),
        here=span(max(0, now - one.on_page_since)),
    )
    told = [_said(one, now), here, place(one.page)]
    return tuple(fact for fact in told if fact)


def _said(one: Browsing, now: Millis) -> str:
    """The last invitation; where there is none, why one is suggested."""
    if one.invited is not None:
        ago = span(max(0, now - one.invited.at))
        if one.invited.ignored:
            return tr("{name} offered help {ago} ago; no reaction.", name=one.invited.by, ago=ago)
        return tr("{name} offered help {ago} ago.", name=one.invited.by, ago=ago)
    if one.suggested is None:
        return ""
    return _why(one)


def _why(one: Browsing) -> str:
    """In the trainer's words; without any, by the time that the rule asks for."""
    suggestion = one.suggested
    if suggestion is None or suggestion.why:
        return "" if suggestion is None else tr("Suggested: {why}", why=suggestion.why)
    if suggestion.on_page:
        return tr("Suggested: on this page for {time}.", time=span(suggestion.on_page))
    if suggestion.on_site:
        return tr("Suggested: on the website for {time}.", time=span(suggestion.on_site))
    return tr("Suggested because of the page.")
