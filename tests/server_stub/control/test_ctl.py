import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec import structs

from operator_tui.desk.entries import Line, LineKind, Message
from operator_tui.desk.model import Visitor
from operator_tui.desk.text import SafeLine, clean
from server_stub.clock import VirtualClock
from server_stub.control import asking, door, stepping
from server_stub.control.asking import ask
from server_stub.control.cast import Cast
from server_stub.control.cells import cells, padded
from server_stub.control.door import attend, opened
from server_stub.control.errors import OrderError
from server_stub.control.place import LONGEST, socket_path
from server_stub.control.trainer import Trainer
from server_stub.house import House
from server_stub.opening import Opening
from server_stub.peer import Closing
from server_stub.service.floor import QUEUE
from server_stub.visitors.acts import Browses, Leaves
from tests.server_stub.test_restart import ASKED, T0, TOUR
from tests.server_stub.test_stepping import HELLO
from tests.server_stub.test_stepping import Desk as Peer


def open_house(*, begun: bool = True) -> House:
    house = House(Opening(TOUR, ASKED, None).begin, VirtualClock(0, 0.0), 0.0, now=lambda: T0)
    if begun:
        house.admit("anna", HELLO, Peer())
    return house


def trainer(house: House | None = None) -> Trainer:
    return Trainer(house or open_house(), Cast("tour", TOUR.intents), TOUR.intents)


@pytest.mark.parametrize(
    ("order", "why"),
    [
        ("leav joost", 'Did you mean "leave"?'),
        ("leave", "who?"),
        ("leave jost", 'Did you mean "joost"?'),
        ("return joost", "is on the website"),
        ("leave tom", "has no chat yet"),
        ("boomerang joost", "only messaging chats"),
        ("new late_parcl", 'Did you mean "late_parcel"?'),
        ("new late_parcel xx", "does not speak"),
        ("burst joost many", "Write one from 1 to 50"),
        ("do joost dances", "not something a visitor does"),
        ("rate 99", "The rate is 0.1 to 60, or 0: paused; not 99."),
        ("rate x", "is no number"),
        ("rate pirate", "is no number"),
        ("transfer joost to nobody", "no operator"),
    ],
)
def test_an_order_that_cannot_be_carried_out_says_why(order: str, why: str) -> None:
    with pytest.raises(OrderError) as info:
        trainer().do(order.split())
    assert why in str(info.value)


def test_orders_change_what_is_listed() -> None:
    hand = trainer()
    for order in ("leave joost", "silence priya 5m", "new late_parcel as Fien", "transfer tom"):
        hand.do(order.split())
    told = {line.split()[0]: line for line in hand.do(["list"]) if line}
    assert "has left the site" in told["joost"]
    assert "silent for 5m" in told["priya"]
    assert "Fien" in told["late_parcel-1"]
    assert "with Anna" in told["tom"]


def test_who_looks_around_in_a_browser_is_listed_until_the_page_is_shut() -> None:
    house = open_house()
    house.visit("by-hand-1", Browses(Visitor("by-hand-1", clean("Nora", SafeLine)), "en"))
    (line,) = [one for one in trainer(house).do(["list"]) if one.startswith("by-hand-1")]
    assert line.split() == ["by-hand-1", "Nora", "by", "hand", "-", "looks", "around"]
    with pytest.raises(OrderError, match="played by hand"):
        trainer(house).do(["leave", "Nora"])
    house.visit("by-hand-1", Leaves())
    assert not any("by-hand-1" in one for one in trainer(house).do(["list", "all"]))


@pytest.mark.parametrize(
    ("text", "width"),
    [("Sanne", 5), ("山田", 4), ("e\u0301", 1), ("👩\u200d🔧", 2), ("👋🏽", 2), ("", 0)],
)
def test_columns_count_cells(text: str, width: int) -> None:
    assert cells(text) == width
    assert cells(padded(text, 8)) == 8
    assert cells(padded(text * 5, 4)) == 4


def test_wide_names_stay_in_their_column() -> None:
    hand = trainer()
    hand.do(["new", "late_parcel", "as", "山田太郎"])
    hand.do(["new", "late_parcel", "as", "x" * 100])
    rows = [line for line in hand.do(["list"]) if "  late_parcel  " in line]
    assert len(rows) > 1
    assert len({cells(line.partition("  late_parcel  ")[0]) for line in rows}) == 1


def test_a_chat_that_nobody_has_accepted_yet_is_told_as_offered() -> None:
    hand = trainer()
    hand.do(["transfer", "joost", "to", "marieke"])
    told = {line.split()[0]: line for line in hand.do(["list"]) if line}
    assert "offered to Marieke" in told["joost"]


def test_before_the_session_has_begun_only_the_clock_can_be_set() -> None:
    hand = trainer(open_house(begun=False))
    assert hand.do(["rate", "4"]) == ["The clock runs at 4."]
    assert hand.do(["pause"]) == ["The clock is paused."]
    assert hand.do(["resume"]) == ["The clock runs at 4."]
    with pytest.raises(OrderError, match="not begun"):
        hand.do(["list"])


