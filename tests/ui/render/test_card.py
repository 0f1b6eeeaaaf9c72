import pytest
from msgspec import structs

from operator_tui.desk.model import Channel, Chat, Earlier, Passed, PassedCause, Visitor
from operator_tui.desk.text import SafeText, clean
from operator_tui.desk.time import DAY, HOUR, SECOND
from operator_tui.store.ports import IconSet
from operator_tui.ui.render.card import PanelSheet, panel_lines
from operator_tui.ui.render.facts import language_name, running
from tests.ui import chats
from tests.ui.chats import ANNA, NOW, ago, line, look
from tests.ui.talk import ZONE, joost, note

ROOMY = [
    "  visitor",
    "  name     Joost van den",
    "           Heuvel",
    "  language Dutch",
    "  channel  web chat",
    "  page     winkel.example",
    "           /garantie",
    "  on site  5:12",
    "  system   Windows 11",
    "           Firefox 132",
    "  earlier  2 chats, last in",
    "           October",
    "",
    "  closing               1 of 5",
    "  ✓  solved?",
    "  ○  anything else?",
    "  ○  thanks",
    "  ○  suggestions",
    "  ○  goodbye",
    "",
    "  before the chat",
    "  Waar gaat het over?",
    "  Garantie",
    "",
    "  notes                      1",
    "  Had in oktober ook al een",
    "  lek. Toen is alleen de ring",
    "  vervangen.",
    "  Marieke, 14:03",
]


def card(chat: Chat, width: int = 32, margin: int = 2, icons: IconSet = "unicode") -> list[str]:
    sheet = PanelSheet(width, look(icons=icons), ZONE, ANNA, margin)
    strips = panel_lines(chat, NOW, sheet)
    assert {strip.cell_length for strip in strips} == {width}
    return [strip.text.rstrip() for strip in strips]


def test_the_side_panel_of_a_roomy_screen() -> None:
    assert card(joost()) == ROOMY


def test_in_the_place_of_the_messages_the_card_has_their_text_column() -> None:
    rows = card(joost(), 48, 3)
    assert rows[1] == "   name     Joost van den Heuvel"
    assert rows[4] == "   page     winkel.example /garantie"
    assert rows[10] == "   closing                             1 of 5"


@pytest.mark.parametrize("width", [1, 4, 8, 12, 20, 28, 45, 120])
def test_any_width_can_be_painted(width: int) -> None:
    assert card(joost(), width)


def test_only_what_is_known_is_shown() -> None:
    rows = "\n".join(card(chats.chat("Sanne")))
    assert "first chat" in rows
    assert not any(word in rows for word in ("page", "on site", "system", "notes", "before the"))


def test_a_visitor_who_left_is_not_on_the_site() -> None:
    rows = card(joost(left_at=ago(125)))
    assert "  left     2:05 ago" in rows
    assert not any("on site" in row for row in rows)


def test_a_messaging_chat_has_no_visit_that_ends() -> None:
    chat = structs.replace(chats.boomerang(), left_at=ago(50))
    assert not any("ago" in row for row in card(chat))
    assert "  channel  messaging" in card(chat)


def test_an_earlier_chat_of_another_year_says_so() -> None:
    visitor = Visitor("v", line("Sanne"), earlier=Earlier(1, NOW - 400 * DAY))
    chat = structs.replace(chats.chat("Sanne"), visitor=visitor, channel=Channel.WEB)
    assert " ".join(" ".join(card(chat, 60)).split()).count("1 chat, in October 2023") == 1


def test_a_note_that_came_with_a_transfer_stands_among_the_notes() -> None:
    passed = Passed(line("Piet"), PassedCause.BY_HAND, ago(37), clean("wil geld terug", SafeText))
    rows = card(chats.chat("Sanne", note("Let op", ago(60)), passed=passed))
    assert rows[-6:] == [
        "  notes                      2",
        "  Let op",
        "  Marieke, 14:05",
        "",
        "  wil geld terug",
        "  Piet, 14:06",
    ]


def test_a_note_that_is_in_the_timeline_too_is_shown_once() -> None:
    text = "wil geld terug"
    passed = Passed(line("Piet"), PassedCause.BY_HAND, ago(37), clean(text, SafeText))
    rows = card(chats.chat("Sanne", note(text, ago(37), name="Piet"), passed=passed))
    assert sum(text in row for row in rows) == 1


def test_own_notes_are_signed_you() -> None:
    assert card(chats.chat("Sanne", note("Let op", NOW, name="Anna")))[-1] == "  you, 14:06"


@pytest.mark.parametrize(
    ("length", "shown"),
    [(-5, "0:00"), (59_999, "0:59"), (3_600_000, "1:00:00"), (25 * HOUR + 61 * SECOND, "25:01:01")],
)
def test_the_time_on_the_website_is_watched_to_the_second(length: int, shown: str) -> None:
    assert running(length) == shown


def test_a_language_without_a_name_is_shown_by_its_code() -> None:
    assert [language_name("nl"), language_name("xx")] == ["Dutch", "xx"]
