"""The tree of branches of a play, as text, with those that were taken."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from server_stub.plays.play import END, Branch, Goto, Hears, Otherwise, Play, Scene, Silent
from server_stub.plays.spans import written

TAKEN, NEVER = "x", "."
DEEPEST = 12
"""Further in nothing is set."""


def branches(play: Play) -> list[Branch]:
    """Every branch, in the order of the file."""
    return [
        branch
        for scene in play.scenes.values()
        if not isinstance(scene.then, Goto)
        for branch in scene.then.branches
    ]


def condition(branch: Branch) -> str:
    """What a branch listens for, as it is written in a play."""
    match branch.when:
        case Hears(intents, words):
            return " ".join(("if", *intents, *(f'"{phrase}"' for phrase in words.phrases)))
        case Silent(span, said):
            return f"if silence {said or written(span)}"
        case Otherwise():
            return "else"


def outline(play: Play, taken: Collection[Branch]) -> Iterator[str]:
    """The tree, a line a branch: `x` was taken, `.` never."""
    lines = {branch.line for branch in taken}
    shown, below = {END}, [_Below(play.first.name, 0)]
    while below:
        name, depth, text = below.pop()
        yield text.format(to=_named(name, shown)) if text else name
        if name not in shown:
            shown.add(name)
            below += reversed(list(_leading_on(play.scenes[name], lines, depth + 1)))


class _Below(NamedTuple):
    """A line that is still to come: where it leads, how deep it stands, how it is written."""

    to: str
    depth: int
    text: str = ""


def _leading_on(scene: Scene, lines: Collection[int], depth: int) -> Iterator[_Below]:
    indent = "  " * min(depth, DEEPEST)
    if isinstance(scene.then, Goto):
        yield _Below(scene.then.to, depth - 1, f"{indent}  -> {{to}}")
        return
    for branch in scene.then.branches:
        mark = TAKEN if branch.line in lines else NEVER
        what = condition(branch).replace("{", "{{").replace("}", "}}")
        yield _Below(branch.to, depth, f"{indent}{mark} {what} -> {{to}}")


def _named(to: str, shown: Collection[str]) -> str:
    return f"{to} (see above)" if to in shown and to != END else to


def never(play: Play, taken: Collection[Branch]) -> list[Branch]:
    """The branches that were not taken, in the order of the file."""
    lines = {branch.line for branch in taken}
    return [branch for branch in branches(play) if branch.line not in lines]


def summary(play: Play, taken: Collection[Branch]) -> Iterator[str]:
    """How many branches were taken, and which were never."""
    missing, every = never(play, taken), branches(play)
    yield f"{len(every) - len(missing)} of {len(every)} branches were taken."
    if missing:
        yield "Never taken:"
    for branch in missing:
        yield f"  line {branch.line}: {condition(branch)} -> {branch.to}"
