import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from operator_tui.desk import drafts
from operator_tui.desk.commands import InviteVisitor
from operator_tui.desk.kept import Batch, DraftKey, Place
from operator_tui.desk.model import Desk
from operator_tui.desk.pending import OutboxRow
from operator_tui.desk.text import clean
from operator_tui.forgetting import forget
from operator_tui.store import retention
from operator_tui.store.desks import DeskFile
from operator_tui.store.files import FileError
from operator_tui.store.ports import StoreError
from tests.desk.histories import ME
from tests.store.desks import TODAY, desk_in, logged, opens, says
from tests.wire.desk_side import row
from tests.wire.desk_side import says as reply

DAY = 24 * 60 * 60 * 1_000
CANARY = "kanarie"


async def met(folder: Path, wall: int = TODAY, gone: tuple[str, ...] = ("c1", "c2", "c3")) -> None:
    """Sanne in two chats and Piet in one, with a draft and an unsent reply to Sanne.

    The chats `gone` are not on the desk any more.
    """
    events = logged(
        opens("c1"),
        says("c1", "m1", f"Mijn {CANARY} is weg"),
        opens("c2"),
        says("c2", "m2", f"Weer een {CANARY}"),
        opens("c3", "v-2", "Piet"),
        says("c3", "m3", "Waar blijft mijn jas?"),
    )
    with desk_in(folder, wall=lambda: wall) as desk:
        rows = (row("a", reply(CANARY, "c1")), row("b", reply("Hier!", "c3")))
        await desk.store.commit(Batch(Place("d", "e", 6), Desk(ME), events, rows))
        await desk.drafts.save(DraftKey("c2"), drafts.of(CANARY))
        if gone:
            await desk.store.commit(Batch(Place("d", "e", 7), Desk(ME, seq=7)))


async def found(folder: Path, words: str) -> list[str]:
    with desk_in(folder) as desk:
        return await holding(desk, words)


