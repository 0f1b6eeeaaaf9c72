"""Ways through a play: what an operator has to say so that each branch is taken and it ends."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from itertools import chain, islice

from msgspec import Struct

from operator_tui.desk.entries import Language
from operator_tui.desk.time import HOUR
from server_stub.plays.intents import Known, spoken
from server_stub.plays.play import END, Branch, Goto, Hears, Listen, Play, Scene, Silent
from server_stub.visitors.course import Is
from server_stub.visitors.hearing import Ears, otherwise, silence
from server_stub.visitors.rehearsal import Rehearsal

NEUTRAL = ("Right.", "Hm.", "1, 2, 3", "Xyzzy")
"""Words that most probably mean nothing to anybody."""
TURNS = 400
"""So many turns are enough for any play that ends."""


class Route(Struct, frozen=True):
    """Branches to be taken one after the other, from the beginning of the play to an end of it."""

    branches: tuple[Branch, ...]
    aim: Branch


def routes(play: Play) -> Iterator[Route]:
    """For each branch of the play the shortest way to it and on to an end, if there is one."""
    to, out = _ways_to(play), _ways_out(play)
    for scene in play.scenes.values():
        for aim in _branches(scene):
            if scene.name in to and aim.to in out:
                yield Route((*_before(scene.name, to), aim, *_behind(aim.to, out)), aim)


def walk(route: Route, play: Play, language: Language, known: Known, seed: int = 1) -> Rehearsal:
    """The play, played along the route as far as words can make it."""
    rehearsal = Rehearsal(play, language, known, seed)
    ways = deque(route.branches)
    for _ in range(TURNS):
        rehearsal.until_it_listens()
        if rehearsal.busy is Is.DONE or (not ways and rehearsal.busy is Is.LISTENING):
            break
        if rehearsal.busy is Is.BROWSING:
            rehearsal.invites("Hi, can I help you?")
        elif rehearsal.busy is Is.WAITING:
            rehearsal.says(NEUTRAL[0])
        elif not _cue(rehearsal, ways.popleft(), language, known):
            break
    rehearsal.until(rehearsal.now + HOUR)
    return rehearsal


def words_for(branch: Branch, listen: Listen, language: Language, known: Known) -> str | None:
    """What has to be said for the branch to be taken; None: nothing does it."""
    ears = Ears(language, known)
    if isinstance(branch.when, Hears):
        said = (text for text in _samples(branch.when, language, known))
        return next((text for text in said if ears.heard(listen, text) is branch), None)
    if otherwise(listen) is branch:
        return next((text for text in NEUTRAL if ears.heard(listen, text) is None), None)
    return None


def _cue(rehearsal: Rehearsal, branch: Branch, language: Language, known: Known) -> bool:
    """Do what makes the visitor take the branch; whether that is possible."""
    listen = _listen(rehearsal, branch)
    if isinstance(branch.when, Silent):
        quiet = silence(listen)
        if quiet is None or quiet[1] is not branch:
            return False
        rehearsal.until_it_acts()
        return True
    if (text := words_for(branch, listen, language, known)) is None:
        return False
    rehearsal.says(text)
    return True


def _listen(rehearsal: Rehearsal, branch: Branch) -> Listen:
    """Where the branch stands: looked for where the visitor is first, or large plays take long."""
    scenes = rehearsal.play.scenes
    here = scenes.get(rehearsal.scene)
    thens = (scene.then for scene in chain([here] if here else [], scenes.values()))
    return next(one for one in thens if isinstance(one, Listen) and branch in one.branches)


def _samples(when: Hears, language: Language, known: Known) -> Iterator[str]:
    """Sentences with one of the meanings or phrases, as a question too."""
    phrases = list(when.words.phrases)
    for of in (language, *known):
        for intent in when.intents:
            pattern = spoken(known, of).patterns.get(intent)
            phrases += pattern.phrases if pattern else ()
    for phrase in islice(phrases, 200):
        text = phrase.replace("..", " ").replace(" *", " x").replace("*", "")
        yield f"{text}."
        yield f"{text}?"


Step = tuple[str, Branch | None]
"""The scene before or behind, and the branch between; None for an arrow."""


def _ways_to(play: Play) -> dict[str, Step]:
    """For each scene that can be reached, the last step of the shortest way to it."""
    return _shortest(play.first.name, lambda name: _steps(play, name))


def _ways_out(play: Play) -> dict[str, Step]:
    """For each scene with a way to the end, the first step of the shortest one."""
    back = defaultdict[str, list[Step]](list)
    for name in play.scenes:
        for to, branch in _steps(play, name):
            back[to].append((name, branch))
    return _shortest(END, lambda name: back[name])


def _steps(play: Play, name: str) -> list[Step]:
    if name == END:
        return []
    then = play.scenes[name].then
    return [(then.to, None)] if isinstance(then, Goto) else [(b.to, b) for b in then.branches]


def _shortest(start: str, steps: Callable[[str], list[Step]]) -> dict[str, Step]:
    """From where each scene is come to with the fewest branches; an arrow costs none."""
    found = dict[str, Step]()
    ways: deque[tuple[str, Step]] = deque([(start, ("", None))])
    while ways:
        name, way = ways.popleft()
        if name in found:
            continue
        found[name] = way
        for to, branch in steps(name):
            if branch is None:
                ways.appendleft((to, (name, None)))
            else:
                ways.append((to, (name, branch)))
    return found


def _before(name: str, to: dict[str, Step]) -> list[Branch]:
    return _behind(name, to)[::-1]


def _behind(name: str, ways: dict[str, Step]) -> list[Branch]:
    """The branches along the ways from a scene to where they begin."""
    met = list[Branch]()
    while name:
        name, branch = ways[name]
        met += [branch] if branch is not None else []
    return met


def _branches(scene: Scene) -> tuple[Branch, ...]:
    return scene.then.branches if isinstance(scene.then, Listen) else ()
