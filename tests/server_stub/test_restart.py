from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct, structs

from operator_tui.desk.commands import (
    AcceptChat,
    CloseChat,
    Command,
    RemoveChat,
    SetAvailability,
    TransferChat,
    WriteMessage,
)
from operator_tui.desk.text import SafeText, clean
from operator_tui.desk.time import MINUTE, SECOND, Millis
from operator_tui.wire.codec import encode_command
from operator_tui.wire.frames import Op
from server_stub.opening import AnotherSessionError, Opening, Wanted
from server_stub.service.cutting import encoded
from server_stub.service.floor import Floor
from server_stub.service.practice import Caller, Practice
from server_stub.sessions.session import FOLDER, Session
from server_stub.sessions.session_file import load

T0: Millis = 1_800_000_000_000
TOUR = load("tour")
ASKED = Wanted("tour", 7, "en")
WORDS = ("Good morning!", "What is your order number?", "I am sorry about that.", "Goodbye!")
NOTE = clean("leaks since Monday", SafeText)


class Does(Struct, frozen=True):
    """At `at` seconds the trainee does `what` with the chat that stands at `place`."""

    at: int
    place: int
    what: str
    word: int = 0


deeds = st.builds(
    Does,
    at=st.integers(0, 300),
    place=st.integers(0, 9),
    what=st.sampled_from(
        ("write", "write", "write", "close", "pass", "back", "remove", "accept", "away")
    ),
    word=st.integers(0, 3),
)


class Desk:
    """One trainee with one device, on a server that may be restarted."""

    def __init__(self, folder: Path | None, session: Session = TOUR) -> None:
        self.folder, self.session, self.sent = folder, session, 0
        self.come_in()

    def come_in(self) -> None:
        self.practice = Opening(self.session, ASKED, self.folder).begin(T0)
        self.practice.come_and_go(["anna"], self.practice.now)
        standing = self.practice.admit("anna", "laptop", None, 0)
        self.caller = Caller("anna", "laptop", standing.generation)

    def restart(self) -> None:
        self.practice.ledger.close()
        self.come_in()

    def does(self, deed: Does) -> None:
        self.practice.run_to(T0 + deed.at * SECOND)
        self.sent += 1
        op = Op(self.sent, f"op-{self.sent}", T0, encode_command(self._command(deed)))
        self.practice.op(self.caller, op, T0 + deed.at * SECOND)

    def _command(self, deed: Does) -> Command:
        chats = list(self.practice.desk("anna").chats) or ["nobody"]
        chat = chats[deed.place % len(chats)]
        commands: dict[str, Command] = {
            "write": WriteMessage(chat, clean(WORDS[deed.word], SafeText)),
            "close": CloseChat(chat),
            "pass": TransferChat(chat, "marieke", NOTE),
            "back": TransferChat(chat, None, NOTE),
            "remove": RemoveChat(chat),
            "accept": AcceptChat(),
            "away": SetAvailability(available=deed.word > 1),
        }
        return commands[deed.what]


def logs(practice: Practice) -> list[object]:
    return [
        [structs.astuple(one) for one in practice.ledger.after(operator, 0, 100_000) or ()]
        for operator in practice.floor.staff
    ]


def over(floor: Floor) -> list[tuple[str, bytes]]:
    return [(key, encoded(one.chat)) for key, one in floor.over.items()]


def played(
    done: Sequence[Does], restarts: Sequence[int], folder: Path | None, session: Session
) -> Practice:
    desk = Desk(folder, session)
    breaks = sorted(restarts)
    for deed in sorted(done, key=lambda one: one.at):
        while breaks and breaks[0] <= deed.at:
            desk.practice.run_to(T0 + breaks.pop(0) * SECOND)
            desk.restart()
        desk.does(deed)
    desk.practice.run_to(T0 + 6 * MINUTE)
    return desk.practice


def held_to_an_unbroken_one(done: list[Does], restarts: list[int], session: Session = TOUR) -> None:
    whole = played(done, (), None, session)
    with TemporaryDirectory() as folder:
        broken = played(done, restarts, Path(folder), session)
        assert logs(broken) == logs(whole)
        floor = structs.replace(broken.floor, told={}, typed={})
        assert encoded(floor.desks) == encoded(whole.floor.desks)
        assert over(floor) == over(whole.floor)
        assert encoded(floor.cases) == encoded(whole.floor.cases)
        broken.ledger.close()


@settings(max_examples=8)
@given(st.lists(deeds, min_size=4, max_size=12), st.lists(st.integers(0, 300), max_size=4))
def test_a_session_that_was_restarted_ends_with_the_same_logs(
    done: list[Does], restarts: list[int]
) -> None:
    held_to_an_unbroken_one(done, restarts)


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(one.stem for one in FOLDER.glob("*.toml")))
@settings(max_examples=40)
@given(st.lists(deeds, min_size=4, max_size=40), st.lists(st.integers(0, 300), max_size=12))
def test_any_session_that_was_restarted_often_ends_with_the_same_logs(
    name: str, done: list[Does], restarts: list[int]
) -> None:
    held_to_an_unbroken_one(done, restarts, load(name))


def test_a_transfer_under_way_comes_back_after_a_restart(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.does(Does(26, 0, "pass"))
    offers = desk.practice.floor.offers
    desk.restart()
    assert desk.practice.floor.offers == offers
    desk.practice.run_to(T0 + MINUTE)
    assert desk.practice.floor.offers == {}


def test_the_clock_goes_on_from_the_last_moment_that_was_kept(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.practice.run_to(T0 + 90 * SECOND)
    desk.restart()
    assert desk.practice.now == T0 + 90 * SECOND


def test_colleagues_go_on_in_time_before_anybody_is_back(tmp_path: Path) -> None:
    def played(folder: Path | None) -> Practice:
        practice = Opening(TOUR, ASKED, folder).begin(T0)
        practice.run_to(T0 + 15 * SECOND)
        if folder is not None:
            practice.ledger.close()
            practice = Opening(TOUR, ASKED, folder).begin(T0)
        practice.run_to(T0 + MINUTE)
        return practice

    broken = played(tmp_path)
    assert logs(broken) == logs(played(None))
    broken.ledger.close()


@pytest.mark.parametrize("asked", [Wanted("other"), Wanted("tour", 8), Wanted("tour", None, "nl")])
def test_another_session_in_the_folder_is_told_and_not_touched(
    tmp_path: Path, asked: Wanted
) -> None:
    desk = Desk(tmp_path)
    desk.practice.ledger.close()
    with pytest.raises(AnotherSessionError, match="Ask for that one"):
        Opening(TOUR, asked, tmp_path)
    opening = Opening(TOUR, Wanted("tour"), tmp_path)
    assert (opening.goes_on, opening.begun.seed, opening.begun.start) == (True, 7, T0)
    opening.begin(T0 + MINUTE).ledger.close()
