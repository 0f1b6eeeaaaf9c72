from pathlib import Path

import pytest
from msgspec import structs

from operator_tui.desk.events import TransferredIn
from operator_tui.desk.kept import Batch, Place
from operator_tui.desk.model import Channel, Chat, Desk, Message, Passed, PassedCause, Visitor
from operator_tui.desk.text import SafeLine, clean
from operator_tui.store import transcripts
from tests.desk.histories import ME
from tests.store.desks import desk_in, logged, opens, says

PLACE = Place("d", "e", 9)
SANNE = Visitor("v-1", clean("Sanne", SafeLine))


def message(name: str, text: str, at: int = 1) -> Message:
    event = says("c1", name, text, at)
    return event.message  # type: ignore[union-attr]


def chat_with(*messages: Message, name: str = "c1") -> Chat:
    return Chat(name, SANNE, Channel.WEB, "nl", 1, 1, timeline=messages)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("jas", ["m2", "m1"]),
        ("JAS blauw", ["m2"]),
        ("zolc", ["m3"]),
        ("kirja", ["m4"]),
        ("lämpö", ["m4"]),
        ("ja", ["m4", "m2", "m1"]),
        ("j blauw", ["m2"]),
        ('"', ["m5"]),
        ('zegt" OR "jas', []),
        ("*", []),
        ("", []),
        ("   ", []),
    ],
)
async def test_words_are_found_by_any_part_of_them(
    tmp_path: Path, words: str, found: list[str]
) -> None:
    events = logged(
        opens("c1"),
        says("c1", "m1", "Waar is mijn jas?", 1),
        says("c1", "m2", "Die blauwe Jas.", 2),
        says("c2", "m3", "Żółć i gorycz", 3),
        says("c2", "m4", "lämpökirjahylly", 4),
        says("c2", "m5", 'Hij zegt "nee"', 5),
    )
    with desk_in(tmp_path) as desk:
        await desk.store.commit(Batch(PLACE, Desk(ME), events))
        hits = await desk.transcripts.search(words)
        assert [one.message.id for one in hits] == found
        assert all(one.name in {"Sanne", ""} for one in hits)


async def test_the_index_is_fed_bit_by_bit_behind_the_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcripts, "AT_ONCE", 2)
    events = logged(*(says("c1", f"m{n}", f"woord {n}", n) for n in range(7)))
    with desk_in(tmp_path) as desk:
        await desk.store.commit(Batch(PLACE, Desk(ME), events))
    with desk_in(tmp_path) as desk:
        indexed = desk.database.change_now(
            lambda db: db.execute("SELECT number FROM indexed").fetchone()[0]
        )
        assert 0 <= indexed <= 7
        assert len(await desk.transcripts.search("woord")) == 7


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
        assert len(await desk.transcripts.search("hallo")) == 3
