from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from operator_tui.desk.commands import WriteMessage, WriteNote
from operator_tui.desk.time import HOUR, MINUTE, SECOND, Millis
from server_stub.sessions.session import Session
from server_stub.sessions.session_file import load, read
from server_stub.sessions.stage import Stage
from server_stub.visitors.acts import Acted, Happening, Opens, Ordered, Says

T0: Millis = 1_800_000_000_000
TOUR = load("tour")


def moment(happening: Happening) -> Millis:
    return happening.at


def test_the_stage_begins_with_its_oldest_chat() -> None:
    assert Stage(TOUR, 7, T0).begins == T0 - 14 * HOUR - 12 * MINUTE


def test_a_session_without_a_past_begins_at_its_start(tmp_path: Path) -> None:
    assert Stage(few(tmp_path, 2), 7, T0).begins == T0


def test_the_past_is_ordinary_acts_and_ordinary_commands() -> None:
    past = Stage(TOUR, 7, T0).advance(T0 - 1)
    assert past == sorted(past, key=moment)
    assert isinstance(past[0], Acted)
    assert isinstance(past[0].act, Opens)
    assert isinstance(past[1], Acted)
    assert isinstance(past[1].act, Says)
    orders = [one for one in past if isinstance(one, Ordered)]
    assert {one.operator for one in orders} == {"anna", "tomasz"}
    assert {type(one.command) for one in orders} == {WriteMessage, WriteNote}


def test_scripted_commands_name_the_chat_as_its_opening_does() -> None:
    past = Stage(TOUR, 7, T0).advance(T0)
    opened = {one.act.chat for one in past if isinstance(one, Acted) and isinstance(one.act, Opens)}
    named = {
        one.command.chat
        for one in past
        if isinstance(one, Ordered) and isinstance(one.command, WriteMessage | WriteNote)
    }
    assert named < opened
    assert len(opened) == 9


def test_next_time_never_lies_behind_what_was_played() -> None:
    stage, now = Stage(TOUR, 7, T0), 0
    while (due := stage.next_time()) is not None and due < T0 + 4 * MINUTE:
        assert due > now
        now = due
        happened = stage.advance(due)
        assert happened
        assert {moment(one) for one in happened} == {due}


@given(st.lists(st.integers(1, 60 * SECOND), max_size=30), st.integers(0, 2**32))
def test_what_happens_does_not_hang_on_when_it_is_asked_for(steps: list[int], seed: int) -> None:
    whole, cut = Stage(TOUR, seed, T0), Stage(TOUR, seed, T0)
    now, happened = T0, cut.advance(T0)
    for step in steps:
        now += step
        happened += cut.advance(now)
    assert happened == whole.advance(now)


def says(happened: list[Happening], visitor: str) -> list[str]:
    return [
        str(one.act.text)
        for one in happened
        if isinstance(one, Acted) and one.visitor == visitor and isinstance(one.act, Says)
    ]


def test_an_operator_who_writes_brings_an_answer_forward() -> None:
    quiet, told = Stage(TOUR, 7, T0), Stage(TOUR, 7, T0)
    for stage in (quiet, told):
        stage.advance(T0)
    told.told("eva", "Are you still there?", T0 + SECOND)
    assert says(quiet.advance(T0 + 30 * SECOND), "eva") == []
    assert len(says(told.advance(T0 + 30 * SECOND), "eva")) == 2


def test_a_chat_that_the_operator_closed_is_silent() -> None:
    stage = Stage(TOUR, 7, T0)
    stage.advance(T0)
    stage.closed("sanne", T0)
    assert says(stage.advance(T0 + 10 * MINUTE), "sanne") == []


def test_who_is_not_on_the_stage_hears_nothing() -> None:
    stage = Stage(TOUR, 7, T0)
    stage.told("nobody", "Hello", T0)
    stage.closed("nobody", T0)
    stage.told("liisa", "Hello", T0)
    assert stage.begins == stage.next_time()


def few(tmp_path: Path, n: int) -> Session:
    rows = ['name = "n"', 'about = "n"', "[[operator]]", 'id = "anna"', 'name = "Anna"']
    for number in range(n):
        rows += ["[[visitor]]", f'id = "v{number}"', 'play = "blue_one"', 'at = "0s"']
    (tmp_path / "few.toml").write_text("\n".join(rows), encoding="utf-8")
    return read(tmp_path / "few.toml")


def test_at_one_moment_the_order_is_that_of_the_file(tmp_path: Path) -> None:
    happened = Stage(few(tmp_path, 12), 7, T0).advance(T0)
    opens = [
        one.visitor for one in happened if isinstance(one, Acted) and isinstance(one.act, Opens)
    ]
    assert opens == [f"v{number}" for number in range(12)]


def test_two_visitors_of_one_play_have_chats_and_a_pace_of_their_own(tmp_path: Path) -> None:
    stage = Stage(few(tmp_path, 2), 7, T0)
    happened = stage.advance(T0)
    chats = {
        one.act.chat for one in happened if isinstance(one, Acted) and isinstance(one.act, Opens)
    }
    assert len(chats) == 2
    stage.told("v0", "Hm", T0 + SECOND)
    stage.told("v1", "Hm", T0 + SECOND)
    said = [
        moment(one)
        for one in stage.advance(T0 + MINUTE)
        if isinstance(one, Acted) and isinstance(one.act, Says)
    ]
    assert len(set(said)) == 2
