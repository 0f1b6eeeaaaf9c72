import pytest

from server_stub.plays.intents import built_in, means, names
from server_stub.plays.patterns import fold, pattern


def found(phrase: str, text: str) -> bool:
    return pattern([phrase]).found_in(fold(text))


def test_case_diacritics_and_the_polish_stroke_do_not_count() -> None:
    assert fold("PRZEŁĄCZNIK, Straße: Väinö!") == "przelacznik strasse vaino"
    assert found("miłego dnia", "Milego DNIA!")


def test_a_star_ends_a_word_in_any_way_and_a_word_without_one_stands_alone() -> None:
    assert found("apolog*", "My apologies.")
    assert found("apolog*", "apolog")
    assert not found("return", "returned")
    assert not found("turn", "return")


def test_a_gap_leaves_room_for_six_words_and_no_more() -> None:
    assert found("thank* .. patience", "Thanks patience")
    assert found("thank* .. patience", "Thank you so very much for your patience")
    assert not found("thank* .. patience", "thank one two three four five six seven patience")


def test_signs_between_words_do_not_count() -> None:
    assert found("i'll", "Now I’ll see".replace("’", "'"))
    assert found("z.s.m", "z.s.m.")


@pytest.mark.parametrize("phrase", ["", "*", "..", ".. a", "a ..", "?!", "* *"])
def test_a_phrase_without_a_word_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        pattern([phrase])


def test_no_phrases_are_never_found() -> None:
    assert not pattern([]).found_in("anything")


def test_a_long_text_is_searched_in_no_time_worth_telling() -> None:
    assert not found("a* .. b* .. c", "a b " * 1_000)


@pytest.mark.parametrize(
    ("phrase", "text", "is_there"),
    [
        ("a .. b .. c", "a b c", True),
        ("a .. b .. c", "x a 1 2 3 4 5 6 b c", True),
        ("a .. b .. c", "a 1 2 3 4 5 6 7 b c", False),
        ("a .. b .. b c", "a b x b c", True),
        ("a b* .. * d .. c", "a bit x d y c", True),
        ("a b* .. * d .. c", "a x d y c", False),
        ("a .. b .. c", "", False),
    ],
)
def test_a_phrase_may_leave_room_more_than_once(phrase: str, text: str, is_there: bool) -> None:
    assert found(phrase, text) is is_there


def test_room_many_times_over_does_not_stop_the_clock() -> None:
    assert not found(" .. ".join("aaaaaaaaaaaaaaaaaaaaab"), "a " * 2_000)


INTENTS = {
    "en": {
        "greeting": "Good morning, this is Anna.",
        "apology": "I'm really sorry about that.",
        "thanks": "Thank you for telling us",
        "anything-else": "Is there anything else I can help you with?",
        "goodbye": "Have a lovely day!",
        "promise": "I'll email you within 10 minutes.",
        "still-checking": "I am still checking this for you.",
        "still-there": "Are you still there?",
        "solved": "Has this solved your problem?",
        "suggestions": "What could we do better?",
        "how-help": "Hi, what can I help you with?",
        "yes-or-no": "Yes, we do.",
        "a-day": "It comes on Tuesday.",
    },
    "nl": {
        "greeting": "Goedemiddag Sanne!",
        "apology": "Het spijt me heel erg.",
        "thanks": "Dank je wel voor het melden",
        "anything-else": "Kan ik nog iets anders voor je doen?",
        "goodbye": "Fijne dag nog, en tot ziens!",
        "promise": "Ik stuur je binnen tien minuten een mail.",
        "still-checking": "Ik ben het nog aan het nakijken, Sanne.",
        "still-there": "Ben je er nog?",
        "solved": "Is het zo opgelost?",
        "suggestions": "Heb je nog een tip voor ons?",
        "how-help": "Waar kan ik je mee helpen?",
        "yes-or-no": "Ja hoor!",
        "a-day": "Dinsdag komt het.",
    },
    "pl": {
        "greeting": "Dzien dobry, z tej strony Anna.",
        "apology": "Bardzo przepraszamy za kłopot.",
        "thanks": "Dziękujemy za zgłoszenie",
        "anything-else": "Czy mogę pomóc w czymś jeszcze?",
        "goodbye": "Milego dnia!",
        "promise": "Wyślę maila w ciągu 10 minut.",
        "still-checking": "Nadal sprawdzam, proszę o chwilę cierpliwości.",
        "still-there": "Czy jest Pani jeszcze z nami? Bez pośpiechu.",
        "solved": "Czy udało się?",
        "suggestions": "Co możemy poprawić?",
        "how-help": "W czym mogę pomóc?",
        "yes-or-no": "Tak, mamy.",
        "a-day": "We wtorek.",
    },
    "fi": {
        "greeting": "Hei Aino!",
        "apology": "Olen pahoillani, näin ei olisi pitänyt käydä.",
        "thanks": "Kiitos viestistä",
        "anything-else": "Voinko auttaa vielä jossain muussa?",
        "goodbye": "Mukavaa päivänjatkoa!",
        "promise": "Lähetän sinulle viestin kymmenen minuutin kuluttua.",
        "still-checking": "Selvitän tätä vielä.",
        "still-there": "Oletko vielä paikalla?",
        "solved": "Ratkesiko asia?",
        "suggestions": "Onko sinulla ehdotuksia?",
        "how-help": "Miten voin auttaa?",
        "yes-or-no": "Kyllä sopii.",
        "a-day": "Se tulee tiistaina.",
    },
}


@pytest.mark.parametrize("language", INTENTS)
def test_every_intent_is_known_in_every_language(language: str) -> None:
    assert built_in()[language].patterns.keys() == names() == INTENTS["en"].keys()


@pytest.mark.parametrize(
    ("language", "intent", "text"),
    [(language, *one) for language, texts in INTENTS.items() for one in texts.items()],
)
def test_an_intent_is_heard(language: str, intent: str, text: str) -> None:
    assert means(intent, text, language)


@pytest.mark.parametrize("language", INTENTS)
def test_a_plain_answer_means_none_of_them(language: str) -> None:
    text = {
        "en": "The blue one is size 40.",
        "nl": "De blauwe is maat 40.",
        "pl": "Niebieski ma rozmiar 40.",
        "fi": "Sininen on kokoa 40.",
    }[language]
    assert [intent for intent in names() if means(intent, text, language)] == []


def test_a_closing_question_counts_only_as_a_question() -> None:
    assert not means("solved", "I have solved it.", "en")
    assert not means("anything-else", "Something else broke. Did you see?", "en")


def test_english_is_understood_by_everybody_and_dutch_is_not() -> None:
    assert means("apology", "Sorry, my mistake and apologies", "fi")
    assert not means("apology", "Het spijt me", "fi")


def test_a_language_without_a_file_still_understands_english() -> None:
    assert means("greeting", "Hello", "sv")
