"""What a commit tells about conversations: transcripts outlive the desk that they were read from.

A snapshot brings only the last messages of the chats that are open. So what was said is also kept
by itself, chat by chat: merged from wherever it comes, and never taken away by a snapshot.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, structs

from operator_tui.desk.entries import Entry, Id, Message
from operator_tui.desk.events import (
    ChatOpened,
    Event,
    InvitationAccepted,
    MessageWritten,
    TransferredIn,
)
from operator_tui.desk.kept import Batch
from operator_tui.desk.model import Chat, Desk, Visitor


class Said(Struct, frozen=True, eq=False):
    """Words of one chat, in their order, and who the visitor is, where that is told."""

    chat: Id
    visitor: Visitor | None = None
    messages: tuple[Message, ...] = ()


def said(batch: Batch) -> Iterator[Said]:
    """All that `batch` tells about conversations, in its order."""
    if batch.desk is not None:
        yield from (_of(chat) for chat in batch.desk.chats.values())
    for logged in batch.events:
        if (one := _in(logged.event)) is not None:
            yield one


def with_older(desk: Desk, older: Mapping[str, tuple[Message, ...]]) -> Desk:
    """The desk with the messages that come before those in its chats, for painting."""
    chats = {}
    for name, messages in older.items():
        chat = desk.chats.get(name)
        known = set() if chat is None else {one.id for one in messages_of(chat.timeline)}
        before = tuple(one for one in messages if one.id not in known)
        if chat is not None and before:
            chats[name] = structs.replace(chat, timeline=before + chat.timeline)
    return structs.replace(desk, chats=desk.chats | chats) if chats else desk


def _in(event: Event | None) -> Said | None:
    match event:
        case MessageWritten(chat, message) | InvitationAccepted(chat, message):
            return Said(chat, messages=(message,))
        case ChatOpened(chat, visitor):
            return Said(chat, visitor)
        case TransferredIn(chat, value):
            return Said(chat, value.visitor, messages_of(value.timeline))
        case _:
            return None


def _of(chat: Chat) -> Said:
    return Said(chat.id, chat.visitor, messages_of(chat.timeline))


def messages_of(timeline: Iterable[Entry]) -> tuple[Message, ...]:
    """What people wrote, without the lines of the desk."""
    return tuple(entry for entry in timeline if isinstance(entry, Message))
