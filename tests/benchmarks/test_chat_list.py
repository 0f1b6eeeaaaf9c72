"""What the chat list costs with 1,000 chats, as ratios to painting it from nothing."""

from collections.abc import Callable
from time import process_time

import pytest
from msgspec import structs

from operator_tui.desk.model import Desk
from operator_tui.desk.time import SECOND
from tests.ui import chats
from tests.ui.widgets.list_app import chat_list

pytestmark = pytest.mark.benchmark

MANY = 1_000
ROUNDS = 50


def many() -> Desk:
    kinds = (chats.neutral, chats.unanswered, chats.new)
    return chats.desk(*(kinds[n % 3](f"visitor {n}") for n in range(MANY)))


def cost(act: Callable[[int], object]) -> float:
    """Processor seconds of one `act`."""
    start = process_time()
    for n in range(ROUNDS):
        act(n)
    return (process_time() - start) / ROUNDS


async def test_a_row_a_tick_a_new_order_and_a_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    async with chat_list(many(), width=38, height=40) as scene:
        rows, desk = scene.list, many()
        first = rows.chats[0]

        def look_again() -> None:
            rows.settled()

        def from_nothing(_: int) -> None:
            rows._shown.clear()
            rows.on_resize()

        def one_row(n: int) -> None:
            chat = structs.replace(desk.chats[first], unanswered=n + 2)
            rows.desk = structs.replace(desk, chats=desk.chats | {first: chat})
            look_again()

        def new_order(n: int) -> None:
            moved = structs.replace(desk.chats[first], received_at=chats.ago(n), written=n % 2 == 0)
            rows.desk = structs.replace(desk, chats=desk.chats | {first: moved})
            look_again()

        def tick(n: int) -> None:
            rows.now = chats.NOW + n * SECOND
            look_again()

        def cursor(n: int) -> None:
            rows.action_cursor_down() if n % 2 else rows.action_cursor_up()

        whole = cost(from_nothing)
        costs = {act.__name__: cost(act) for act in (one_row, new_order, tick, cursor)}
    with capsys.disabled():
        print(f"\n{MANY} chats; all of it from nothing {whole * 1_000:.1f} ms of processor")
        for name, seconds in costs.items():
            print(f"  {name:<10} {seconds / whole:.2f} of it")
