"""What follows from all that was decided: numbers, frames to send, a batch to store, a greeting."""

from msgspec import structs

from operator_tui.desk.text import SafeLine
from operator_tui.wire import outgoing
from operator_tui.wire.effects import Effect, Send, State, Store
from operator_tui.wire.frames import VERSION, Hello
from operator_tui.wire.standing import Standing


def settled(on: Standing, device_name: SafeLine) -> list[Effect]:
    """All effects since the last call, with what follows added. Ends every input to delivery."""
    if on.state is State.LIVE:
        _number(on)
        _send(on)
    if (batch := on.ahead.next_batch()) is not None:
        on.effects.append(Store(batch))
    elif on.state is State.HELLO and not on.link.greeted and on.ahead.settled:
        _greet(on, device_name)
    effects, on.effects = on.effects, []
    return effects


def _number(on: Standing) -> None:
    """Number what can go out, as far as there is room; it goes once the numbers are stored."""
    ahead = on.ahead
    room = outgoing.IN_FLIGHT - len(outgoing.in_flight(ahead.outbox))
    if room > 0 and on.link.caught_up(ahead.place.seq):
        rows = outgoing.numbered(outgoing.ready(ahead.outbox)[:room], ahead.place.next_n)
        if rows:
            place = structs.replace(ahead.place, next_n=ahead.place.next_n + len(rows))
            ahead.stage(place=place, rows=rows)


def _send(on: Standing) -> None:
    """Put on the connection what has a stored number and was not on this one yet."""
    decided = set(outgoing.in_flight(on.ahead.outbox))
    under_way = outgoing.in_flight(on.ahead.stored_outbox)
    on.link.sent &= {row.id for row in under_way}  # or a long connection would remember them all
    for row in under_way:
        if row in decided and row.id not in on.link.sent:
            on.link.sent.add(row.id)
            on.effects.append(Send(outgoing.op_of(row)))


def _greet(on: Standing, device_name: SafeLine) -> None:
    on.link.greeted = True
    place = on.ahead.stored_place
    scratch = on.from_scratch or not on.ahead.has_desk
    hello = Hello(
        v=VERSION,
        device=place.device,
        device_name=device_name,
        epoch=None if scratch else place.epoch,
        seq=0 if scratch else place.seq,
    )
    on.effects.append(Send(hello))
