"""Chats and desks cut to what a frame may hold: the newest messages stay."""

import hashlib
from collections.abc import Iterator

import msgspec
from msgspec import structs

from operator_tui.desk.entries import Entry, Id, Message
from operator_tui.desk.events import ChatOpened, Event, TransferredIn
from operator_tui.desk.model import Chat, Desk, Visitor
from operator_tui.desk.text import encode_hook

LAST_MESSAGES = 20
"""How many messages of a chat travel with it (docs/protocol.md, "snapshot")."""
CHAT_BYTES = 32 * 1024
"""Bytes of one chat's timeline, or of a page of it: with the rest it has to fit a frame."""
FORM_BYTES = 8 * 1024
"""Bytes of what a visitor filled in before the chat."""
SNAPSHOT_BYTES = 32 * 1024 * 1024


def encoded(value: object) -> bytes:
    """`value` as JSON."""
    return msgspec.json.encode(value, enc_hook=encode_hook)


def message_id(chat: Id, number: int) -> Id:
    """The id of the chat's message `number`: the same in every replay, in no other chat."""
    return hashlib.blake2s(f"{chat}/{number}".encode(), digest_size=12).hexdigest()


def cut_event(event: Event) -> Event:
    """The event as it is logged: whatever is in it, its frame stays within the limit."""
    match event:
        case TransferredIn():
            return structs.replace(event, chat_value=cut_chat(event.chat_value))
        case ChatOpened():
            return structs.replace(event, visitor=_cut_form(event.visitor))
        case _:
            return event


def cut_chat(chat: Chat, messages: int = LAST_MESSAGES, size: int = CHAT_BYTES) -> Chat:
    """The chat with its last `messages` messages, fewer when they are over `size` bytes."""
    kept = list(_newest(chat.timeline, messages, size))
    visitor = _cut_form(chat.visitor)
    return structs.replace(chat, visitor=visitor, timeline=tuple(reversed(kept)))


def _cut_form(visitor: Visitor) -> Visitor:
    """The visitor with the first answers that fit."""
    room, form = FORM_BYTES, visitor.form
    for count, answer in enumerate(form):
        room -= len(encoded(answer)) + 1
        if room < 0:
            return structs.replace(visitor, form=form[:count])
    return visitor


def _newest(timeline: tuple[Entry, ...], messages: int, size: int) -> Iterator[Entry]:
    """Entries from the end, with the system lines that stand between the messages kept."""
    for lines, entry in enumerate(reversed(timeline)):
        messages -= isinstance(entry, Message)
        size -= len(encoded(entry)) + 1
        if messages < 0 or size < 0 or lines >= 10 * LAST_MESSAGES:
            return
        yield entry


def snapshot_of(desk: Desk) -> Desk:
    """The desk as it travels: its chats cut, all of it at most 32 MiB."""
    for messages in (LAST_MESSAGES, 5, 1):
        cut = _with_chats_cut(desk, messages)
        if len(encoded(cut)) <= SNAPSHOT_BYTES:
            return cut
    return _with_chats_cut(desk, 0)


def _with_chats_cut(desk: Desk, messages: int) -> Desk:
    chats = {key: cut_chat(chat, messages) for key, chat in desk.chats.items()}
    return structs.replace(desk, chats=chats)
