"""Chats that are over are read when somebody asks for them, and not when the server starts."""

import sqlite3
from itertools import count
from pathlib import Path

import pytest
from msgspec import structs

from operator_tui.desk.commands import CloseChat, Command, WriteMessage
from operator_tui.desk.entries import NO_LINE
from operator_tui.desk.text import SafeText, clean
from operator_tui.wire.codec import encode_command
from operator_tui.wire.frames import VERSION, Hello, History, Op
from server_stub.clock import VirtualClock
from server_stub.house import House
from server_stub.peer import Closing
from server_stub.service import kept
from server_stub.service.cutting import encoded
from server_stub.service.floor import Floor
from server_stub.service.ledger_file import FileLedger
from server_stub.service.practice import Caller, Practice
from tests.server_stub.scripted import ANNA, POLICY, START, Scripted, after, opens, says
from tests.server_stub.service.books import unhurried
from tests.server_stub.test_stepping import Desk

AGAIN = structs.replace(opens("sanne", "anna"), chat="chat-sanne-again")
HELLO = Hello(VERSION, "laptop", NO_LINE)


def house(folder: Path) -> House:
    def begin(start: int) -> Practice:
        ledger = FileLedger(folder / "ledger.db", ["anna"], lambda: "epoch", unhurried)
        past = (after(-9, "sanne", opens("sanne", "anna")), after(-8, "sanne", says("It leaks")))
        return Practice([ANNA], POLICY, Scripted(*past), start, ledger)

    return House(begin, VirtualClock(0, 0.0), 0.0, now=lambda: START)


def came_twice(made: House) -> Caller:
    """Anna closes Sanne's first chat; Sanne has a second one."""
    caller, numbers = made.admit("anna", HELLO, Desk()).caller, count(1)
    commands: list[Command] = [
        WriteMessage("chat-sanne", clean("Have you a towel?", SafeText)),
        CloseChat("chat-sanne"),
    ]
    for n, command in zip(numbers, commands, strict=False):
        assert made.op(caller, Op(n, f"op-{n}", START, encode_command(command))).ok
    made.visit("sanne", AGAIN)
    return caller


def floor_after_a_restart(made: House, folder: Path) -> tuple[House, Caller, Floor]:
    made.practice.ledger.close()
    other = house(folder)
    caller = other.admit("anna", HELLO, Desk()).caller
    return other, caller, other.practice.floor


def test_a_chat_that_is_over_is_read_once_and_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = house(tmp_path)
    came_twice(made)
    before = made.practice.floor.over["chat-sanne"].chat
    read, whole = count(), kept._over
    monkeypatch.setattr(kept, "_over", lambda *raw: (next(read), whole(*raw))[1])
    other, caller, floor = floor_after_a_restart(made, tmp_path)
    assert next(read) == 0
    page = other.page(caller, History("chat-sanne"))
    assert [one.text for one in page.messages] == ["It leaks", "Have you a towel?"]
    assert encoded(floor.over["chat-sanne"].chat) == encoded(before)
    assert next(read) == 2
    other.practice.ledger.close()


def test_a_chat_that_nobody_asked_for_outlives_a_second_restart(tmp_path: Path) -> None:
    made = house(tmp_path)
    came_twice(made)
    before = encoded(made.practice.floor.over["chat-sanne"].chat)
    made, _, _ = floor_after_a_restart(made, tmp_path)
    made.visit("sanne", says("Still leaking"))
    made, _, floor = floor_after_a_restart(made, tmp_path)
    assert encoded(floor.over["chat-sanne"].chat) == before
    made.practice.ledger.close()


def test_one_that_cannot_be_read_ends_the_session_when_it_is_asked_for(tmp_path: Path) -> None:
    made = house(tmp_path)
    came_twice(made)
    made.practice.ledger.close()
    db = sqlite3.connect(tmp_path / "ledger.db")
    db.execute("UPDATE fact SET value = '{' WHERE kind = 'over'")
    db.commit()
    db.close()
    made = house(tmp_path)
    caller = made.admit("anna", HELLO, Desk()).caller
    assert made.page(caller, History("chat-sanne-again")).code is None
    with pytest.raises(Closing) as closing:
        made.page(caller, History("chat-sanne"))
    assert closing.value.code == 1011
