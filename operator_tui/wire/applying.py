"""What the log and the results do to our place and our outbox."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import structs

from operator_tui.desk.entries import NO_LINE
from operator_tui.desk.events import Event, InvitationAccepted, Logged, MessageWritten, Unreadable
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.text import SafeLine
from operator_tui.desk.time import Millis
from operator_tui.wire.codec import WireError, chat_in, read_event
from operator_tui.wire.decided import Decided
from operator_tui.wire.frames import EventFrame, Result


class Numbered(StrEnum):
    """An event's number, seen from the cursor."""

    NEXT = "next"
    KNOWN = "known"
    GAP = "gap"


def numbered(decided: Decided, seq: int) -> Numbered:
    """Whether `seq` is the next event, one that we have, or one after a hole."""
    if seq <= decided.place.seq:
        return Numbered.KNOWN
    return Numbered.NEXT if seq == decided.place.seq + 1 else Numbered.GAP


def log(decided: Decided, frame: EventFrame, answered: dict[str, int], *, give_up: bool) -> None:
    """Decide the next event. One that cannot be read raises `WireError`.

    With `give_up` it is logged as `Unreadable` instead, so that no event can stop a desk for
    ever. An event of an unknown kind is logged as None: it counts and changes nothing.
    """
    try:
        event: Event | None = read_event(frame.event)
    except WireError:
        if not give_up:
            raise
        event = Unreadable(chat_in(frame.event))
    done = _answered(answered, frame.seq)
    match event:
        case MessageWritten(message=message) | InvitationAccepted(message=message):
            done += () if message.origin is None else (message.origin.op,)
    _advanced(decided, Logged(frame.seq, frame.at, event), done)


def give_up(decided: Decided, seq: int, at: Millis, answered: dict[str, int]) -> None:
    """Decide that the next event, of which not even the number could be read, is `seq`."""
    _advanced(decided, Logged(seq, at, Unreadable()), _answered(answered, seq))


def _answered(answered: dict[str, int], seq: int) -> list[str]:
    """The commands whose place in the log has now been reached; they are waited for no more."""
    done = [op for op, at in answered.items() if at <= seq]
    for op in done:
        del answered[op]
    return done


def _advanced(decided: Decided, logged: Logged, done: Iterable[str]) -> None:
    known = {row.id for row in decided.outbox}
    decided.advanced(logged, tuple(op for op in done if op in known))


def answer(decided: Decided, result: Result, answered: dict[str, int]) -> bool:
    """Decide what a result means for its row; False when there is no such row.

    A row stays until the log has come to where its command stands: dropped earlier, the message
    would be nowhere for a moment. `answered` remembers those.
    """
    row = next((row for row in decided.outbox if row.id == result.id), None)
    if row is None or row.n != result.n or row.fate is not Fate.SENDING:
        return False
    if not result.ok:
        decided.stage(rows=(refused(row, result.code, result.detail),))
    elif result.seq <= decided.place.seq:
        decided.stage(dropped=(row.id,))
    else:
        answered[row.id] = result.seq
    return True


def refused(row: OutboxRow, code: str | None, detail: SafeLine | None = None) -> OutboxRow:
    """The row after the server said no: it keeps its text, and gives its number up."""
    told = {"refusal": code or "refused", "detail": detail or NO_LINE}
    return structs.replace(row, n=None, fate=Fate.REFUSED, **told)
