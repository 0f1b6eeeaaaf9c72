"""After a token was changed: what the file under the old one holds, and to whom it is offered."""

import os
from pathlib import Path

import pytest
from msgspec import structs

from operator_tui.desk import drafts
from operator_tui.desk.kept import Batch, DraftKey, Place
from operator_tui.desk.model import Desk, Operator
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.text import SafeLine, clean
from operator_tui.store.desks import DeskFile, take_over
from tests.store.desks import TODAY, desk_in, logged, opens, says
from tests.wire.desk_side import row

SHOP, OTHER = "wss://shop.example/operator", "wss://other.example/operator"
DAY = 24 * 60 * 60 * 1_000


def welcomed(operator: str, *rows: OutboxRow, seq: int = 1) -> Batch:
    """A snapshot for this operator."""
    desk = Desk(Operator(operator, clean(operator, SafeLine)), seq=seq)
    return Batch(Place("device", "epoch", seq, 3), desk, rows=rows)


async def worked(folder: Path, key: str, server: str, operator: str, *rows: OutboxRow) -> None:
    """A desk is welcomed, leaves rows in its outbox, and ends."""
    with desk_in(folder, key=key, server=server) as desk:
        await desk.store.commit(welcomed(operator, *rows))


async def test_under_a_new_token_the_same_operator_is_offered_what_the_old_one_left(
    tmp_path: Path,
) -> None:
    numbered = structs.replace(row("b"), n=2, fate=Fate.SENDING)
    await worked(tmp_path, "old", SHOP, "anna", row("a"), numbered)
    with desk_in(tmp_path, key="new", server=SHOP) as desk:
        assert desk.left == (), "nobody has said yet who this is"
        assert desk.leftovers is not None
        assert await desk.leftovers.unsent("anna") == 2
        await desk.store.commit(welcomed("anna"))
    with desk_in(tmp_path, key="new", server=SHOP) as desk:
        assert desk.unsent == 2
        assert desk.leftovers is None, "it is offered now, and not once more on the screen"
        taken = take_over(desk)
        assert [(one.id, one.fate) for one in taken.kept.outbox] == [
            ("a", Fate.WAITING),
            ("b", Fate.HELD),
        ]
    with desk_in(tmp_path, key="new", server=SHOP) as desk:
        assert desk.unsent == 0


@pytest.mark.parametrize(("server", "operator"), [(SHOP, "bram"), (OTHER, "anna"), (OTHER, "bram")])
async def test_nobody_else_is_offered_it_and_no_other_server(
    tmp_path: Path, server: str, operator: str
) -> None:
    await worked(tmp_path, "old", SHOP, "anna", row("a"))
    with desk_in(tmp_path, key="new", server=server) as desk:
        assert desk.leftovers is not None
        assert await desk.leftovers.unsent(operator) == 0
        await desk.store.commit(welcomed(operator))
    with desk_in(tmp_path, key="new", server=server) as desk:
        assert desk.left == ()


async def test_a_file_that_never_heard_a_welcome_is_offered_to_nobody(tmp_path: Path) -> None:
    with desk_in(tmp_path, key="old", server=SHOP) as desk:
        await desk.store.commit(Batch(Place("d"), rows=(row("a"),)))
    await worked(tmp_path, "new", SHOP, "anna")
    with desk_in(tmp_path, key="new", server=SHOP) as desk:
        assert desk.left == ()


async def test_a_file_that_a_window_still_has_open_is_left_alone(tmp_path: Path) -> None:
    await worked(tmp_path, "new", SHOP, "anna")
    await worked(tmp_path, "old", SHOP, "anna", row("a"))
    with (
        desk_in(tmp_path, key="old", server=SHOP),
        desk_in(tmp_path, key="new", server=SHOP) as desk,
    ):
        assert desk.left == ()


