from msgspec import structs

from operator_tui.desk.model import Desk, Operator
from operator_tui.desk.text import SafeLine, clean
from operator_tui.ui.screens.unshown import Unshown

DESK = Desk(Operator("op-anna", clean("Anna", SafeLine)))
ONE = "A message could not be read, and nobody can tell in which chat."
TWO = "2 messages could not be read, and nobody can tell in which chats."


class Ear:
    """What the line said, each time it was free."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.free = True
        self._unshown = Unshown(self.said.append, lambda: self.free)

    def sees(self, *found: int) -> list[str]:
        self.said.clear()
        for n in found:
            self._unshown.look(structs.replace(DESK, unreadable=n))
        return list(self.said)


def test_nothing_is_said_where_everything_could_be_read() -> None:
    ear = Ear()
    ear._unshown.look(None)
    assert ear.sees(0, 0) == []


def test_what_could_not_be_read_is_told_once_and_what_comes_after_it_again() -> None:
    ear = Ear()
    assert ear.sees(1, 1, 1) == [ONE]
    assert ear.sees(3, 3) == [TWO]


def test_what_was_missing_before_a_restart_is_told_again() -> None:
    assert Ear().sees(2) == [TWO]


def test_it_waits_until_nothing_else_is_said_and_is_then_told_as_one() -> None:
    ear = Ear()
    ear.free = False
    assert ear.sees(1, 2) == []
    ear.free = True
    assert ear.sees(2) == [TWO]


def test_after_a_snapshot_it_counts_from_the_beginning() -> None:
    assert Ear().sees(2, 0, 1) == [TWO, ONE]
