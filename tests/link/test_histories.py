import asyncio

from operator_tui.desk.entries import Author, AuthorKind, Message
from operator_tui.desk.model import Desk
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.link.histories import Histories
from operator_tui.store.ports import StoreError
from operator_tui.wire.frames import Page
from tests.desk.scene import Scene
from tests.wire.desk_side import START

TOM = Author(AuthorKind.VISITOR, clean("Tom", SafeLine))


def messages(*ids: str) -> tuple[Message, ...]:
    return tuple(Message(one, TOM, clean(one, SafeText), START) for one in ids)


class SlowShelf:
    """Transcripts that answer when the test says so."""

    def __init__(self) -> None:
        self.asked: list[str | None] = []
        self.answer: asyncio.Future[tuple[Message, ...]] = asyncio.Future()

    async def older(self, chat: str, before: str | None = None) -> tuple[Message, ...]:
        self.asked.append(before)
        return await self.answer

    async def merge(self, chat: str, messages: tuple[Message, ...]) -> None: ...


def desk() -> Desk:
    scene = Scene()
    scene.opens("tom")
    return scene.desk


async def looking(histories: Histories) -> asyncio.Task[object]:
    task: asyncio.Task[object] = asyncio.create_task(histories.want(desk(), "tom", live=False))
    await asyncio.sleep(0)
    return task


def ids(histories: Histories) -> list[str]:
    return [message.id for message in histories.older.get("tom", ())]


async def test_who_scrolls_twice_while_the_disk_is_slow_gets_every_message_once() -> None:
    shelf = SlowShelf()
    histories = Histories(shelf)
    first = await looking(histories)
    second = await looking(histories)
    shelf.answer.set_result(messages("a", "b"))
    await asyncio.gather(first, second)
    assert ids(histories) == ["a", "b"]
    assert len(shelf.asked) == 1


async def test_what_was_looked_up_before_a_snapshot_is_let_go() -> None:
    shelf = SlowShelf()
    histories = Histories(shelf)
    task = await looking(histories)
    histories.forget()
    shelf.answer.set_result(messages("a", "b"))
    await task
    assert ids(histories) == []


async def test_a_disk_that_refused_is_asked_again() -> None:
    shelf = SlowShelf()
    histories = Histories(shelf)
    task = await looking(histories)
    shelf.answer.set_exception(StoreError("disk"))
    await task
    shelf.answer = asyncio.Future()
    shelf.answer.set_result(messages("a"))
    await histories.want(desk(), "tom", live=False)
    assert ids(histories) == ["a"]


async def test_who_left_while_the_disk_was_slow_can_ask_again() -> None:
    shelf = SlowShelf()
    histories = Histories(shelf)
    task = await looking(histories)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    shelf.answer = asyncio.Future()
    shelf.answer.set_result(messages("a"))
    await histories.want(desk(), "tom", live=False)
    assert ids(histories) == ["a"]


async def test_what_was_brought_for_a_chat_that_is_gone_is_let_go() -> None:
    histories = Histories()
    await histories.want(desk(), "tom", live=True)
    await histories.take([Page("tom", messages("a"), more=False)])
    before = histories.older
    histories.only({"tom", "eva"})
    assert histories.older is before, "what is there is no news"
    histories.only({"eva"})
    assert histories.older == {}
    assert await histories.want(desk(), "tom", live=True) is not None, "it may come back"


async def test_pages_that_overlap_show_every_message_once() -> None:
    histories = Histories()
    for page in (messages("b", "c"), messages("a", "b")):
        assert await histories.want(desk(), "tom", live=True) is not None
        await histories.take([Page("tom", page, more=True)])
    assert ids(histories) == ["a", "b", "c"]
