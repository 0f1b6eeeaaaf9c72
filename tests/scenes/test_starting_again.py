from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from operator_tui.desk.canned import CannedReply
from operator_tui.desk.drafts import Inserted, of
from operator_tui.desk.kept import DraftKey
from operator_tui.desk.text import SafeText, clean
from operator_tui.link.backend import LinkState
from operator_tui.store.ports import View
from operator_tui.ui.screens import keeping
from tests.desk_driver import Scene, scene
from tests.desk_server import OPERATOR
from tests.memory import MemoryDrafts, MemoryStore

WORDS = "Ik zoek het op"


async def leaves(desk: Scene) -> None:
    await desk.operator.presses("ctrl+q", "ctrl+q")


async def finds_sanne(desk: Scene, *texts: str) -> None:
    """The first desk that is shown has her in it."""
    await desk.visitor("Sanne").says(*(texts or ("Waar is mijn bestelling?",)))
    desk.server.known = True
    desk.server.tell()
    await desk.settles()


LONG = tuple(f"Regel {n}." for n in range(60))


async def test_the_open_chat_and_its_draft_are_there_again() -> None:
    store = MemoryStore()
    drafts = MemoryDrafts(store)
    async with scene(drafts=drafts) as desk:
        await desk.open_with("Sanne")
        await desk.operator.types(WORDS)
        await leaves(desk)
    assert store.drafts[DraftKey("c1")].text == WORDS

    async with scene(drafts=MemoryDrafts(store, drafts.view), connected=False) as desk:
        await finds_sanne(desk)
        assert desk.screen.open_chat == "c1"
        assert desk.composer.text == WORDS
        assert desk.composer.has_focus


async def test_a_note_that_was_begun_is_a_note_again() -> None:
    store = MemoryStore()
    drafts = MemoryDrafts(store)
    async with scene(drafts=drafts) as desk:
        await desk.open_with("Sanne")
        await desk.operator.presses("f7")
        await desk.operator.types(WORDS)
        await leaves(desk)
    async with scene(drafts=MemoryDrafts(store, drafts.view), connected=False) as desk:
        await finds_sanne(desk)
        assert desk.composer.note
        assert desk.composer.text == WORDS


async def test_a_draft_of_a_chat_that_is_not_open_is_marked_and_comes_back() -> None:
    store = MemoryStore()
    store.drafts[DraftKey("c1")] = of(WORDS)
    async with scene(drafts=MemoryDrafts(store), connected=False) as desk:
        await finds_sanne(desk)
        assert desk.screen.open_chat is None
        assert desk.screen.desk is not None
        assert desk.screen.desk.chats["c1"].overlay.draft
        desk.screen.open("c1")
        await desk.settles()
        assert desk.composer.text == WORDS


async def test_a_closing_step_is_ticked_by_a_reply_from_before_the_start() -> None:
    reply = CannedReply("anything-else", "nl", clean("Kan ik nog iets doen?", SafeText))
    store = MemoryStore()
    inserted = (Inserted(reply.id, reply.text, 2),)
    store.drafts[DraftKey("c1")] = of(reply.text, inserted)
    async with scene(drafts=MemoryDrafts(store, View("c1")), connected=False) as desk:
        await finds_sanne(desk)
        await desk.operator.presses("enter")
        sent = desk.server.commands[-1]
        assert sent.canned.step == 2  # type: ignore[union-attr]


async def test_the_place_in_the_chat_is_found_again() -> None:
    drafts = MemoryDrafts(MemoryStore())
    async with scene(drafts=drafts) as desk:
        await finds_sanne(desk, *LONG)
        desk.screen.open("c1")
        await desk.settles()
        desk.conversation.show_from(17)
        await desk.settles()
        seen = desk.lines_of(desk.conversation)
        await leaves(desk)
    async with scene(drafts=MemoryDrafts(MemoryStore(), drafts.view), connected=False) as desk:
        await finds_sanne(desk, *LONG)
        assert desk.screen.open_chat == "c1"
        assert desk.lines_of(desk.conversation) == seen


async def test_a_chat_at_its_end_stays_at_its_end() -> None:
    drafts = MemoryDrafts(MemoryStore())
    async with scene(drafts=drafts) as desk:
        await finds_sanne(desk, *LONG)
        desk.screen.open("c1")
        await leaves(desk)
    assert drafts.view.spots == {}
    async with scene(drafts=MemoryDrafts(MemoryStore(), drafts.view), connected=False) as desk:
        await finds_sanne(desk, *LONG)
        assert "Regel 59." in desk.said


