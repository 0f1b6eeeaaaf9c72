"""Every play of the library, played along each of its branches to an end."""

import re
from collections import Counter
from pathlib import Path

import pytest

from server_stub.plays import checking
from server_stub.plays.intents import built_in
from server_stub.plays.outline import branches, never
from server_stub.plays.play import END, Branch, Play
from server_stub.plays.reading import FOLDER, read
from server_stub.visitors.course import Is
from server_stub.visitors.rehearsal import Rehearsal
from server_stub.visitors.routes import routes, walk

PATHS = sorted(FOLDER.glob("*.play"))
PLAYS = {path.stem: read(path) for path in PATHS}
DOCS = Path(__file__).parents[3] / "docs" / "scenarios.md"


def walked(play: Play, language: str, seed: int = 1) -> list[Branch]:
    """Every branch that some way took; each way comes to an end."""
    taken: list[Branch] = []
    for route in routes(play):
        rehearsal = walk(route, play, language, built_in(), seed)
        assert rehearsal.busy is Is.DONE, (play.id, language, route.aim)
        assert route.aim in rehearsal.taken, (play.id, language, route.aim)
        taken += rehearsal.taken
    return taken


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_nothing_is_wrong_with_a_play(path: Path) -> None:
    assert checking.check(path) == []


@pytest.mark.parametrize("name", PLAYS)
def test_a_play_can_be_brought_to_each_of_its_endings(name: str) -> None:
    play = PLAYS[name]
    taken = walked(play, play.languages[0])
    assert never(play, taken) == []
    assert any(branch.to == END for branch in branches(play)) or "gone" in play.scenes


@pytest.mark.thorough
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", PLAYS)
def test_it_can_in_every_language_and_at_another_pace(name: str, seed: int) -> None:
    play = PLAYS[name]
    for language in play.languages:
        assert never(play, walked(play, language, seed)) == []


def test_the_library_speaks_each_language_often_enough() -> None:
    spoken = Counter(language for play in PLAYS.values() for language in play.languages)
    assert len(PLAYS) >= 24
    assert spoken["en"] >= 8
    assert spoken["nl"] >= 8
    assert spoken["pl"] >= 4
    assert spoken["fi"] >= 4


PRACTISED = {
    *(42, 45, 48, 49, 50, 52, 53, 54, 61, 67, 68, 73, 91, 117, 131, 134, 142),
    *(19, 25, 27, 28, 29, 30, 31, 33, 34, 8, 9, 11, 12, 13, 16, 17, 18, 37, 21),
}
"""Rules that a play can practise; whole sessions practise 24, 41, 93 to 95, 119, 120 and 127."""


def test_the_library_practises_the_rules_that_visitors_can() -> None:
    taught = {
        int(number)
        for play in PLAYS.values()
        for rule in play.heading.teaches
        for number in re.findall(r"^R-(\d+)", rule)
    }
    assert taught >= PRACTISED
    assert {play.heading.level for play in PLAYS.values()} == {"novice", "experienced", "expert"}


def test_the_page_for_trainers_has_every_play_in_its_table() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for name, play in PLAYS.items():
        row = next((line for line in text.splitlines() if line.startswith(f"| {name} |")), "")
        assert play.heading.level in row, name
        for rule in play.heading.teaches:
            assert rule.split()[0] in row.replace(",", " ").split(), (name, rule)


@pytest.mark.parametrize(
    ("name", "before", "answer"),
    [
        ("quick_question", [], "Yes, until five."),
        ("late_parcel", ["Where do you live?", "I found it."], "It comes on Tuesday."),
        ("blue_one", [], "They are in stock."),
        ("stepped_out", ["Hello!"], "It fits, with the adapter."),
        ("refund_when", [], "It is on your account within five days."),
        ("passed_on", ["Hello!"], "That is free of charge."),
    ],
)
def test_a_play_of_the_first_day_wants_an_answer_to_its_question(
    name: str, before: list[str], answer: str
) -> None:
    def scenes(*said: str) -> list[str]:
        rehearsal = Rehearsal(PLAYS[name], "en", built_in())
        for text in (*before, *said):
            rehearsal.until_it_listens()
            rehearsal.says(text)
        return [branch.to for branch in rehearsal.taken]

    assert "not-that" not in scenes(answer)
    assert scenes("Hm, xyzzy.", answer)[-2] == "not-that"
    assert scenes("Hm, xyzzy.", answer)[-1] == scenes(answer)[-1]
    assert scenes("Hm, xyzzy.", "Hm, xyzzy.")[-1] == "gives-up"


def test_who_asks_about_saturday_wants_to_hear_nothing_of_a_parcel() -> None:
    rehearsal = Rehearsal(PLAYS["quick_question"], "en", built_in())
    rehearsal.until_it_listens()
    rehearsal.says("Your parcel arrives on Tuesday.")
    assert rehearsal.taken[-1].to == "not-that"


@pytest.mark.parametrize("more", [" It appears on 1 March.", "|It appears on 1 March."])
def test_a_careful_writer_asks_for_no_date_that_she_was_told(more: str) -> None:
    rehearsal = Rehearsal(PLAYS["careful_writer"], "en", built_in())
    for text in ("Hiya!", *f"I am sorry, Dr Whitcombe.{more}".split("|")):
        rehearsal.until_it_listens()
        rehearsal.says(text)
    assert rehearsal.taken[0].to == "stiff"
    assert rehearsal.taken[-1].to == "order"
    assert "date" not in [branch.to for branch in rehearsal.taken]
