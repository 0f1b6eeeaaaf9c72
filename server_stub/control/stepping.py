"""The order `step`: on to the next event, and what it was."""

from collections.abc import Iterator
from datetime import UTC, datetime

from operator_tui.desk.entries import Id
from operator_tui.desk.time import SECOND, Millis
from operator_tui.wire.codec import read_event
from server_stub.control.happened import happened
from server_stub.house import House
from server_stub.plays.spans import written
from server_stub.service.practice import Practice

SHOWN = 20
"""So many events of each operator's log are told of one step."""


def stepped(house: House, steps: int) -> Iterator[str]:
    """Go so many steps on; what happened at each, and how far that was."""
    before: Millis = house.practice.now
    for _ in range(steps):
        heads = _heads(house.practice)
        if not house.step():
            yield "Nothing more is to come by itself: somebody has to act."
            break
        yield from _since(house.practice, heads)
    passed = house.practice.now - before
    yield f"{written(passed // SECOND * SECOND)} on." if passed >= SECOND else "No time passed."


def clock_time(at: Millis) -> str:
    """A moment of the session's clock."""
    return f"{datetime.fromtimestamp(at / SECOND, UTC):%H:%M:%S}"


def _heads(practice: Practice) -> dict[Id, int]:
    return {one: practice.ledger.head(one) for one in practice.floor.staff}


def _since(practice: Practice, heads: dict[Id, int]) -> Iterator[str]:
    """What stands in the logs behind these places, in order of time."""
    new = [
        (record.at, place, line)
        for place, (operator, head) in enumerate(heads.items())
        for record in practice.ledger.after(operator, head, SHOWN) or ()
        if (event := read_event(record.event)) is not None
        for line in happened(practice.floor, operator, event)
    ]
    for at, _, line in sorted(new, key=lambda one: one[:2]):
        yield f"{clock_time(at)}  {line}"
    if more := sum(max(0, now - heads[one] - SHOWN) for one, now in _heads(practice).items()):
        yield f"... and {more} more in the logs."
