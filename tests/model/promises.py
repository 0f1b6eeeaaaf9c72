"""What one desk was promised, checked at every commit: I2 to I4, I8, I10 and I12 of the protocol.

I1 is checked where the archive reads the disk; I5, I7, I9 and I11 after every step by the world,
I6 at its end.
"""

import json
from collections.abc import Container

from operator_tui.desk.commands import WriteMessage
from operator_tui.desk.events import Logged, Unreadable
from operator_tui.desk.kept import Batch, Kept, outbox_after
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.wire.codec import encode_event
from operator_tui.wire.frames import Op, Welcome
from operator_tui.wire.outbox_rules import HELD_AFTER
from server_stub.service.cutting import encoded
from tests.model.archive import Archive


class Promises:
    """What the operator entered, and what may have become of it."""

    def __init__(self, operator: str, archive: Archive) -> None:
        self.operator, self.archive = operator, archive
        self.entered: dict[str, OutboxRow] = {}
        """Every row for which Enter was answered, in the order typed."""
        self.owed: set[str] = set()
        """Those of them that must be somewhere: what the disk has had, but for a restored one."""
        self.not_entered: set[str] = set()
        """Those for which Enter was answered with a refusal: their text is in the composer."""
        self.given_up: set[str] = set()
        """Those that the operator discarded."""
        self.snapshots: dict[tuple[str, int], set[str]] = {}
        """What the server sent as snapshots, by (epoch, seq)."""
        self.garbled: set[int] = set()
        """Events whose frames were damaged: they may be given up as unreadable."""
        self.gave_up = False
        """Whether one was."""
        self.restored = False
        self._stored: set[str] = set()
        """Those that ever were on the disk."""
        self._released: set[str] = set()
        self._discarded: set[str] = set()
        self._sent: set[str] = set()

    def enters(self, row: OutboxRow) -> None:
        """Enter was pressed; it is answered once the row is stored."""
        self.entered[row.id] = row

    def keeps_in_the_composer(self, kept: Kept) -> None:
        """A commit failed: for all that was entered and is not on the disk, Enter is refused."""
        stored = {row.id for row in kept.outbox} | self._stored
        self.not_entered |= self.entered.keys() - stored

    def releases(self, op: str) -> None:
        """The operator said that a held row may go."""
        self._released.add(op)

    def discards(self, op: str) -> None:
        """The operator gives a row up, if it can still be."""
        self._discarded.add(op)

    def sends(self, kept: Kept, op: Op, welcome: Welcome) -> None:
        """An op goes out, on a connection that began with `welcome`."""
        stored = {row.id: row for row in kept.outbox}
        assert op.id in stored, f"I4: {op.id} goes out and is not on the disk"
        row = stored[op.id]
        assert row.n == op.n, f"I1: n {op.n} goes out and is not on the disk"
        old = isinstance(row.command, WriteMessage) and welcome.now - row.made > HELD_AFTER
        asked = op.id in self._sent | self._released or op.n <= welcome.last_n
        assert asked or not old, f"held: {op.id} is too old to go out unasked"
        self._sent.add(op.id)

    def stores(self, kept: Kept, batch: Batch) -> None:
        """A commit of the desk is durable."""
        same = batch.place.device == kept.place.device
        assert same or self.restored, "I1: another device, and no copy was put back"
        self._cursor(kept, batch)
        self._view(batch)
        self._snapshot(batch)
        self._rows(kept, batch)
        self._stored |= {row.id for row in batch.rows}
        assert not self._stored & self.not_entered, "I4: Enter was refused, and it goes out"
        self.owed |= {row.id for row in batch.rows} & self.entered.keys()

    def is_restored(self, backup: Kept) -> None:
        """What only the newer database knew is not promised any more."""
        self.restored = True
        self._sent.clear()
        self.owed = {row.id for row in backup.outbox}
        self.given_up -= self.owed

    def nothing_is_nowhere(self, kept: Kept) -> None:
        """I4: outbox (waiting, held, refused) or log, unless the operator gave it up."""
        known = {row.id for row in kept.outbox} | self.given_up
        if missing := self.owed - known:
            missing -= self.archive.accepted(self.operator)
        assert not missing, f"I4: {sorted(missing)} is nowhere"

    def refusals_are_kept(self, kept: Kept) -> None:
        """I10: with its reason and its text."""
        for row in kept.outbox:
            if row.fate is Fate.REFUSED:
                codes = {one.code for one in self.archive.answers(self.operator, row.id)}
                assert row.refusal in codes, f"I10: {row.id} was not refused so"
                assert row.command == self.entered[row.id].command, "I10: the text changed"

    def _cursor(self, kept: Kept, batch: Batch) -> None:
        start = kept.place.seq if batch.desk is None else batch.desk.seq
        stored = [logged.seq for logged in batch.events]
        due = list(range(start + 1, batch.place.seq + 1))
        assert stored == due, f"I8: the cursor goes to {batch.place.seq} with {stored}"
        if batch.desk is None:
            assert batch.place.epoch == kept.place.epoch, "I8: an epoch without its snapshot"

    def _view(self, batch: Batch) -> None:
        logs = self.archive.every(self.operator, batch.place.epoch or "")
        for logged in batch.events:
            events = {log.records[logged.seq].event for log in logs if logged.seq in log.records}
            assert events, f"I2: event {logged.seq} is not in the durable log"
            if isinstance(logged.event, Unreadable):
                assert logged.seq in self.garbled, "I2: a readable event was given up"
                self.gave_up = True
            else:
                self._same(logged, events)

    @staticmethod
    def _same(logged: Logged, events: Container[bytes]) -> None:
        assert logged.event is not None
        ours = bytes(encode_event(logged.event))
        assert ours in events, f"I2: event {logged.seq} is another one than in the log"

    def _snapshot(self, batch: Batch) -> None:
        if batch.desk is not None:
            made = self.snapshots.get((batch.place.epoch or "", batch.desk.seq), set())
            ours = normal(encoded(batch.desk))
            assert ours in made, "I12: another desk than the server's was stored"

    def _rows(self, kept: Kept, batch: Batch) -> None:
        before = {row.id: row for row in kept.outbox}
        after = {row.id: row for row in outbox_after(kept.outbox, batch)}
        accepted = self.archive.accepted(self.operator)
        for op in before.keys() - after.keys():
            if op not in accepted:
                assert op in self._discarded, f"I3: {op} counts as sent and is in no log"
                self.given_up.add(op)
        for op, row in after.items():
            self._held(before.get(op), row)

    def _held(self, before: OutboxRow | None, row: OutboxRow) -> None:
        if before is not None and before.fate is Fate.HELD and row.fate is not Fate.HELD:
            assert row.id in self._released, f"held: {row.id} goes out and nobody said so"


def normal(desk: bytes) -> str:
    """A desk to be compared by content, whatever was left out as a default."""
    return json.dumps(json.loads(desk), sort_keys=True)
