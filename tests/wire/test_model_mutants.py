"""A model that notices nothing proves nothing: each rule of the protocol is taken out in turn."""

import inspect
import logging
from collections.abc import Iterator

import pytest

from tests.model import mutants
from tests.model.days import KILLED_BY
from tests.model.mutants import Mutant, desk_stores_the_cursor_first, told_before_it_is_kept
from tests.model.server import OPERATORS
from tests.model.shelf import MakeShelf, PureShelf, SqliteShelf
from tests.model.walk import LENGTH, schedule, small_limits, walks

WALKS = 200
"""After so many the mutant has survived."""

LATER: list[Mutant] = [told_before_it_is_kept]
"""Those of a server that commits later, together with all that came meanwhile."""

STORE: list[Mutant] = [desk_stores_the_cursor_first]
"""Those of the desk's database: it has to be there for them."""

ALL: list[Mutant] = [
    one
    for _, one in inspect.getmembers(mutants, inspect.isfunction)
    if one.__module__ == mutants.__name__ and not one.__name__.startswith("_")
]


@pytest.fixture(autouse=True)
def limits() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    with small_limits():
        yield
    logging.disable(logging.NOTSET)


def shelf_for(mutant: Mutant) -> MakeShelf:
    """Where what the mutant changes is at work."""
    return SqliteShelf if mutant in STORE else PureShelf


def hunt(mutant: Mutant, most: int) -> str | None:
    """What the first walk that breaks a promise says; None: none of them does.

    An error of another kind would be the mutant's own.
    """
    for seed in range(most):
        pair = OPERATORS if seed % 2 else (OPERATORS[0], OPERATORS[0])
        try:
            walks(schedule(seed, LENGTH), pair, shelf_for(mutant), later=seed % 4 > 1)
        except AssertionError as error:
            return f"{seed}: {error}"
    return None


@pytest.mark.thorough
@pytest.mark.parametrize("mutant", ALL)
def test_one_schedule_finds_that_a_rule_is_gone(
    mutant: Mutant, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps, promise = KILLED_BY[mutant.__name__]
    mutant(monkeypatch)
    with pytest.raises(AssertionError, match=f"^{promise}"):
        walks(steps, OPERATORS, shelf_for(mutant), later=mutant in LATER)


@pytest.mark.thorough
@pytest.mark.parametrize("mutant", ALL)
def test_walks_find_that_a_rule_is_gone_without_being_told_where(
    mutant: Mutant, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant(monkeypatch)
    assert hunt(mutant, WALKS) is not None


def test_there_is_a_schedule_for_every_mutant() -> None:
    assert len(ALL) >= 20
    assert {one.__name__ for one in ALL} == KILLED_BY.keys()
