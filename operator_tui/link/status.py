"""What the status line may say of the connection: derived from delivery, never remembered apart."""

from msgspec import structs

from operator_tui.link.backend import Connection, LinkState
from operator_tui.wire.delivery import Delivery
from operator_tui.wire.effects import State


def link_state(delivery: Delivery, now: float, *, ever_live: bool) -> LinkState:
    """The state in the words of the status line."""
    match delivery.state:
        case State.STOPPED:
            return LinkState.STOPPED
        case State.LIVE:
            return LinkState.UNCERTAIN if delivery.uncertain(now) else LinkState.LIVE
        case _:
            return LinkState.LOST if ever_live else LinkState.CONNECTING


def after(was: Connection, delivery: Delivery, now: float, lag: int | None) -> Connection:
    """The connection as it is now; `since` stays while its state does."""
    ever_live = was.state not in {LinkState.CONNECTING, LinkState.STOPPED}
    state = link_state(delivery, now, ever_live=ever_live)
    live = delivery.state is State.LIVE
    return structs.replace(
        was,
        state=state,
        since=was.since if state is was.state else now,
        lag=lag,
        next_try=None if live or state is LinkState.STOPPED else was.next_try,
        reason=None if live else delivery.reason,
        attempts=0 if live else was.attempts,
        failure="" if live else was.failure,
    )


def waiting(was: Connection, until: float, failure: str) -> Connection:
    """The connection once one attempt more has failed; the next is at the local moment `until`."""
    return structs.replace(was, next_try=until, attempts=was.attempts + 1, failure=failure)
