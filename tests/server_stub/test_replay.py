from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from operator_tui.desk.commands import CloseChat, Command, RemoveChat, WriteMessage
from operator_tui.desk.entries import NO_ADDRESS, Id
from operator_tui.desk.model import Channel, Visitor
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.time import MINUTE, SECOND, Millis
from operator_tui.wire.codec import encode_command
from operator_tui.wire.frames import Op
from server_stub.fingerprint import fingerprint
from server_stub.plays.problems import ProblemsError
from server_stub.recording import Ended, Played, RecordedPractice, Tape
from server_stub.replay import begun, replayed
from server_stub.service.ledger import Ledger
from server_stub.service.operators import staff_of
from server_stub.service.practice import Caller, Practice
from server_stub.sessions.session_file import load
from server_stub.sessions.stage import Stage
from server_stub.tools.replaying import replay
from server_stub.visitors.acts import Closes, Leaves, Opens, SharesScreen
from tests.server_stub.sessions.shift import T0

WORDS = ("Hello!", "So sorry about that.", "I'll call you within 10 minutes.", "Goodbye!")


class Recorded:
    """A recorded session, whose device is called by its turn."""

    def __init__(self, path: Path, name: str = "tour", device: Id = "first") -> None:
        session = load(name)
        stage, staff = Stage(session, 7, T0, "en"), staff_of(session)
        ledger = Ledger([one.id for one in staff], lambda: "live")
        self.practice = RecordedPractice(staff, session.policy, stage, T0, ledger)
        self.practice.tape = self.tape = Tape(path, Played(name, 7, "en", T0))
        self.practice.come_and_go(["anna"], T0)
        self.changes_device(device)

    def changes_device(self, device: Id) -> None:
        generation = self.practice.admit("anna", device, None, 0).generation
        self.caller, self.sent = Caller("anna", device, generation), 0

    def orders(self, command: Command, at: Millis) -> None:
        self.sent += 1
        op = Op(self.sent, f"{self.caller.device}-{self.sent}", at, encode_command(command))
        self.practice.op(self.caller, op, at)

    def writes(self, turn: int, text: str, at: Millis) -> None:
        self.practice.run_to(at)
        chats = list(self.practice.desk("anna").chats.values())
        if chats:
            self.orders(WriteMessage(chats[turn % len(chats)].id, clean(text)), at)

    def ends(self, at: Millis) -> str:
        self.practice.run_to(at)
        found = made(self.practice)
        self.tape.end(self.practice.now, found)
        return found


def made(practice: Practice) -> str:
    return fingerprint(practice.ledger, practice.floor.staff)


turns = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 11), st.sampled_from(WORDS)), max_size=12
)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns)
def test_what_was_recorded_and_is_fed_back_makes_the_same_logs(
    tmp_path: Path, said: list[tuple[int, int, str]]
) -> None:
    path = tmp_path / "one.replay"
    path.unlink(missing_ok=True)
    recorded, now = Recorded(path), T0
    for pause, turn, text in said:
        now += pause * SECOND
        recorded.writes(turn, text, now)
    found = recorded.ends(now + 5 * MINUTE)
    practice, ended = replayed(path)
    assert ended == Ended(now + 5 * MINUTE, found)
    assert made(practice) == found


def test_devices_typing_refusals_and_hands_at_play_are_replayed_too(tmp_path: Path) -> None:
    recorded = Recorded(tmp_path / "one.replay")
    practice = recorded.practice
    recorded.orders(RemoveChat("no-such-chat"), T0 + SECOND)
    practice.visit("tom", SharesScreen(clean("Pay now")), T0 + 70 * SECOND)
    practice.typed("anna", next(iter(practice.desk("anna").chats)), T0 + 71 * SECOND)
    recorded.changes_device("second")
    recorded.writes(0, "Hello there", T0 + 72 * SECOND)
    recorded.orders(CloseChat(list(practice.desk("anna").chats)[1]), T0 + 75 * SECOND)
    practice.visit("tom", Leaves(), T0 + 80 * SECOND)
    practice.visit("tom", Closes(), T0 + 81 * SECOND)
    practice.come_and_go([], T0 + 90 * SECOND)
    found = recorded.ends(T0 + 4 * MINUTE)
    again, ended = replayed(tmp_path / "one.replay")
    assert ended is not None
    assert made(again) == ended.fingerprint == found


def test_the_fingerprint_knows_another_word_and_no_device(tmp_path: Path) -> None:
    def run(name: str, device: Id, text: str) -> str:
        recorded = Recorded(tmp_path / name, device=device)
        op = Op(1, "op", T0, encode_command(WriteMessage(chat(recorded), clean(text))))
        recorded.practice.op(recorded.caller, op, T0 + SECOND)
        return recorded.ends(T0 + MINUTE)

    def chat(recorded: Recorded) -> str:
        return next(iter(recorded.practice.desk("anna").chats))

    assert run("a", "first", "Hello") == run("b", "other", "Hello")
    assert run("c", "first", "Hello") != run("d", "first", "Hullo")


def test_a_recording_that_was_broken_off_is_played_as_far_as_it_goes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "one.replay"
    recorded = Recorded(path)
    recorded.writes(0, "Hello", T0 + SECOND)
    with path.open("ab") as file:
        file.write(b'{"type":"present","at":18')
    assert replayed(path)[1] is None
    assert replay(path) == 0
    assert "broken off" in capsys.readouterr().out


def test_a_recording_with_another_end_is_not_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "one.replay"
    found = Recorded(path).ends(T0 + MINUTE)
    assert replay(path) == 0
    path.write_text(path.read_text().replace(found, "0" * 64))
    assert replay(path) == 1
    assert "not the same" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "x\n", '{"type":"ended","at":1,"fingerprint":"x"}\n'])
def test_what_is_no_recording_is_said_to_be_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "one.replay"
    path.write_text(content)
    with pytest.raises(ProblemsError, match="recording"):
        replayed(path)


def test_a_recording_is_its_owners_alone(tmp_path: Path) -> None:
    Recorded(tmp_path / "one.replay")
    assert (tmp_path / "one.replay").stat().st_mode & 0o777 == 0o600


def test_another_seed_makes_other_logs() -> None:
    played = [begun(Played("tour", seed, "en", T0), Path("one")) for seed in (7, 7, 8)]
    for practice in played:
        practice.run_to(T0 + 2 * MINUTE)
    same, again, other = map(made, played)
    assert same == again != other


def test_a_visitor_on_no_page_is_on_none_in_the_replay_either(tmp_path: Path) -> None:
    recorded = Recorded(tmp_path / "one.replay")
    hand = Visitor("by-hand-1", clean("Nora", SafeLine))
    opens = Opens(hand, Channel.WEB, "en", "a-chat", NO_ADDRESS, operator="anna")
    recorded.practice.visit("by-hand-1", opens, T0 + SECOND)
    found = recorded.ends(T0 + MINUTE)
    assert made(replayed(tmp_path / "one.replay")[0]) == found
