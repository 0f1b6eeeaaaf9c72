"""What an event in an operator's log was, in a line for a trainer."""

from collections.abc import Iterator

from operator_tui.desk.entries import AuthorKind, Id, Message
from operator_tui.desk.events import (
    AvailabilityChanged,
    ChatClosed,
    ChatOpened,
    ChatReactivated,
    Event,
    InvitationAccepted,
    InvitationIgnored,
    MessageWritten,
    PageChanged,
    ScreenShared,
    ScreenUnshared,
    TransferAccepted,
    TransferredIn,
    VisitorLeft,
    VisitorRated,
    VisitorReturned,
)
from server_stub.control.cells import cut
from server_stub.plays.spans import written
from server_stub.service.floor import Floor

WIDEST = 70
"""Cells of what somebody wrote."""


def happened(floor: Floor, operator: Id, event: Event) -> Iterator[str]:
    """The event, with the id of the visitor; nothing where another log tells it too."""
    what = _what(floor.staff[operator].name, event)
    if not what:
        return
    chat = getattr(event, "chat", None)
    visitor = getattr(event, "visitor", "") if chat is None else _visitor(floor, chat)
    yield f"{visitor}: {what}" if visitor else what


def _visitor(floor: Floor, chat: Id) -> Id:
    case = floor.cases.get(chat)
    return "" if case is None else case.visitor


def _what(operator: str, event: Event) -> str:
    match event:
        case ChatOpened():
            return f"comes to {operator}"
        case MessageWritten(_, message) | InvitationAccepted(_, message):
            return _wrote(message)
        case TransferredIn(passed=passed):
            return f"is passed on to {operator} by {passed.by or 'somebody'}"
        case ChatClosed(by="operator"):
            return f"{operator} closes the chat"
        case ChatReactivated(silence=silence):
            return f"is back after {written(silence)}"
        case PageChanged(page=page) | VisitorReturned(page=page):
            return f"goes to {cut(page or 'the website', WIDEST)}"
        case ScreenShared(shows=shows):
            return f"shares the screen{': ' if shows else ''}{cut(' '.join(shows.split()), WIDEST)}"
        case VisitorRated(stars=stars):
            return f"gives {stars} of 5 stars"
        case AvailabilityChanged(available):
            return f"{operator} is {'available' if available else 'away'}"
        case _:
            return _PLAIN.get(type(event), "")


_PLAIN: dict[type, str] = {
    ChatClosed: "closes the chat",
    VisitorLeft: "leaves the website",
    ScreenUnshared: "stops sharing the screen",
    TransferAccepted: "is accepted",
    InvitationIgnored: "does not react to the invitation",
}


def _wrote(message: Message) -> str:
    text = cut(" ".join(message.text.split()), WIDEST)
    if message.note:
        return f"{message.author.name} notes: {text}"
    if message.author.kind is AuthorKind.VISITOR:
        return f"says {text}"
    return f"{message.author.name} writes {text}"
