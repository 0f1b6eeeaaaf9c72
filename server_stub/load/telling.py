"""`server-stub load`: figures of this machine, and the table of what several chats at once do."""

import argparse
from collections.abc import Iterator, Sequence
from time import process_time

from operator_tui.desk.time import HOUR
from server_stub.clock import VirtualClock
from server_stub.load.closed_loop import Speed, Times, computed
from server_stub.load.core import OwnCore, run
from server_stub.load.crowd import library
from server_stub.load.many import Cost, measured
from server_stub.told import Exit, say

CHATS = (1, 2, 3, 4)
HEAD = (
    "chats at once",
    "reply after, on average",
    "nine in ten within",
    "within a minute",
    "replies an hour",
    "at work",
)
TIMERS, TIMES = 20_000, 3_600.0


def load(options: argparse.Namespace) -> int:
    """Measure and compute, and tell."""
    plays = library()
    if not options.table:
        say("Time of the processor is measured, as on a core that does nothing else.")
        say(timers())
        for line in cost(measured(options.visitors, options.seconds, plays)):
            say(line)
        say("")
    speed = Speed(typing=options.typing, reply=options.reply)
    for line in table(computed(CHATS, plays, speed), speed):
        say(line)
    return Exit.FINE


def timers() -> str:
    """What 20,000 timers of one hour cost at 3,600 times."""
    start = process_time()
    core = OwnCore()
    clock, called = VirtualClock(0, TIMES, core, fastest=TIMES), list[int]()
    for number in range(TIMERS):
        clock.call_at(number * HOUR // TIMERS, called.append)
    while len(called) < TIMERS:
        run(clock, core, 0.1)
    spent = process_time() - start
    return f"{TIMERS:,} timers of an hour at {TIMES:,.0f} times: {spent:.2f} s"


def cost(one: Cost) -> Iterator[str]:
    """The figures of many visitors."""
    yield f"{one.visitors:,} visitors of the library, each writing every {one.every:.1f} s:"
    yield f"  {one.share:.1%} of one core"
    yield f"  timers late by {one.late:.1f} ms (99th percentile)"
    yield f"  {one.bytes / 1024:.1f} KB each"


def table(rows: Sequence[Times], speed: Speed) -> Iterator[str]:
    """What several chats at once do, as it stands in docs/scenarios.md."""
    yield (
        f"An operator who types {speed.typing:g} characters a second, {speed.reply} in a reply,"
        f" thinks {speed.thinks:g} s and takes {speed.switches:g} s more to change chats:"
    )
    yield ""
    yield f"| {' | '.join(HEAD)} |"
    yield "|---|---|---|---|---|---|"
    for row in rows:
        yield (
            f"| {row.chats} | {row.mean:.0f} s | {row.p90:.0f} s | {row.in_time:.0%} |"
            f" {row.replies:.0f} | {row.busy:.0%} |"
        )
