"""Desks on a disk, for tests: a database in a folder, and values that are easy to say."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from operator_tui.desk.entries import Author, AuthorKind, Message
from operator_tui.desk.events import ChatOpened, Event, Logged, MessageWritten
from operator_tui.desk.kept import Kept
from operator_tui.desk.model import Channel, Visitor
from operator_tui.desk.text import SafeLine, clean, encode_hook
from operator_tui.store.desks import DeskFile, open_desk

KEY = "desk"
TODAY = 1_800_000_000_000
"""This machine's date in these tests."""


@contextmanager
def desk_in(
    folder: Path,
    *,
    key: str = KEY,
    server: str = "",
    days: int | None = None,
    wall: Callable[[], int] = lambda: TODAY,
) -> Iterator[DeskFile]:
    """The next free desk of the folder, closed at the end."""
    desk = open_desk(folder, key, server=server, days=days, wall=wall)
    try:
        yield desk
    finally:
        desk.database.close()


def plain(kept: Kept) -> object:
    """Desks compare by identity; this compares by what they say."""
    return msgspec.to_builtins(kept, enc_hook=encode_hook)


def opens(chat: str, visitor: str = "v-1", name: str = "Sanne") -> Event:
    return ChatOpened(chat, Visitor(visitor, clean(name, SafeLine)), Channel.WEB, "nl", 1)


def says(chat: str, message: str, text: str, at: int = 1) -> Event:
    author = Author(AuthorKind.VISITOR, clean("Sanne", SafeLine))
    return MessageWritten(chat, Message(message, author, clean(text), at))


def logged(*events: Event | None, first: int = 1) -> tuple[Logged, ...]:
    return tuple(Logged(seq, seq, event) for seq, event in enumerate(events, first))
