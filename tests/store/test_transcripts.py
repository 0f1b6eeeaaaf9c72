from pathlib import Path

from msgspec import structs

from operator_tui.desk.entries import Message
from operator_tui.desk.events import InvitationAccepted, TransferredIn
from operator_tui.desk.kept import Batch, Place
from operator_tui.desk.model import Channel, Chat, Desk, Passed, PassedCause, Visitor
from operator_tui.desk.text import SafeLine, clean
from tests.desk.histories import ME
from tests.store.desks import desk_in, logged, says

PLACE = Place("d", "e", 9)
SANNE = Visitor("v-1", clean("Sanne", SafeLine))


def message(name: str, text: str, at: int = 1) -> Message:
    event = says("c1", name, text, at)
    return event.message  # type: ignore[union-attr]


def chat_with(*messages: Message, name: str = "c1") -> Chat:
    return Chat(name, SANNE, Channel.WEB, "nl", 1, 1, timeline=messages)


async def test_a_snapshot_adds_and_takes_nothing_away(tmp_path: Path) -> None:
    old, new = message("m1", "van vroeger", 1), message("m2", "van nu", 2)
    passed = Passed(clean("Piet", SafeLine), PassedCause.BY_HAND, 3)
    with desk_in(tmp_path) as desk:
        await desk.store.commit(Batch(PLACE, Desk(ME, chats={"c1": chat_with(old)})))
        await desk.store.commit(Batch(PLACE, Desk(ME, chats={"c1": chat_with(new)})))
        came = TransferredIn("c9", chat_with(old, new, name="c9"), passed)
        await desk.store.commit(Batch(PLACE, events=logged(came, None)))
        assert await desk.transcripts.older("c1") == (old, new)
        assert await desk.transcripts.older("c9") == (old, new)


async def test_the_words_of_an_accepted_invitation_are_kept(tmp_path: Path) -> None:
    opener = message("m1", "Kan ik ergens mee helpen?")
    with desk_in(tmp_path) as desk:
        await desk.store.commit(Batch(PLACE, events=logged(InvitationAccepted("c1", opener), None)))
        assert await desk.transcripts.older("c1") == (opener,)


async def test_older_messages_come_a_page_at_a_time(tmp_path: Path) -> None:
    messages = tuple(message(f"m{n}", f"woord {n}", n // 3) for n in range(120))
    with desk_in(tmp_path) as desk:
        kept = desk.transcripts
        await kept.merge("c1", messages[60:])
        await kept.merge("c1", messages[:61])
        await kept.merge("c1", ())
        page = await kept.older("c1")
        assert len(page) == 50
        assert page[-1].id in {"m117", "m118", "m119"}
        ids = {one.id for one in page}
        while page := await kept.older("c1", page[0].id):
            ids |= {one.id for one in page}
        assert len(ids) == 120
        assert await kept.older("c1", "unknown") == ()
        assert await kept.older("c9") == ()


async def test_the_same_message_in_two_chats_is_two(tmp_path: Path) -> None:
    one = message("m1", "hallo")
    with desk_in(tmp_path) as desk:
        await desk.transcripts.merge("c1", (one,))
        await desk.transcripts.merge("c2", (one, structs.replace(one, id="m2")))
        assert len(await desk.transcripts.older("c1")) == 1
        assert len(await desk.transcripts.older("c2")) == 2