@pytest.mark.parametrize("order", ["pause", "rate 4", "leave joost"])
def test_an_order_that_the_disk_does_not_take_says_so(tmp_path: Path, order: str) -> None:
    house = House(Opening(TOUR, ASKED, tmp_path).begin, VirtualClock(0, 0.0), 0.0, now=lambda: T0)
    house.admit("anna", HELLO, Peer())
    house.practice.ledger.close()
    with pytest.raises(OrderError, match="stands still"):
        trainer(house).do(order.split())


@pytest.mark.skipif(os.name != "posix", reason="local sockets are posix's")
async def test_an_order_is_answered_only_once_it_is_kept_or_never_will_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, asked, disk = socket_path(tmp_path), asyncio.Event(), asyncio.Event()

    async def until_kept() -> None:
        asked.set()
        await disk.wait()
        if tmp_path.joinpath("full").exists():
            raise Closing(1013)

    task = asyncio.create_task(attend(opened(path), path, trainer().do, until_kept))
    order = asyncio.create_task(asyncio.to_thread(ask, tmp_path, ["leave", "joost"]))
    await asked.wait()
    assert capsys.readouterr().out == ""
    disk.set()
    assert await order == 0
    assert "joost" in capsys.readouterr().out
    (tmp_path / "full").touch()
    assert await asyncio.to_thread(ask, tmp_path, ["return", "joost"]) == 1
    assert "stands still" in capsys.readouterr().out
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.skipif(os.name != "posix", reason="local sockets are posix's")
async def test_a_disk_that_takes_too_long_is_told_of_with_what_was_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "KEPT_WITHIN", 0.01)

    async def never() -> None:
        await asyncio.Event().wait()

    path = socket_path(tmp_path)
    task = asyncio.create_task(attend(opened(path), path, trainer().do, never))
    assert await asyncio.to_thread(ask, tmp_path, ["leave", "joost"]) == 1
    told = capsys.readouterr().out
    assert "joost: leaves site" in told
    assert "Do not order it again" in told
    assert await asyncio.to_thread(ask, tmp_path, ["leave", "nobody"]) == 1
    assert "order it again" not in capsys.readouterr().out
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.skipif(os.name != "posix", reason="local sockets are posix's")
@pytest.mark.parametrize(("within", "why"), [(20.0, "broke off"), (0.01, "No answer within")])
async def test_who_gets_no_answer_is_told_that_the_order_may_have_been_done(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    within: float,
    why: str,
) -> None:
    monkeypatch.setattr(asking, "WITHIN", within)
    asked = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        if within < 1:
            await asked.wait()
        writer.close()

    async with await asyncio.start_unix_server(serve, socket_path(tmp_path)):
        assert await asyncio.to_thread(ask, tmp_path, ["leave", "joost"]) == 2
        asked.set()
    told = capsys.readouterr().out
    assert why in told
    assert "may have been done" in told


def test_an_order_that_fails_by_a_mistake_of_the_program_is_told_and_ends_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    words = "It leaks"

    def fails(_: Sequence[str]) -> list[str]:
        raise KeyError(words)

    answer = door._done(b'["leave", "joost"]', fails)
    assert (answer.ok, answer.lines) == (False, (door.FAILED,))
    assert "in fails" in caplog.text
    assert words not in caplog.text


@pytest.mark.parametrize(("asked", "spoken"), [("fi", "fi"), ("", "en")])
def test_the_language_that_a_trainer_asks_for_goes_before_that_of_the_session(
    tmp_path: Path, asked: str, spoken: str
) -> None:
    def opened_house() -> House:
        begin = Opening(TOUR, ASKED, tmp_path).begin
        house = House(begin, VirtualClock(0, 0.0), 0.0, now=lambda: T0)
        house.admit("anna", HELLO, Peer())
        return house

    def speaks(house: House) -> dict[str, str]:
        return {one.id: one.language for one in house.practice.seen()}

    assert ASKED.language == "en"
    house = opened_house()
    trainer(house).do(["new", "late_parcel", *asked.split()])
    assert speaks(house)["late_parcel-1"] == spoken
    house.practice.ledger.close()
    again = opened_house()
    assert speaks(again)["late_parcel-1"] == spoken
    again.practice.ledger.close()


