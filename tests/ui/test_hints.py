import pytest
from msgspec import structs

from operator_tui.desk.model import Chat, Desk
from operator_tui.ui.hints import FIXED, hints
from operator_tui.ui.situation import Situation
from tests.ui import chats

OPEN = structs.replace(chats.neutral(), written=True)
CLOSED = structs.replace(OPEN, closed_at=chats.NOW)
GREETED = structs.replace(chats.late(), written=True)


def situation(
    chat: Chat | None, *others: Chat, undoable: bool = False, noting: bool = False
) -> Situation:
    desk = chats.desk(*(() if chat is None else (chat,)), *others)
    return Situation(desk, open=chat, now=chats.NOW, undoable=undoable, noting=noting)


def away(at: Situation) -> Situation:
    assert isinstance(at.desk, Desk)
    return structs.replace(at, desk=structs.replace(at.desk, available=False))


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (situation(OPEN), FIXED),
        (situation(OPEN, chats.new()), ("most_urgent", *FIXED)),
        (situation(OPEN, undoable=True), ("undo", *FIXED)),
        (situation(CLOSED), ("closing", "note", "visitor", "availability")),
        (situation(None), ("availability",)),
        (situation(GREETED), ("hold", *FIXED)),
        (situation(chats.new()), (*FIXED, "hold")),
        (
            situation(GREETED, chats.new("Tom"), undoable=True),
            ("most_urgent", "undo", "hold", *FIXED),
        ),
    ],
)
def test_what_the_moment_asks_for_stands_before_the_fixed_order(
    at: Situation, told: tuple[str, ...]
) -> None:
    assert tuple(hint.action for hint in hints(at)) == told


@pytest.mark.parametrize(
    ("at", "ways"),
    [
        (situation(OPEN, noting=True), ("note",)),
        (away(situation(OPEN)), ("availability",)),
        (away(situation(OPEN, undoable=True, noting=True)), ("note", "availability", "undo")),
    ],
)
def test_ways_back_stand_first_and_once(at: Situation, ways: tuple[str, ...]) -> None:
    others = tuple(action for action in FIXED if action not in ways)
    assert tuple(hint.action for hint in hints(at)) == (*ways, *others)
