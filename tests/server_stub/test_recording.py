import os
from pathlib import Path

import pytest
from msgspec import Raw, json

from operator_tui.desk.commands import WriteMessage
from operator_tui.desk.text import clean
from operator_tui.desk.time import SECOND
from operator_tui.wire.codec import encode_command
from operator_tui.wire.frames import Op
from server_stub.opening import AnotherSessionError, Opening, Wanted
from server_stub.plays.problems import ProblemsError
from server_stub.recording import Played, RecordedPractice, Tape, inputs_of
from server_stub.replay import AnotherRecordingError, replayed
from server_stub.service.ledger import LedgerError
from server_stub.service.practice import Caller
from server_stub.sessions.session_file import load
from server_stub.visitors.injected import Made
from tests.server_stub.test_replay import made
from tests.server_stub.test_restart import ASKED, T0, TOUR

SESSION = """
name = "one"
about = "One visitor"
[[operator]]
id = "anna"
name = "Anna"
[[visitor]]
id = "nora"
play = "teapot"
at = "5s"
"""
PLAY = """
title The teapot
language en
visitor Nora Pike
== start
opens chat
says Hello
listen
  if silence 60s -> end
  else           -> end
"""


class Served:
    """A session that is kept and recorded, with one operator."""

    def __init__(self, folder: Path | None, record: Path, asked: Wanted = ASKED) -> None:
        session = TOUR if asked.session == "tour" else load(asked.session)
        self.opening = Opening(session, asked, folder, record)
        practice = self.opening.begin(T0)
        assert isinstance(practice, RecordedPractice)
        self.practice = practice
        practice.come_and_go(["anna"], practice.now)
        standing = practice.admit("anna", "laptop", None, 0)
        self.caller, self.n = Caller("anna", "laptop", standing.generation), standing.last_n

    def writes(self, text: str, at: int, spaced: str = "") -> None:
        chat = next(iter(self.practice.desk("anna").chats))
        command = bytes(encode_command(WriteMessage(chat, clean(text))))
        self.n += 1
        op = Op(self.n, f"op-{self.n}", T0, Raw(command.replace(b",", f",{spaced}".encode())))
        self.practice.op(self.caller, op, T0 + at * SECOND)

    def killed(self) -> None:
        self.practice.ledger.close()

    def ends(self, at: int) -> str:
        self.practice.run_to(T0 + at * SECOND)
        self.opening.end(self.practice)
        found = made(self.practice)
        self.practice.ledger.close()
        return found


def played_again(record: Path) -> str:
    practice, ended = replayed(record)
    assert ended is not None
    assert ended.fingerprint == made(practice)
    return ended.fingerprint


def test_a_recording_that_lost_its_last_line_is_whole_again_when_the_session_goes_on(
    tmp_path: Path,
) -> None:
    record = tmp_path / "one.replay"
    served = Served(tmp_path, record)
    served.writes("Hello!", 20)
    served.practice.inject([Made("sanne", "says Well?")], T0 + 21 * SECOND)
    served.killed()
    whole = record.read_bytes()
    record.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 10])
    again = Served(tmp_path, record)
    assert record.read_bytes().startswith(whole)
    again.writes("Are you there?", 60)
    found = again.ends(180)
    assert played_again(record) == found


def test_a_session_may_be_recorded_long_after_it_began(tmp_path: Path) -> None:
    served = Served(tmp_path, tmp_path / "first.replay")
    served.writes("Hello!", 20)
    served.killed()
    later = Served(tmp_path, tmp_path / "later.replay")
    found = later.ends(120)
    assert played_again(tmp_path / "later.replay") == found


def test_what_was_not_kept_is_not_recorded(tmp_path: Path) -> None:
    record = tmp_path / "one.replay"
    served = Served(tmp_path, record)
    served.killed()
    with pytest.raises(LedgerError):
        served.writes("Hello!", 20)
    assert b'"op"' not in record.read_bytes()
    again = Served(tmp_path, record)
    assert all(b'"op"' not in row for row in inputs_of(again.practice.ledger))
    again.killed()


def test_a_recording_is_never_ahead_of_what_is_kept(tmp_path: Path) -> None:
    record = tmp_path / "one.replay"
    served = Served(tmp_path, record)
    served.practice.ledger.later = True
    served.writes("Hello!", 20)
    assert "Hello!" not in record.read_text()
    served.practice.ledger.flush()
    assert "Hello!" in record.read_text()
    served.killed()


