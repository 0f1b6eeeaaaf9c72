"""How many chats a desk holds, whatever a server sends."""

from msgspec import structs

from operator_tui.desk.advance import advance
from operator_tui.desk.events import ChatClosed, ChatRemoved, Event, Logged, TransferredOut
from operator_tui.desk.model import Desk

CHATS_LIMIT = 5_000
"""Chats on one desk: what a screen can still show while its keys answer at once."""


def bounded(desk: Desk, logged: Logged) -> Desk:
    """`advance` for a desk that somebody looks at: it holds `CHATS_LIMIT` chats at most.

    Those that came first stay, since they have waited longest, and nothing is lost of them. What
    comes to a full desk stands nowhere and is counted in `Desk.beyond` until it goes, so that the
    operator can be told; the next snapshot may have room for it.
    """
    after = advance(desk, logged)
    if len(after.chats) > CHATS_LIMIT:
        return structs.replace(after, chats=desk.chats, beyond=desk.beyond + 1)
    gone = _goes(logged.event) if desk.beyond and after is not desk else None
    if gone is not None and gone not in desk.chats:
        return structs.replace(after, beyond=desk.beyond - 1)
    return after


def _goes(event: Event | None) -> str | None:
    """The chat that leaves the desk with `event`, if one does."""
    match event:
        case ChatRemoved(chat) | TransferredOut(chat) | ChatClosed(chat, by="operator"):
            return chat
        case _:
            return None
