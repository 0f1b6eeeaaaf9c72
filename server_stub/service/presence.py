"""What operators are told of each other and of the queue; only what has changed is told."""

from operator_tui.desk.entries import Id
from operator_tui.desk.model import Colleague
from operator_tui.desk.places import places_taken
from operator_tui.desk.signals import ColleagueSeen, QueueSeen, Signal
from operator_tui.desk.time import Millis
from operator_tui.wire.frames import SIGNAL_LIMIT
from server_stub.service.browsing import seen_by_all
from server_stub.service.effects import Signalled
from server_stub.service.floor import QUEUE, Floor
from server_stub.service.queue import waiting
from server_stub.service.turn import Turn

BROWSING: Id = ":browsing"
"""Stands for those who look around, among what was told."""


def colleague(floor: Floor, operator: Id, now: Millis) -> Colleague:
    """An operator as the others see them."""
    one, desk = floor.staff[operator], floor.desks[operator]
    here = operator in floor.present and desk.available
    return Colleague(
        one.id, one.name, one.languages, here, places_taken(desk, now), desk.policy.places
    )


def everything(floor: Floor, operator: Id, now: Millis) -> list[Signalled]:
    """All an operator is told on coming in."""
    seen = _seen(floor, now)
    return [Signalled(operator, s, SIGNAL_LIMIT) for key, s in seen.items() if key != operator]


def tell_changes(turn: Turn) -> None:
    """Tell everybody what is different since they were told last."""
    seen = _seen(turn.floor, turn.now)
    for key, signal in seen.items():
        if turn.floor.told.get(key) != signal:
            for operator in turn.floor.staff:
                if operator != key:
                    turn.signal(operator, signal, SIGNAL_LIMIT)
    turn.change(told=seen)


def _seen(floor: Floor, now: Millis) -> dict[Id, Signal]:
    queue = waiting(floor)
    seen: dict[Id, Signal] = {QUEUE: QueueSeen(queue.length, queue.since)}
    seen[BROWSING] = seen_by_all(floor, now)
    for operator in floor.staff:
        seen[operator] = ColleagueSeen(colleague(floor, operator, now))
    return seen
