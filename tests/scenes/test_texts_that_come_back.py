"""What came back from the outbox, on a disk that fails and through a kill at any moment."""

import pytest
from msgspec import structs

from operator_tui.desk.browsing import Browsing
from operator_tui.desk.commands import Command, InviteVisitor, WriteMessage
from operator_tui.desk.kept import DraftKey
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.signals import BrowsingSeen
from operator_tui.desk.text import SafeLine, clean
from operator_tui.store.ports import View
from tests.desk_driver import Scene, scene
from tests.memory import MemoryDrafts, MemoryStore

WORDS = "Je geld komt morgen."
OFFER = "Kan ik je helpen met de kleuren?"


async def has_in_the_outbox(desk: Scene, command: Command, fate: Fate, code: str = "") -> None:
    row = OutboxRow("op", desk.server.now, command, fate=fate, refusal=code or None)
    desk.server.outbox = (row,)
    desk.server.tell()
    await desk.settles()


def unsent(desk: Scene) -> list[str]:
    return [one.text for one in desk.screen.returned.texts]


@pytest.mark.parametrize("fate", [Fate.HELD, Fate.REFUSED])
async def test_a_text_whose_chat_is_gone_is_kept_once_over_every_start(fate: Fate) -> None:
    store = MemoryStore()
    for _ in range(3):
        async with scene(drafts=MemoryDrafts(store)) as desk:
            await has_in_the_outbox(desk, WriteMessage("gone", clean(WORDS)), fate)
            assert unsent(desk) == [WORDS]
            assert "“unsent texts”" in desk.advice
            assert [row.id for row in desk.server.outbox] == ["op"], "the disk has it"
            assert store.drafts == {}


async def test_a_disk_that_fails_leaves_it_where_it_is() -> None:
    async with scene() as desk:
        await has_in_the_outbox(desk, WriteMessage("gone", clean(WORDS)), Fate.REFUSED)
        desk.server.disk_fails = "disk"
        await desk.operator.presses("w", "delete")
        desk.sees(WORDS)
        desk.server.disk_fails = ""
        await desk.operator.presses("delete")
        desk.sees("There are no unsent texts.")
        assert list(desk.server.outbox) == []


@pytest.mark.parametrize("failing", ["draft", "outbox"])
async def test_editing_a_held_reply_on_a_failing_disk_changes_nothing(failing: str) -> None:
    store = MemoryStore()
    drafts = MemoryDrafts(store)
    async with scene(drafts=drafts) as desk:
        aino = await desk.open_with("Aino")
        await desk.operator.types("begonnen")
        await has_in_the_outbox(desk, WriteMessage(aino.chat, clean(WORDS)), Fate.HELD)
        drafts.fail_next = "disk" if failing == "draft" else None
        desk.server.disk_fails = "disk" if failing == "outbox" else ""
        await edits(desk, aino.chat)
        assert desk.composer.text == "begonnen"
        assert "The disk did not take it" in desk.advice
        assert [row.id for row in desk.server.outbox] == ["op"]
        await desk.screen.keeping.flush()
        assert store.drafts[DraftKey(aino.chat)].text == "begonnen"

        desk.server.disk_fails = ""
        await edits(desk, aino.chat)
        assert desk.composer.text == f"{WORDS}\nbegonnen"
        assert list(desk.server.outbox) == []
        await desk.screen.keeping.flush()
        assert store.drafts[DraftKey(aino.chat)].text == f"{WORDS}\nbegonnen"


async def edits(desk: Scene, chat: str) -> None:
    await desk.screen.returned.edit("op", DraftKey(chat), clean(WORDS))
    await desk.settles()


async def test_a_kill_before_the_outbox_lets_go_finds_the_text_on_the_disk() -> None:
    store = MemoryStore()
    async with scene(drafts=MemoryDrafts(store)) as desk:
        aino = await desk.open_with("Aino")
        await has_in_the_outbox(desk, WriteMessage(aino.chat, clean(WORDS)), Fate.HELD)
        seen: list[str] = []

        async def discard(op: str) -> None:
            seen.append(store.drafts[DraftKey(aino.chat)].text)

        desk.server.discard = discard  # type: ignore[method-assign]
        await edits(desk, aino.chat)
        assert seen == [WORDS]


async def test_a_text_for_which_the_draft_has_no_room_stays_where_it_is() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        await desk.operator.pastes("x" * 3_990)
        await has_in_the_outbox(desk, WriteMessage(aino.chat, clean(WORDS)), Fate.HELD)
        await edits(desk, aino.chat)
        assert "over 4,000 characters" in desk.advice
        assert [row.id for row in desk.server.outbox] == ["op"]
        assert len(desk.composer.text) == 3_990


def nora(desk: Scene) -> Browsing:
    return Browsing("nora", desk.server.now, desk.server.now, clean("Nora", SafeLine), "nl")


@pytest.mark.parametrize(("fate", "code"), [(Fate.HELD, ""), (Fate.REFUSED, "no_place_left")])
async def test_the_words_of_an_invitation_that_did_not_go_are_there_again(
    fate: Fate, code: str
) -> None:
    async with scene() as desk:
        desk.server.signal(BrowsingSeen((nora(desk),)))
        await has_in_the_outbox(desk, InviteVisitor("nora", clean(OFFER)), fate, code)
        assert "so it was not sent" in desk.advice or "no place free" in desk.advice
        assert "“unsent texts”" in desk.advice
        await desk.operator.presses("w")
        desk.sees(f"offer of help: {OFFER}")
        await desk.operator.presses("escape", "i", "enter")
        desk.sees("offer help to Nora", OFFER)
        desk.server.answers = False
        await desk.operator.presses("enter")
        [sent] = desk.server.commands
        assert isinstance(sent, InviteVisitor)
        assert (sent.visitor, sent.text) == ("nora", OFFER)
        assert [row.fate for row in desk.server.outbox] == [Fate.SENDING], "the old one is done"


async def test_an_invitation_that_the_disk_did_not_take_gives_its_words_back() -> None:
    async with scene() as desk:
        desk.server.signal(BrowsingSeen((nora(desk),)))
        desk.server.disk_fails = "disk"
        await desk.operator.presses("i", "enter")
        await desk.operator.types(" Echt")
        await desk.operator.presses("enter")
        await desk.operator.presses("enter")
        desk.sees("offer help to Nora", " Echt")


async def test_while_the_link_is_lost_the_line_does_not_say_that_all_is_well() -> None:
    store = MemoryStore()
    async with scene(drafts=MemoryDrafts(store, View())) as desk:
        await has_in_the_outbox(desk, WriteMessage("gone", clean(WORDS)), Fate.REFUSED)
        desk.server.loses_the_link()
        await desk.settles()
        assert "what you write waits here, 1 unsent text: w" in desk.status
        assert "nothing is lost" not in desk.status
        await desk.operator.presses("w", "delete", "escape")
        assert "what you write waits here, nothing is lost" in desk.status


async def test_what_is_told_once_is_told_once() -> None:
    async with scene() as desk:
        await has_in_the_outbox(desk, WriteMessage("gone", clean(WORDS)), Fate.REFUSED)
        desk.screen.advice.read()
        desk.server.outbox = tuple(structs.replace(row) for row in desk.server.outbox)
        desk.server.tell()
        await desk.settles()
        assert "“unsent texts”" not in desk.advice
