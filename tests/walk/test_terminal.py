import base64

import pytest

from tests.walk.attacks import ATTACKS, MARKUP, SEQUENCES, UNICODE
from tests.walk.terminal import Terminal, ViolationError

PAINTED = (
    b"\x1b[?1049h\x1b[?25l\x1b[>25u\x1b[?2026$p\x1b[?2026h\x1b[1;1H\x1b[38;2;1;2;3;1mJos\xc3\xa9"
    b"\x1b[0m\r\n\x1b[2;1H\xe2\x96\x8c caf\xc3\xa9 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"
    b"\x1b[?2026l\x07\x1b]2;(2 new, 1 late) operator-tui\x07\x1b]22;pointer\x07"
)
LEFT = b"\x1b[<u\x1b[?1049l\x1b[?25h"
HARMLESS = {*MARKUP, "emoji", "wide", "fillers", "widest", "private", "unassigned", "empty"}
HARMLESS |= {"zwj_chain", "joiners", "csi_as_text", "hangul", "indic", "leading_mark"}
"""Attacks on parsers, widths and readers: nothing in them is a command to a terminal."""
PLANTED = [
    b"\x1b[2J",
    b"\x1b[1m\x1b[5n",
    b"\x1b]2;my own title\x07",
    b"\x1b]2;(1 new) operator-tui\x1b\\",
    b"\x1b]0;operator-tui\x07",
    b"\x1b]22;x;y\x07",
    b"\x1b]8;;https://evil.example\x1b\\",
    b"\x1b[?1001h",
    b"\x1b[6n",
    b"\x1bc",
    b"a\tb",
    b"\x9b2J",
    "\x9b2J".encode(),
    "gnp\u202eexe".encode(),
    "\ufeffa".encode(),
    "\u2028".encode(),
    ("e" + "\u0301" * 5).encode(),
    b"one\ntwo",
    b"\x1b]52;c;UFdORUQ=\x07",
]


def full_screen() -> Terminal:
    terminal = Terminal(20, 4)
    terminal.feed(PAINTED)
    return terminal


def test_what_textual_writes_is_allowed_and_shown() -> None:
    terminal = full_screen()
    assert terminal.text.split("\n")[:2] == ["José", "▌ café 👩\u200d👧"]
    assert (terminal.title, terminal.bells) == ("(2 new, 1 late) operator-tui", 1)
    assert terminal.answers == [b"\x1b[?2026;2$y"]
    terminal.feed(LEFT)
    terminal.finish()


def test_any_chunks_are_read_as_the_whole() -> None:
    terminal = Terminal(20, 4)
    for byte in PAINTED:
        terminal.feed(bytes([byte]))
    assert terminal.text == full_screen().text


@pytest.mark.parametrize("planted", PLANTED)
def test_whatever_is_not_on_the_list_is_caught(planted: bytes) -> None:
    terminal = full_screen()
    with pytest.raises(ViolationError):
        terminal.feed(planted + b"\x1b[1;1H.")


@pytest.mark.parametrize("name", sorted(ATTACKS.keys() - HARMLESS - {"surrogates", "blank"}))
def test_every_attack_is_caught_as_it_comes(name: str) -> None:
    terminal = full_screen()
    with pytest.raises(ViolationError):
        terminal.feed(ATTACKS[name].encode() + b"\x1b[1;1H.")


def test_what_is_never_finished_is_caught_at_the_end() -> None:
    terminal = full_screen()
    terminal.feed(b"\x1b]2;operator-tui")
    with pytest.raises(ViolationError, match="never finished"):
        terminal.finish()


def test_a_mode_that_is_left_on_is_caught_at_the_end() -> None:
    with pytest.raises(ViolationError, match="1049"):
        full_screen().finish()


def test_a_copy_is_allowed_when_a_person_asks_and_its_text_is_clean() -> None:
    terminal = full_screen()
    terminal.may_copy = True
    terminal.feed(b"\x1b]52;c;" + base64.b64encode(b"two\nlines") + b"\x07")
    assert terminal.copied == ["two\nlines"]
    with pytest.raises(ViolationError):
        terminal.feed(b"\x1b]52;c;" + base64.b64encode(b"\x1b[2J") + b"\x07")


def test_attacks_have_names_of_their_own() -> None:
    assert len(ATTACKS) == len(SEQUENCES) + len(MARKUP) + len(UNICODE)
