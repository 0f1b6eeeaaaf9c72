"""The product with one rule of the protocol taken out. The model must notice each, or say why not.

Every mutant is a function that patches one of the product's own functions.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import pytest
from msgspec import structs

from operator_tui.desk.kept import Batch, Place
from operator_tui.desk.model import Desk
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.store import outbox
from operator_tui.wire import applying, opening, outbox_rules, receiving, sending
from operator_tui.wire.applying import Numbered
from operator_tui.wire.decided import Decided
from operator_tui.wire.delivery import Delivery
from operator_tui.wire.delivery_state import DeliveryState
from operator_tui.wire.effects import Effect, Send
from operator_tui.wire.frames import EventFrame, Result, Welcome
from operator_tui.wire.opening import Opening
from server_stub.peer import Closing, Peer
from server_stub.peers import FENCED, Peers
from server_stub.service.backlog import Backlog
from server_stub.service.ledger import Answered, Fact, Ledger, Misstep
from server_stub.service.ledger_file import FileLedger
from server_stub.service.logs import Log
from server_stub.service.runs import Runs

Mutant: TypeAlias = Callable[[pytest.MonkeyPatch], None]
Events: TypeAlias = Iterable[tuple[str, int, bytes]]
Facts: TypeAlias = Iterable[Fact]


def no_deduplication(patch: pytest.MonkeyPatch) -> None:
    """The server does an op that it has done already."""

    def judge(self: Ledger, operator: str, device: str, *asked: Any) -> Misstep | None:  # noqa: ANN401
        generation = asked[0]
        known = self._logs[operator].devices.get(device)
        return "fenced" if known is None or known.generation != generation else None

    patch.setattr(Ledger, "judge", judge)


def no_resend(patch: pytest.MonkeyPatch) -> None:
    """What went out once does not go out again, on whatever connection."""
    connected = Delivery.connected

    def connects(self: Delivery, now: float) -> list[Effect]:
        sent = self._on.link.sent
        effects = connected(self, now)
        self._on.link.sent = sent
        return effects

    patch.setattr(Delivery, "connected", connects)


def cursor_apart_from_the_event(patch: pytest.MonkeyPatch) -> None:
    """The cursor is committed first, the events that it counts next."""
    whole = Decided.next_batch

    def next_batch(self: Decided) -> Batch | None:
        batch = whole(self)
        if batch is None or not batch.events:
            return batch
        self._waiting = structs.replace(batch, desk=None)
        self._storing = structs.replace(batch, events=())
        return self._storing

    patch.setattr(Decided, "next_batch", next_batch)


def no_sequence_check(patch: pytest.MonkeyPatch) -> None:
    """Whatever comes is taken for the next event."""
    patch.setattr(applying, "numbered", lambda decided, seq: Numbered.NEXT)


def result_before_commit(patch: pytest.MonkeyPatch) -> None:
    """The server answers, and has what it answered in memory only."""
    commit = FileLedger.commit

    def commits(
        self: FileLedger, events: Events, answered: Answered | None = None, facts: Facts = ()
    ) -> Result | None:
        keeps = commit if answered is None else Ledger.commit
        return keeps(self, events, answered, facts)

    patch.setattr(FileLedger, "commit", commits)


def no_fork_rule(patch: pytest.MonkeyPatch) -> None:
    """A restored database goes on under its old device name, whatever the server says."""
    no_fork_at_the_welcome(patch)
    patch.setattr(DeliveryState, "fork", lambda on: on.drop("forked"))


def no_fork_at_the_welcome(patch: pytest.MonkeyPatch) -> None:
    """A `last_n` above ours is no reason to become another device."""
    rule = opening.opening

    def never_forks(welcome: Welcome, place: Place) -> Opening:
        begins = rule(welcome, place)
        if begins is not Opening.FORK:
            return begins
        return Opening.SNAPSHOT if welcome.mode == "snapshot" else Opening.RESUME

    patch.setattr(opening, "opening", never_forks)


def no_renumbering(patch: pytest.MonkeyPatch) -> None:
    """Rows keep their numbers, whatever the server says it has heard."""
    patch.setattr(outbox_rules, "unnumbered", lambda outbox, last_n: ())


def no_renumbering_after_a_wipe(patch: pytest.MonkeyPatch) -> None:
    """They keep them in a new epoch too, where nobody has heard any."""
    replace = opening.replace

    def replaces(decided: Decided, welcome: Welcome, desk: Desk) -> None:
        with pytest.MonkeyPatch.context() as inner:
            if welcome.epoch != decided.place.epoch:
                no_renumbering(inner)
            replace(decided, welcome, desk)

    patch.setattr(opening, "replace", replaces)


def no_fencing(patch: pytest.MonkeyPatch) -> None:
    """Any connection of a device may speak for it."""
    judge = Ledger.judge

    def judges(self: Ledger, operator: str, device: str, *asked: Any) -> Result | Misstep | None:  # noqa: ANN401
        known = self._logs[operator].devices[device]
        return judge(self, operator, device, known.generation, *asked[1:])

    patch.setattr(Ledger, "judge", judges)


def late_hello_fences(patch: pytest.MonkeyPatch) -> None:
    """Whoever says hello last is taken for the newest connection."""

    def enter(self: Peers, operator: str, device: str, peer: Peer) -> None:
        older = self._peers.get((operator, device))
        self._peers[operator, device] = peer
        if older is not None:
            older.stop(Closing(*FENCED))

    patch.setattr(Peers, "enter", enter)


def outbox_reordered(patch: pytest.MonkeyPatch) -> None:
    """The newest goes out first."""
    ready = outbox_rules.ready
    patch.setattr(outbox_rules, "ready", lambda outbox: ready(outbox)[::-1])


def held_rows_do_not_hold(patch: pytest.MonkeyPatch) -> None:
    """What was typed after a held reply overtakes it."""

    def ready(outbox: Sequence[OutboxRow]) -> list[OutboxRow]:
        return [row for row in outbox if row.fate is Fate.WAITING]

    patch.setattr(outbox_rules, "ready", ready)


def nothing_is_held(patch: pytest.MonkeyPatch) -> None:
    """Replies go out on return, however old they are."""
    patch.setattr(outbox_rules, "held", lambda outbox, now: ())


def snapshot_in_part(patch: pytest.MonkeyPatch) -> None:
    """A snapshot is applied chat by chat."""
    replace = opening.replace

    def replaces(decided: Decided, welcome: Welcome, desk: Desk) -> None:
        some = dict(list(desk.chats.items())[:-1])
        replace(decided, welcome, structs.replace(desk, chats=some))

    patch.setattr(opening, "replace", replaces)


def failed_commit_counts(patch: pytest.MonkeyPatch) -> None:
    """A batch that the disk refused is forgotten, and what was decided stands."""

    def failed(self: Decided) -> None:
        self._storing = None

    patch.setattr(Decided, "failed", failed)


def sent_before_the_number_is_stored(patch: pytest.MonkeyPatch) -> None:
    """An op goes out while its number is still on its way to the disk."""

    def send(on: DeliveryState) -> None:
        for row in outbox_rules.in_flight(on.decided.outbox):
            if row.id not in on.link.sent:
                on.link.sent.add(row.id)
                on.effects.append(Send(outbox_rules.op_of(row)))

    patch.setattr(sending, "_send", send)


def refusal_forgets_the_text(patch: pytest.MonkeyPatch) -> None:
    """A refused row is dropped."""

    def answer(decided: Decided, result: Result, answered: dict[str, int]) -> bool:
        if not result.ok:
            decided.stage(dropped=(result.id,))
            return True
        return whole(decided, result, answered)

    whole = applying.answer
    patch.setattr(applying, "answer", answer)


def desk_stores_the_cursor_first(patch: pytest.MonkeyPatch) -> None:
    """The desk's database commits place and outbox apart from the events."""
    whole = outbox._apply

    def apply(db: sqlite3.Connection, batch: Batch, now: int) -> None:
        whole(db, structs.replace(batch, events=()), now)
        db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")
        whole(db, batch, now)

    patch.setattr(outbox, "_apply", apply)


