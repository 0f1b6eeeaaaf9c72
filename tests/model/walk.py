"""A walk through the world: a schedule of acts, everything checked after each, then healing."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

import pytest

from operator_tui.link import folded
from operator_tui.wire import codec, outbox_rules
from server_stub.service import ledger_tables, logs
from tests.model.asking import KINDS
from tests.model.judging import OUTBOX, RESULTS, ROUNDS
from tests.model.server import OPERATORS
from tests.model.shelf import MakeShelf, PureShelf
from tests.model.world import World

Step: TypeAlias = tuple[str, int, int]
"""The name of an act, which desk, which choice."""

OFTEN = ("goes_on", "goes_on", "goes_well", "writes", "writes", "writes", "visitor_says")
HOSTILE = (
    *("a_zombie_delivers", "a_zombie_is_buried", "path_breaks", "path_breaks", "path_goes_black"),
    *("event_is_damaged", "desk_is_killed", "desk_is_killed_by_its_commit", "disk_fails"),
    *("desk_is_backed_up", "desk_is_restored", "server_is_killed", "server_meets_a_fault"),
    *("server_is_wiped", "server_is_backed_up", "server_is_restored"),
    *("time_passes", "time_passes"),
)
PLAIN = (
    *("connects", "desk_reads", "disk_writes", "server_reads", "server_writes", "server_commits"),
    *("commands", "discards", "edits", "releases", "visitor_acts", "guest_acts", "time_passes"),
)
STORIES = tuple(name for name in vars(World) if not name.startswith("_"))
ACTS = (*OFTEN, *OFTEN, *PLAIN, *HOSTILE, *STORIES)
CHOICES = 4 * KINDS
LENGTH = 40
"""Acts in a walk. Some are long stories: a longer walk only finds the same again, later."""


@contextmanager
def small_limits() -> Iterator[None]:
    """Limits so low that a short walk meets all of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logs, "KEPT_EVENTS", 12)
        patch.setattr(logs, "TRIM_STEP", 4)
        patch.setattr(logs, "KEPT_FOR", 1)
        patch.setattr(logs, "KEPT_RESULTS", RESULTS)
        patch.setattr(ledger_tables, "KEPT_RESULTS", RESULTS)
        patch.setattr(outbox_rules, "OUTBOX_LIMIT", OUTBOX)
        patch.setattr(outbox_rules, "IN_FLIGHT", 3)
        patch.setattr(codec, "PIECE", 700)
        patch.setattr(folded, "CHECKPOINT_EVERY", 5)
        yield


def schedule(seed: int, length: int) -> list[Step]:
    """The acts of one walk, from a seed."""
    luck = random.Random(seed)
    return [(luck.choice(ACTS), luck.randrange(2), luck.randrange(CHOICES)) for _ in range(length)]


def walks(
    steps: Sequence[Step],
    operators: tuple[str, str] = OPERATORS,
    shelf: MakeShelf = PureShelf,
    *,
    later: bool = False,
) -> World:
    """Take all the steps; an AssertionError names the invariant that broke."""
    world = World(operators, shelf, later=later)
    try:
        for name, who, x in steps:
            getattr(world, name)(who, x)
            world.judge.check()
        heals(world)
    finally:
        world.ends()
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