def test_an_op_that_comes_again_is_recorded_once(tmp_path: Path) -> None:
    record = tmp_path / "one.replay"
    served = Served(None, record)
    served.writes("Hello!", 20)
    served.n -= 1
    served.writes("Hello!", 21)
    assert record.read_text().count("Hello!") == 1


def test_line_ends_in_a_clients_json_are_none_in_the_recording(tmp_path: Path) -> None:
    record = tmp_path / "one.replay"
    served = Served(None, record)
    served.writes("Hello!", 20, spaced="\r\n ")
    found = served.ends(60)
    assert all(json.decode(line) for line in record.read_bytes().splitlines())
    assert played_again(record) == found


def test_a_recording_of_something_else_is_not_written_over(tmp_path: Path) -> None:
    record = tmp_path / "one.replay"
    Served(None, record).ends(10)
    whole = record.read_bytes()
    with pytest.raises(AnotherRecordingError, match="Move it away"):
        Opening(TOUR, ASKED, None, record)
    other = Wanted("tour", 8)
    Served(tmp_path, tmp_path / "two.replay", other).killed()
    with pytest.raises(AnotherRecordingError, match="Move it away"):
        Opening(TOUR, other, tmp_path, record)
    assert record.read_bytes() == whole
    with pytest.raises(OSError, match="nowhere"):
        Opening(TOUR, ASKED, None, tmp_path / "nowhere" / "one.replay")


def test_what_the_disk_did_not_take_is_written_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    kept = Served(tmp_path, tmp_path / "kept.replay")
    gone = Served(None, tmp_path / "gone.replay")
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        for served in (kept, gone):
            served.writes("Hello!", 20)
    for served in (kept, gone):
        served.writes("Hello again!", 25)
    found = kept.ends(60)
    assert played_again(tmp_path / "kept.replay") == found
    with pytest.raises(OSError, match="broken off"):
        gone.ends(60)
    assert replayed(tmp_path / "gone.replay")[1] is None


def test_a_play_that_was_changed_meanwhile_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(SESSION)
    (tmp_path / "teapot.play").write_text(PLAY)
    record, asked = tmp_path / "one.replay", Wanted(str(tmp_path / "one.toml"))
    Served(tmp_path, record, asked).killed()
    same = PLAY.replace("says", "# a remark\n\nsays").replace("The", "A").replace("60s", "1m")
    (tmp_path / "teapot.play").write_text(same)
    Served(tmp_path, record, asked).killed()
    replayed(record)
    (tmp_path / "teapot.play").write_text(PLAY.replace("Hello", "Good morning"))
    with pytest.raises(AnotherSessionError, match=r"changed: teapot.play\. .*another folder"):
        Served(tmp_path, record, asked)
    with pytest.raises(ProblemsError, match=r"changed: teapot.play\. Change that back"):
        replayed(record)


def test_a_session_whose_file_was_moved_goes_on(tmp_path: Path) -> None:
    for folder in (tmp_path / "before", tmp_path / "after"):
        folder.mkdir()
        (folder / "one.toml").write_text(SESSION)
        (folder / "teapot.play").write_text(PLAY)
    record = tmp_path / "one.replay"
    Served(tmp_path, record, Wanted(str(tmp_path / "before" / "one.toml"))).killed()
    again = Served(tmp_path, record, Wanted(str(tmp_path / "after" / "one.toml")))
    found = again.ends(60)
    assert played_again(record) == found


def test_a_tape_is_its_owners_alone_whoever_had_the_file_before(tmp_path: Path) -> None:
    path = tmp_path / "one.replay"
    path.touch(0o644)
    served = Served(None, path)
    assert served.practice.tape is not None
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_tape_lets_go_of_its_own_file_only(tmp_path: Path) -> None:
    tape = Tape(tmp_path / "one.replay", Played("tour", 1, None, T0))
    tape.close()
    with (tmp_path / "another").open("wb") as next_to_get_its_number:
        tape.close()
        next_to_get_its_number.write(b"still open")


def test_a_recording_that_cannot_be_put_in_its_place_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    (tmp_path / "one.replay").mkdir()
    with pytest.raises(IsADirectoryError):
        Tape(tmp_path / "one.replay", Played("tour", 1, None, T0))
    assert [path.name for path in tmp_path.iterdir()] == ["one.replay"]


def test_a_beginning_that_fails_in_whatever_way_lets_go_of_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = Opening(TOUR, ASKED, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("server_stub.opening.Stage", None)
        with pytest.raises(TypeError):
            opening.begin(T0)
    opening.begin(T0).ledger.close()
