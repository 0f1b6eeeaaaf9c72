"""What Polish operators write, with and without diacritics, and what all of it means."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from server_stub.plays.intents import built_in, means, names
from server_stub.plays.joining import texts_of
from server_stub.plays.reading import FOLDER, read

SAID = [
    ("Dzień dobry, z tej strony Anna. W czym mogę pomóc?", {"greeting", "how-help"}),
    ("dzien dobry, w czym moge pomoc?", {"greeting", "how-help"}),
    ("W czym jeszcze mogę pomóc?", {"anything-else"}),
    ("W czym mogę Pani jeszcze pomóc?", {"anything-else"}),
    ("Chciałabym Pana przeprosić za tę sytuację.", {"apology"}),
    ("Przepraszam, to nie powinno się zdarzyć.", {"apology"}),
    ("Dziękuję za oczekiwanie.", {"thanks", "still-checking"}),
    ("Wciąż to sprawdzam, proszę o jeszcze chwilę.", {"still-checking"}),
    ("Nadal nad tym pracuję.", {"still-checking"}),
    ("Czy wszystko jest już jasne?", {"solved"}),
    ("Jak działa ta zniżka?", set()),
    ("Czy to wszystko na dziś?", {"anything-else"}),
    ("Co moglibyśmy zrobić lepiej?", {"suggestions"}),
    ("Co Pani chce poprawić w danych?", set()),
    ("Spokojnej nocy, Panie Marku.", {"goodbye"}),
    ("Na razie magazyn ma trzy sztuki.", set()),
    ("Zaraz się tym zajmę.", {"promise"}),
    ("wysle to mailem", {"promise"}),
    ("Skontaktujemy się z Panem przed 16:00.", {"promise"}),
    ("Czy prześle Pan zdjęcie uszkodzenia?", set()),
    ("Ekspres po naprawie ma nową gwarancję.", set()),
    ("Czy nadal Pan tam jest?", {"still-there"}),
    ("Czy jesteśmy nadal w kontakcie?", {"still-there"}),
    ("Jak najbardziej.", {"yes-or-no"}),
    ("Nie ma za co.", set()),
    ("Zostanie doręczona 14 marca.", {"a-day"}),
    ("Środki wrócą na konto.", set()),
    ("Część środków jest zablokowana.", set()),
]
TELLING = ("łam", "łem", "łabym", "łbym")
"""Endings by which a Polish sentence tells whether a woman or a man speaks."""
PRESENT = ("syłam",)
"""Of words that end alike and tell nothing: I send."""


@pytest.mark.parametrize(("text", "meant"), SAID)
def test_a_polish_sentence_means_this_and_nothing_else(text: str, meant: set[str]) -> None:
    assert {intent for intent in names() if means(intent, text, "pl")} == meant


def told(texts: Iterable[str]) -> list[str]:
    words = (word.strip(".,!?") for text in texts for word in text.split())
    return [word for word in words if word.endswith(TELLING) and not word.endswith(PRESENT)]


def test_what_any_polish_visitor_may_say_fits_women_and_men() -> None:
    polish = built_in()["pl"]
    thrown = polish.thrown
    assert told((*polish.small_talk, polish.gives_up, thrown.angry, *thrown.presses)) == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.play")), ids=lambda path: path.stem)
def test_what_a_polish_visitor_says_fits_whoever_is_given_the_part(path: Path) -> None:
    steps = [step for scene in read(path).scenes.values() for step in scene.steps]
    spoken = [texts["pl"] for texts in map(texts_of, steps) if texts and "pl" in texts]
    assert told(map(str, spoken)) == []
