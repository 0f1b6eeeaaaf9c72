import sqlite3
import stat
from pathlib import Path

import pytest
from msgspec import structs

from operator_tui.desk import drafts
from operator_tui.desk.commands import CloseChat
from operator_tui.desk.drafts import Inserted
from operator_tui.desk.kept import Batch, DraftKey, Place
from operator_tui.desk.model import Desk
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.text import SafeText, clean
from operator_tui.store import adoption, values
from operator_tui.store.desks import DeskFile, key_of, take_over
from operator_tui.store.files import FileError
from operator_tui.store.ports import Spot, StoreError, View
from operator_tui.store.schema import MIGRATIONS, brought_up
from operator_tui.store.secret import Secret
from tests.desk.histories import ME
from tests.store.desks import KEY, desk_in, logged, says
from tests.wire.desk_side import row

KEPT = DraftKey("c1")


async def kept_in(desk: DeskFile, *rows: OutboxRow, seq: int = 4) -> None:
    """Something of everything: a desk, an event, the outbox, a draft."""
    place = Place("device", "epoch", seq + 1, 7, "run")
    events = logged(says("c1", "m1", "Waar is mijn jas?"), first=seq + 1)
    await desk.store.commit(Batch(place, Desk(ME, seq=seq), events, rows or (row("a"),)))
    inserted = (Inserted("hello", clean("Hallo!", SafeText), 1),)
    await desk.drafts.save(KEPT, drafts.of("Hallo!", inserted))


def test_the_name_of_a_file_gives_neither_address_nor_token_away() -> None:
    key = key_of("wss://shop.example/operator", Secret("canary"))
    assert "canary" not in key
    assert "shop" not in key
    assert key != key_of("wss://shop.example/operator", Secret("another"))
    assert key != key_of("wss://other.example/operator", Secret("canary"))


async def test_everything_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "desks"
    with desk_in(folder) as desk:
        await kept_in(desk)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        assert files == {f"{KEY}.db": 0o600, f"{KEY}.db-wal": 0o600}


async def test_the_next_start_finds_all_of_it(tmp_path: Path) -> None:
    view = View("c1", spots={"c2": Spot("m1", 3)})
    with desk_in(tmp_path) as desk:
        await kept_in(desk)
        await desk.drafts.look(view)
    with desk_in(tmp_path) as desk:
        kept = await desk.store.load()
        assert kept.place == Place("device", "epoch", 5, 7, "run")
        assert [one.id for one in kept.outbox] == ["a"]
        assert [one.seq for one in kept.tail] == [5]
        assert desk.drafts.kept[KEPT].inserted[0].step == 1
        assert desk.drafts.view == view


def test_a_second_window_is_a_device_of_its_own(tmp_path: Path) -> None:
    with desk_in(tmp_path) as one, desk_in(tmp_path) as two:
        assert one.path != two.path
        assert one.kept.place.device != two.kept.place.device
    with desk_in(tmp_path) as first:
        assert first.path == one.path


def test_sixteen_windows_are_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("operator_tui.store.desks.WINDOWS", 2)
    with desk_in(tmp_path), desk_in(tmp_path), pytest.raises(FileError, match="Close one"):
        desk_in(tmp_path).__enter__()


def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        desk.database.alone(lambda db: db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}"))
    with pytest.raises(FileError, match="newer version"):
        desk_in(tmp_path).__enter__()
    assert [path.name for path in tmp_path.iterdir()] == [f"{KEY}.db"]


