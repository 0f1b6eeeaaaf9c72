"""A desk on a disk, a link and the bundled server, all of them real: what a restart makes of it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from operator_tui.clock import MonotonicClock
from operator_tui.desk.commands import WriteMessage
from operator_tui.desk.entries import Message
from operator_tui.desk.kept import Batch
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.text import clean
from operator_tui.desk.transcripts import with_older
from operator_tui.link.backend import LinkState, NotEnteredError, Update
from operator_tui.link.backoff import Backoff
from operator_tui.link.runner import Link
from operator_tui.link.server import Server
from operator_tui.store.adoption import forget_view
from operator_tui.store.desks import DeskFile
from operator_tui.store.secret import Secret
from server_stub.service.ledger import Ledger
from tests.link.small_server import Screen, running
from tests.server_stub.scripted import ANNA, BRAM, SIM, START, Scripted, after, opens, says
from tests.server_stub.serving import TOKEN, Serving, serving
from tests.store.desks import desk_in

CHAT = "chat-eve"
NOBODY = "ws://127.0.0.1:9/operator"
"""The discard service, which nobody runs: there is no server."""


def eve() -> Scripted:
    """A visitor who is there from the beginning, and asks."""
    return Scripted(after(0, "eve", opens("eve")), after(0, "eve", says("Hello?")))


def wiped() -> Ledger:
    return Ledger([one.id for one in (ANNA, BRAM, SIM)], lambda: "another-epoch")


@asynccontextmanager
async def at(desk: DeskFile, url: str, token: str = TOKEN) -> AsyncIterator[tuple[Link, Screen]]:
    """The link at work on that desk."""

    async def find() -> Server:
        return Server(url, Secret(token))

    backoff = Backoff(lambda: 0.5, least=0.001, most=0.01, within=0.0)
    link = Link(find, desk.store, MonotonicClock(), backoff=backoff, transcripts=desk.transcripts)
    async with running(link) as screen:
        yield link, screen


def is_live(update: Update) -> bool:
    return update.connection.state is LinkState.LIVE and CHAT in chats(update)


def chats(update: Update) -> set[str]:
    return set(update.desk.chats) if update.desk is not None else set()


def said(update: Update) -> list[str]:
    """What operators wrote in the chat, as the log has it."""
    timeline = update.desk.chats[CHAT].timeline if CHAT in chats(update) and update.desk else ()
    return [one.text for one in timeline if isinstance(one, Message) and one.origin is not None]


def reply(text: str) -> WriteMessage:
    return WriteMessage(CHAT, clean(text))


async def sends(link: Link, screen: Screen, text: str) -> Update:
    await link.enter(reply(text))
    return await screen.shows(lambda u: text in said(u) and u.outbox == ())


async def fills(link: Link) -> None:
    """Write until nothing more is taken."""
    for n in range(500):
        await link.enter(reply(f"{n} " + "word " * 700))


async def opened_once(folder: Path, served: Serving) -> None:
    """The desk was at this server, and is closed again."""
    with desk_in(folder) as desk:
        async with at(desk, served.url) as (_, screen):
            await screen.shows(is_live)


async def enters_alone(folder: Path, *texts: str) -> None:
    """Written while there is no server."""
    with desk_in(folder) as desk:
        async with at(desk, NOBODY) as (link, _):
            for text in texts:
                await link.enter(reply(text))


async def test_the_desk_is_there_before_any_server_is(tmp_path: Path) -> None:
    async with serving(eve()) as served:
        await opened_once(tmp_path, served)
    with desk_in(tmp_path) as desk:
        async with at(desk, NOBODY) as (_, screen):
            update = await screen.shows(lambda u: CHAT in chats(u))
            assert update.connection.state is LinkState.CONNECTING
            assert update.time.at >= START


async def test_what_was_written_without_a_server_goes_out_once_after_a_restart(
    tmp_path: Path,
) -> None:
    async with serving(eve()) as served:
        await opened_once(tmp_path, served)
        await enters_alone(tmp_path, "one", "two")
        for _ in range(2):
            with desk_in(tmp_path) as desk:
                async with at(desk, served.url) as (_, screen):
                    update = await screen.shows(lambda u: u.outbox == () and is_live(u))
                    assert said(update) == ["one", "two"]


async def test_a_wiped_server_gets_what_was_unsent_under_new_numbers(tmp_path: Path) -> None:
    async with serving(eve()) as served:
        with desk_in(tmp_path) as desk:
            async with at(desk, served.url) as (link, screen):
                await screen.shows(is_live)
                await sends(link, screen, "before")
    await enters_alone(tmp_path, "unsent")
    async with serving(eve(), ledger=wiped()) as served:
        with desk_in(tmp_path) as desk:
            assert desk.kept.place.next_n == 2
            async with at(desk, served.url) as (_, screen):
                update = await screen.shows(lambda u: "unsent" in said(u) and u.outbox == ())
                assert said(update) == ["unsent"], "what the server has lost, it has lost"
            kept = await desk.store.load()
            assert (kept.place.epoch, kept.place.next_n) == ("another-epoch", 2)
            stays = await desk.transcripts.older(CHAT)
            assert "before" in [one.text for one in stays], "transcripts stay"


async def test_a_restored_database_becomes_another_device(tmp_path: Path) -> None:
    ours, copy = tmp_path / "ours", tmp_path / "copy"
    async with serving(eve()) as served:
        await opened_once(ours, served)
        shutil.copytree(ours, copy)
        with desk_in(ours) as desk:
            device = desk.kept.place.device
            async with at(desk, served.url) as (link, screen):
                await screen.shows(is_live)
                await sends(link, screen, "after the copy")
        with desk_in(copy) as desk:
            assert desk.kept.place.device == device
            async with at(desk, served.url) as (link, screen):
                await screen.shows(is_live)
                update = await sends(link, screen, "from the copy")
                assert said(update) == ["after the copy", "from the copy"]
            assert (await desk.store.load()).place.device != device


async def test_an_old_reply_is_held_and_holds_only_its_chat(tmp_path: Path) -> None:
    stage = Scripted(
        *(after(0, who, what) for who in ("eve", "ian") for what in (opens(who), says("Hello?")))
    )
    async with serving(stage) as served:
        await opened_once(tmp_path, served)
        old = OutboxRow("old", START - 121_000, reply("too late?"))
        young = OutboxRow("young", START - 1, reply("behind it"))
        other = OutboxRow("other", START - 1, WriteMessage("chat-ian", clean("elsewhere")))
        with desk_in(tmp_path) as desk:
            await desk.store.commit(Batch(desk.kept.place, rows=(old, young, other)))
        for _ in range(2):
            with desk_in(tmp_path) as desk:
                async with at(desk, served.url) as (link, screen):
                    update = await screen.shows(lambda u: is_live(u) and len(u.outbox) == 2)
                    fates = {row.id: row.fate for row in update.outbox}
                    assert fates == {"old": Fate.HELD, "young": Fate.WAITING}
        with desk_in(tmp_path) as desk:
            async with at(desk, served.url) as (link, screen):
                await screen.shows(is_live)
                await link.release("old")
                update = await screen.shows(lambda u: u.outbox == ())
                assert said(update) == ["too late?", "behind it"]


async def test_a_held_reply_that_is_dropped_lets_the_others_go(tmp_path: Path) -> None:
    async with serving(eve()) as served:
        await opened_once(tmp_path, served)
        rows = (OutboxRow("old", START - 121_000, reply("no")), OutboxRow("b", START, reply("yes")))
        with desk_in(tmp_path) as desk:
            await desk.store.commit(Batch(desk.kept.place, rows=rows))
            async with at(desk, served.url) as (link, screen):
                await screen.shows(lambda u: Fate.HELD in {row.fate for row in u.outbox})
                await link.discard("old")
                update = await screen.shows(lambda u: u.outbox == ())
                assert said(update) == ["yes"]


async def test_two_windows_are_both_live_and_see_each_other(tmp_path: Path) -> None:
    async with serving(eve()) as served:
        with desk_in(tmp_path) as one, desk_in(tmp_path) as two:
            async with (
                at(one, served.url) as (link, screen),
                at(two, served.url) as (link_two, screen_two),
            ):
                await screen.shows(is_live)
                await screen_two.shows(is_live)
                await link.enter(reply("from one"))
                await screen_two.shows(lambda u: said(u) == ["from one"])
                await link_two.enter(reply("from two"))
                await screen.shows(lambda u: said(u) == ["from one", "from two"])


async def test_a_full_disk_refuses_enter_and_the_desk_lives_on(tmp_path: Path) -> None:
    async with serving(eve()) as served:
        with desk_in(tmp_path) as desk:
            async with at(desk, served.url) as (link, screen):
                await screen.shows(is_live)
                desk.database.alone(lambda db: db.execute("PRAGMA max_page_count = 1"))
                with pytest.raises(NotEnteredError) as refused:
                    await fills(link)
                assert refused.value.code == "disk"
                desk.database.alone(lambda db: db.execute("PRAGMA max_page_count = 1000000"))
                await screen.shows(is_live)
                await sends(link, screen, "there is room again")


async def test_a_token_that_is_refused_stops_and_leaves_the_desk_to_be_read(
    tmp_path: Path,
) -> None:
    async with serving(eve()) as served:
        await opened_once(tmp_path, served)
        with desk_in(tmp_path) as desk:
            async with at(desk, served.url, token="wrong") as (link, screen):  # noqa: S106
                update = await screen.shows(lambda u: u.connection.state is LinkState.STOPPED)
                assert update.connection.reason == "token"
                assert CHAT in chats(update)
                await link.enter(reply("kept"))
                await screen.shows(lambda u: [row.fate for row in u.outbox] == [Fate.WAITING])


async def test_a_desk_whose_view_was_forgotten_gets_it_again(tmp_path: Path) -> None:
    async with serving(eve()) as served:
        with desk_in(tmp_path) as desk:
            async with at(desk, served.url) as (link, screen):
                await screen.shows(is_live)
                await sends(link, screen, "one")
            desk.database.change_now(forget_view)
        with desk_in(tmp_path) as desk:
            assert desk.kept.desk is None
            async with at(desk, served.url) as (link, screen):
                await screen.shows(is_live)
                update = await sends(link, screen, "two")
                assert said(update) == ["one", "two"]


def texts(update: Update) -> list[str]:
    """All that was said in the chat, older messages first."""
    assert update.desk is not None
    desk = with_older(update.desk, update.older)
    return [one.text for one in desk.chats[CHAT].timeline if isinstance(one, Message)]


async def test_older_messages_come_from_the_server_and_without_it_from_the_disk(
    tmp_path: Path,
) -> None:
    words = [f"line {n}" for n in range(90)]
    stage = Scripted(after(0, "eve", opens("eve")), *(after(0, "eve", says(one)) for one in words))
    async with serving(stage) as served:
        await opened_once(tmp_path / "first", served)
        with desk_in(tmp_path / "second") as desk:
            async with at(desk, served.url) as (link, screen):
                update = await screen.shows(is_live)
                assert texts(update) == words[-20:]
                await link.older(CHAT)
                await screen.shows(lambda u: texts(u) == words[-70:])
                await link.older(CHAT)
                await screen.shows(lambda u: texts(u) == words)
                await link.older(CHAT)
                await link.older("chat-of-nobody")
                await sends(link, screen, "done")
        with desk_in(tmp_path / "second") as desk:
            async with at(desk, NOBODY) as (link, screen):
                await screen.shows(lambda u: CHAT in chats(u))
                await link.older(CHAT)
                await link.older(CHAT)
                update = await screen.shows(lambda u: texts(u)[:-1] == words)
