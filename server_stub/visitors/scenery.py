"""How the scenes of a play hang together: who can be reached, and who can get out."""

from collections.abc import Iterator

from server_stub.visitors.drafts import Draft, Open
from server_stub.visitors.play import END
from server_stub.visitors.problems import did_you_mean
from server_stub.visitors.reading import leaps


def unreachable(reading: Draft) -> Iterator[tuple[int, str, str]]:
    """Scenes that nothing leads to; a line that cannot be read may be meant to."""
    names = [scene.name for scene in reading.open]
    found, new = set[str](), {names[0]}
    while new:
        found |= new
        new = {to for scene in reading.open if scene.name in new for to in _to(scene, names)}
        new -= found
    for scene in reading.open:
        if scene.name not in found:
            what = f'No branch and no arrow leads to the scene "{scene.name}".'
            yield scene.line, what, f'Write "-> {scene.name}" somewhere, or leave it out.'


def closed_in(reading: Draft) -> Iterator[tuple[int, str, str]]:
    """Scenes from which the end is never reached."""
    out = {END}
    while True:
        more = {s.name for s in reading.open if s.broken or out & set(_to(s, []))} - out
        if not more:
            break
        out |= more
    for scene in reading.open:
        if scene.broken:
            continue
        if scene.listens is None and scene.goto is None:
            yield _last(scene), f'The scene "{scene.name}" has no way out.', _WAYS
        elif scene.listens is not None and not scene.branches:
            what = f'The scene "{scene.name}" listens, but for nothing.'
            yield scene.listens, what, "Add if and else branches under it."
        elif scene.name not in out:
            what = f'From the scene "{scene.name}" nothing leads to the end.'
            yield scene.line, what, 'Give one of its branches "-> end".'


_WAYS = 'End it with "listen" and branches, with "-> scene", or with "-> end".'


def _to(scene: Open, known: list[str]) -> list[str]:
    """Where a scene leads, also by names that are only nearly right."""
    there = [to for _, to in leaps(scene.scene())] + sorted(scene.guessed)
    nearly = [name for name in known if any(_meant(to, name) for to in there if to not in known)]
    return there + nearly


def _meant(to: str, name: str) -> bool:
    return to not in {END, ""} and bool(did_you_mean(to, [name]))


def _last(scene: Open) -> int:
    return scene.steps[-1].line if scene.steps else scene.line
