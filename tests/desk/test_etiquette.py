import pytest

from operator_tui.desk.etiquette import (
    Etiquette,
    PlainWord,
    Remark,
    VaguePromise,
    pattern,
    remark,
)
from operator_tui.store.canned_files import etiquette, languages


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "I will look as soon as possible.", VaguePromise("as soon as possible")),
        ("en", "I will look shortly, in 5 minutes.", None),
        ("en", "It is 14:05. You'll hear from us Soon", VaguePromise("Soon")),
        ("en", "No sooner said than done", None),
        ("nl", "Ik mail je zo snel mogelijk.", VaguePromise("zo snel mogelijk")),
        ("pl", "Odpiszę wkrótce", VaguePromise("wkrótce")),
        ("pl", "Eskaluję to dalej", PlainWord("Eskaluję", "przekazać do specjalisty")),
        ("fi", "Vastaan pian", VaguePromise("pian")),
        ("en", "Please empty your cache", PlainWord("cache", "saved copies of pages")),
        ("en", "I'll escalate asap", VaguePromise("asap")),
        ("en", "", None),
        ("sv", "I'll escalate asap", None),
    ],
)
def test_one_remark_at_a_time(language: str, text: str, said: Remark | None) -> None:
    assert remark(text, etiquette(language)) == said


@pytest.mark.parametrize("language", languages())
def test_every_language_has_something_to_go_by(language: str) -> None:
    loaded = etiquette(language)
    assert loaded.vague_promises
    assert loaded.jargon


@pytest.mark.parametrize(
    ("phrase", "text", "fits"),
    [
        ("thank* .. time", "Thanks a lot for your time", True),
        ("thank* .. time", "thank time", True),
        ("thank* .. time", "thanks one two three four five six time", True),
        ("thank* .. time", "thanks one two three four five six seven time", False),
        ("fix* it", "we FIXED  it", True),
        ("z.s.m", "zxsxm", False),
        ("soon", "sooner", False),
    ],
)
def test_phrases_of_the_data_are_read_as_they_say(phrase: str, text: str, fits: bool) -> None:
    assert bool(pattern(phrase).search(text)) is fits


def test_a_language_without_data_says_nothing() -> None:
    assert remark("as soon as possible", Etiquette()) is None
