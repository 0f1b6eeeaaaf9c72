from pathlib import Path

import pytest

from operator_tui.desk.time import HOUR, MINUTE, Millis
from server_stub.plays.joining import texts_of
from server_stub.plays.play import END, Goto, Otherwise, Play, Scene
from server_stub.plays.reading import FOLDER, read
from server_stub.sessions.session_file import load
from server_stub.visitors.acts import Acted, Browses, Closes, Opens, Reactivates
from server_stub.visitors.identity import Card, fraction
from server_stub.visitors.visitor import SimulatedVisitor

PLAYS = sorted(FOLDER.glob("*.play"))
TOUR = [path for path in PLAYS if path.stem in load("tour").plays]
T0: Millis = 1_800_000_000_000
TEXTS = (
    *("Hi, what can I help you with?", "Sorry!", "I am still checking", "Size 40, by Friday"),
    *("Did that help?", "Is there anything else?", "Any suggestions?", "Bye, have a nice day"),
    *("I'll send you a new one", "Are you still there?", "Which order number?", "Hm."),
)


def leads_to(scene: Scene) -> set[str]:
    then = scene.then
    return {then.to} if isinstance(then, Goto) else {branch.to for branch in then.branches}


def reached(play: Play) -> set[str]:
    found, new = set[str](), {play.first.name}
    while new:
        found |= new
        new = {to for name in new for to in leads_to(play.scenes[name])} - found - {END}
    return found


@pytest.mark.parametrize("path", PLAYS, ids=lambda path: path.stem)
def test_a_play_is_whole(path: Path) -> None:
    play = read(path)
    assert play.heading.title
    assert play.heading.teaches
    assert reached(play) == set(play.scenes)
    for scene in play.scenes.values():
        for texts in filter(None, map(texts_of, scene.steps)):
            assert set(texts) == set(play.languages), (scene.name, texts)


@pytest.mark.parametrize("path", TOUR, ids=lambda path: path.stem)
def test_a_play_of_the_tour_is_written_and_named_in_four_languages(path: Path) -> None:
    play = read(path)
    assert set(play.languages) == {"en", "nl", "pl", "fi"}
    for texts in (play.heading.title, play.heading.visitor):
        assert set(texts) == set(play.languages)
        assert len(set(texts.values())) == 4


def chatter(play: Play, seed: int) -> list[Acted]:
    """An hour of an operator who says anything at any time."""
    language = play.languages[seed % len(play.languages)]
    visitor = SimulatedVisitor(Card(play, "v", seed, language), T0)
    acted, at = list[Acted](), T0
    for turn in range(60):
        at += round(2 * MINUTE * fraction(seed, turn))
        acted += visitor.advance(at)
        visitor.operator(at, TEXTS[int(len(TEXTS) * fraction(seed, turn, "text"))])
    return acted + visitor.advance(at + 30 * HOUR)


@pytest.mark.parametrize("path", PLAYS, ids=lambda path: path.stem)
def test_whatever_the_operator_says_time_goes_on_and_a_closed_chat_stays_closed(
    path: Path,
) -> None:
    play = read(path)
    for seed in range(20):
        acted = chatter(play, seed)
        assert acted == chatter(play, seed)
        assert not acted or isinstance(acted[0].act, Opens | Browses | Reactivates)
        assert [one.at for one in acted] == sorted(one.at for one in acted)
        closed = [place for place, one in enumerate(acted) if isinstance(one.act, Closes)]
        assert closed in ([], [len(acted) - 1])


def test_else_is_never_the_only_way_on_in_the_tour() -> None:
    for path in PLAYS:
        for scene in read(path).scenes.values():
            if not isinstance(scene.then, Goto):
                assert any(not isinstance(b.when, Otherwise) for b in scene.then.branches)
