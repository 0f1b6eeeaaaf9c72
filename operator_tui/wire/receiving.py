"""What each frame of the server does, by the table of client states in the protocol."""

from typing import assert_never

from msgspec import structs

from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.time import SECOND, Millis, ServerTime
from operator_tui.wire import applying, opening
from operator_tui.wire.applying import Numbered
from operator_tui.wire.codec import WireError, read_desk
from operator_tui.wire.delivery_state import DeliveryState
from operator_tui.wire.effects import Heard, State
from operator_tui.wire.frames import (
    Error,
    EventFrame,
    FromServer,
    Heartbeat,
    Page,
    Result,
    Signal,
    Snapshot,
    Welcome,
)
from operator_tui.wire.opening import Opening
from operator_tui.wire.snapshot_parts import BadSnapshotError

PART_WITHIN = 10.0
"""Seconds for the next part of a snapshot."""

AHEAD: Millis = 2 * SECOND
"""How far our now may be ahead of a welcome's only because the welcome was on its way."""


def take(on: DeliveryState, frame: FromServer, now: float) -> None:
    """Let one frame have its effect."""
    match frame:
        case Welcome():
            _welcome(on, frame, now)
        case Snapshot():
            _part(on, frame, now)
        case EventFrame():
            _event(on, frame)
        case Result():
            _result(on, frame)
        case Heartbeat():
            _heartbeat(on, frame, now)
        case Signal():
            on.effects.append(Heard(frame.signal, frame.ttl))
        case Error():
            _error(on, frame)
        case Page():
            on.counts["page"] += 1
        case _:
            assert_never(frame)


def _welcome(on: DeliveryState, frame: Welcome, now: float) -> None:
    if on.state is not State.HELLO or not on.link.greeted:
        on.counts["stray_welcome"] += 1
        return
    # A new epoch may be a new world with a clock of its own: only within one time never runs back.
    # And a clock that stood still while there was no link has not gone as far as we thought.
    ahead = on.time.now(now) - frame.now
    goes_on = frame.epoch == on.decided.place.epoch and ahead <= AHEAD
    time = on.time if goes_on else ServerTime()
    on.time = time.adopted(frame.now, frame.rate, now)
    _date(on, frame, now)
    on.link.welcome = frame
    begins = opening.opening(frame, on.decided.place)
    if begins is Opening.RESUME and not on.decided.has_desk:
        begins = Opening.MISMATCH
    on.from_scratch = begins is Opening.MISMATCH
    match begins:
        case Opening.RESUME:
            opening.resume(on.decided, frame)
            on.live(now)
        case Opening.SNAPSHOT:
            on.state, on.link.deadline = State.SNAPSHOT, now + PART_WITHIN
        case Opening.FORK:
            on.fork()
        case Opening.MISMATCH:
            on.drop("mismatch")
        case Opening.VERSION:
            on.stop("version")
        case _:
            assert_never(begins)


def _date(on: DeliveryState, frame: Welcome, now: float) -> None:
    """Say when those commands were made that were entered before the server's time was known.

    They bear the last moment that was known then, perhaps of yesterday: as old as that they would
    be held, though they were typed a moment ago.
    """
    on.heard = True
    rows = tuple(row for row in on.decided.outbox if row.id in on.undated)
    on.undated = {row.id: on.undated[row.id] for row in rows}
    if dated := tuple(_dated(row, on, frame, now) for row in rows if row.fate is Fate.WAITING):
        on.decided.stage(rows=dated)


def _dated(row: OutboxRow, on: DeliveryState, frame: Welcome, now: float) -> OutboxRow:
    ago = int((now - on.undated[row.id]) * SECOND * frame.rate)
    return structs.replace(row, made=max(row.made, on.time.now(now) - ago))


def _part(on: DeliveryState, frame: Snapshot, now: float) -> None:
    if on.state is not State.SNAPSHOT or on.link.welcome is None:
        on.counts["stray_part"] += 1
        return
    on.link.deadline = now + PART_WITHIN
    try:
        text = on.link.parts.add(frame)
        desk = None if text is None else read_desk(text)
    except (BadSnapshotError, WireError):
        on.drop("bad_snapshot")
        return
    if desk is not None:
        opening.replace(on.decided, on.link.welcome, structs.replace(desk, seq=frame.seq))
        on.live(now)


def _event(on: DeliveryState, frame: EventFrame) -> None:
    if on.state is not State.LIVE:
        on.counts["early_event"] += 1
        return
    match applying.numbered(on.decided, frame.seq):
        case Numbered.KNOWN:
            on.counts["known_event"] += 1
        case Numbered.NEXT:
            _next(on, frame)
        case Numbered.GAP if _torn_out(on, frame.seq - 1):
            _give_up(on, frame.seq - 1, frame.at)
            _next(on, frame)
        case Numbered.GAP:
            _ask_again(on, "gap")


def _torn_out(on: DeliveryState, last: int) -> bool:
    """Whether all events up to `last` came as garbage, the first of them for the second time.

    There must have been as much garbage on this connection as there are events missing.
    """
    missing = on.decided.place.seq + 1
    return on.unreadable == missing and last < missing + on.link.torn


def _give_up(on: DeliveryState, last: int, at: Millis) -> None:
    """No frame may stop a desk for ever, not even one whose number cannot be read."""
    for seq in range(on.decided.place.seq + 1, last + 1):
        on.counts["unreadable_event"] += 1
        applying.give_up(on.decided, seq, at, on.link.answered)


def _ask_again(on: DeliveryState, reason: str) -> None:
    """Resume; if there was garbage, what is missing now is known to have come as that."""
    if on.link.torn:
        on.unreadable = on.decided.place.seq + 1
    on.drop(reason)


def _next(on: DeliveryState, frame: EventFrame) -> None:
    again = on.unreadable == frame.seq
    try:
        applying.log(on.decided, frame, on.link.answered, give_up=again)
    except WireError:
        on.counts["unreadable_event"] += 1
        on.unreadable = frame.seq
        on.drop("unreadable")


def _result(on: DeliveryState, frame: Result) -> None:
    if not applying.answer(on.decided, frame, on.link.answered):
        on.counts["stray_result"] += 1


def _heartbeat(on: DeliveryState, frame: Heartbeat, now: float) -> None:
    if on.link.welcome is None:
        on.counts["early_heartbeat"] += 1
        return
    on.time = on.time.adopted(frame.now, frame.rate, now)
    if on.state is State.LIVE and on.link.stalled(frame, on.decided.place.seq):
        _stalled(on, frame)


def _stalled(on: DeliveryState, frame: Heartbeat) -> None:
    """The log is ahead and nothing comes; garbage at its very end shows in no other way."""
    head = on.link.head(frame)
    if _torn_out(on, head):
        _give_up(on, head, frame.now)
    else:
        _ask_again(on, "stalled")


def _error(on: DeliveryState, frame: Error) -> None:
    match frame.code:
        case "device_forked":
            on.fork()
        case "fenced" | "version" | "bad_frame":
            on.stop(frame.code)
        case code:
            on.drop(code)
