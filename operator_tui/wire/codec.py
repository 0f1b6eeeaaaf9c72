"""Bytes to frames and back: nothing behind this door sees a dict, or an error but `WireError`.

Events and commands are read in two steps, the envelope first: an event that this version cannot
read still has its number, and a command its n.
"""

from collections.abc import Iterator
from typing import Any, cast

from msgspec import Raw, Struct, json, structs

from operator_tui.desk.bounded import CHATS_LIMIT
from operator_tui.desk.commands import Command
from operator_tui.desk.entries import Id
from operator_tui.desk.events import Event
from operator_tui.desk.model import NO_OVERLAY, Chat, Desk
from operator_tui.desk.text import encode_hook
from operator_tui.wire.decoding import Reader, UnionReader, WireError
from operator_tui.wire.frames import (
    FRAME_LIMIT,
    TEXT_LIMIT,
    Frame,
    FromClient,
    FromServer,
    Number,
    Result,
    Seq,
    Snapshot,
)

PIECE = 12 * 1024
"""Characters in one part of a snapshot: at most 4 bytes each once encoded, so 48 KiB a part."""

__all__ = [
    "UnknownFrame",
    "WireError",
    "chat_in",
    "encode",
    "encode_command",
    "encode_event",
    "from_client",
    "from_server",
    "read_command",
    "read_desk",
    "read_event",
    "snapshot",
]

_encoder = json.Encoder(enc_hook=encode_hook)


class UnknownFrame(Struct, frozen=True):
    """A frame of a kind that this version does not know: to be ignored and counted."""

    t: Id


def encode(frame: Frame) -> str:
    """The frame as the text to send. Over the limit of a frame it is a `WireError`."""
    data = _encoder.encode(frame)
    if len(data) > FRAME_LIMIT:
        raise WireError(f"{type(frame).__name__} of {len(data)} bytes is over {FRAME_LIMIT}")
    return data.decode()


def encode_event(event: Event) -> Raw:
    """An event for `EventFrame.event`."""
    return Raw(_encoder.encode(event))


def encode_command(command: Command) -> Raw:
    """A command for `Op.command`."""
    return Raw(_encoder.encode(command))


def from_server(data: str | bytes) -> FromServer | UnknownFrame:
    """What the server sent. A frame over its limit is refused before it is decoded.

    Signals may be lost, so one that cannot be read counts as unknown. Results may not: one whose
    reason cannot be read says what became of the op all the same, or its row would wait for ever.
    """
    data = _within_limit(data)
    try:
        return _from_server.read_known(data) or UnknownFrame(_from_server.tag(data))
    except WireError:
        match _from_server.tag(data):
            case "signal":
                return UnknownFrame("signal")
            case "result":
                bare = _bare_results.read(data)
                return Result(bare.n, bare.id, bare.ok, bare.seq)
            case _:
                raise


def from_client(data: str | bytes) -> FromClient:
    """What a client sent; an unknown kind is an error too, since only the server may be newer."""
    data = _within_limit(data)
    frame = _from_client.read_known(data)
    if frame is None:
        raise WireError(f"unknown frame {_from_client.tag(data)}")
    return frame


def read_event(raw: Raw | bytes) -> Event | None:
    """The event of an `EventFrame`; None for a kind that this version does not know."""
    return _events.read_known(bytes(raw))


def read_command(raw: Raw | bytes) -> Command:
    """The command of an `Op`; the error's `code` is the one for its `Result`."""
    data = bytes(raw)
    command = _commands.read_known(data)
    if command is None:
        raise WireError(f"unknown command {_commands.tag(data)}", "unknown_command")
    if any(isinstance(text, str) and len(text) > TEXT_LIMIT for text in _texts_in(data)):
        raise WireError(f"a text over {TEXT_LIMIT} characters", "too_long")
    return command


def chat_in(raw: Raw | bytes) -> Id | None:
    """Which chat an event that cannot be read is about, as far as that can be seen."""
    try:
        return _chat.read(bytes(raw)).chat
    except WireError:
        return None


def snapshot(desk: Desk, seq: Seq) -> Iterator[Snapshot]:
    """The desk in parts that each fit into a frame."""
    text = _encoder.encode(desk).decode()
    starts = range(0, len(text), PIECE)
    for part, start in enumerate(starts):
        last = start == starts[-1]
        yield Snapshot(part=part, last=last, seq=seq, piece=text[start : start + PIECE])


def read_desk(text: str) -> Desk:
    """The desk whose pieces, joined, are `text`. What a desk only knows by itself is left out."""
    # Every chat needs this member, and no text can hold its quotes: counting is quick, reading not.
    if text.count('"received_at"') > CHATS_LIMIT:
        raise WireError(f"more than {CHATS_LIMIT} chats")
    desk = _desks.read(text.encode(errors="replace"))
    if len(desk.chats) > CHATS_LIMIT:
        raise WireError(f"more than {CHATS_LIMIT} chats")
    if any(key != chat.id for key, chat in desk.chats.items()):
        raise WireError("a chat in the snapshot is under another chat's id")
    chats = {key: _without_overlay(chat) for key, chat in desk.chats.items()}
    return structs.replace(desk, chats=chats, beyond=0, unreadable=0)


def _without_overlay(chat: Chat) -> Chat:
    return chat if chat.overlay == NO_OVERLAY else structs.replace(chat, overlay=NO_OVERLAY)


def _texts_in(command: bytes) -> tuple[Any, ...]:
    """The texts of a command as they came: decoding it would cut them without a word."""
    return structs.astuple(_texts.read(command))


def _within_limit(data: str | bytes) -> bytes:
    if len(data) <= FRAME_LIMIT:
        data = data.encode(errors="replace") if isinstance(data, str) else data
    if len(data) > FRAME_LIMIT:
        raise WireError(f"a frame over {FRAME_LIMIT} bytes")
    return cast("bytes", data)


class _FrameTag(Struct, rename={"tag": "t"}):
    tag: Id


class _KindTag(Struct, rename={"tag": "kind"}):
    tag: Id


class _BareResult(Struct):
    """What of a result has to be understood."""

    n: Number
    id: Id
    ok: bool
    seq: Seq = 0


class _ChatOf(Struct):
    chat: Id | None = None


class _Texts(Struct):
    """Every text that a command can carry, before it is cut."""

    text: Any = ""
    note: Any = ""
    reason: Any = ""


_from_server: UnionReader[FromServer] = UnionReader(FromServer, _FrameTag)
_from_client: UnionReader[FromClient] = UnionReader(FromClient, _FrameTag)
_events: UnionReader[Event] = UnionReader(Event, _KindTag)
_commands: UnionReader[Command] = UnionReader(Command, _KindTag)
_desks: Reader[Desk] = Reader(Desk)
_bare_results: Reader[_BareResult] = Reader(_BareResult)
_chat: Reader[_ChatOf] = Reader(_ChatOf)
_texts: Reader[_Texts] = Reader(_Texts)
