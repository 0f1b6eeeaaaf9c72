"""How the scenes of a play hang together: who can be reached, and who can get out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from server_stub.plays.drafts import Draft, Open
from server_stub.plays.play import END
from server_stub.plays.problems import did_you_mean
from server_stub.plays.reading import MISSPELT, leaps


def unreachable(reading: Draft) -> Iterator[tuple[int, str, str]]:
    """Scenes that nothing leads to; a line that cannot be read may be meant to."""
    names = [scene.name for scene in reading.open]
    found = _from([names[0]], _nearly(reading, names))
    for scene in reading.open:
        if scene.name not in found:
            what = f'Nothing leads from the beginning to the scene "{scene.name}".'
            yield scene.line, what, f'Write "-> {scene.name}" somewhere, or leave it out.'


def closed_in(reading: Draft) -> Iterator[tuple[int, str, str]]:
    """Scenes from which the end is never reached; a scene that is not there may be meant to."""
    back = defaultdict[str, list[str]](list)
    for scene in reading.open:
        for to in _to(scene):
            back[to].append(scene.name)
    lost = [scene.name for scene in reading.open if scene.lost]
    unknown = back.keys() - {scene.name for scene in reading.open}
    out = _from([END, *lost, *unknown], back)
    for scene in reading.open:
        if scene.lost:
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


def _from(begin: Iterable[str], ways: Mapping[str, Iterable[str]]) -> set[str]:
    """Everything that the ways lead to from there, with where they begin."""
    found, new = set[str](), list(begin)
    while new:
        name = new.pop()
        if name not in found:
            found.add(name)
            new += ways.get(name, ())
    return found


def _nearly(reading: Draft, names: list[str]) -> dict[str, list[str]]:
    """Where each scene leads, also by names that are only nearly right."""
    known, meant = {*names, END}, dict[str, list[str]]()
    ways = defaultdict[str, list[str]](list)
    for scene in reading.open:
        for to in _to(scene):
            if to not in known and to not in meant:
                meant[to] = _meant(to, names) if len(meant) < MISSPELT else []
            ways[scene.name] += meant.get(to) or [to]
    return ways


def _meant(to: str, names: list[str]) -> list[str]:
    near = did_you_mean(to, names) if to else ""
    return [name for name in names if near == f'Did you mean "{name}"?']


def _to(scene: Open) -> list[str]:
    return [to for _, to in leaps(scene.scene())] + sorted(scene.guessed)


def _last(scene: Open) -> int:
    return scene.steps[-1].line if scene.steps else scene.line