@pytest.mark.skipif(os.name != "posix", reason="local sockets are posix's")
async def test_the_socket_is_its_owners_alone_and_survives_a_killed_server(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = socket_path(tmp_path)
    opened(path).close()
    bound = opened(path)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(OrderError, match="another server"):
        opened(path)
    task = asyncio.create_task(attend(bound, path, trainer().do))
    assert await asyncio.to_thread(ask, tmp_path, ["pause"]) == 0
    assert await asyncio.to_thread(ask, tmp_path, ["leav"]) == 1
    assert "paused" in capsys.readouterr().out
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert not path.exists()
    assert ask(tmp_path, ["list"]) == 2
    assert "No server listens" in capsys.readouterr().out


def test_a_path_too_long_for_a_socket_leads_to_the_runtime_folder(tmp_path: Path) -> None:
    assert len(os.fsencode(socket_path(tmp_path / ("x" * 120)))) <= LONGEST


@pytest.mark.parametrize(
    ("who", "visitor"),
    [("wrong_coat", "wrong_coat-1"), ("passed_on", "passed_on-1"), ("tom", "tom")],
)
def test_a_transfer_comes_from_whom_and_with_the_note_that_the_trainer_says(
    who: str, visitor: str
) -> None:
    house = open_house()
    order = f"transfer {who} from Ingrid to anna note Has been promised a call twice."
    trainer(house).do(order.split())
    desk = house.practice.desk("anna")
    chat = desk.chats[house.practice.floor.visits[visitor]]
    assert chat.passed is not None
    assert (chat.passed.by, chat.passed.note) == ("Ingrid", "Has been promised a call twice.")
    (note,) = (one for one in chat.timeline if isinstance(one, Message) and one.note)
    assert (note.text, note.author.name) == (chat.passed.note, "Ingrid")
    assert note.author.id not in {None, "anna"}
    lines = [one for one in chat.timeline if isinstance(one, Line)]
    assert sum(one.kind is LineKind.PASSED_BY_HAND for one in lines) == 1


@pytest.mark.parametrize("who", ["wrong_coat", "tom"])
def test_a_transfer_goes_to_whom_the_trainer_names(who: str) -> None:
    house = open_house()
    trainer(house).do(f"transfer {who} from Ingrid to Marieke note Wants two of them.".split())
    (chat,) = (one for one in house.practice.desk("marieke").chats.values() if one.passed)
    assert chat.passed is not None
    assert chat.passed.by == "Ingrid"


def test_a_step_tells_who_did_what_and_that_the_clock_runs_on() -> None:
    house = open_house()
    hand = trainer(house)
    hand.do(["silence", "joost", "1m"])
    *told, passed, clock = hand.do(["step", "3"])
    assert len(told) >= 3
    for line in told:
        at, _, what = line.partition("  ")
        assert len(at.split(":")) == 3
        assert what
    assert passed.endswith(" on.")
    assert clock.startswith("The clock is paused. It is ")
    house.set_rate(1.0)
    assert "The clock runs at 1." in hand.do(["step"])[-2]
    assert hand.do(["step"])[-1] == "Time goes on by itself; pause stops it."


def test_a_step_that_enters_more_than_is_told_says_how_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stepping, "SHOWN", 1)
    hand = trainer()
    hand.do(["burst", "9", "quick_question"])
    told = hand.do(["step", "20"])
    assert any(line.startswith("... and ") and line.endswith(" more in the logs.") for line in told)
    monkeypatch.undo()
    assert not any("more in the logs" in line for line in trainer().do(["step", "20"]))


def test_a_step_says_what_happened_before_nothing_more_came() -> None:
    house = open_house()
    hand = trainer(house)
    hand.do(["step", "50"])
    for _ in range(40):
        told = hand.do(["step", "50"])
        if any("Nothing more is to come" in line for line in told):
            break
    assert "Nothing more is to come by itself: somebody has to act." in told


@pytest.mark.parametrize(
    ("order", "language"),
    [
        ("new quick_question as Piet", "en"),
        ("new quick_question fi", "fi"),
        ("burst 1 quick_question", "en"),
        ("transfer quick_question to anna note Wants two of them.", "en"),
    ],
)
def test_a_newcomer_speaks_what_an_operator_who_is_here_reads(order: str, language: str) -> None:
    anna = structs.replace(TOUR.operators[0], languages=("nl", "en"))
    session = structs.replace(TOUR, operators=(anna,))
    begin = Opening(session, structs.replace(ASKED, language=None), None).begin
    house = House(begin, VirtualClock(0, 0.0), 0.0, now=lambda: T0)
    house.admit("anna", HELLO, Peer())
    trainer(house).do(order.split())
    (seen,) = (one for one in house.practice.seen() if one.id == "quick_question-1")
    assert seen.language == language


def test_a_chat_stays_with_the_only_operator_there_is() -> None:
    session = structs.replace(TOUR, colleagues=())
    visitor = next(one for one in session.visitors if one.id == "tom")
    session = structs.replace(session, visitors=(structs.replace(visitor, operator="anna"),))
    house = House(Opening(session, ASKED, None).begin, VirtualClock(0, 0.0), 0.0, now=lambda: T0)
    house.admit("anna", HELLO, Peer())
    hand = trainer(house)
    hand.do(["step"])
    with pytest.raises(OrderError, match="Anna has tom, and no colleague is there"):
        hand.do(["transfer", "tom"])


def test_who_comes_when_nobody_has_a_place_is_said_to_wait_and_is_passed_on_all_the_same() -> None:
    house = open_house()
    hand = trainer(house)
    hand.do(["burst", "50", "quick_question"])
    order = "transfer wrong_coat from Ingrid note Wants two of them."
    *_, last = hand.do(order.split())
    assert last == "wrong_coat-1: waits in the queue, as nobody has a place free"
    chat = house.practice.desk(QUEUE).chats[house.practice.floor.visits["wrong_coat-1"]]
    assert chat.passed is not None
