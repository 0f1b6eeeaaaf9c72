import pytest

from operator_tui.desk.model import Chat
from operator_tui.desk.policy import Policy
from operator_tui.ui.render.header import header
from operator_tui.ui.render.typing import typing_line
from tests.ui import chats
from tests.ui.chats import NOW, look
from tests.ui.talk import joost, replaced, typing

STATES = chats.each_state()


def head(chat: Chat, width: int) -> str:
    strip = header(chat, NOW, Policy(), width, look())
    assert strip.cell_length == width
    return strip.text.rstrip()


def below(chat: Chat, count: int, width: int = 48) -> str:
    strip = typing_line(chat, NOW, count, width, look())
    assert strip.cell_length == width
    return strip.text.rstrip()


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (70, " Joost van den Heuvel  ◕ late +0:23           nl · web · 5:12 on site"),
        (48, " Joost van den Heuvel  ◕ late +0:23    nl · web"),
        (45, " Joost van den Heuvel  ◕ late +0:23       nl"),
        (20, " Joo…  ◕ late +0:23"),
    ],
)
def test_the_header_folds_by_width(width: int, line: str) -> None:
    assert head(joost(), width) == line


@pytest.mark.parametrize(
    ("chat", "words"),
    [
        (chats.new(), "● new, first reply in 0:12"),
        (chats.transferred(), "● → passed on by Piet, late +0:07"),
        (chats.unanswered(), "reply in 0:21"),
        (chats.sharing(), "▣ shares the screen"),
        (chats.boomerang(), "↶ back after 14 h"),
        (chats.quiet(), "◷ quiet for 2:40"),
        (chats.paused(), "‖ left the website 2:05 ago"),
        (chats.closed(), "■ closed by the visitor"),
    ],
)
def test_the_header_says_the_state_in_words(chat: Chat, words: str) -> None:
    assert f"  {words}  " in head(chat, 70)


def test_all_is_well_is_not_said() -> None:
    assert head(chats.neutral(), 48).split() == ["Priya", "Raman", "🌻", "en", "·", "web"]


@pytest.mark.parametrize("chat", STATES, ids=lambda chat: chat.id)
@pytest.mark.parametrize("width", [1, 3, 10, 25, 48, 59, 60, 200])
def test_any_width_can_be_painted(chat: Chat, width: int) -> None:
    assert len(head(chat, width)) <= width


@pytest.mark.parametrize("chat", STATES, ids=lambda chat: chat.id)
def test_the_state_stays_when_the_name_must_give_way(chat: Chat) -> None:
    named = replaced(chat, visitor=chats.chat("x" * 100).visitor)
    state = head(named, 30).partition("…")[2].strip()
    assert (state == "") == (chat is STATES[7])


def test_who_has_left_is_not_on_the_site() -> None:
    assert head(joost(left_at=NOW - 1_000), 70).endswith("nl · web")


def test_the_typing_line_calls_the_visitor_by_the_first_name() -> None:
    assert below(typing(joost()), 0) == "   Joost is typing…"
    assert below(joost(), 0) == ""


def test_new_messages_below_stand_at_the_right() -> None:
    assert below(joost(), 2) == " " * 34 + "2 new below ↓"
    assert below(typing(joost()), 2) == "   Joost is typing…" + " " * 15 + "2 new below ↓"