async def holding(desk: DeskFile, words: str) -> list[str]:
    """The kept messages with these words in them, the newest first."""
    kept = [one for chat in ("c1", "c2", "c3") for one in await desk.transcripts.older(chat)]
    return [one.id for one in reversed(kept) if words in one.text]


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("wanted", ["v-1", "sanne"])
async def test_a_forgotten_visitor_leaves_no_trace_and_the_others_stay(
    tmp_path: Path, wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await met(tmp_path)
    assert CANARY.encode() in everything_in(tmp_path)
    assert forget(tmp_path, wanted, sure=True)
    assert "chats 2, messages 2, drafts 1, unsent 1" in capsys.readouterr().out
    assert CANARY.encode() not in everything_in(tmp_path)
    assert b"v-1" not in everything_in(tmp_path)
    assert await found(tmp_path, "jas") == ["m3"]
    with desk_in(tmp_path) as desk:
        assert [one.id for one in desk.kept.outbox] == ["b"]
        assert (desk.kept.desk, desk.kept.place.epoch) == (None, "e")


async def test_words_that_another_file_took_over_go_with_the_chats_of_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await met(tmp_path)
    with desk_in(tmp_path, key="later") as desk:
        await desk.store.commit(Batch(Place("f", "e"), rows=(row("c", reply(CANARY, "c1")),)))
        await desk.drafts.save(DraftKey("c2", note=True), drafts.of(CANARY))
    assert forget(tmp_path, "v-1", sure=True)
    assert "drafts 2, unsent 2" in capsys.readouterr().out
    assert CANARY.encode() not in everything_in(tmp_path)


async def test_words_on_their_way_to_another_device_are_forgotten_too(tmp_path: Path) -> None:
    await met(tmp_path)
    with desk_in(tmp_path) as desk:
        desk.database.change_now(lambda db: db.execute("UPDATE outbox SET handed_to = 'f'"))
    assert forget(tmp_path, "v-1", sure=True)
    assert CANARY.encode() not in everything_in(tmp_path)


async def test_help_offered_to_a_visitor_without_a_chat_is_forgotten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offers = [OutboxRow(who, 1, InviteVisitor(who, clean(f"{CANARY}?"))) for who in ("v-8", "v-9")]
    with desk_in(tmp_path) as desk:
        await desk.store.commit(Batch(Place("d", "e"), rows=tuple(offers)))
    assert forget(tmp_path, "v-9", sure=True)
    assert "unsent 1" in capsys.readouterr().out
    with desk_in(tmp_path) as desk:
        assert [one.id for one in desk.kept.outbox] == ["v-8"]


@pytest.mark.parametrize("answer", ["n", ""])
async def test_it_is_asked_first(
    tmp_path: Path, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await met(tmp_path)
    monkeypatch.setattr("builtins.input", lambda _: answer)
    assert not forget(tmp_path, "v-1", sure=False)
    assert await found(tmp_path, CANARY) == ["m2", "m1"]


async def test_a_name_that_fits_several_visitors_removes_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await met(tmp_path)
    assert not forget(tmp_path, "e", sure=True)
    told = capsys.readouterr().out
    assert "v-1  Sanne" in told
    assert "v-2  Piet" in told
    assert not forget(tmp_path, "", sure=True)
    assert not forget(tmp_path, "Willem", sure=True)
    assert "Nothing is kept here about Willem" in capsys.readouterr().out
    assert await found(tmp_path, CANARY) == ["m2", "m1"]


async def test_nothing_is_removed_while_a_window_is_open(tmp_path: Path) -> None:
    await met(tmp_path)
    with desk_in(tmp_path), pytest.raises(FileError, match="Leave it first"):
        forget(tmp_path, "v-1", sure=True)
    assert await found(tmp_path, CANARY) == ["m2", "m1"]


async def damaged(folder: Path) -> list[Path]:
    """Two files that were put aside, one with its log, and the desk begun anew."""
    await met(folder)
    aside = [folder / name for name in ("desk.2.damaged-1", "desk.damaged-1", "desk.damaged-1-wal")]
    for path in aside:
        path.write_bytes(b"half a page " + CANARY.encode())
    return aside


@pytest.mark.parametrize(("sure", "asked"), [(True, ""), (False, "n")])
async def test_damaged_files_stay_until_somebody_says_so_and_are_named(
    tmp_path: Path,
    sure: bool,
    asked: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    aside = await damaged(tmp_path)
    monkeypatch.setattr(
        "builtins.input", lambda question: "y" if "all of it" in question else asked
    )
    assert forget(tmp_path, "v-1", sure=sure)
    told = capsys.readouterr().out
    assert all(str(path) in told for path in aside)
    assert "They stay. To remove them: the same command with --damaged." in told
    assert all(path.exists() for path in aside)


@pytest.mark.parametrize("wanted", ["v-1", "Willem"])
@pytest.mark.parametrize("sure", [True, False])
async def test_damaged_files_go_whole_when_that_is_wanted(
    tmp_path: Path,
    sure: bool,
    wanted: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    aside = await damaged(tmp_path)
    monkeypatch.setattr("builtins.input", lambda _: "y")
    assert forget(tmp_path, wanted, sure=sure, damaged=sure)
    assert "Removed: damaged files 3." in capsys.readouterr().out
    assert not any(path.exists() for path in aside)
    assert (CANARY.encode() in everything_in(tmp_path)) == (wanted == "Willem")


async def test_a_file_that_is_damaged_now_is_first_to_be_put_aside_by_the_desk(
    tmp_path: Path,
) -> None:
    await met(tmp_path)
    (tmp_path / "desk.2.db").write_bytes(b"no database at all" * 1_000)
    with pytest.raises(FileError, match="Start the desk once"):
        forget(tmp_path, "v-1", sure=True)
    assert await found(tmp_path, CANARY) == ["m2", "m1"]


def spoiled(folder: Path) -> Path:
    """The unsent reply to Piet cannot be read any more."""
    (path,) = folder.glob("*.db")
    with closing(sqlite3.connect(path)) as db, db:
        assert db.execute("UPDATE outbox SET row = ? WHERE id = 'b'", (b'{"id":"b"',)).rowcount
    return path


def rows_in(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [op for (op,) in db.execute("SELECT id FROM outbox ORDER BY id")]


@pytest.mark.parametrize(("sure", "asked"), [(True, ""), (False, "n")])
async def test_an_unsent_text_that_cannot_be_read_stays_and_is_told_of(
    tmp_path: Path,
    sure: bool,
    asked: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await met(tmp_path)
    path = spoiled(tmp_path)
    monkeypatch.setattr(
        "builtins.input", lambda question: "y" if "all of it" in question else asked
    )
    assert forget(tmp_path, "v-1", sure=sure)
    told = capsys.readouterr().out
    assert "chats 2, messages 2, drafts 1, unsent 1" in told
    assert f"{path}  unsent: 1" in told
    assert "They stay. To remove them: the same command with --damaged." in told
    assert rows_in(path) == ["b"]


@pytest.mark.parametrize("wanted", ["v-1", "Willem"])
async def test_an_unsent_text_that_cannot_be_read_goes_when_that_is_wanted(
    tmp_path: Path, wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await met(tmp_path)
    path = spoiled(tmp_path)
    assert forget(tmp_path, wanted, sure=True, damaged=True)
    assert "Removed: unsent 1." in capsys.readouterr().out
    assert rows_in(path) == ([] if wanted == "v-1" else ["a"])


@pytest.mark.parametrize("code", ["disk", "corrupt"])
async def test_a_file_that_cannot_be_changed_is_named_with_what_to_do(
    tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise StoreError(code)

    await met(tmp_path)
    monkeypatch.setattr(retention, "forget", refuses)
    with pytest.raises(FileError, match=r"\.db: it cannot be changed") as told:
        forget(tmp_path, "v-1", sure=True)
    assert "try again" in str(told.value)
    monkeypatch.undo()
    assert await found(tmp_path, CANARY) == ["m2", "m1"]


async def test_what_is_old_is_purged_at_a_start(tmp_path: Path) -> None:
    await met(tmp_path, TODAY - 30 * DAY)
    with desk_in(tmp_path, days=31) as desk:
        assert await holding(desk, CANARY) == ["m2", "m1"]
    with desk_in(tmp_path, days=30) as desk:
        assert await holding(desk, CANARY) == []
        assert [one.id for one in desk.kept.outbox] == ["a", "b"], "what is unsent stays"
    with desk_in(tmp_path) as desk:
        assert desk.drafts.kept == {}


async def test_a_chat_that_is_on_the_desk_is_kept_however_old(tmp_path: Path) -> None:
    await met(tmp_path, TODAY - 90 * DAY, gone=())
    with desk_in(tmp_path, days=30) as desk:
        assert await holding(desk, CANARY) == ["m2", "m1"]


async def test_what_was_added_to_lately_is_kept(tmp_path: Path) -> None:
    await met(tmp_path, TODAY - 30 * DAY)
    with desk_in(tmp_path) as desk:
        events = logged(says("c1", "m4", "Nog iets"), first=8)
        await desk.store.commit(Batch(Place("d", "e", 8), events=events))
    with desk_in(tmp_path, days=30) as desk:
        assert await holding(desk, CANARY) == ["m1"]
