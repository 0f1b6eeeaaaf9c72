"""Whatever is committed, in whatever order, and however often the program starts anew: the
database holds what the store in memory holds."""

import asyncio
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec import structs

from operator_tui.desk import drafts
from operator_tui.desk.advance import advance
from operator_tui.desk.commands import WriteMessage
from operator_tui.desk.events import Logged
from operator_tui.desk.kept import Batch, DraftKey, Place
from operator_tui.desk.model import Channel, Desk
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.text import SafeText, clean
from operator_tui.store.desks import DeskFile, open_desk
from operator_tui.store.outbox import SqliteStore
from operator_tui.store.ports import StoreError
from tests.desk.histories import ME, Act, event, histories
from tests.memory import MemoryDrafts, MemoryStore
from tests.store.desks import KEY, TODAY, plain

texts = st.text(st.characters(exclude_categories=()), max_size=8).map(clean)
keys = st.builds(DraftKey, st.sampled_from(["c1", "c2"]), st.booleans())
rows = st.builds(
    OutboxRow,
    id=st.sampled_from("abcd"),
    made=st.integers(0, 9),
    command=st.builds(WriteMessage, st.sampled_from(["c1", "c2"]), texts),
    n=st.none() | st.integers(1, 9),
    fate=st.sampled_from(Fate),
    refusal=st.none() | st.just("too_long"),
)
some_rows = st.lists(rows, max_size=3).map(tuple)
some_ids = st.lists(st.sampled_from("abcde"), max_size=2).map(tuple)
some_keys = st.lists(keys, max_size=2).map(tuple)


class StoreMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.loop = asyncio.new_event_loop()
        self.desk = self._opened()
        self.memory = MemoryStore(self.loop.run_until_complete(self.desk.store.load()))
        self.view: Desk | None = None

    def teardown(self) -> None:
        self.desk.database.close()
        self.loop.close()
        shutil.rmtree(self.folder)

    def _opened(self) -> DeskFile:
        return open_desk(self.folder, KEY, wall=lambda: TODAY)

    def _commit(self, batch: Batch) -> None:
        self.loop.run_until_complete(self.desk.store.commit(batch))
        self.loop.run_until_complete(self.memory.commit(batch))

    @property
    def _place(self) -> Place:
        return self.memory.kept.place

    @rule(rows=some_rows, dropped=some_ids, drafts=some_keys, next_n=st.integers(1, 99))
    def outbox_changes(
        self,
        rows: tuple[OutboxRow, ...],
        dropped: tuple[str, ...],
        drafts: tuple[DraftKey, ...],
        next_n: int,
    ) -> None:
        place = structs.replace(self._place, next_n=next_n)
        self._commit(Batch(place, rows=rows, dropped=dropped, drafts=drafts))

    @rule(seq=st.integers(0, 50), epoch=st.sampled_from(["e1", "e2"]), rows=some_rows)
    def a_snapshot_comes(self, seq: int, epoch: str, rows: tuple[OutboxRow, ...]) -> None:
        self.view = structs.replace(self.view or Desk(ME), seq=seq)
        place = structs.replace(self._place, epoch=epoch, seq=seq)
        self._commit(Batch(place, self.view, rows=rows))

    @precondition(lambda self: self.view is not None)
    @rule(history=histories(), rows=some_rows, dropped=some_ids, whole=st.booleans())
    def events_come(
        self,
        history: tuple[Act, ...],
        rows: tuple[OutboxRow, ...],
        dropped: tuple[str, ...],
        whole: bool,
    ) -> None:
        assert self.view is not None
        before = self.view
        events: list[Logged] = []
        for act in history:
            seq = self.view.seq + 1
            what = event(act, seq, self.view.chats.get("chat-1"), Channel.WEB)
            events.append(Logged(seq, act.at, what))
            self.view = advance(self.view, events[-1])
        place = structs.replace(self._place, seq=self.view.seq)
        desk = before if whole else None
        self._commit(Batch(place, desk, tuple(events), rows, dropped))

    @rule(key=keys, text=texts)
    def a_draft_is_saved(self, key: DraftKey, text: SafeText) -> None:
        draft = drafts.of(text)
        self.loop.run_until_complete(self.desk.drafts.save(key, draft))
        self.loop.run_until_complete(MemoryDrafts(self.memory).save(key, draft))

    @rule(rows=some_rows, drafts=some_keys)
    def a_commit_fails(self, rows: tuple[OutboxRow, ...], drafts: tuple[DraftKey, ...]) -> None:
        batch = Batch(structs.replace(self._place, seq=99), rows=rows, drafts=drafts)
        self.desk.database.alone(lambda db: db.execute("PRAGMA query_only = ON"))
        with pytest.raises(StoreError):
            self.loop.run_until_complete(self.desk.store.commit(batch))
        self.desk.database.alone(lambda db: db.execute("PRAGMA query_only = OFF"))

    @rule()
    def the_program_starts_anew(self) -> None:
        self.desk.database.close()
        self.desk = self._opened()
        assert plain(self.loop.run_until_complete(self.desk.store.load())) == plain(
            self.memory.kept
        )
        assert self.desk.drafts.kept == self.memory.drafts

    @invariant()
    def the_database_holds_what_memory_holds(self) -> None:
        kept = self.loop.run_until_complete(SqliteStore(self.desk.database).load())
        assert plain(kept) == plain(self.memory.kept)


StoreMachine.TestCase.settings = settings(max_examples=10, stateful_step_count=15)
TestStore = StoreMachine.TestCase


@pytest.mark.thorough
@pytest.mark.timeout(300)
class TestStoreThoroughly(StoreMachine.TestCase):  # type: ignore[misc, valid-type]
    settings = settings(max_examples=80, stateful_step_count=30)
