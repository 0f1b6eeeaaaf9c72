"""What Dutch operators write, to je and to u, and what all of it means."""

import pytest

from server_stub.plays.intents import means, names

SAID = [
    ("Goede middag, u spreekt met Anna. Wat kan ik voor u betekenen?", {"greeting", "how-help"}),
    ("Dag meneer Bakker, fijn dat u het vraagt.", {"greeting"}),
    ("Dag Sanne, fijne avond!", {"goodbye"}),
    ("Kan ik je helpen met een andere maat?", set()),
    ("Kan ik je verder nog ergens mee helpen?", {"anything-else"}),
    ("Was dat alles?", {"anything-else"}),
    ("Heb je al iets anders geprobeerd?", set()),
    ("Dit had niet mogen gebeuren.", {"apology"}),
    ("Excuus, dat is een fout van onze kant.", {"apology"}),
    ("Dat neem ik u niet kwalijk.", set()),
    ("Hartelijk dank voor uw geduld.", {"thanks", "still-checking"}),
    ("Kom je er zo uit?", {"solved"}),
    ("Lukt het om een foto te sturen?", set()),
    ("Wat zou er beter kunnen?", {"suggestions"}),
    ("Welk onderdeel mis je?", set()),
    ("Nog een fijne zondag!", {"goodbye"}),
    ("Fijn! De rode past ook bij die dag.", set()),
    ("Dan stuur ik je een nieuwe.", {"promise"}),
    ("Je hoort vanmiddag nog van me.", {"promise", "a-day"}),
    ("Je kunt hem binnen 30 dagen terugsturen.", {"a-day"}),
    ("Ik zoek het even voor je op.", {"still-checking"}),
    ("Ik overleg even met een collega.", {"still-checking"}),
    ("Kun je even kijken wat er op het label staat?", set()),
    ("Zoek gerust een andere kleur uit.", set()),
    ("Neemt u rustig de tijd.", {"still-there"}),
    ("Zijn de labels nog aanwezig?", set()),
    ("Dat klopt.", {"yes-or-no"}),
    ("Weet je het zeker?", set()),
    ("De bezorger komt morgenochtend.", {"a-day"}),
    ("Graag gedaan!", set()),
]


@pytest.mark.parametrize(("text", "meant"), SAID)
def test_a_dutch_sentence_means_this_and_nothing_else(text: str, meant: set[str]) -> None:
    assert {intent for intent in names() if means(intent, text, "nl")} == meant
