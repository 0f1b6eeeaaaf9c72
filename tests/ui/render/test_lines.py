import pytest

from operator_tui.desk.entries import Line, LineKind
from operator_tui.desk.text import SafeAddress, clean
from operator_tui.desk.time import DAY, HOUR, MINUTE
from operator_tui.ui.render.lines import place, sentence, split_address
from tests.ui.chats import NOW, line


def address(text: str) -> SafeAddress:
    return clean(text, SafeAddress)


@pytest.mark.parametrize("kind", LineKind)
def test_every_kind_has_a_sentence_even_without_values(kind: LineKind) -> None:
    said = sentence(Line(kind, NOW))
    assert said
    assert "{" not in said
    assert said == said.strip()


@pytest.mark.parametrize(
    ("kind", "facts", "said"),
    [
        (
            LineKind.OPENED,
            {"name": "Joost de Wit", "page": "https://a.example/"},
            "Joost opened the chat on a.example",
        ),
        (LineKind.OPENED, {"page": "a.example/x"}, "The visitor opened the chat on a.example/x"),
        (LineKind.LEFT, {}, "The visitor left the website"),
        (
            LineKind.RETURNED,
            {"page": "https://a.example/garantie"},
            "The visitor is back on /garantie",
        ),
        (LineKind.RETURNED, {"page": "https://a.example/"}, "The visitor is back on a.example"),
        (LineKind.PASSED_BY_HAND, {"name": "Piet"}, "Passed on by Piet"),
        (LineKind.REACTIVATED, {"span": 14 * HOUR + MINUTE}, "Back after 14 h"),
        (LineKind.REACTIVATED, {"span": 3 * DAY}, "Back after 3 days"),
        (LineKind.UNREADABLE, {"n": 3}, "3 messages could not be read"),
    ],
)
def test_a_sentence_names_what_happened(
    kind: LineKind, facts: dict[str, object], said: str
) -> None:
    values = dict(facts)
    if "name" in values:
        values["name"] = line(str(values["name"]))
    if "page" in values:
        values["page"] = address(str(values["page"]))
    assert sentence(Line(kind, NOW, **values)) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("page", "parts", "shown"),
    [
        ("https://a.example/x/y?z=1", ("a.example", "/x/y?z=1"), "a.example/x/y?z=1"),
        ("a.example", ("a.example", ""), "a.example"),
        ("/contact", ("", "/contact"), "/contact"),
        ("", ("", ""), ""),
    ],
)
def test_a_page_is_shown_without_its_scheme(page: str, parts: tuple[str, str], shown: str) -> None:
    assert split_address(address(page)) == parts
    assert place(address(page)) == shown


def test_a_shared_screen_says_what_is_on_it_when_the_server_knows() -> None:
    assert sentence(Line(LineKind.SCREEN_SHARED, NOW)) == "The visitor shares the screen"
    shown = Line(LineKind.SCREEN_SHARED, NOW, shows=clean("Pay now (grey)\nAgree to the terms"))
    assert sentence(shown) == "The visitor shares the screen: Pay now (grey)\nAgree to the terms"