async def test_the_place_in_a_chat_that_is_gone_is_forgotten() -> None:
    async with scene() as desk:
        sanne = await desk.visitor("Sanne").says(*LONG)
        desk.screen.open(sanne.chat)
        await desk.settles()
        desk.conversation.show_from(17)
        await desk.open_with("Bram")
        await desk.screen.keeping.flush()
        assert list(desk.conversation.reader.spots) == [sanne.chat]
        await sanne.is_gone()
        await desk.screen.keeping.flush()
        assert sanne.chat not in {chat for chat, *_ in desk.conversation.reader.places()}


async def test_a_chat_that_is_gone_is_not_opened() -> None:
    async with scene(drafts=MemoryDrafts(MemoryStore(), View("c7")), connected=False) as desk:
        await finds_sanne(desk)
        assert desk.screen.open_chat is None


class Elsewhere:
    """Leftovers of one operator."""

    async def unsent(self, operator: str) -> int:
        return 2 if operator == OPERATOR.id else 0


async def test_what_an_old_token_left_is_told_once_it_is_known_who_this_is() -> None:
    async with scene(leftovers=Elsewhere(), connected=False) as desk:
        assert "your token" not in desk.advice
        desk.server.known = True
        desk.server.tell()
        await desk.settles()
        assert "2 texts or acts may not have been sent" in desk.advice


async def test_a_draft_is_on_the_disk_without_anything_being_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keeping, "AFTER", 0.001)
    store = MemoryStore()
    async with scene(drafts=MemoryDrafts(store)) as desk:
        await desk.open_with("Sanne")
        await desk.operator.types(WORDS)
        while DraftKey("c1") not in store.drafts:
            await desk.settles()
        assert store.drafts[DraftKey("c1")].text == WORDS


async def test_a_sent_text_does_not_come_back_as_a_draft() -> None:
    store = MemoryStore()
    async with scene(drafts=MemoryDrafts(store)) as desk:
        await desk.open_with("Sanne")
        await desk.operator.writes(WORDS)
        await leaves(desk)
    assert store.drafts == {}


async def test_a_text_that_was_refused_is_kept_as_a_draft() -> None:
    store = MemoryStore()
    async with scene(drafts=MemoryDrafts(store)) as desk:
        await desk.open_with("Sanne")
        desk.server.disk_fails = "disk"
        await desk.operator.writes(WORDS)
        assert desk.server.connection.state is LinkState.LIVE
        await leaves(desk)
    assert store.drafts[DraftKey("c1")].text == WORDS


async def test_why_enter_did_nothing_is_not_talked_over_by_the_draft() -> None:
    drafts = MemoryDrafts(MemoryStore())
    async with scene(drafts=drafts) as desk:
        await desk.open_with("Sanne")
        desk.server.disk_fails = "disk"
        await desk.operator.writes(WORDS)
        drafts.fail_next = "disk"
        await desk.screen.keeping.flush()
        await desk.settles()
        desk.sees("so nothing has changed. The text stays")
        desk.sees_no("The draft could not be written")


@asynccontextmanager
async def a_draft_that_was_not_taken(store: MemoryStore) -> AsyncIterator[Scene]:
    """The disk fails once, with the first words."""
    drafts = MemoryDrafts(store)
    async with scene(drafts=drafts) as desk:
        await desk.open_with("Sanne")
        await desk.operator.types(WORDS)
        drafts.fail_next = "disk"
        await desk.screen.keeping.flush()
        yield desk


async def test_a_disk_that_failed_is_tried_again_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "AGAIN", 0.001)
    store = MemoryStore()
    async with a_draft_that_was_not_taken(store) as desk:
        while DraftKey("c1") not in store.drafts:
            await desk.settles()
        assert store.drafts[DraftKey("c1")].text == WORDS


async def test_a_disk_that_takes_no_draft_is_told_and_tried_again() -> None:
    store = MemoryStore()
    async with a_draft_that_was_not_taken(store) as desk:
        await desk.settles()
        desk.sees("could not be written")
        await desk.screen.keeping.flush()
    assert store.drafts[DraftKey("c1")].text == WORDS
