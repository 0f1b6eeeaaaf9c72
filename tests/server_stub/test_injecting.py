from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from operator_tui.desk.model import PassedCause
from operator_tui.desk.time import MINUTE, SECOND, Millis
from server_stub.opening import Opening
from server_stub.plays.reading import FOLDER
from server_stub.recording import RecordedPractice
from server_stub.replay import replayed
from server_stub.service.practice import Practice
from server_stub.visitors.injected import Comes, Injected, Made
from tests.server_stub.test_replay import Recorded, made
from tests.server_stub.test_restart import ASKED, T0, TOUR, Desk, logs

LINES = (
    "says Hello?",
    "leaves site",
    "returns to https://shop.example/",
    "closes chat",
    "shares screen Pay now",
    "pauses 1m",
    "mood angry",
    "reactivates after 14h",
    "opens chat",
    "types 3s",
    "waits",
    "goes to https://shop.example/cart",
    "accepts invitation",
    "transferred from Ingrid note Three words here",
)
VISITORS = (*(one.id for one in TOUR.visitors), "new-1", "nobody")


def source(play: str) -> str:
    return (FOLDER / f"{play}.play").read_text()


def comes(visitor: str = "new-1", play: str = "late_parcel") -> Comes:
    return Comes(visitor, play, source(play), "en")


thrown = st.builds(
    Made, st.sampled_from(VISITORS), st.sampled_from(LINES), st.sampled_from((0, 1_500, 20_000))
)
newcomer = st.sampled_from(("overnight_answer", "late_parcel", "looking_at_sofas")).map(
    lambda play: comes(play=play)
)
script = st.lists(
    st.tuples(
        st.sampled_from((0, 0, 1, 2, 7, 40)),
        st.lists(st.one_of(thrown, newcomer), min_size=1, max_size=3),
    ),
    min_size=2,
    max_size=8,
)


def once(said: list[tuple[int, list[Injected]]]) -> Iterator[tuple[Millis, list[Injected]]]:
    """The script with its moments; nobody comes twice."""
    now, come = T0, False
    for pause, injected in said:
        now += pause * SECOND
        kept: list[Injected] = []
        for one in injected:
            if not (come and isinstance(one, Comes)):
                kept.append(one)
            come = come or isinstance(one, Comes)
        yield now, kept


