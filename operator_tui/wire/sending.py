"""What follows from all that was decided: numbers, frames to send, a batch to store, a greeting."""

from msgspec import structs

from operator_tui.desk.text import SafeLine
from operator_tui.wire import outbox_rules
from operator_tui.wire.delivery_state import DeliveryState
from operator_tui.wire.effects import Effect, Send, State, Store
from operator_tui.wire.frames import VERSION, Hello


def settled(on: DeliveryState, device_name: SafeLine) -> list[Effect]:
    """All effects since the last call, with what follows added. Ends every input to delivery."""
    if on.state is State.LIVE:
        _number(on)
        _send(on)
    if (batch := on.decided.next_batch()) is not None:
        on.effects.append(Store(batch))
    elif on.state is State.HELLO and not on.link.greeted and on.decided.settled:
        _greet(on, device_name)
    effects, on.effects = on.effects, []
    return effects


def _number(on: DeliveryState) -> None:
    """Number what can go out, as far as there is room; it goes once the numbers are stored."""
    decided = on.decided
    room = outbox_rules.IN_FLIGHT - len(outbox_rules.in_flight(decided.outbox))
    if room > 0 and on.link.caught_up(decided.place.seq):
        rows = outbox_rules.numbered(
            outbox_rules.ready(decided.outbox)[:room], decided.place.next_n
        )
        if rows:
            place = structs.replace(decided.place, next_n=decided.place.next_n + len(rows))
            decided.stage(place=place, rows=rows)


def _send(on: DeliveryState) -> None:
    """Put on the connection what has a stored number and was not on this one yet."""
    decided = set(outbox_rules.in_flight(on.decided.outbox))
    under_way = outbox_rules.in_flight(on.decided.stored_outbox)
    on.link.sent &= {row.id for row in under_way}  # or a long connection would remember them all
    for row in under_way:
        if row in decided and row.id not in on.link.sent:
            on.link.sent.add(row.id)
            on.effects.append(Send(outbox_rules.op_of(row)))


def _greet(on: DeliveryState, device_name: SafeLine) -> None:
    on.link.greeted = True
    place = on.decided.stored_place
    scratch = on.from_scratch or not on.decided.has_desk
    hello = Hello(
        v=VERSION,
        device=place.device,
        device_name=device_name,
        epoch=None if scratch else place.epoch,
        seq=0 if scratch else place.seq,
        run=None if scratch else place.run,
    )
    on.effects.append(Send(hello))
