"""The envelopes of `operator.v1`: one JSON object in a text frame, tagged by `t`."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Raw, Struct

from operator_tui.desk.entries import Id, Message
from operator_tui.desk.model import Operator
from operator_tui.desk.policy import Policy
from operator_tui.desk.signals import Signal as DeskSignal
from operator_tui.desk.text import SafeLine
from operator_tui.desk.time import MINUTE, SECOND, Millis

VERSION = 1
SUBPROTOCOL = "operator.v1"
FRAME_LIMIT = 64 * 1024
"""Bytes in one frame, either way."""
TEXT_LIMIT = 4_000
"""Characters in one message."""
HEARTBEAT: Millis = 5 * SECOND
SIGNAL_LIMIT: Millis = 10 * MINUTE

Seq: TypeAlias = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Number: TypeAlias = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Version: TypeAlias = Annotated[int, Meta(ge=0, le=2**31)]
Rate: TypeAlias = Annotated[float, Meta(ge=0, le=100_000)]
Code: TypeAlias = Annotated[str, Meta(pattern=r"\A[a-z_]{1,40}\Z")]


class _Frame(Struct, frozen=True, tag_field="t", omit_defaults=True):
    pass


class Hello(_Frame, frozen=True, tag="hello"):
    """Client: who I am and how far my log goes. `epoch` None: I have nothing yet."""

    v: Version
    device: Id
    device_name: SafeLine
    epoch: Id | None = None
    seq: Seq = 0
    run: Id | None = None
    """As the last welcome of this epoch said."""


class Limits(Struct, frozen=True):
    """What the server takes: characters in a text, bytes in a frame."""

    text: Annotated[int, Meta(ge=1, le=2**31)] = TEXT_LIMIT
    frame: Annotated[int, Meta(ge=1_024, le=2**31)] = FRAME_LIMIT


class Welcome(_Frame, frozen=True, tag="welcome"):
    """Server: where we stand, what follows (`resume` or `snapshot`), and the rules."""

    v: Version
    epoch: Id
    mode: Literal["resume", "snapshot"]
    head: Seq
    last_n: Number
    operator: Operator
    now: Millis
    rate: Rate
    policy: Policy = Policy()
    limits: Limits = Limits()
    heartbeat: Annotated[int, Meta(ge=100, le=60_000)] = HEARTBEAT
    run: Id | None = None
    """Names this start of the server; None: it does not say."""


class Snapshot(_Frame, frozen=True, tag="snapshot"):
    """Server: one part of the whole desk. The pieces, joined in order, are the JSON of a `Desk`."""

    part: Annotated[int, Meta(ge=0, le=100_000)]
    last: bool
    seq: Seq
    piece: str


class EventFrame(_Frame, frozen=True, tag="event"):
    """Server: one line of the log. The event is read in a second step: the envelope counts."""

    seq: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    at: Millis
    event: Raw


class Op(_Frame, frozen=True, tag="op"):
    """Client: one command, numbered for this device, made at `made` on the server's clock."""

    n: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    id: Id
    made: Millis
    command: Raw


class Result(_Frame, frozen=True, tag="result"):
    """Server: what became of an op. After its commit, never before.

    `ok`: it stands in the log at or before `seq`. Not `ok`: `code` says why, and nothing changed.
    """

    n: Number
    id: Id
    ok: bool
    seq: Seq = 0
    duplicate: bool = False
    code: Code | None = None
    detail: SafeLine | None = None


class Signal(_Frame, frozen=True, tag="signal"):
    """Either way: true for `ttl` ms, in no log, the latest of its kind and subject wins."""

    signal: DeskSignal
    ttl: Annotated[int, Meta(ge=0, le=SIGNAL_LIMIT)] = 6 * SECOND


class Heartbeat(_Frame, frozen=True, tag="heartbeat"):
    """Server: head, now and rate, every 5 s and at once when the rate changes. Client: seq."""

    seq: Seq = 0
    head: Seq = 0
    now: Millis = 0
    rate: Rate = 0.0


class Error(_Frame, frozen=True, tag="error"):
    """Server: what was wrong, before it closes."""

    code: Code
    detail: SafeLine | None = None


class History(_Frame, frozen=True, tag="history"):
    """Client: give me messages of this chat older than `before` (a message id), newest first."""

    chat: Id
    before: Id | None = None


class Page(_Frame, frozen=True, tag="page"):
    """Server: older messages of a chat in log order; `more` when there are older ones still."""

    chat: Id
    messages: tuple[Message, ...] = ()
    more: bool = False
    earlier: Id | None = None
    """The visitor's chat before this one, which can be asked for in the same way."""
    code: Code | None = None


FromServer: TypeAlias = Welcome | Snapshot | EventFrame | Result | Signal | Heartbeat | Error | Page
FromClient: TypeAlias = Hello | Op | Signal | Heartbeat | History
Frame: TypeAlias = FromServer | FromClient
