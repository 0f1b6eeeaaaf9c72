"""The frames of `visitor.v1`: one JSON object in a text frame, tagged by `t`.

Everything in them comes from a stranger's browser or goes to one. docs/protocol.md describes them.
"""

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Struct, json

from operator_tui.desk.entries import NO_ADDRESS, NO_LINE, NO_TEXT, Count, Id
from operator_tui.desk.model import Channel
from operator_tui.desk.text import SafeAddress, SafeLine, SafeText, encode_hook
from operator_tui.desk.time import SECOND, Millis
from operator_tui.wire.decoding import Reader, UnionReader, WireError
from operator_tui.wire.frames import Code

VERSION = 1
SUBPROTOCOL = "visitor.v1"
FRAME_LIMIT = 32 * 1024
"""Bytes in one frame from a visitor: a text of the limit, every character spelled as an escape."""
TEXT_LIMIT = 2_000
"""Characters in one message of a visitor."""
NAME_LIMIT = 80
TYPING_LASTS: Millis = 6 * SECOND

Language: TypeAlias = Literal["en", "nl", "pl", "fi"]
Number: TypeAlias = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Secret: TypeAlias = Annotated[str, Meta(max_length=128)]
Stars: TypeAlias = Annotated[int, Meta(ge=1, le=5)]


class _Frame(Struct, frozen=True, tag_field="t", omit_defaults=True):
    pass


class Hello(_Frame, frozen=True, tag="hello"):
    """Page: the link's capability, who I was, and how far I have read. The first frame."""

    v: int
    link: Secret
    visitor: Id | None = None
    """None: I am new; the server names me."""
    key: Secret = ""
    """What the server gave me with that name: nobody else can be this visitor."""
    log: Id | None = None
    """The conversation that this page still shows, read up to `seq`."""
    seq: Number = 0
    page: SafeAddress = NO_ADDRESS
    language: Language = "en"


class Start(_Frame, frozen=True, tag="start"):
    """Page: I ask for a chat. `id` is the page's own, as in `Say`; it may come twice."""

    id: Id
    name: SafeLine
    text: SafeText
    language: Language = "en"
    channel: Channel = Channel.WEB


class Say(_Frame, frozen=True, tag="say"):
    """Page: I write this. `id` tells a message sent again from a new one."""

    id: Id
    text: SafeText


class Typing(_Frame, frozen=True, tag="typing"):
    """Page: I am typing, or have stopped; the text so far only where policy allows."""

    on: bool
    text: SafeLine = NO_LINE


class Goes(_Frame, frozen=True, tag="page"):
    """Page: I am on another page of the shop, or read it in another language."""

    page: SafeAddress
    language: Language = "en"


class Accepts(_Frame, frozen=True, tag="accept"):
    """Page: I take the help that is offered; this asks for a chat."""

    name: SafeLine = NO_LINE
    language: Language = "en"
    channel: Channel = Channel.WEB


class Declines(_Frame, frozen=True, tag="decline"):
    """Page: not now."""


class Shares(_Frame, frozen=True, tag="screen"):
    """Page: I share my screen, on which this is to be seen; or I no longer do."""

    on: bool
    shows: SafeText = NO_TEXT


class Closes(_Frame, frozen=True, tag="close"):
    """Page: I end the chat."""


class Rates(_Frame, frozen=True, tag="rate"):
    """Page: so many stars for the chat that has ended."""

    stars: Stars


class Limits(Struct, frozen=True):
    """What the server takes, in characters."""

    text: int = TEXT_LIMIT
    name: int = NAME_LIMIT


class Welcome(_Frame, frozen=True, tag="welcome"):
    """Server: who you are from now on. The state follows, then what you have not read."""

    v: int
    visitor: Id
    key: Secret
    limits: Limits = Limits()


class Help(Struct, frozen=True):
    """What an operator offers to who looks around (R86)."""

    by: SafeLine
    text: SafeText


class Standing(_Frame, frozen=True, tag="state"):
    """Server: how things stand now; the latest is true, whatever came before.

    `log` names the visitor's conversation: what the page has of another one it forgets (R84).
    """

    log: Id
    phase: Literal["none", "waiting", "talking", "ended"] = "none"
    open: bool = False
    """The session has begun: a chat can be asked for."""
    operator: SafeLine = NO_LINE
    """Who has the chat, while `talking`; who had it, once it has `ended`."""
    by: Literal["visitor", "operator"] | None = None
    """Who ended it."""
    ahead: Count = 0
    """How many others wait before this visitor, while `waiting`."""
    channel: Channel = Channel.WEB
    sharing: bool = False
    stars: Annotated[int, Meta(ge=0, le=5)] = 0
    """What the visitor gave the last chat; 0: nothing yet."""
    preview: bool = False
    """Policy allows that what is being typed is shown while it is."""
    invited: Help | None = None
    """The invitation that stands."""


class Entry(_Frame, frozen=True, tag="entry"):
    """Server: one line of the conversation, numbered in its log from 1."""

    seq: Annotated[int, Meta(ge=1)]
    at: Millis
    kind: Literal["visitor", "operator", "automatic", "joined", "passed_on", "ended"]
    name: SafeLine = NO_LINE
    text: SafeText = NO_TEXT
    id: Id | None = None
    """Of a message of this visitor: the page's own id of it."""


class OperatorTypes(_Frame, frozen=True, tag="typing"):
    """Server: the operator is typing; counts for `ttl` real ms or until a message comes."""

    ttl: Millis = TYPING_LASTS


class Refused(_Frame, frozen=True, tag="refused"):
    """Server: what came with this id was not taken, and why."""

    id: Id
    code: Code


class Beat(_Frame, frozen=True, tag="beat"):
    """Server: the connection lives."""


class Error(_Frame, frozen=True, tag="error"):
    """Server: what was wrong, before it closes."""

    code: Code


FromVisitor: TypeAlias = (
    Hello | Start | Say | Typing | Goes | Accepts | Declines | Shares | Closes | Rates
)
ToVisitor: TypeAlias = Welcome | Standing | Entry | OperatorTypes | Refused | Beat | Error


class TooLongError(WireError):
    """A text over its limit: refused whole, never cut."""

    def __init__(self, ident: Id) -> None:
        super().__init__("a text over its limit", "too_long")
        self.id = ident


def read(data: str | bytes) -> FromVisitor:
    """What a page sent. Raises `WireError`; `TooLongError` when only a text is over its limit."""
    if isinstance(data, bytes):
        raise WireError("a binary frame")
    if len(data) > FRAME_LIMIT or len(raw := data.encode(errors="replace")) > FRAME_LIMIT:
        raise WireError(f"a frame over {FRAME_LIMIT} bytes")
    frame = _frames.read_known(raw)
    if frame is None:
        raise WireError(f"unknown frame {_frames.tag(raw)}")
    if isinstance(frame, Start | Say) and _over(raw):
        raise TooLongError(frame.id)
    return frame


def encode(frame: ToVisitor) -> str:
    """The frame as the text to send."""
    return _encoder.encode(frame).decode()


class _Tag(Struct, rename={"tag": "t"}):
    tag: Id


class _Texts(Struct):
    """The texts as they came: decoding them for what they are would cut them without a word."""

    text: Any = ""
    name: Any = ""


def _over(raw: bytes) -> bool:
    texts = _texts.read(raw)
    return len(texts.text) > TEXT_LIMIT or len(texts.name) > NAME_LIMIT


_encoder = json.Encoder(enc_hook=encode_hook)
_frames: UnionReader[FromVisitor] = UnionReader(FromVisitor, _Tag)
_texts: Reader[_Texts] = Reader(_Texts)
