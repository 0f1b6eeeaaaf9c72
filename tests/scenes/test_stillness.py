"""Still by default: what goes out to the terminal each second is the digits that changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from textual._compositor import ChopsUpdate

from tests.desk_driver import Scene, scene


@contextmanager
def sent_out(desk: Scene) -> Iterator[list[tuple[int, int, int]]]:
    """Which cells are sent meanwhile: line, first column, the column behind the last."""
    spans: list[tuple[int, int, int]] = []
    display = desk.app._display

    def heard(screen: Any, update: Any) -> None:  # noqa: ANN401 - Textual's
        if isinstance(update, ChopsUpdate):
            spans.extend(update.spans)
        elif update is not None:
            spans.append((-1, 0, 0))
        display(screen, update)

    desk.app._display = heard  # type: ignore[method-assign,assignment]
    yield spans
    desk.app._display = display  # type: ignore[method-assign]


async def test_an_empty_desk_sends_one_digit_a_second() -> None:
    async with scene() as desk:
        with sent_out(desk) as spans:
            await desk.clock.passes(1)
        assert spans == [(0, 138, 139)]


async def test_a_desk_with_chats_sends_their_digits_and_nothing_else() -> None:
    async with scene() as desk:
        await desk.visitor("Bram").says("Hallo?")
        await desk.visitor("Bram").is_answered()
        await desk.visitor("Aino").opens(on_site=60_000)
        await desk.open_with("Aino")
        await desk.operator.types("Ik kijk")
        await desk.clock.passes(1)
        with sent_out(desk) as spans:
            await desk.clock.passes(1)
        lines = sorted(line for line, *_ in spans)
        assert lines == [0, 1, 2, 6, 6], "clock, header, two rows, time on site"
        assert all(end - start == 1 for line, start, end in spans if line != 1), spans


async def test_half_a_second_sends_nothing() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        with sent_out(desk) as spans:
            await desk.clock.passes(0.3)
        assert spans == []


async def test_a_message_in_another_chat_leaves_the_conversation_alone() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.visitor("Bram").says("Hallo?")
        with sent_out(desk) as spans:
            await desk.visitor("Bram").says("Bent u daar?")
        assert spans
        assert all(end <= 38 for _, _, end in spans)