async def test_drafts_come_along_where_there_is_none_yet(tmp_path: Path) -> None:
    await worked(tmp_path, "new", SHOP, "anna")
    await worked(tmp_path, "old", SHOP, "anna")
    with desk_in(tmp_path, key="old", server=SHOP) as old:
        await old.drafts.save(DraftKey("c1"), drafts.of("under the old token"))
        await old.drafts.save(DraftKey("c2", note=True), drafts.of("a note of then"))
    with desk_in(tmp_path, key="new", server=SHOP) as desk:
        await desk.drafts.save(DraftKey("c1"), drafts.of("written since"))
    with desk_in(tmp_path, key="new", server=SHOP) as desk:
        assert desk.unsent == 1
        texts = {key.chat: one.text for key, one in take_over(desk).drafts.kept.items()}
        assert texts == {"c1": "written since", "c2": "a note of then"}
    with desk_in(tmp_path, key="old", server=SHOP) as old:
        assert [one.text for one in old.drafts.kept.values()] == ["under the old token"]


async def test_a_draft_that_cannot_be_taken_in_is_not_offered_again_and_again(
    tmp_path: Path,
) -> None:
    await worked(tmp_path, "old", SHOP, "anna")
    with desk_in(tmp_path, key="old", server=SHOP) as old:
        await old.drafts.save(DraftKey("c1"), drafts.of("under the old token"))
    await worked(tmp_path, "new", SHOP, "anna")
    with desk_in(tmp_path, key="new", server=SHOP) as desk:
        assert desk.unsent == 1
        await desk.drafts.save(DraftKey("c1"), drafts.of("written since"))
    with desk_in(tmp_path, key="new", server=SHOP) as desk:
        assert desk.left == ()


@pytest.mark.parametrize("name", ["new.2.db", "old.db"])
async def test_a_file_that_cannot_be_read_keeps_nobody_from_starting(
    tmp_path: Path, name: str
) -> None:
    await worked(tmp_path, "new", SHOP, "anna")
    await worked(tmp_path, name.removesuffix(".db"), SHOP, "anna", row("a"))
    with desk_in(tmp_path, key=name.removesuffix(".db"), server=SHOP) as other:
        other.database.change_now(lambda db: db.execute("UPDATE outbox SET row = '{}'"))
    with desk_in(tmp_path, key="new", server=SHOP) as desk:
        assert desk.left == ()


async def test_whose_an_older_file_is_its_desk_says(tmp_path: Path) -> None:
    def older(desk: DeskFile) -> None:
        desk.database.change_now(lambda db: db.execute("DELETE FROM whose"))

    await worked(tmp_path, "old", SHOP, "anna", row("a"))
    with desk_in(tmp_path, key="old", server=SHOP) as desk:
        older(desk)
    with desk_in(tmp_path, key="old", server=SHOP):
        pass
    await worked(tmp_path, "new", SHOP, "anna")
    with desk_in(tmp_path, key="new", server=SHOP) as desk:
        assert desk.unsent == 1


async def test_a_file_that_another_window_takes_away_meanwhile_ends_no_start(
    tmp_path: Path,
) -> None:
    (tmp_path / "gone.db").symlink_to(tmp_path / "nowhere")
    with desk_in(tmp_path, key="new", days=30) as desk:
        assert desk.left == ()


async def test_a_file_that_nobody_opens_any_more_is_purged_too(tmp_path: Path) -> None:
    await worked(tmp_path, "old", SHOP, "anna", row("a"))
    with desk_in(tmp_path, key="old", server=SHOP, wall=lambda: TODAY - 31 * DAY) as desk:
        events = logged(opens("c1"), says("c1", "m1", "een kanarie"), first=2)
        await desk.store.commit(Batch(Place("device", "epoch", 3, 3), events=events))
        old = desk.path
    os.utime(old, (TODAY // 1_000, TODAY // 1_000))
    with desk_in(tmp_path, key="new", days=30):
        assert b"kanarie" in old.read_bytes(), "somebody wrote into it lately"
    os.utime(old, (TODAY // 1_000 - 31 * DAY // 1_000,) * 2)
    with desk_in(tmp_path, key="new", days=30):
        assert b"kanarie" not in old.read_bytes()
    with desk_in(tmp_path, key="old", server=SHOP) as desk:
        assert [one.id for one in desk.kept.outbox] == ["a"]
