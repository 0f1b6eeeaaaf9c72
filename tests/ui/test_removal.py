from collections.abc import Callable

from msgspec import structs

from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.policy import Policy
from operator_tui.ui.screens.removal import UNDO_CLOSING, UNDO_REMOVAL, Parting, Removal
from tests.ui import chats


class Outbox:
    """Takes what the removal hands over."""

    def __init__(self) -> None:
        self.commands: list[Parting] = []

    def __call__(self, command: Parting, after: Callable[[], None]) -> None:
        self.commands.append(command)


def done(**facts: object) -> Chat:
    return chats.chat("Aino", steps=frozenset({1, 2, 3, 4, 5}), **facts)


def desk(chat: Chat) -> Desk:
    return structs.replace(chats.desk(chat), policy=Policy())


def test_painting_the_desk_decides_nothing() -> None:
    removal = Removal(Outbox())
    removal.close(done(), 0)
    removal.over(desk(done(unanswered=1)))
    assert removal.last is not None
    assert not removal.over(desk(done())).chats


def test_words_that_come_in_the_last_moment_are_closed_by_nobody() -> None:
    outbox = Outbox()
    removal = Removal(outbox)
    removal.close(done(), 0)
    removal.tick(UNDO_CLOSING, desk(done(unanswered=1)))
    assert outbox.commands == []
    assert removal.last is None


def test_without_a_desk_time_runs_all_the_same() -> None:
    outbox = Outbox()
    removal = Removal(outbox)
    removal.remove(chats.chat("Aino"), 0)
    removal.tick(UNDO_REMOVAL, None)
    assert [command.chat for command in outbox.commands] == ["Aino"]