def test_an_older_layout_is_brought_up_in_steps(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        path, device = desk.path, desk.kept.place.device
    db = sqlite3.connect(path, isolation_level=None)
    brought_up(db, (*MIGRATIONS, "ALTER TABLE chat ADD COLUMN more TEXT"))
    assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
    assert db.execute("SELECT device FROM place").fetchall() == [(device,)]
    db.close()


@pytest.mark.parametrize("layout", range(1, len(MIGRATIONS)))
async def test_a_file_of_every_layout_before_keeps_its_place(tmp_path: Path, layout: int) -> None:
    db = sqlite3.connect(tmp_path / f"{KEY}.db", isolation_level=None)
    brought_up(db, MIGRATIONS[:layout])
    db.execute("UPDATE place SET epoch = 'epoch', next_n = 7")
    device = db.execute("SELECT device FROM place").fetchone()[0]
    db.close()
    with desk_in(tmp_path) as desk:
        assert desk.aside is None
        assert desk.kept.place == Place(device, "epoch", 0, 7)


async def test_the_index_of_the_first_layout_goes_and_what_was_said_stays(tmp_path: Path) -> None:
    path = tmp_path / f"{KEY}.db"
    db = sqlite3.connect(path, isolation_level=None)
    brought_up(db, MIGRATIONS[:1])
    event = says("c1", "m1", "Waar is mijn jas?")
    said = values.encode(event.message)  # type: ignore[union-attr]
    db.execute("INSERT INTO chat (chat, kept_at) VALUES ('c1', 1)")
    db.execute("INSERT INTO message VALUES (1, 'c1', 'm1', 1, 1, 'waar is mijn jas?', ?)", (said,))
    db.execute("INSERT INTO word (rowid, folded) VALUES (1, 'waar is mijn jas?')")
    db.execute("UPDATE indexed SET number = 1")
    db.close()
    with desk_in(tmp_path) as desk:
        assert desk.aside is None
        [kept] = await desk.transcripts.older("c1")
        assert kept.text == "Waar is mijn jas?"
        tables = desk.database.change_now(
            lambda db: {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        )
        assert not {name for name in tables if "word" in name or name == "indexed"}
        desk.database.change_now(lambda db: db.execute("DELETE FROM message"))
    assert b"mijn jas" not in path.read_bytes()


@pytest.mark.parametrize("how", ["garbage", "cut", "row", "other"])
async def test_a_damaged_file_is_put_aside_and_begun_anew(tmp_path: Path, how: str) -> None:
    with desk_in(tmp_path) as desk:
        await kept_in(desk)
        path, device = desk.path, desk.kept.place.device
        if how == "row":
            desk.database.alone(lambda db: db.execute("UPDATE event SET logged = '{\"seq\":1'"))
        if how == "other":
            desk.database.alone(lambda db: db.execute("PRAGMA application_id = 1"))
    data = path.read_bytes()
    if how == "garbage":
        path.write_bytes(b"no database at all" * 1_000)
    if how == "cut":
        path.write_bytes(data[: len(data) // 2])
    with desk_in(tmp_path) as desk:
        assert desk.path == path
        assert desk.aside is not None
        assert desk.aside.exists()
        assert desk.kept.desk is None
        assert desk.kept.place.device != device
        assert desk.kept.place.epoch is None
        if how in {"row", "other"}:
            assert [one.id for one in desk.kept.outbox] == ["a"]
            assert desk.drafts.kept[KEPT].text == "Hallo!"
    with desk_in(tmp_path) as desk:
        assert desk.aside is None


async def test_a_view_that_does_not_fit_together_is_asked_for_again(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        await kept_in(desk)
        desk.database.alone(lambda db: db.execute("DELETE FROM event"))
    with desk_in(tmp_path) as desk:
        assert desk.aside is None
        assert (desk.kept.desk, desk.kept.place.seq) == (None, 0)
        assert desk.kept.place.epoch == "epoch"
        assert [one.id for one in desk.kept.outbox] == ["a"]


async def test_a_full_disk_takes_nothing_and_tells(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        await kept_in(desk)
        desk.database.alone(lambda db: db.execute("PRAGMA max_page_count = 1"))
        long = row("b", structs.replace(row("b").command, text=clean("jas " * 900)))
        many = tuple(structs.replace(long, id=f"b{n}") for n in range(40))
        with pytest.raises(StoreError) as full:
            await desk.store.commit(Batch(Place("device", "epoch", 5, 8), rows=many))
        assert full.value.code == "disk"
        kept = await desk.store.load()
        assert kept.place.next_n == 7
        assert [one.id for one in kept.outbox] == ["a"]


async def test_a_closed_desk_takes_nothing(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        pass
    with pytest.raises(StoreError):
        await desk.drafts.save(KEPT, drafts.of("too late"))


async def left_behind(folder: Path, *rows: OutboxRow) -> None:
    with desk_in(folder), desk_in(folder) as second:
        await kept_in(second, *rows)


async def test_what_a_window_left_unsent_is_offered_and_taken_over_once(tmp_path: Path) -> None:
    numbered = structs.replace(row("b"), n=3, fate=Fate.SENDING)
    closing = structs.replace(row("c", CloseChat("c1")), n=4, fate=Fate.SENDING)
    await left_behind(tmp_path, row("a"), numbered, closing, row("d", CloseChat("c2")))
    with desk_in(tmp_path) as desk:
        assert desk.unsent == 3
        rows = {one.id: one for one in take_over(desk).kept.outbox}
        assert {op: one.fate for op, one in rows.items()} == {
            "a": Fate.WAITING,
            "b": Fate.HELD,
            "d": Fate.WAITING,
        }
        assert rows["b"].n is None
    with desk_in(tmp_path) as desk:
        assert desk.left == ()
        assert len(desk.kept.outbox) == 3


async def test_a_desk_that_takes_over_what_may_have_arrived_asks_for_a_snapshot(
    tmp_path: Path,
) -> None:
    with desk_in(tmp_path) as first, desk_in(tmp_path) as second:
        await kept_in(first)
        await kept_in(second, structs.replace(row("b"), n=3, fate=Fate.SENDING))
    with desk_in(tmp_path) as desk:
        assert desk.kept.desk is not None
        assert take_over(desk).kept.desk is None


async def test_what_is_not_wanted_now_is_offered_again(tmp_path: Path) -> None:
    await left_behind(tmp_path, row("a"))
    for _ in range(2):
        with desk_in(tmp_path) as desk:
            assert desk.unsent == 1


async def test_what_an_open_window_has_is_not_offered(tmp_path: Path) -> None:
    with desk_in(tmp_path) as first, desk_in(tmp_path) as second:
        await kept_in(second, row("a"))
        first.database.close()
        with desk_in(tmp_path) as desk:
            assert desk.left == ()


@pytest.mark.parametrize("moment", ["_let_go", "adopt"])
async def test_taking_over_goes_on_where_it_was_interrupted(
    tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await left_behind(tmp_path, row("a"))

    def gone(*_: object) -> None:
        raise KeyboardInterrupt

    with desk_in(tmp_path) as desk:
        with monkeypatch.context() as patched:
            patched.setattr(adoption, moment, gone)
            with pytest.raises(KeyboardInterrupt):
                take_over(desk)
        with desk_in(tmp_path) as second:
            assert second.kept.outbox == (), "nobody else sends what is being handed over"
    with desk_in(tmp_path) as desk:
        taken = take_over(desk)
        assert [one.id for one in taken.kept.outbox] == ["a"]
        place = structs.replace(taken.kept.place, next_n=2)
        await taken.store.commit(Batch(place, dropped=("a",)))
    with desk_in(tmp_path) as desk:
        assert take_over(desk).kept.outbox == ()


async def test_what_was_taken_over_and_sent_is_not_taken_over_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await left_behind(tmp_path, row("a"))
    with desk_in(tmp_path) as desk:
        with monkeypatch.context() as patched:
            patched.setattr(adoption, "_let_go", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                take_over(desk)
        await desk.store.commit(Batch(desk.kept.place, dropped=("a",)))
    with desk_in(tmp_path) as desk:
        assert take_over(desk).kept.outbox == ()
