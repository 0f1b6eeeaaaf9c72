"""What is true only for a moment: signals are in no log, may be lost, and the latest wins."""

from typing import TypeAlias, TypeVar

from msgspec import Struct, structs

from operator_tui.desk.browsing import Browsing
from operator_tui.desk.entries import NO_LINE, AuthorKind, Count, Id, Message
from operator_tui.desk.model import Chat, Colleague, Desk, Waiting
from operator_tui.desk.text import SafeLine
from operator_tui.desk.time import Millis

T = TypeVar("T")

MOST = 1_000
"""Chats being typed in, and colleagues, that are remembered: a desk has no more. Whatever a server
tells beyond that drives out what it told first."""


class _Signal(Struct, frozen=True, tag_field="kind", omit_defaults=True):
    pass


class VisitorTyping(_Signal, frozen=True, tag="visitor_typing"):
    """The visitor of `chat` is typing; `preview` only where policy allows."""

    chat: Id
    preview: SafeLine = NO_LINE


class OperatorTyping(_Signal, frozen=True, tag="operator_typing"):
    """From the desk: this operator is typing in `chat`. A chat being typed in is not passed on."""

    chat: Id


class ColleagueSeen(_Signal, frozen=True, tag="colleague"):
    """Presence of a colleague, with free places."""

    colleague: Colleague


class QueueSeen(_Signal, frozen=True, tag="queue"):
    """How many visitors wait before the desk, and since when the first (R57)."""

    length: Count
    since: Millis | None = None


class BrowsingSeen(_Signal, frozen=True, tag="browsing"):
    """Everybody who looks around without chatting, or as many as a frame holds (R86)."""

    visitors: tuple[Browsing, ...] = ()


Signal: TypeAlias = VisitorTyping | OperatorTyping | ColleagueSeen | QueueSeen | BrowsingSeen


class Typing(Struct, frozen=True):
    """Somebody types, from the moment it was heard on and as long as it counts."""

    since: Millis
    until: Millis
    preview: SafeLine = NO_LINE
    """What so far."""


class Signals(Struct, frozen=True, eq=False):
    """The latest of each kind and subject. Only typing lapses; the others stand till the next."""

    typing: dict[str, Typing] = {}
    """By chat."""
    colleagues: dict[str, Colleague] = {}
    waiting: Waiting = Waiting()
    browsing: tuple[Browsing, ...] = ()


def heard(signals: Signals, signal: Signal, now: Millis, ttl: Millis) -> Signals:
    """`signals` after one more; typing counts for `ttl` ms from the server's `now`.

    Typing that has lapsed by then is forgotten; a `ttl` of 0 says that the visitor stopped.
    """
    match signal:
        case VisitorTyping(chat, preview):
            said = signals.typing | {chat: Typing(now, now + ttl, preview)}
            lasting = {name: typing for name, typing in said.items() if typing.until > now}
            return structs.replace(signals, typing=_bounded(lasting))
        case ColleagueSeen(colleague):
            colleagues = signals.colleagues | {colleague.id: colleague}
            return structs.replace(signals, colleagues=_bounded(colleagues))
        case QueueSeen(length, since):
            return structs.replace(signals, waiting=Waiting(length, since))
        case BrowsingSeen(visitors):
            return structs.replace(signals, browsing=visitors)
        case OperatorTyping():
            return signals


def _bounded(told: dict[str, T]) -> dict[str, T]:
    return told if len(told) <= MOST else dict(list(told.items())[-MOST:])


def over(desk: Desk, signals: Signals) -> Desk:
    """The desk with the signals laid over it, for attention and painting.

    Who has sent the message is typing no more: a signal that came before the visitor's last
    message says nothing. The same object where there is nothing to lay.
    """
    typing = {
        name: _typing(desk.chats[name], typing)
        for name, typing in signals.typing.items()
        if name in desk.chats and not _is_past(desk.chats[name], typing)
    }
    if not typing and _same(desk, signals):
        return desk
    return structs.replace(
        desk,
        chats=desk.chats | typing if typing else desk.chats,
        colleagues=signals.colleagues,
        waiting=signals.waiting,
        browsing=signals.browsing,
    )


def _same(desk: Desk, signals: Signals) -> bool:
    ours = desk.colleagues, desk.waiting, desk.browsing
    return ours == (signals.colleagues, signals.waiting, signals.browsing)


def _typing(chat: Chat, typing: Typing) -> Chat:
    until, preview = typing.until, typing.preview
    overlay = structs.replace(chat.overlay, typing_until=until, preview=preview)
    return structs.replace(chat, overlay=overlay)


def _is_past(chat: Chat, typing: Typing) -> bool:
    """Whether the visitor's last message is as young as the signal, or younger."""
    for entry in reversed(chat.timeline):
        if isinstance(entry, Message) and entry.author.kind is AuthorKind.VISITOR:
            return entry.at >= typing.since
    return False
