"""Older messages of a chat, and of the visitor's chats before it, a page at a time."""

from itertools import takewhile

from operator_tui.desk.entries import Id, Message
from operator_tui.desk.model import Chat
from operator_tui.wire.frames import History, Page
from server_stub.service.cutting import CHAT_BYTES, encoded
from server_stub.service.floor import Floor

PAGE_MESSAGES = 50


def page(floor: Floor, operator: Id, asked: History) -> Page:
    """The messages before `asked.before` (None: the last ones) that fit a frame."""
    chat = _readable(floor, operator, asked.chat)
    if chat is None:
        return Page(asked.chat, code="unknown_chat")
    written = [entry for entry in chat.timeline if isinstance(entry, Message)]
    if asked.before is not None:
        places = [i for i, message in enumerate(written) if message.id == asked.before]
        if not places:
            return Page(asked.chat, code="unknown_message")
        written = written[: places[0]]
    fitting = _fitting(written)
    more = len(fitting) < len(written)
    return Page(asked.chat, tuple(fitting), more=more, earlier=_earlier(floor, asked.chat))


def _readable(floor: Floor, operator: Id, chat: Id) -> Chat | None:
    """A chat on the operator's desk, or one that is over of a visitor who has one there."""
    desk = floor.desks[operator].chats
    if chat in desk or chat not in floor.over:
        return desk.get(chat)
    visitors = {floor.cases[one].visitor for one in desk}
    return floor.over[chat].chat if floor.cases[chat].visitor in visitors else None


def _earlier(floor: Floor, chat: Id) -> Id | None:
    """The same visitor's chat that came last before this one, of those that are over.

    A colleague may take one off the desk long after the visitor closed it, so the order in which
    they became over says nothing.
    """
    visitor = floor.cases[chat].visitor
    came_before = takewhile(lambda item: item[0] != chat, floor.cases.items())
    found = [one for one, case in came_before if case.visitor == visitor and one in floor.over]
    return found[-1] if found else None


def _fitting(written: list[Message]) -> list[Message]:
    """The last messages that fit, in log order."""
    size, count = 0, 0
    for message in reversed(written[-PAGE_MESSAGES:]):
        size += len(encoded(message)) + 1
        if size > CHAT_BYTES:
            break
        count += 1
    return written[len(written) - count :]
