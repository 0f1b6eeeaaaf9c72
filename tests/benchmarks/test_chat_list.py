"""What the chat list costs with 1,000 chats, as ratios to painting it from nothing."""

from collections.abc import Callable, Iterator
from time import process_time

import pytest
from msgspec import structs

from operator_tui.desk.model import Desk
from operator_tui.desk.time import SECOND
from operator_tui.ui.widgets.chat_list import ChatList
from tests.ui import chats
from tests.ui.widgets.list_app import chat_list

pytestmark = pytest.mark.benchmark

MANY = 1_000
ROUNDS = 50
Act = Callable[[int], object]


def many() -> Desk:
    kinds = (chats.neutral, chats.unanswered, chats.new)
    return chats.desk(*(kinds[n % 3](f"visitor {n}") for n in range(MANY)))


def cost(act: Act) -> float:
    """Processor seconds of one `act`."""
    start = process_time()
    for n in range(ROUNDS):
        act(n)
    return (process_time() - start) / ROUNDS


def acts(rows: ChatList, desk: Desk) -> Iterator[tuple[str, Act]]:
    first = rows.chats[0]

    def becomes(**facts: object) -> None:
        chat = structs.replace(desk.chats[first], **facts)
        rows.desk = structs.replace(desk, chats=desk.chats | {first: chat})
        rows.settled()

    def tick(n: int) -> None:
        rows.now = chats.NOW + n * SECOND
        rows.settled()

    yield "one row", lambda n: becomes(unanswered=n + 2)
    yield "new order", lambda n: becomes(received_at=chats.ago(n), written=n % 2 == 0)
    yield "tick", tick
    yield "cursor", lambda n: rows.action_cursor_down() if n % 2 else rows.action_cursor_up()


async def test_a_row_a_new_order_a_tick_and_a_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    async with chat_list(many(), width=38, height=40) as scene:
        whole = cost(lambda _: scene.list.on_resize())
        costs = {name: cost(act) for name, act in acts(scene.list, many())}
    with capsys.disabled():
        print(f"\n{MANY} chats, arranged and painted anew: {whole * 1_000:.1f} ms of processor")
        for name, seconds in costs.items():
            print(f"  {name:<10} {seconds / whole:.2f} of it")
