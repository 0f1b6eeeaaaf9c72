"""News for an operator who looks elsewhere: the bell, and counts in the window's title.

Four kinds ring (requirements R3, R11, R16, R36), and never for the chat being typed in.
"""

from collections.abc import Callable

from msgspec import Struct

from operator_tui.desk import urgency
from operator_tui.desk.model import Desk
from operator_tui.desk.states import Indicator, indicator
from operator_tui.desk.time import Millis
from operator_tui.ui.words import trnp

RINGS = frozenset({Indicator.NEW, Indicator.TRANSFERRED, Indicator.OPERATOR_SILENT})


class Seen(Struct, frozen=True):
    """What the operator has been told of each chat: its indicator, and who has left the website."""

    indicators: dict[str, Indicator] = {}
    left: frozenset[str] = frozenset()


def seen(desk: Desk, now: Millis) -> Seen:
    """The state of all chats at `now`, to compare the next one with."""
    indicators = {chat.id: indicator(chat, now, desk.policy) for chat in desk.chats.values()}
    left = frozenset(key for key, shown in indicators.items() if shown == Indicator.PAUSED)
    return Seen(indicators, left)


def rings(before: Seen, after: Seen, typed_in: str | None) -> bool:
    """Whether something between the two states deserves the bell."""
    return any(_rings(chat, before, after) for chat in after.indicators if chat != typed_in)


def _rings(chat: str, before: Seen, after: Seen) -> bool:
    now = after.indicators[chat]
    if chat in before.left and chat not in after.left and now != Indicator.CLOSED:
        return True
    return now in RINGS and before.indicators.get(chat) != now


def title(desk: Desk | None, now: Millis) -> str:
    """The window's title: counts of who waits, then the program. Numbers and our own words only."""
    name = "operator-tui"
    if desk is None:
        return name
    counts = urgency.counts(desk, now)
    parts = [
        (counts.new, trnp("count", "new", "new", counts.new)),
        (counts.passed, trnp("count", "passed", "passed", counts.passed)),
        (counts.late, trnp("count", "late", "late", counts.late)),
    ]
    told = ", ".join(f"{n} {word}" for n, word in parts if n)
    return f"({told}) {name}" if told else name


Write = Callable[[str], object]


def set_title(write: Write, text: str) -> None:
    """Set the terminal's title (OSC 2). Textual has no public call for it; only here."""
    safe = "".join(sign for sign in text if sign.isprintable())
    write(f"\x1b]2;{safe}\x07")
