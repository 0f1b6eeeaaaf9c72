import asyncio

import pytest

from operator_tui.desk.drafts import Draft, of
from operator_tui.desk.kept import DraftKey
from tests.desk_driver import scene
from tests.memory import MemoryDrafts, MemoryStore


class SlowDrafts(MemoryDrafts):
    """Its first write takes until it may go on."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store)
        self.may_go_on = asyncio.Event()
        self.begun: list[str] = []

    async def save(self, key: DraftKey, draft: Draft) -> None:
        self.begun.append(draft.text)
        if len(self.begun) == 1:
            await self.may_go_on.wait()
        await super().save(key, draft)


@pytest.mark.parametrize("code", ["disk", "outbox_full"])
async def test_leaving_with_an_act_that_cannot_be_kept_keeps_the_draft(code: str) -> None:
    store = MemoryStore()
    async with scene(drafts=MemoryDrafts(store)) as desk:
        bram = await desk.visitor("Bram").says("Doei")
        await bram.closes()
        await desk.operator.presses("g", "d")
        await desk.open_with("Aino")
        await desk.operator.types("Nog even")
        desk.server.disk_fails = code
        await desk.operator.presses("ctrl+q", "ctrl+q")
        assert desk.app.return_value == 0
    assert [draft.text for draft in store.drafts.values()] == ["Nog even"]


async def test_an_older_draft_never_comes_after_a_newer_one() -> None:
    store = MemoryStore()
    drafts = SlowDrafts(store)
    async with scene(drafts=drafts) as desk:
        await desk.open_with("Aino")
        for text in ("Een", " twee"):
            await desk.operator.types(text)
            desk.screen.keeping.now()
            await desk.settles()
        assert drafts.begun == ["Een"]
        drafts.may_go_on.set()
        await desk.settles()
    assert store.drafts[DraftKey("c1")].text == "Een twee"


async def test_leaving_waits_for_a_draft_that_is_being_written() -> None:
    store = MemoryStore()
    drafts = SlowDrafts(store)
    async with scene(drafts=drafts) as desk:
        await desk.open_with("Aino")
        await desk.operator.types("Een")
        desk.screen.keeping.now()
        await desk.operator.presses("ctrl+q", "ctrl+q")
        assert store.drafts == {}, "it waits"
        drafts.may_go_on.set()
        await desk.settles()
        assert desk.app.return_value == 0
    assert store.drafts[DraftKey("c1")].text == "Een"


async def test_asked_while_a_reply_is_made_safe_the_question_stays_when_it_is() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        desk.server.disk_waits = asyncio.Event()
        await desk.operator.types("Tot zo!")
        await desk.operator.presses("enter", "ctrl+q")
        assert "Ctrl+Q again" in desk.advice
        desk.server.disk_waits.set()
        await desk.settles()
        assert desk.composer.text == ""
        assert "Ctrl+Q again" in desk.advice
        await desk.operator.types("N")
        assert "Ctrl+Q again" not in desk.advice


async def test_a_text_that_is_sent_while_others_are_written_is_not_written_any_more() -> None:
    drafts = SlowDrafts(MemoryStore())
    async with scene(drafts=drafts) as desk:
        desk.screen.keeping.draft(DraftKey("c1"), of("Een"))
        desk.screen.keeping.draft(DraftKey("c2"), of("Twee"))
        desk.screen.keeping.now()
        await desk.settles()
        desk.screen.keeping.entered(DraftKey("c2"))
        drafts.may_go_on.set()
        await desk.settles()
    assert drafts.begun == ["Een"]
