"""`server-stub try --walk`: every branch of a play by itself, with the words that lead to it."""

from collections.abc import Iterator

from operator_tui.desk.entries import Language
from server_stub.plays import intents
from server_stub.plays.outline import branches, condition, outline, summary
from server_stub.plays.play import Branch, Play, Silent
from server_stub.told import Exit, say
from server_stub.visitors.course import Is
from server_stub.visitors.rehearsal import Rehearsal
from server_stub.visitors.routes import Route, routes, walk


def walked(play: Play, language: Language, known: intents.Known) -> int:
    """Walk from the beginning to an end through each branch. 1 when that cannot be."""
    every, taken, failed = list(routes(play)), list[Branch](), list[Route]()
    for route in every:
        rehearsal = walk(route, play, language, known)
        say(f"line {route.aim.line}: {'; '.join(_way(rehearsal))}")
        taken += rehearsal.taken
        if rehearsal.busy is not Is.DONE or route.aim not in rehearsal.taken:
            failed.append(route)
    say("")
    for line in (*outline(play, taken), *summary(play, taken)):
        say(line)
    for route in failed:
        say(f"line {route.aim.line}: {condition(route.aim)} does not come to an end.")
    say(f"{len(every) - len(failed)} ways from beginning to end.")
    return Exit.WRONG if failed or len(every) < len(branches(play)) else Exit.FINE


def _way(rehearsal: Rehearsal) -> Iterator[str]:
    """What the operator said, or did not, and where it led each time."""
    for place, branch in enumerate(rehearsal.taken):
        words = [f'"{text}"' for before, text in rehearsal.said if before == place]
        if isinstance(branch.when, Silent):
            words.append(f"(silence {branch.when.said})")
        yield f"{', '.join(words)} -> {branch.to}"
    last = [f'"{text}"' for before, text in rehearsal.said if before >= len(rehearsal.taken)]
    if last:
        yield ", ".join(last)
