"""The desk as stored, folded from what the store was given: what updates are made of."""

from msgspec import structs

from operator_tui.desk.bounded import bounded
from operator_tui.desk.kept import Batch, Kept
from operator_tui.desk.model import Desk

CHECKPOINT_EVERY = 1_000
"""Events after which the whole desk is stored, so that a start need not fold a long log."""


class Folded:
    """The desk, always exactly as far as the store is."""

    def __init__(self, kept: Kept) -> None:
        self.desk: Desk | None = kept.desk
        self._tail = 0
        self._fold(Batch(kept.place, events=kept.tail))

    def stored(self, batch: Batch) -> None:
        """`batch`, as `checkpointed` gave it, is on the disk."""
        if batch.desk is not None:
            self.desk, self._tail = batch.desk, 0
        self._fold(batch)

    def checkpointed(self, batch: Batch) -> Batch:
        """`batch` as the store is to get it: with the whole desk, when it was long ago."""
        due = self._tail >= CHECKPOINT_EVERY and batch.desk is None and batch.events
        return structs.replace(batch, desk=self.desk) if due else batch

    def _fold(self, batch: Batch) -> None:
        for logged in batch.events:
            if self.desk is None:
                raise RuntimeError(f"event {logged.seq} without a desk to fold it into")
            self.desk = bounded(self.desk, logged)
        self._tail += len(batch.events)
