"""What a welcome means for our place and outbox: go on, start again, or become another device."""

from enum import StrEnum

from msgspec import structs

from operator_tui.desk.kept import Place
from operator_tui.desk.model import Desk
from operator_tui.wire import outbox_rules
from operator_tui.wire.decided import Decided
from operator_tui.wire.frames import VERSION, Welcome


class Opening(StrEnum):
    """How a connection begins."""

    RESUME = "resume"
    SNAPSHOT = "snapshot"
    FORK = "forked"
    """The server has numbers from this device that we never gave: our database was restored."""
    MISMATCH = "mismatch"
    """The server would resume a log that is not ours: ask for a snapshot instead."""
    VERSION = "version"
    """Not our protocol."""


def opening(welcome: Welcome, place: Place) -> Opening:
    """How to go on after `welcome`, standing at `place`."""
    same = welcome.epoch == place.epoch
    if welcome.v != VERSION:
        return Opening.VERSION
    if same and welcome.last_n >= place.next_n:
        return Opening.FORK
    if welcome.mode == "snapshot":
        return Opening.SNAPSHOT
    return Opening.RESUME if same and welcome.head >= place.seq else Opening.MISMATCH


def resume(decided: Decided, welcome: Welcome) -> None:
    """Take back the numbers that the server never saw, and remember which run of it goes on."""
    rows = outbox_rules.unnumbered(decided.outbox, welcome.last_n)
    place = structs.replace(decided.place, next_n=welcome.last_n + 1, run=welcome.run)
    if rows or decided.place != place:
        decided.stage(place=place, rows=rows)


def replace(decided: Decided, welcome: Welcome, desk: Desk) -> None:
    """Put a snapshot in the place of all that was; in a new epoch every number starts again."""
    same = welcome.epoch == decided.place.epoch
    decided.stage(
        place=Place(decided.place.device, welcome.epoch, desk.seq, welcome.last_n + 1, welcome.run),
        desk=desk,
        rows=outbox_rules.unnumbered(decided.outbox, welcome.last_n if same else 0),
        dropped=outbox_rules.delivered(decided.outbox, desk),
    )


def fork(decided: Decided, device: str) -> None:
    """Go on under another name, with no number given yet."""
    place = structs.replace(decided.place, device=device, next_n=1)
    decided.stage(place=place, rows=outbox_rules.unnumbered(decided.outbox, 0))


def hold(decided: Decided, now: int) -> None:
    """Hold the replies that grew too old while there was no link; `now` is the server's."""
    if rows := outbox_rules.held(decided.outbox, now):
        decided.stage(rows=rows)