def told_before_it_is_kept(patch: pytest.MonkeyPatch) -> None:
    """A server that commits later speaks of it at once."""
    patch.setattr(Backlog, "when_kept", lambda _, tell: tell())


def result_apart_from_its_events(patch: pytest.MonkeyPatch) -> None:
    """The server commits an op's events, and its number next."""
    commit = FileLedger.commit

    def commits(
        self: FileLedger, events: Events, answered: Answered | None = None, facts: Facts = ()
    ) -> Result | None:
        commit(self, events, None, facts)
        return commit(self, (), answered, ()) if answered is not None else None

    patch.setattr(FileLedger, "commit", commits)


def fence_kept_in_memory(patch: pytest.MonkeyPatch) -> None:
    """Who came in last is forgotten at a restart."""
    patch.setattr(FileLedger, "admit", Ledger.admit)


def runs_count_for_nothing(patch: pytest.MonkeyPatch) -> None:
    """A ledger put back to an older copy takes whatever a desk has for its own."""
    patch.setattr(Runs, "told", lambda self, run, operator, seq, head: True)


def runs_have_no_end(patch: pytest.MonkeyPatch) -> None:
    """That it knows the run is enough, however far the log has gone in it since the copy."""
    patch.setattr(Runs, "told", lambda self, run, operator, seq, head: run in self._began)


def trimmed_log_resumes(patch: pytest.MonkeyPatch) -> None:
    """A position that the log no longer holds is resumed from where the log begins."""
    patch.setattr(Log, "trimmed", property(lambda self: 0))


def everything_goes_at_once(patch: pytest.MonkeyPatch) -> None:
    """No window: the whole outbox is put on the connection."""
    number = sending._number

    def numbers(on: DeliveryState) -> None:
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(outbox_rules, "IN_FLIGHT", 10_000)
            number(on)

    patch.setattr(sending, "_number", numbers)


def endless_outbox(patch: pytest.MonkeyPatch) -> None:
    """The outbox takes whatever is typed."""
    patch.setattr(outbox_rules, "OUTBOX_LIMIT", 10_000)


def unreadable_stops_for_ever(patch: pytest.MonkeyPatch) -> None:
    """A damaged event is asked for again and again."""
    patch.setattr(receiving, "_torn_out", lambda on, frame: False)


def unreadable_is_given_up_at_once(patch: pytest.MonkeyPatch) -> None:
    """Events that are missing are called unreadable the first time."""

    def event(on: DeliveryState, frame: EventFrame) -> None:
        whole(on, structs.replace(frame, seq=on.decided.place.seq + 1))

    whole = receiving._event
    patch.setattr(receiving, "_event", event)
