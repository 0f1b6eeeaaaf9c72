import pytest
from msgspec import Raw, json

from operator_tui.desk.advance import advance
from operator_tui.desk.commands import AcceptChat, TransferChat, WriteMessage
from operator_tui.desk.entries import Id
from operator_tui.desk.events import Logged
from operator_tui.desk.text import clean
from operator_tui.wire.codec import encode_command, read_event
from operator_tui.wire.frames import Op, Result
from server_stub.service.cutting import encoded
from server_stub.service.ledger import Ledger
from server_stub.service.practice import Caller, Practice
from server_stub.visitors.acts import Closes, Leaves, Ordered
from tests.server_stub.scripted import ANNA, BRAM, POLICY, SIM, START, Scripted, after, opens, says

PAST = (
    after(-300, "sanne", opens("sanne", "anna")),
    after(-200, "sanne", says("It leaks")),
    Ordered("anna", START - 110_000, WriteMessage("chat-sanne", clean("Since when?"))),
    after(-40, "piet", opens("piet", "anna")),
    after(-35, "piet", Leaves()),
    after(8, "tom", opens("tom")),
    after(20, "sanne", Closes()),
)


STAFF = (ANNA, BRAM, SIM)
NAMES = [one.id for one in STAFF]


def practice(stage: Scripted) -> Practice:
    return Practice(STAFF, POLICY, stage, START, Ledger(NAMES, lambda: "epoch"))


def log_of(played: Practice, operator: Id) -> list[tuple[int, int, bytes]]:
    records = played.ledger.after(operator, 0, 1_000)
    assert records is not None
    return [(one.seq, one.at, one.event) for one in records]


def message(n: int, text: str) -> Op:
    command = encode_command(WriteMessage("chat-sanne", clean(text)))
    return Op(n, f"op-{n}", START, command)


def admitted(played: Practice) -> Caller:
    standing = played.ledger.admit("anna", "laptop", None, 0)
    return Caller("anna", "laptop", standing.generation)


def test_chats_in_progress_are_ordinary_events_with_their_own_past_times() -> None:
    stage = Scripted(*PAST)
    played = practice(stage)
    chat = played.desk("anna").chats["chat-sanne"]
    assert (chat.received_at, chat.answered_at) == (START - 300_000, START - 110_000)
    assert played.desk("anna").chats["chat-piet"].left_at == START - 35_000
    assert stage.heard == [("sanne", "Since when?")]
    assert next(at for _, at, _ in log_of(played, "anna")) == START - 300_000


def test_the_same_commands_at_the_same_moments_make_the_same_log() -> None:
    logs = []
    for _ in range(2):
        played = practice(Scripted(*PAST))
        caller = admitted(played)
        played.op(caller, message(1, "Still there?"), START + 5_000)
        played.run_to(START + 30_000)
        logs.append([log_of(played, one) for one in ("anna", "bram", "sim")])
    assert logs[0] == logs[1]
    assert len(logs[0][0]) > 5


def test_the_log_of_an_operator_folds_to_the_desk_the_server_has() -> None:
    played = practice(Scripted(*PAST))
    played.op(admitted(played), message(1, "Still there?"), START + 5_000)
    played.run_to(START + 30_000)
    desk = practice(Scripted()).desk("anna")
    for seq, at, event in log_of(played, "anna"):
        desk = advance(desk, Logged(seq, at, read_event(event)))
    assert json.decode(encoded(desk)) == json.decode(encoded(played.desk("anna")))
    assert desk.seq == played.ledger.head("anna")


def test_an_op_that_comes_twice_is_told_the_visitor_once() -> None:
    stage = Scripted(*PAST)
    played = practice(stage)
    caller = admitted(played)
    results = [played.op(caller, message(1, "Hello"), START + s) for s in (5_000, 6_000)]
    first, second = results
    assert isinstance(first, Result)
    assert isinstance(second, Result)
    assert (first.duplicate, second.duplicate, second.seq) == (False, True, first.seq)
    assert [text for _, text in stage.heard] == ["Since when?", "Hello"]


@pytest.mark.parametrize(
    "command",
    [b'{"kind":"dance"}', b'{"kind":"message"}', b'{"kind":"message","chat":7,"text":""}', b"[]"],
)
def test_a_command_nobody_understands_uses_its_number_and_changes_nothing(command: bytes) -> None:
    played = practice(Scripted(*PAST))
    caller, head = admitted(played), played.ledger.head("anna")
    result = played.op(caller, Op(1, "a", START, Raw(command)), START)
    assert isinstance(result, Result)
    assert (result.ok, result.code) == (False, "unknown_command")
    assert played.ledger.head("anna") == head
    assert isinstance(played.op(caller, message(2, "Hello"), START), Result)


def test_simulated_colleagues_answer_at_once_to_what_stands_on_their_desks() -> None:
    stage = Scripted(*PAST)
    played = practice(stage)
    stage.orders = [("sim", AcceptChat("chat-sanne"))]
    note = TransferChat("chat-sanne", "sim", clean("leaks since Monday"))
    played.op(admitted(played), Op(1, "a", START, encode_command(note)), START)
    kinds = [json.decode(event)["kind"] for _, _, event in log_of(played, "sim")]
    assert kinds == ["transferred_in", "transfer_accepted"]
    assert played.floor.offers == {}


def test_what_is_due_between_two_commands_happens_at_its_own_moment() -> None:
    played = practice(Scripted(*PAST))
    played.op(admitted(played), message(1, "Hello"), START + 60_000)
    assert played.desk("anna").chats["chat-sanne"].closed_at == START + 20_000


class Circling(Scripted):
    """Visitors who never get past a moment."""

    def next_time(self) -> int:
        return START + 1_000


def test_visitors_who_turn_in_a_circle_are_told_of_once_and_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    played = practice(Circling(*PAST))
    caller = admitted(played)
    played.run_to(START + 2_000)
    assert (played.stuck, played.now, played.next_due()) == (True, START + 2_000, None)
    result = played.op(caller, message(1, "Hello"), START + 3_000)
    assert isinstance(result, Result)
    assert result.ok
    told = [one.levelname for one in caplog.records if "turn in a circle" in one.message]
    assert told == ["CRITICAL"]
