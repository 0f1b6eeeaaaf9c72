"""The tree of branches of a play, as text, with those that were taken."""

from collections.abc import Collection, Iterator

from server_stub.visitors.play import Branch, Goto, Hears, Otherwise, Play, Scene, Silent
from server_stub.visitors.spans import written

TAKEN, NEVER = "x", "."


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
        case Silent(span):
            return f"if silence {written(span)}"
        case Otherwise():
            return "else"


def outline(play: Play, taken: Collection[Branch]) -> Iterator[str]:
    """The tree, a line a branch: `x` was taken, `.` never."""
    lines = {branch.line for branch in taken}
    shown = set[str]()
    yield play.first.name
    yield from _below(play, play.first, lines, shown, 1)


def _below(
    play: Play, scene: Scene, lines: Collection[int], shown: set[str], depth: int
) -> Iterator[str]:
    shown.add(scene.name)
    indent = "  " * min(depth, 12)
    if isinstance(scene.then, Goto):
        yield f"{indent}  -> {_named(scene.then.to, shown)}"
        yield from _next(play, scene.then.to, lines, shown, depth)
        return
    for branch in scene.then.branches:
        mark = TAKEN if branch.line in lines else NEVER
        yield f"{indent}{mark} {condition(branch)} -> {_named(branch.to, shown)}"
        yield from _next(play, branch.to, lines, shown, depth + 1)


def _next(
    play: Play, to: str, lines: Collection[int], shown: set[str], depth: int
) -> Iterator[str]:
    if to in play.scenes and to not in shown:
        yield from _below(play, play.scenes[to], lines, shown, depth)


def _named(to: str, shown: Collection[str]) -> str:
    return f"{to} (see above)" if to in shown else to


def never(play: Play, taken: Collection[Branch]) -> list[Branch]:
    """The branches that were not taken, in the order of the file."""
    lines = {branch.line for branch in taken}
    return [branch for branch in branches(play) if branch.line not in lines]


def summary(play: Play, taken: Collection[Branch]) -> Iterator[str]:
    """How many branches were taken, and which were never."""
    missing, every = never(play, taken), branches(play)
    yield f"{len(every) - len(missing)} of {len(every)} branches were taken."
    if missing:
        yield "Never:"
    for branch in missing:
        yield f"  line {branch.line}: {condition(branch)} -> {branch.to}"
