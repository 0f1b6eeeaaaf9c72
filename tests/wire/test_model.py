"""The product's two state machines against everything that networks, disks and people do.

The promises I1 to I12 are those of docs/reliability.md; `tests/model` says where each is checked.
"""

import logging
from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from operator_tui.desk.commands import Command
from tests.model.days import BEFALLS, EVERY_COMMAND, KILLED_BY, KILLS, ORDINARY_DAY
from tests.model.server import OPERATORS
from tests.model.shelf import SqliteShelf
from tests.model.walk import ACTS, CHOICES, LENGTH, Step, heals, schedule, small_limits, walks
from tests.model.world import World

TWO_DEVICES = (OPERATORS[0], OPERATORS[0])
OF_THE_DESK = {"desk_is_killed", "desk_is_killed_by_its_commit", "disk_fails", "desk_is_restored"}


@pytest.fixture(autouse=True)
def limits() -> Iterator[None]:
    logging.disable(logging.CRITICAL)  # a failing commit is an error to the server, not to us
    with small_limits():
        yield
    logging.disable(logging.NOTSET)


def pair(seed: int) -> tuple[str, str]:
    return OPERATORS if seed % 2 else TWO_DEVICES


class Machine(RuleBasedStateMachine):
    """Hypothesis chooses the acts, and finds the shortest schedule that breaks a promise."""

    @initialize(operators=st.sampled_from([OPERATORS, TWO_DEVICES]), later=st.booleans())
    def begins(self, operators: tuple[str, str], later: bool) -> None:
        self.world = World(operators, later=later)

    @rule(act=st.sampled_from(ACTS), who=st.integers(0, 1), x=st.integers(0, CHOICES - 1))
    def acts(self, act: str, who: int, x: int) -> None:
        getattr(self.world, act)(who, x)
        self.world.judge.check()

    def teardown(self) -> None:
        if hasattr(self, "world"):
            heals(self.world)
            self.world.ends()


def explored(examples: int, steps: int) -> None:
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Machine, settings=chosen)


def test_a_few_schedules_of_hypothesis_keep_every_promise() -> None:
    explored(examples=6, steps=20)


@pytest.mark.thorough
@pytest.mark.timeout(240)
def test_many_schedules_of_hypothesis_keep_every_promise() -> None:
    explored(examples=120, steps=LENGTH)


@pytest.mark.parametrize("seed", range(8))
def test_a_few_walks_keep_every_promise(seed: int) -> None:
    walks(schedule(seed, LENGTH), pair(seed), later=seed % 4 > 1)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(100, 112))
def test_many_walks_keep_every_promise(seed: int) -> None:
    for one in range(20):
        walks(schedule(1_000 * seed + one, LENGTH), pair(one), later=one % 4 > 1)


def test_a_walk_over_the_desks_own_database_keeps_every_promise() -> None:
    walks(schedule(1, LENGTH), OPERATORS, SqliteShelf)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(200, 208))
def test_many_walks_over_the_desks_own_database_keep_every_promise(seed: int) -> None:
    for one in range(15):
        walks(schedule(1_000 * seed + one, LENGTH), pair(one), SqliteShelf, later=one % 4 > 1)


@pytest.mark.parametrize("mutant", KILLED_BY)
def test_what_finds_a_mutant_finds_nothing_in_the_product(mutant: str) -> None:
    walks(KILLED_BY[mutant][0])


def test_every_command_is_asked_for_and_done() -> None:
    world = walks(EVERY_COMMAND)
    done = {
        type(row.command)
        for desk in world.desks
        for op, row in desk.promises.entered.items()
        if any(answer.ok for answer in world.archive.answers(desk.operator, op))
    }
    assert done == set(get_args(Command))


def with_fault(place: int, fault: Step) -> list[Step]:
    return [*ORDINARY_DAY[:place], fault, *ORDINARY_DAY[place:]]


@pytest.mark.parametrize("fault", KILLS, ids=str)
def test_either_side_may_be_killed_at_any_step_of_an_ordinary_day(fault: Step) -> None:
    for place in range(0, len(ORDINARY_DAY) + 1, 5):
        walks(with_fault(place, fault), later=place % 2 == 1)


@pytest.mark.thorough
@pytest.mark.parametrize("fault", BEFALLS, ids=str)
def test_anything_may_befall_any_step_of_an_ordinary_day(fault: Step) -> None:
    for place in range(len(ORDINARY_DAY) + 1):
        walks(with_fault(place, fault), later=place % 2 == 1)


@pytest.mark.thorough
@pytest.mark.parametrize("fault", [one for one in BEFALLS if one[0] in OF_THE_DESK], ids=str)
def test_the_desks_own_database_outlives_any_step_of_an_ordinary_day(fault: Step) -> None:
    for place in range(0, len(ORDINARY_DAY) + 1, 3):
        walks(with_fault(place, fault), OPERATORS, SqliteShelf, later=place % 2 == 1)