@settings(max_examples=8)
@given(script)
def test_what_a_trainer_threw_in_is_in_the_replay(said: list[tuple[int, list[Injected]]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "one.replay"
        recorded = Recorded(path)
        for at, injected in once(said):
            recorded.practice.inject(injected, at)
        found = recorded.ends(T0 + 8 * MINUTE)
        practice, _ = replayed(path)
        assert made(practice) == found


def held_to_an_unbroken_one(said: list[tuple[int, list[Injected]]], *broken_at: int) -> None:
    """Whether a session that was killed behind these throws, by number, ends with the same logs."""

    def played(folder: Path | None) -> Practice:
        desk = Desk(folder)
        for place, (at, injected) in enumerate(once(said)):
            desk.practice.inject(injected, at)
            if folder is not None and place in broken_at:
                desk.restart()
        desk.practice.run_to(T0 + 8 * MINUTE)
        return desk.practice

    with TemporaryDirectory() as folder:
        broken = played(Path(folder))
        assert logs(broken) == logs(played(None))
        broken.ledger.close()


@settings(max_examples=8)
@given(script, st.integers(0, 7))
def test_what_a_trainer_threw_in_outlives_a_restart(
    said: list[tuple[int, list[Injected]]], broken_at: int
) -> None:
    held_to_an_unbroken_one(said, broken_at)


@pytest.mark.thorough
@settings(max_examples=60)
@given(script, st.sets(st.integers(0, 7)))
def test_whatever_a_trainer_threw_in_outlives_many_restarts(
    said: list[tuple[int, list[Injected]]], broken_at: set[int]
) -> None:
    held_to_an_unbroken_one(said, *broken_at)


def test_what_somebody_did_long_ago_is_not_done_again_after_a_restart() -> None:
    held_to_an_unbroken_one([(1, [Made("vaino", "mood angry", 1_500)])], 0)


TRANSFERRED = Made("new-1", "transferred from Ingrid note Three words here")


@pytest.mark.parametrize(
    ("said", "broken_at"),
    [
        ([(1, [comes(), Made("joost", "says Hello?"), TRANSFERRED])], 0),
        ([(1, [comes()]), (0, [TRANSFERRED])], 1),
    ],
)
def test_what_was_thrown_in_together_is_so_after_a_restart_and_nothing_else(
    said: list[tuple[int, list[Injected]]], broken_at: int
) -> None:
    closed: list[tuple[int, list[Injected]]] = [(50, [Made("new-1", "closes chat")])]
    held_to_an_unbroken_one([*said, *closed, (5, [TRANSFERRED])], broken_at)


def test_a_burst_under_way_goes_on_after_a_restart(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    burst = [Made("joost", f"says Message {n}", n * 1_500) for n in range(4)]
    desk.practice.inject(burst, T0 + SECOND)
    desk.restart()
    desk.practice.run_to(T0 + 8 * SECOND)
    chat = desk.practice.floor.visits["joost"]
    timeline = desk.practice.desk("anna").chats[chat].timeline
    said = [str(getattr(one, "text", "")) for one in timeline]
    assert [one for one in said if one.startswith("Message")] == [f"Message {n}" for n in range(4)]
    desk.practice.ledger.close()


@pytest.mark.parametrize("visitor", ["tom", "new-1"])
def test_somebody_may_come_as_a_transfer_and_before_their_time(visitor: str) -> None:
    practice = Opening(TOUR, ASKED, None).begin(T0)
    practice.come_and_go(["anna"], T0)
    newcomers: list[Injected] = [comes()] if visitor == "new-1" else []
    line = "transferred from Ingrid Moll note Wants two of them."
    practice.inject([*newcomers, Made(visitor, line)], T0 + SECOND)
    chat = practice.desk("anna").chats[practice.floor.visits[visitor]]
    assert chat.passed is not None
    assert (chat.passed.by, chat.passed.cause) == ("Ingrid Moll", PassedCause.BY_HAND)
    assert chat.received_at == T0 + SECOND
    practice.run_to(T0 + MINUTE)
    assert practice.desk("anna").chats[chat.id].owed_since is not None


@pytest.mark.parametrize(("visitor", "steps"), [("sanne", 0), ("tom", 30), ("new-1", 0)])
def test_who_comes_as_a_transfer_does_so_after_a_restart_too(
    tmp_path: Path, visitor: str, steps: int
) -> None:
    def played(folder: Path | None) -> Practice:
        desk = Desk(folder)
        practice, line = desk.practice, "transferred from Ingrid note Three words here"
        newcomers: list[Injected] = [comes()] if visitor == "new-1" else []
        while visitor not in practice.floor.visits and steps:
            practice.step()
        practice.inject([*newcomers, Made(visitor, line)], practice.now + (0 if steps else SECOND))
        if folder is not None:
            desk.restart()
        desk.practice.run_to(desk.practice.now + MINUTE)
        return desk.practice

    broken = played(tmp_path)
    assert logs(broken) == logs(played(None))
    broken.ledger.close()


def test_what_is_thrown_at_who_is_yet_to_come_outlives_a_restart(tmp_path: Path) -> None:
    def played(folder: Path | None) -> Practice:
        desk = Desk(folder)
        desk.practice.inject([Made("tom", "closes chat"), Made("tom", "says Well?")], T0 + SECOND)
        desk.practice.inject([Made("tom", "mood angry")], T0 + 2 * SECOND)
        if folder is not None:
            desk.restart()
        desk.practice.run_to(T0 + 3 * MINUTE)
        return desk.practice

    broken = played(tmp_path)
    assert logs(broken) == logs(played(None))
    broken.ledger.close()


def test_somebody_new_with_a_past_has_it_behind_them() -> None:
    practice = Opening(TOUR, ASKED, None).begin(T0)
    practice.come_and_go(["anna"], T0)
    practice.inject([comes(play="overnight_answer")], T0 + SECOND)
    chat = practice.desk("anna").chats[practice.floor.visits["new-1"]]
    assert chat.opened_at < T0
    assert practice.now == T0 + SECOND


def test_a_recording_knows_that_nothing_was_thrown_in_twice(tmp_path: Path) -> None:
    recorded = Recorded(tmp_path / "one.replay")
    assert isinstance(recorded.practice, RecordedPractice)
    recorded.practice.inject([Made("sanne", "says Hello?")], T0 + SECOND)
    recorded.ends(T0 + MINUTE)
    assert (tmp_path / "one.replay").read_text().count('"thrown"') == 1
