"""A store that forgets at the end, for tests of what stands on a store."""

from collections.abc import Mapping
from uuid import uuid4

from operator_tui.desk.drafts import NO_DRAFT, Draft
from operator_tui.desk.kept import Batch, DraftKey, Kept, Place, after
from operator_tui.store.ports import Remembered, StoreError, View


class MemoryStore:
    """A `Store` in memory: a commit that enters a reply takes its draft with it."""

    def __init__(self, kept: Kept | None = None) -> None:
        self.kept = kept or Kept(Place(device=str(uuid4())))
        self.drafts: dict[DraftKey, Draft] = {}
        self.fail_next: str | None = None
        """Test hook: the code of the `StoreError` that the next change raises, once."""

    async def load(self) -> Kept:
        """What is kept."""
        return self.kept

    async def commit(self, batch: Batch) -> None:
        """Apply `batch`, or nothing of it."""
        self._fails()
        self.kept = after(self.kept, batch)
        for key in batch.drafts:
            self.drafts.pop(key, None)

    def _fails(self) -> None:
        code, self.fail_next = self.fail_next, None
        if code is not None:
            raise StoreError(code)


class MemoryDrafts:
    """The drafts of a `MemoryStore`: both live in one database on a disk, too."""

    def __init__(self, store: MemoryStore, view: View | None = None) -> None:
        self._store = store
        self.kept: Mapping[DraftKey, Draft] = dict(store.drafts)
        self.view = view or View()
        self.fail_next: str | None = None
        """Test hook: the code of the `StoreError` that the next `save` raises, once."""

    async def load(self, key: DraftKey) -> Draft:
        """The draft, empty when there is none."""
        return self._store.drafts.get(key, NO_DRAFT)

    async def save(self, key: DraftKey, draft: Draft) -> None:
        """Keep the draft; an empty one is forgotten."""
        code, self.fail_next = self.fail_next, None
        if code is not None:
            raise StoreError(code)
        if draft.text:
            self._store.drafts[key] = draft
        else:
            self._store.drafts.pop(key, None)

    async def look(self, view: View) -> None:
        """Keep what stands on the screen."""
        self.view = view


class MemorySettings:
    """`Settings` that last as long as the program."""

    def __init__(self, remembered: Remembered | None = None) -> None:
        self._remembered = remembered or Remembered()

    async def load(self) -> Remembered:
        """What was saved last."""
        return self._remembered

    async def save(self, remembered: Remembered) -> None:
        """Replace it."""
        self._remembered = remembered
