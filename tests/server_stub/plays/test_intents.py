"""What operators write, and what simulated visitors must not take it for."""

from pathlib import Path

import pytest

from server_stub.plays.intents import built_in, extended, means

MISREAD = [
    ("en", "greeting", "You're welcome, have a good evening!"),
    ("en", "greeting", "You are most welcome."),
    ("en", "goodbye", "Do you have a date in mind? Which day suits you?"),
    ("en", "a-day", "Good afternoon! Have a lovely day."),
    ("nl", "a-day", "Goedemiddag, en een fijne dag nog!"),
    ("pl", "a-day", "Dzień dobry! Miłego dnia."),
    ("fi", "a-day", "Hyvää päivää! Mukavaa päivänjatkoa."),
    ("en", "goodbye", "We have a few left, one day old."),
    ("en", "promise", "I will need your order number for that."),
    ("en", "solved", "How can I solve this for you?"),
    ("en", "solved", "Shall we go back to the bill so we can get it sorted for you?"),
    ("en", "solved", "We have one on Friday, does that work for you?"),
    ("en", "still-checking", "It will be ready in just a moment."),
    ("en", "still-checking", "Are you checking into the hotel on Friday?"),
    ("en", "apology", "No need to apologise."),
    ("en", "anything-else", "Would you like the red one, or something else?"),
    ("en", "how-help", "What else can I help you with?"),
    ("nl", "greeting", "Fijne dag nog!"),
    ("nl", "greeting", "Het duurt nog een dag."),
    ("nl", "greeting", "Dat is fijn hè"),
    ("nl", "greeting", "U bent altijd welkom."),
    ("nl", "goodbye", "Dat kunt u het beste per mail doen."),
    ("nl", "apology", "U hoeft geen sorry te zeggen."),
    ("nl", "how-help", "Kan ik u nog ergens mee helpen?"),
    ("pl", "greeting", "To dobry wybór."),
    ("pl", "greeting", "Druga część zamówienia jest w drodze."),
    ("pl", "greeting", "Część zamówienia jest w drodze."),
    ("pl", "suggestions", "Czy chce Pani zmienić adres?"),
    ("pl", "suggestions", "Czy czegoś brakuje w paczce?"),
    ("pl", "still-there", "Wszystko w porządku, paczka jest w drodze."),
    ("pl", "thanks", "Dzięki temu paczka dojdzie jutro."),
    ("fi", "greeting", "Toimitus kestää kolme päivää."),
    ("fi", "greeting", "Hei hei!"),
    ("fi", "suggestions", "Sopiiko perjantai paremmin?"),
    ("fi", "thanks", "Ei kiitos."),
]
MEANT = [
    ("en", "greeting", "Good evening, welcome to the shop!"),
    ("en", "goodbye", "You're welcome. Have a lovely evening!"),
    ("en", "goodbye", "You have a nice day!"),
    ("en", "anything-else", "What else can I do for you?"),
    ("en", "anything-else", "Will that be all for today?"),
    ("en", "how-help", "How may I assist you?"),
    ("en", "promise", "You will get an email shortly."),
    ("en", "still-checking", "Please wait a minute while I look."),
    ("en", "solved", "Did it work this time?"),
    ("en", "solved", "Did we get that sorted for you?"),
    ("en", "apology", "We regret that this happened."),
    ("nl", "greeting", "Dag mevrouw Jansen, met Anna."),
    ("nl", "goodbye", "Nog een prettige dag, en al het beste!"),
    ("nl", "promise", "Ik laat het u vandaag weten."),
    ("nl", "still-checking", "Even kijken hoor."),
    ("nl", "solved", "Is het probleem nu verholpen, of is het duidelijk zo?"),
    ("pl", "greeting", "Cześć Ola!"),
    ("pl", "suggestions", "Co moglibyśmy zrobić lepiej?"),
    ("pl", "promise", "Jutro dam znać."),
    ("fi", "goodbye", "Hei hei, mukavaa viikonloppua!"),
    ("fi", "suggestions", "Mitä voisimme tehdä paremmin?"),
    ("fi", "still-checking", "Odotatko hetken, tutkin asiaa."),
]


@pytest.mark.parametrize(("language", "intent", "text"), MISREAD)
def test_words_that_mean_something_else_are_not_taken_for_it(
    language: str, intent: str, text: str
) -> None:
    assert not means(intent, text, language)


@pytest.mark.parametrize(("language", "intent", "text"), MEANT)
def test_what_operators_say_is_understood(language: str, intent: str, text: str) -> None:
    assert means(intent, text, language)


@pytest.mark.parametrize("language", ["en", "nl", "pl", "fi"])
def test_what_means_something_else_names_only_intents_that_are_there(language: str) -> None:
    one = built_in()[language]
    assert one.unless.keys() <= one.patterns.keys()


def test_a_team_says_where_words_mean_something_else(tmp_path: Path) -> None:
    own = tmp_path / "en.toml"
    own.write_text('[unless]\napology = ["sorry board"]\n', encoding="utf-8")
    known = extended(tmp_path)
    assert not means("apology", "Write it on the sorry board.", "en", known)
    assert means("apology", "So sorry! See the sorry board.", "en", known)
    assert not means("apology", "No need to apologise.", "en", known)
