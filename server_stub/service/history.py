"""Older messages of a chat, a page at a time."""

from operator_tui.desk.model import Desk, Message
from operator_tui.wire.frames import History, Page
from server_stub.service.cutting import CHAT_BYTES, encoded

PAGE_MESSAGES = 50


def page(desk: Desk, asked: History) -> Page:
    """The messages before `asked.before` (None: the last ones) that fit a frame."""
    chat = desk.chats.get(asked.chat)
    if chat is None:
        return Page(asked.chat, code="unknown_chat")
    written = [entry for entry in chat.timeline if isinstance(entry, Message)]
    if asked.before is not None:
        places = [i for i, message in enumerate(written) if message.id == asked.before]
        if not places:
            return Page(asked.chat, code="unknown_message")
        written = written[: places[0]]
    fitting = _fitting(written)
    return Page(asked.chat, tuple(fitting), more=len(fitting) < len(written))


def _fitting(written: list[Message]) -> list[Message]:
    """The last messages that fit, in log order."""
    size, count = 0, 0
    for message in reversed(written[-PAGE_MESSAGES:]):
        size += len(encoded(message)) + 1
        if size > CHAT_BYTES:
            break
        count += 1
    return written[len(written) - count :]
