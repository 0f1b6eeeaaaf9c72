"""The reception: visitors, operators and the clock act on the floor, one turn each. Pure."""

from collections.abc import Callable, Iterator

from operator_tui.desk.commands import Command
from operator_tui.desk.entries import Id, Origin
from operator_tui.desk.time import Millis
from server_stub.service import browsing
from server_stub.service.effects import RefusalError
from server_stub.service.floor import QUEUE, TYPING_HOLDS, Floor
from server_stub.service.orders import order
from server_stub.service.passing import pass_on_unanswered, passed_on_at, return_unaccepted
from server_stub.service.presence import tell_changes
from server_stub.service.queue import assign
from server_stub.service.turn import Turn, Turned
from server_stub.service.visits import visit
from server_stub.visitors.acts import Acted


def act(floor: Floor, acted: Acted) -> Turned:
    """A visitor does something at `acted.at`."""
    return _turn(floor, acted.at, lambda turn: visit(turn, acted.visitor, acted.act))


def command(
    floor: Floor, operator: Id, asked: Command, now: Millis, origin: Origin | None = None
) -> Turned:
    """An operator asks something; when it is refused the floor stays as it was."""
    return _turn(floor, now, lambda turn: order(turn, operator, asked, origin))


def tick(floor: Floor, now: Millis) -> Turned:
    """What is due happens."""
    return _turn(floor, now, lambda _: None)


def come_and_go(floor: Floor, present: frozenset[Id], now: Millis) -> Turned:
    """From now on `present` are the trainees who are connected; simulated ones always are."""
    simulated = {one.id for one in floor.staff.values() if one.simulated}
    return _turn(floor, now, lambda turn: turn.change(present=present | simulated))


def typed(floor: Floor, operator: Id, chat: Id, now: Millis) -> Floor:
    """The operator is typing in the chat: it is not passed on for a while."""
    turn = Turn(floor, now)
    case = floor.cases.get(chat)
    if case is not None and case.desk == operator:
        recent = {key: at for key, at in floor.typed.items() if at + TYPING_HOLDS > now}
        turn.change(typed=recent | {(operator, chat): now})
    return turn.floor


def next_due(floor: Floor, now: Millis) -> Millis | None:
    """When `tick` has something to do after `now`; None: never, unless somebody acts."""
    return min((due for due in _dues(floor) if due > now), default=None)


def _turn(floor: Floor, now: Millis, body: Callable[[Turn], None]) -> Turned:
    turn = Turn(floor, now)
    try:
        body(turn)
    except RefusalError as error:
        return Turned(floor, refused=error.refused)
    return_unaccepted(turn)
    browsing.lapse(turn)
    pass_on_unanswered(turn)
    assign(turn)
    tell_changes(turn)
    return turn.done()


def _dues(floor: Floor) -> Iterator[Millis]:
    """Offers that lapse, places that a visitor's absence frees, chats to be passed on."""
    yield from browsing.dues(floor)
    for offer in floor.offers.values():
        yield offer.until
    for operator, desk in floor.desks.items():
        for chat in desk.chats.values() if operator != QUEUE else ():
            if chat.left_at is not None and chat.closed_at is None:
                yield chat.left_at + desk.policy.paused_from
            if (due := passed_on_at(floor, operator, chat)) is not None:
                yield due
