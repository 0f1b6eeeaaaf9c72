"""The line above a conversation: who it is, what state the chat is in, and where the visitor is."""

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from operator_tui.desk.attention import countdown
from operator_tui.desk.model import Channel, Chat
from operator_tui.desk.policy import Policy
from operator_tui.desk.states import Indicator, indicator
from operator_tui.desk.time import Millis
from operator_tui.ui.look import Look
from operator_tui.ui.names import visitor_name
from operator_tui.ui.render.face import time_cell
from operator_tui.ui.render.signs import cells_of, cut
from operator_tui.ui.render.states import FILLED, state_ink, state_sentence, state_word
from operator_tui.ui.render.strips import apart, cells, filled
from operator_tui.ui.times import span
from operator_tui.ui.words import tr, trp

GROUND = "ground.background"
IN_FULL = 60
"""From this width on the whole sentence of the state, and the time on the website."""
WITH_CHANNEL = 48
"""From this width on the channel too; below it the language alone."""
SHORTEST_NAME = 12
"""Cells of a name that a long sentence of a state leaves; with less it becomes a word."""


def header(chat: Chat, now: Millis, policy: Policy, width: int, look: Look) -> Strip:
    """` Joost van den Heuvel  ◕ late +0:23          nl · web · 5:12 on site `.

    When all does not fit, the right part goes from its end, then the sentence becomes the word of
    the list, and at last the name is cut: the state is never left out.
    """
    blank = look.style("ink.text", GROUND)
    room = width - 2
    name = visitor_name(chat.visitor)
    state = _state(chat, now, policy, look, in_full=width >= IN_FULL)
    if _least(name) + cells(state) > room:
        state = _state(chat, now, policy, look, in_full=False)
    right = _right(chat, now, width, look, room - cells_of(name) - cells(state))
    cells_for_name = room - cells(state) - (cells(right) + 1 if right else 0)
    shown = Segment(cut(name, cells_for_name, look.icons.cut), _bold(look))
    return filled([Segment(" ", blank), *apart([shown, *state], right, room, blank)], width, blank)


def about(chat: Chat, now: Millis, width: int) -> list[str]:
    """What stands at the right: language, channel and time on the website, as `width` allows."""
    facts: list[str] = [chat.language]
    if width >= WITH_CHANNEL:
        facts.append(channel_word(chat.channel))
    since = chat.visitor.on_site_since
    if width >= IN_FULL and since is not None and chat.left_at is None:
        facts.append(tr("{time} on site", time=span(max(0, now - since))))
    return facts


def channel_word(channel: Channel) -> str:
    """The channel in a word."""
    return trp("channel", "web") if channel is Channel.WEB else trp("channel", "messaging")


def _bold(look: Look) -> Style:
    return look.style("ink.text", GROUND, bold=True)


def _least(name: str) -> int:
    return min(cells_of(name), SHORTEST_NAME)


def _state(chat: Chat, now: Millis, policy: Policy, look: Look, *, in_full: bool) -> list[Segment]:
    """Two blanks, the icon and the words, in the ink of the state; nothing when all is well."""
    state = indicator(chat, now, policy)
    words = state_sentence(chat, now, policy) if in_full else _short(chat, now, policy)
    if not words:
        return []
    waits = state in FILLED
    ink = look.style(state_ink(chat, now, policy), GROUND, bold=waits)
    blank = look.style("ink.text", GROUND)
    segments = [Segment("  ", blank)]
    if (sign := icon(state, look)).strip():
        segments.append(Segment(sign, ink))
        if state is Indicator.TRANSFERRED:
            arrow = look.style("indicator.transferred_arrow", GROUND)
            segments.append(Segment(" " + look.icons.arrow, arrow))
        segments.append(Segment(" ", blank))
    return [*segments, Segment(words, ink)]


def icon(state: Indicator, look: Look) -> str:
    """The sign of a state; an owed reply has none, its row shows the number instead."""
    icons = look.icons
    return {
        Indicator.NEW: icons.new,
        Indicator.TRANSFERRED: icons.new,
        Indicator.OPERATOR_SILENT: icons.operator_silent,
        Indicator.UNANSWERED: "",
        Indicator.VISITOR_SILENT: icons.visitor_silent,
        Indicator.BOOMERANG: icons.boomerang,
        Indicator.SCREEN_SHARED: icons.screen_shared,
        Indicator.NEUTRAL: "",
        Indicator.PAUSED: icons.paused,
        Indicator.CLOSED: icons.closed,
    }[state]


def _short(chat: Chat, now: Millis, policy: Policy) -> str:
    """The word of the list and its time: `late +0:23`."""
    word = state_word(indicator(chat, now, policy))
    due = countdown(chat, now, policy)
    return f"{word} {time_cell(due)}" if word and due else word


def _right(chat: Chat, now: Millis, width: int, look: Look, room: int) -> list[Segment]:
    facts = about(chat, now, width)
    separator = f" {look.icons.separator} "
    while facts and cells_of(separator.join(facts)) + 1 > room:
        facts.pop()
    muted = look.style("ink.muted", GROUND)
    return [Segment(separator.join(facts), muted)] if facts else []
