"""What delivery has decided, next to what of it is stored: the one may be ahead of the other."""

from msgspec import structs

from operator_tui.desk.events import Logged
from operator_tui.desk.kept import Batch, DraftKey, Place, merged, outbox_after
from operator_tui.desk.model import Desk
from operator_tui.desk.pending import OutboxRow


class Decided:
    """Place and outbox as decided; decisions wait in one batch while another is being stored."""

    def __init__(
        self, place: Place, outbox: tuple[OutboxRow, ...], *, has_desk: bool = True
    ) -> None:
        self.place = place
        self.outbox = outbox
        self.stored_place = place
        self.stored_outbox = outbox
        self.has_desk = has_desk
        """Whether a desk is stored that events can be folded into; if not, a snapshot is due."""
        self._waiting: Batch | None = None
        self._storing: Batch | None = None

    @property
    def settled(self) -> bool:
        """Whether everything decided is stored."""
        return self._waiting is None and self._storing is None

    def stage(
        self,
        *,
        place: Place | None = None,
        desk: Desk | None = None,
        events: tuple[Logged, ...] = (),
        rows: tuple[OutboxRow, ...] = (),
        dropped: tuple[str, ...] = (),
        drafts: tuple[DraftKey, ...] = (),
    ) -> None:
        """Decide something; it joins the batch that is stored next."""
        batch = Batch(place or self.place, desk, events, rows, dropped, drafts)
        self.place = batch.place
        self.outbox = outbox_after(self.outbox, batch)
        self._waiting = merged(self._waiting, batch)

    def advanced(self, logged: Logged, dropped: tuple[str, ...]) -> None:
        """Decide the next event: the cursor moves with it, and rows that it settles go."""
        place = structs.replace(self.place, seq=logged.seq)
        self.stage(place=place, events=(logged,), dropped=dropped)

    def next_batch(self) -> Batch | None:
        """The batch to store now, if there is one and none is being stored."""
        if self._storing is not None or self._waiting is None:
            return None
        self._storing, self._waiting = self._waiting, None
        return self._storing

    def stored(self) -> None:
        """The batch under way is on the disk."""
        if self._storing is None:
            raise RuntimeError("stored() without a batch under way")
        self.stored_place = self._storing.place
        self.stored_outbox = outbox_after(self.stored_outbox, self._storing)
        self.has_desk = self.has_desk or self._storing.desk is not None
        self._storing = None

    def failed(self) -> None:
        """It is not, and nothing that was decided since can stand either."""
        self.place, self.outbox = self.stored_place, self.stored_outbox
        self._storing = self._waiting = None
