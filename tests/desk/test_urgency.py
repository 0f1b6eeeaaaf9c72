from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from operator_tui.desk.model import Channel, Desk
from operator_tui.desk.states import Indicator
from operator_tui.desk.time import SECOND
from operator_tui.desk.urgency import (
    STANDS,
    Band,
    Counts,
    counts,
    most_urgent,
    next_change,
    rows,
)
from tests.desk.histories import CHAT, ME, History, Told, histories
from tests.desk.scene import NOON, Scene, Visit


def order(scene: Scene) -> list[str]:
    return [row.chat.id for row in rows(scene.desk, scene.now)]


def every_state() -> Scene:
    scene = Scene()
    scene.opens("closed").closes()
    paused = scene.answered("paused")
    paused.leaves()
    quiet = scene.answered("quiet")
    late = scene.answered("late")
    late.asks()
    scene.passes(121)
    assert quiet.chat.answered_at == NOON
    scene.answered("neutral")
    scene.answered("back", Channel.MESSAGING).comes_back_after(13)
    scene.answered("screen").shares()
    scene.answered("reply").asks()
    scene.answered("passed").is_passed_in()
    scene.passes(1)
    scene.opens("new")
    return scene


def test_the_list_stands_in_the_order_of_the_design() -> None:
    scene = every_state()
    assert order(scene) == [
        *("passed", "new", "late", "reply"),
        *("screen", "back", "quiet", "neutral"),
        *("paused", "closed"),
    ]


def test_the_three_bands_follow_each_other() -> None:
    scene = every_state()
    bands = [row.band for row in rows(scene.desk, scene.now)]
    assert bands == [Band.ANSWER_NOW] * 4 + [Band.WITH_VISITOR] * 4 + [Band.LEFT] * 2


def test_every_state_has_one_place() -> None:
    placed = [state for _, states, _ in STANDS for state in states]
    assert sorted(placed) == sorted(Indicator)


def test_of_new_chats_the_longest_waiting_is_first_the_queue_included() -> None:
    scene = Scene()
    scene.opens("early")
    scene.passes(5)
    scene.opens("queued", waited=60)
    scene.opens("late")
    assert order(scene) == ["queued", "early", "late"]


def test_a_passed_chat_waits_since_its_old_debt() -> None:
    scene = Scene()
    old = scene.answered("old")
    old.asks()
    scene.passes(10)
    scene.opens("new")
    scene.passes(10)
    old.is_passed_in()
    assert order(scene) == ["old", "new"]


def test_a_long_answered_chat_that_is_passed_on_waits_since_its_receipt() -> None:
    scene = Scene()
    old = scene.answered("old")
    scene.passes(500)
    scene.opens("new")
    scene.passes(1)
    old.is_passed_in()
    assert order(scene) == ["new", "old"]


def test_replies_stand_by_due_time_whether_late_or_not() -> None:
    scene = Scene()
    first, second = scene.answered("first"), scene.answered("second")
    second.asks()
    scene.passes(40)
    first.asks()
    scene.passes(30)
    assert order(scene) == ["second", "first"]


def test_chats_that_are_alike_stand_by_receipt_and_then_by_name() -> None:
    scene = Scene()
    for name in "cab":
        scene.opens(name)
    assert order(scene) == ["a", "b", "c"]


def test_the_most_urgent_chat_is_the_first_that_is_not_open() -> None:
    scene = every_state()

    def urgent(besides: str | None) -> str | None:
        chat = most_urgent(scene.desk, scene.now, besides)
        return None if chat is None else chat.id

    assert urgent(None) == "passed"
    assert urgent("passed") == "new"


def test_nobody_is_urgent_among_the_content_and_the_absent() -> None:
    scene = Scene()
    scene.opens("gone").closes()
    scene.answered("away").leaves()
    scene.answered("content")
    scene.passes(41)
    assert most_urgent(scene.desk, scene.now) is None


def test_a_silent_visitor_is_urgent_when_nobody_else_is() -> None:
    scene = Scene()
    quiet = scene.answered("quiet")
    scene.passes(120)
    assert most_urgent(scene.desk, scene.now) is quiet.chat


def test_the_counts_are_those_of_the_shown_states() -> None:
    scene = every_state()
    assert counts(scene.desk, scene.now) == Counts(new=1, passed=1, late=1, reply=1, quiet=1)


def test_an_empty_desk_has_nothing_to_show_or_to_wait_for() -> None:
    scene = Scene()
    assert rows(scene.desk, scene.now) == ()
    assert most_urgent(scene.desk, scene.now) is None
    assert next_change(scene.desk, scene.now) is None


def test_the_next_change_of_the_desk_is_the_earliest_of_its_chats() -> None:
    scene = Scene()
    scene.answered("tom")
    scene.passes(100)
    scene.opens("sanne")
    assert next_change(scene.desk, scene.now) == NOON + 120 * SECOND


def together(all_histories: list[History]) -> Desk:
    chats = {}
    for n, history in enumerate(all_histories):
        told = Told(Channel.WEB if n % 2 else Channel.MESSAGING, Desk(ME).policy)
        for act in history:
            chat = told.tell(act)
        chats[f"{CHAT}-{n}"] = structs.replace(chat, id=f"{CHAT}-{n}")
    return Desk(ME, chats=chats)


@given(st.lists(histories(), max_size=6), st.integers(0, 300), st.randoms())
@settings(max_examples=50)
def test_the_order_is_total_and_does_not_depend_on_where_a_chat_came_from(
    all_histories: list[History], seconds: int, chance: Random
) -> None:
    desk = together(all_histories)
    now = max([NOON, *(history[-1].at for history in all_histories)]) + seconds * SECOND
    names = [row.chat.id for row in rows(desk, now)]
    shuffled = list(desk.chats.items())
    chance.shuffle(shuffled)
    again = structs.replace(desk, chats=dict(shuffled))
    assert sorted(names) == sorted(desk.chats)
    assert names == [row.chat.id for row in rows(again, now)]


def test_an_amber_reply_does_not_move_its_row() -> None:
    scene = Scene()
    visits: list[Visit] = [scene.answered(name) for name in "ab"]
    for visit in visits:
        visit.asks()
        scene.passes(1)
    before = order(scene)
    scene.passes(30)
    assert order(scene) == before
