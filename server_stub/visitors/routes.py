"""Ways through a play: what an operator has to say so that each branch is taken and it ends."""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice

from msgspec import Struct

from operator_tui.desk.model import Language
from operator_tui.desk.time import HOUR
from server_stub.visitors.course import Is
from server_stub.visitors.hearing import Ears, otherwise, silence
from server_stub.visitors.intents import Known, spoken
from server_stub.visitors.outline import branches
from server_stub.visitors.play import END, Branch, Goto, Hears, Listen, Play, Scene, Silent
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
    for aim in branches(play):
        before, after = _way_to(play, aim), _way_out(play, aim.to)
        if before is not None and after is not None:
            yield Route((*before, aim, *after), aim)


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
    listen = _listen(rehearsal.play, branch)
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


def _listen(play: Play, branch: Branch) -> Listen:
    thens = (scene.then for scene in play.scenes.values())
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


def _way_to(play: Play, aim: Branch) -> tuple[Branch, ...] | None:
    """The fewest branches from the beginning to the listening in which `aim` stands."""
    return _shortest(play, play.first.name, lambda scene: aim in _branches(scene))


def _way_out(play: Play, start: str) -> tuple[Branch, ...] | None:
    """The fewest branches from a scene to an end."""
    return _shortest(play, start, None)


def _shortest(
    play: Play, start: str, there: Callable[[Scene], bool] | None
) -> tuple[Branch, ...] | None:
    """The fewest branches to a scene that is `there`, or to the end when that is None."""
    ways: deque[tuple[str, tuple[Branch, ...]]] = deque([(start, ())])
    seen = {start}
    while ways:
        name, way = ways.popleft()
        if name == END:
            if there is None:
                return way
            continue
        scene = play.scenes[name]
        if there is not None and there(scene):
            return way
        if isinstance(scene.then, Goto) and scene.then.to not in seen:
            ways.appendleft((scene.then.to, way))
            seen.add(scene.then.to)
        for branch in _branches(scene):
            if branch.to not in seen:
                ways.append((branch.to, (*way, branch)))
                seen.add(branch.to)
    return None


def _branches(scene: Scene) -> tuple[Branch, ...]:
    return scene.then.branches if isinstance(scene.then, Listen) else ()
