from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from operator_tui.ui import words
from operator_tui.ui.words import language, tr, trn, trnp, trp, use_language


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


class Wrong(NullTranslations):
    """A translation that asks for a value nobody has."""

    def gettext(self, message: str) -> str:
        return "{nom} a écrit"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "{nombre}"


def test_english_is_what_the_source_says() -> None:
    assert tr("Passed on by {name}", name="Piet") == "Passed on by Piet"
    assert trn("{n} day", "{n} days", 1) == "1 day"
    assert trn("{n} day", "{n} days", 3) == "3 days"


@pytest.mark.parametrize("value", ["{", "}", "{name}", "{0}", "{name!r:>99}", "a {b} c", "100%"])
def test_braces_in_a_value_stay_what_they_are(value: str) -> None:
    assert tr("Passed on by {name}", name=value) == f"Passed on by {value}"


def test_braces_of_the_text_that_are_no_placeholder_stay() -> None:
    assert tr("a { b } {} {1}", name="x") == "a { b } {} {1}"


def test_a_placeholder_without_a_value_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        tr("Passed on by {name}")


def test_a_value_may_be_called_text() -> None:
    assert tr("you: {text}", text="hello") == "you: hello"


def test_a_broken_translation_reads_as_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words._Chosen, "translations", Wrong())
    assert tr("Passed on by {name}", name="Piet") == "Passed on by Piet"
    assert trn("{n} day", "{n} days", 2) == "2 days"


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (1, "1 odpowiedź czeka tutaj"),
        (2, "2 odpowiedzi czekają tutaj"),
        (5, "5 odpowiedzi czeka tutaj"),
        (12, "12 odpowiedzi czeka tutaj"),
        (22, "22 odpowiedzi czekają tutaj"),
        (112, "112 odpowiedzi czeka tutaj"),
    ],
)
def test_polish_counts_as_poles_do(n: int, said: str) -> None:
    use_language("pl")
    assert trn("{n} reply waits here", "{n} replies wait here", n) == said


def test_one_word_says_different_things_in_different_places() -> None:
    use_language("nl")
    assert (trp("band", "left"), trp("operator", "away")) == ("weg", "afwezig")
    use_language("pl")
    assert [trnp("count", "new", "new", n) for n in (1, 3, 5)] == ["nowy", "nowe", "nowych"]


def test_what_is_not_translated_reads_as_english() -> None:
    use_language("fi")
    assert tr("nobody wrote this {what}", what="yet") == "nobody wrote this yet"


@pytest.mark.parametrize("code", ["xx", "", "../../etc", "en", "NL"])
def test_an_unknown_language_is_english(code: str) -> None:
    assert use_language(code) == "en"
    assert language() == "en"


def test_the_language_in_use_is_known() -> None:
    assert use_language("fi") == "fi"
    assert language() == "fi"
