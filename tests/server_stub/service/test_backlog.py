from functools import partial

import pytest

from server_stub.service.backlog import Backlog


@pytest.fixture
def told() -> list[str]:
    return []


def test_what_waits_for_nothing_is_told_at_once(told: list[str]) -> None:
    Backlog[int]().when_kept(partial(told.append, "a"))
    assert told == ["a"]


def test_nothing_is_told_before_all_that_came_before_it_is_kept(told: list[str]) -> None:
    backlog = Backlog[int]()
    for n, word in enumerate("abc"):
        backlog.add(n)
        backlog.when_kept(partial(told.append, word))
    assert backlog.first(2) == (0, 1)
    assert (told, backlog.waiting) == ([], 3)
    backlog.kept(2)
    assert (told, backlog.waiting) == (["a", "b"], 1)
    backlog.kept(1)
    assert told == ["a", "b", "c"]


def test_what_comes_while_a_batch_is_under_way_goes_with_the_next(told: list[str]) -> None:
    backlog = Backlog[int]()
    backlog.add(1)
    batch = backlog.first(64)
    backlog.add(2)
    backlog.when_kept(partial(told.append, "b"))
    backlog.kept(len(batch))
    assert told == []
    assert backlog.first(64) == (2,)


def test_what_is_asked_for_while_others_are_told_waits_its_turn(told: list[str]) -> None:
    backlog = Backlog[int]()
    backlog.add(1)

    def asks() -> None:
        told.append("a")
        backlog.when_kept(partial(told.append, "c"))
        backlog.add(2)
        backlog.when_kept(partial(told.append, "d"))

    backlog.when_kept(asks)
    backlog.when_kept(partial(told.append, "b"))
    backlog.kept(1)
    assert told == ["a", "b", "c"]
    backlog.kept(1)
    assert told == ["a", "b", "c", "d"]


def test_who_cannot_be_told_keeps_nobody_else_from_hearing(
    told: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    words = "It leaks"

    def fails() -> None:
        raise ValueError(words)

    backlog = Backlog[int]()
    backlog.add(1)
    backlog.when_kept(fails)
    backlog.when_kept(partial(told.append, "a"))
    backlog.kept(1)
    assert told == ["a"]
    assert "ValueError" in caplog.text
    assert words not in caplog.text
