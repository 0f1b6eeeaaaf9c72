import pytest

from operator_tui.desk import drafts
from operator_tui.desk.kept import Batch, DraftKey, Place
from operator_tui.store.ports import Drafts, Remembered, Settings, Store, StoreError
from tests.memory import MemoryDrafts, MemorySettings, MemoryStore
from tests.wire.desk_side import row

REPLY, NOTE = DraftKey("c1"), DraftKey("c1", note=True)
SOME = drafts.of("Hello")


async def test_a_new_store_has_a_device_of_its_own() -> None:
    one, two = await MemoryStore().load(), await MemoryStore().load()
    assert one.place.device != two.place.device
    assert (one.place.epoch, one.place.seq, one.outbox, one.desk) == (None, 0, (), None)


async def test_a_commit_that_fails_changes_nothing() -> None:
    store: Store
    store = memory = MemoryStore()
    await MemoryDrafts(memory).save(REPLY, SOME)
    memory.fail_next = "disk"
    with pytest.raises(StoreError) as error:
        await store.commit(Batch(Place("d", seq=1), rows=(row("a"),), drafts=(REPLY,)))
    assert error.value.code == "disk"
    assert (await store.load()).outbox == ()
    assert await MemoryDrafts(memory).load(REPLY) == SOME


async def test_the_commit_that_enters_a_reply_takes_its_draft_and_leaves_the_note() -> None:
    store = MemoryStore()
    kept: Drafts = MemoryDrafts(store)
    await kept.save(REPLY, SOME)
    await kept.save(NOTE, SOME)
    await store.commit(Batch(Place("d"), rows=(row("a"),), drafts=(REPLY,)))
    assert await kept.load(REPLY) == drafts.NO_DRAFT
    assert await kept.load(NOTE) == SOME


async def test_an_empty_draft_is_forgotten() -> None:
    store = MemoryStore()
    await MemoryDrafts(store).save(REPLY, SOME)
    await MemoryDrafts(store).save(REPLY, drafts.NO_DRAFT)
    assert store.drafts == {}


async def test_settings_last_as_long_as_the_program() -> None:
    settings: Settings = MemorySettings()
    await settings.save(Remembered(welcome_seen=True))
    assert (await settings.load()).welcome_seen
