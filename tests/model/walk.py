"""A walk through the world: a schedule of acts, everything checked after each, then healing."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

import pytest

from operator_tui.wire import codec, outgoing
from server_stub.service import ledger_tables, logs
from tests.model.judging import OUTBOX, ROUNDS
from tests.model.server import OPERATORS
from tests.model.world import World

Step: TypeAlias = tuple[str, int, int]
"""The name of an act, which desk, which choice."""

OFTEN = ("goes_on", "goes_on", "goes_well", "writes", "writes", "writes", "visitor_says")
HOSTILE = (
    *("a_zombie_delivers", "a_zombie_is_buried", "path_breaks", "path_breaks", "path_goes_black"),
    *("event_is_damaged", "desk_is_killed", "desk_is_killed_after_its_commit", "disk_fails"),
    *("desk_is_backed_up", "desk_is_restored", "server_is_killed", "server_meets_a_fault"),
    *("an_op_meets_a_fault", "an_op_is_overtaken", "server_is_wiped", "time_passes", "time_passes"),
)
PLAIN = (
    *("connects", "desk_reads", "disk_writes", "server_reads", "server_writes", "commands"),
    *("commands", "discards", "edits", "releases", "visitor_acts", "time_passes"),
)
ACTS = (*OFTEN, *OFTEN, *PLAIN, *HOSTILE)


A_NUMBER_GIVEN_TWICE: tuple[Step, ...] = (
    *(("goes_well", 0, 0), ("writes", 0, 0), ("disk_writes", 0, 0), ("desk_is_backed_up", 0, 0)),
    *(("path_breaks", 0, 0), ("time_passes", 0, 4), ("goes_well", 0, 0), ("writes", 0, 1)),
    *(("goes_well", 0, 0), ("desk_is_restored", 0, 0)),
)
"""A copy in which a number stands that was taken back since, and given to another reply."""


A_LATE_HELLO: tuple[Step, ...] = (
    *(("connects", 0, 0), ("path_breaks", 0, 3), ("goes_well", 0, 0), ("a_zombie_delivers", 0, 0)),
    *(("goes_well", 0, 0), ("goes_well", 0, 0)),
)
"""The greeting of a connection that was given up arrives after that of its successor."""
TOLD = (A_NUMBER_GIVEN_TWICE, A_LATE_HELLO)
"""Schedules that walks seldom meet, by themselves."""
_STEPS = ("disk_writes", "server_reads", "server_writes", "desk_reads", "disk_writes")
_ROUND: tuple[Step, ...] = tuple((name, 0, 7) for name in _STEPS)
ORDINARY_DAY: tuple[Step, ...] = (
    *(("connects", 0, 0), *_ROUND, *_ROUND, ("goes_well", 1, 0), ("writes", 0, 0), *_ROUND),
    *(("visitor_says", 0, 0), ("writes", 0, 0), ("writes", 0, 1), *_ROUND, *_ROUND),
    *(("commands", 0, 4), ("commands", 0, 1), *_ROUND, ("visitor_says", 0, 1), *_ROUND),
)
"""A desk comes in, two chats are written in, one is passed on; each step of it by itself."""
FAULTS: tuple[Step, ...] = (
    *(("desk_is_killed", 0, 1), ("desk_is_killed_after_its_commit", 0, 0), ("disk_fails", 0, 0)),
    *(("server_is_killed", 0, 0), ("server_meets_a_fault", 0, 0), ("server_meets_a_fault", 0, 1)),
    *(("server_meets_a_fault", 0, 2), ("path_breaks", 0, 0), ("path_breaks", 0, 2)),
    *(("path_goes_black", 0, 0), ("server_is_wiped", 0, 0), ("desk_is_restored", 0, 0)),
    *(("time_passes", 0, 4), ("event_is_damaged", 0, 1), ("event_is_damaged", 0, 2)),
)
"""What can befall any one step."""


@contextmanager
def small_limits() -> Iterator[None]:
    """Limits so low that a short walk meets all of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logs, "KEPT_EVENTS", 12)
        patch.setattr(logs, "TRIM_STEP", 4)
        patch.setattr(logs, "KEPT_FOR", 1)
        patch.setattr(logs, "KEPT_RESULTS", 8)
        patch.setattr(ledger_tables, "KEPT_RESULTS", 8)
        patch.setattr(outgoing, "OUTBOX_LIMIT", OUTBOX)
        patch.setattr(outgoing, "IN_FLIGHT", 3)
        patch.setattr(codec, "PIECE", 700)
        yield


def schedule(seed: int, length: int) -> list[Step]:
    """The acts of one walk, from a seed."""
    luck = random.Random(seed)
    return [(luck.choice(ACTS), luck.randrange(2), luck.randrange(16)) for _ in range(length)]


def walks(steps: Sequence[Step], operators: tuple[str, str] = OPERATORS) -> World:
    """Take all the steps; an AssertionError names the invariant that broke."""
    world = World(operators)
    for name, who, x in steps:
        getattr(world, name)(who, x)
        world.judge.check()
    heals(world)
    return world


def heals(world: World) -> None:
    """I6: with a whole network and working disks everything comes to rest, and agrees."""
    world.server.disk.fault = None
    for desk in world.desks:
        desk.damaged = {seq: one for seq, one in desk.damaged.items() if one.lasting}
    for _ in range(ROUNDS):
        for who in range(len(world.desks)):
            world.goes_well(who, 0)
            world.judge.check()
        if all(world.judge.at_rest(desk) for desk in world.desks):
            world.judge.equal_views()
            return
        world.time_passes(0, 1)
    raise AssertionError(f"I6: it does not come to rest: {standing(world)}")


def standing(world: World) -> list[str]:
    """How far each desk has come, for the message of a failure."""
    return [
        f"{desk.delivery.state} {desk.delivery.reason} {desk.kept.place} "
        f"{[(row.id, row.n, str(row.fate)) for row in desk.delivery.outbox]}"
        for desk in world.desks
    ]
