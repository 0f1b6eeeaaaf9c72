"""What Finnish operators write, written and spoken forms alike, and what all of it means."""

import pytest

from server_stub.plays.intents import means, names

SAID = [
    ("Moikka! Anna täällä, mitenkäs voin auttaa?", {"greeting", "how-help"}),
    ("Heippa Aino, täällä Anna!", {"greeting"}),
    ("Missä asiassa voin auttaa?", {"how-help"}),
    ("Missä muussa voin vielä auttaa?", {"anything-else"}),
    ("Mistä tuotteesta on kyse?", set()),
    ("Mitä muuta laatikossa oli?", set()),
    ("Oliko siinä kaikki?", {"anything-else"}),
    ("Sori, tämä meni meiltä pieleen.", {"apology"}),
    ("Ei sinun tarvitse pyytää anteeksi!", set()),
    ("Suurkiitos kuvasta!", {"thanks"}),
    ("Ei kestä!", set()),
    ("Selvisikö asia, vai jäikö jotain epäselväksi?", {"solved"}),
    ("Onko laite huollettu ja kunnossa?", set()),
    ("Palataanko vielä asiaasi, niin saadaan se kuntoon?", set()),
    ("Onko sinulla risuja tai ruusuja?", {"suggestions"}),
    ("Saanko ehdottaa toista mallia?", set()),
    ("Mukavaa illan jatkoa ja kuulemiin!", {"goodbye"}),
    ("Mukavaa torstaita!", set()),
    ("Laitan uuden tulemaan.", {"promise"}),
    ("Otan sinuun yhteyttä tunnin sisällä.", {"promise", "a-day"}),
    ("Katsotaanpa, pikku hetki.", {"still-checking"}),
    ("Kiitos, kun jaksoit odottaa!", {"thanks", "still-checking"}),
    ("Hetki sitten niitä oli vielä.", set()),
    ("Ootko vielä linjoilla?", {"still-there"}),
    ("Jep, ehtivät!", {"yes-or-no"}),
    ("Ei hätää, Aino.", set()),
    ("No niin, nyt näen tilauksen.", set()),
    ("Huomiseen mennessä.", {"a-day"}),
    ("Päivitä sivu ja tunnistaudu uudelleen.", set()),
    ("Mikä on tilauksesi päivämäärä?", set()),
]


@pytest.mark.parametrize(("text", "meant"), SAID)
def test_a_finnish_sentence_means_this_and_nothing_else(text: str, meant: set[str]) -> None:
    assert {intent for intent in names() if means(intent, text, "fi")} == meant
