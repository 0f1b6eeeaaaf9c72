import pytest
from msgspec import structs

from operator_tui.desk import events as ev
from operator_tui.desk.attention import Due, DueKind, late, soon
from operator_tui.desk.entries import Author, AuthorKind
from operator_tui.desk.model import Channel, PassedCause
from operator_tui.desk.policy import Policy, ReplyClock
from operator_tui.desk.states import Indicator
from operator_tui.desk.time import HOUR, SECOND
from tests.desk.scene import Scene

AUTOMATIC = Author(AuthorKind.AUTOMATIC)


def left(seconds: float) -> Due:
    return Due(DueKind.LEFT, round(seconds * SECOND))


def over(seconds: float) -> Due:
    return Due(DueKind.OVER, round(seconds * SECOND))


def since(seconds: float) -> Due:
    return Due(DueKind.SINCE, round(seconds * SECOND))


def test_a_chat_is_new_until_this_operator_writes() -> None:
    scene = Scene()
    sanne = scene.opens("sanne")
    sanne.shows(Indicator.NEW)
    assert sanne.chat.unanswered == 0
    sanne.asks()
    sanne.asks()
    sanne.shows(Indicator.NEW)
    assert sanne.chat.unanswered == 2
    sanne.answers()
    sanne.shows(Indicator.NEUTRAL)


def test_a_new_chat_past_thirty_seconds_stays_new_and_is_late() -> None:
    scene = Scene()
    sanne = scene.opens("sanne")
    scene.passes(30)
    assert sanne.due == left(0)
    assert not late(sanne.chat, scene.now, scene.desk.policy)
    scene.passes(0.001)
    sanne.shows(Indicator.NEW)
    assert late(sanne.chat, scene.now, scene.desk.policy)
    assert sanne.due == over(0.001)


def test_the_first_reply_is_counted_from_the_receipt_and_not_from_the_queue() -> None:
    scene = Scene()
    sanne = scene.opens("sanne", waited=100)
    scene.passes(10)
    assert sanne.due == left(20)


def test_an_answered_chat_is_never_late() -> None:
    scene = Scene()
    sanne = scene.answered("sanne")
    scene.passes(31)
    assert not late(sanne.chat, scene.now, scene.desk.policy)


def test_a_chat_from_a_colleague_is_transferred_until_this_operator_writes() -> None:
    scene = Scene()
    aleks = scene.answered("aleks")
    aleks.asks()
    scene.passes(20)
    aleks.is_passed_in()
    aleks.shows(Indicator.TRANSFERRED)
    assert aleks.due == left(30)
    aleks.colleague_answers()
    aleks.shows(Indicator.TRANSFERRED)
    aleks.answers()
    aleks.shows(Indicator.NEUTRAL)


def test_a_transferred_chat_carries_its_old_debt() -> None:
    scene = Scene()
    aleks = scene.answered("aleks")
    aleks.asks()
    asked = scene.now
    scene.passes(50)
    aleks.is_passed_in(PassedCause.UNANSWERED)
    assert aleks.chat.unanswered == 1
    assert aleks.chat.owed_since == asked


def test_a_reply_is_amber_from_thirty_seconds_and_late_after_sixty() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    tom.asks()
    scene.passes(29.999)
    assert not soon(tom.chat, scene.now, scene.desk.policy)
    scene.passes(0.001)
    assert soon(tom.chat, scene.now, scene.desk.policy)
    assert tom.due == left(30)
    scene.passes(30)
    tom.shows(Indicator.UNANSWERED)
    assert tom.due == left(0)
    scene.passes(0.001)
    tom.shows(Indicator.OPERATOR_SILENT)
    assert not soon(tom.chat, scene.now, scene.desk.policy)
    assert tom.due == over(0.001)


@pytest.mark.parametrize(("clock", "alarm"), [(ReplyClock.FIRST, 61), (ReplyClock.LAST, 106)])
def test_a_visitor_who_writes_every_45_seconds_alarms_by_the_chosen_clock(
    clock: ReplyClock, alarm: int
) -> None:
    scene = Scene(Policy(reply_clock=clock))
    tom = scene.answered("tom")
    tom.asks()
    scene.passes(45)
    tom.asks()
    scene.passes(alarm - 45 - 1)
    tom.shows(Indicator.UNANSWERED)
    scene.passes(1)
    tom.shows(Indicator.OPERATOR_SILENT)


def test_a_visitor_is_silent_from_120_seconds_after_the_reply() -> None:
    scene = Scene()
    eva = scene.answered("eva")
    scene.passes(119.999)
    eva.shows(Indicator.NEUTRAL)
    assert eva.due == left(0.001)
    scene.passes(0.001)
    eva.shows(Indicator.VISITOR_SILENT)
    assert eva.due == over(0)


def test_a_visitor_who_is_typing_is_not_silent_and_never_over_time() -> None:
    scene = Scene()
    eva = scene.answered("eva")
    scene.passes(130)
    overlay = structs.replace(eva.chat.overlay, typing_until=scene.now + 6 * SECOND)
    typing = structs.replace(eva.chat, overlay=overlay)
    scene.desk = structs.replace(scene.desk, chats={"eva": typing})
    eva.shows(Indicator.NEUTRAL)
    assert eva.due == left(0)
    scene.passes(6)
    eva.shows(Indicator.VISITOR_SILENT)
    assert eva.due == over(16)


def test_no_answer_needed_clears_the_debt_and_restarts_the_visitors_time() -> None:
    scene = Scene()
    eva = scene.answered("eva")
    scene.passes(100)
    eva.asks("Thanks!")
    scene.passes(70)
    eva.shows(Indicator.OPERATOR_SILENT)
    eva.tells(ev.NoAnswerNeeded)
    eva.shows(Indicator.NEUTRAL)
    assert eva.due == left(120)


def test_notes_and_automatic_texts_clear_nothing() -> None:
    scene = Scene()
    tom = scene.opens("tom")
    tom.asks()
    tom.notes()
    tom.writes(AUTOMATIC, "Somebody will be with you soon.")
    tom.shows(Indicator.NEW)
    assert tom.chat.unanswered == 1
    tom.answers()
    tom.asks()
    tom.notes()
    tom.writes(AUTOMATIC)
    tom.shows(Indicator.UNANSWERED)


def test_a_colleagues_words_reset_the_number_but_are_not_own_words() -> None:
    scene = Scene()
    tom = scene.opens("tom")
    tom.asks()
    tom.colleague_answers()
    tom.shows(Indicator.NEW)
    assert tom.chat.unanswered == 0
    tom.asks()
    assert tom.chat.unanswered == 1


@pytest.mark.parametrize(
    ("hours", "state"),
    [
        (11.9, Indicator.NEUTRAL),
        (12, Indicator.BOOMERANG),
        (24, Indicator.BOOMERANG),
        (24.01, Indicator.NEW),
    ],
)
def test_a_reactivated_chat_is_a_boomerang_from_12_to_24_hours(
    hours: float, state: Indicator
) -> None:
    scene = Scene()
    vaino = scene.answered("vaino", Channel.MESSAGING)
    vaino.comes_back_after(hours)
    vaino.shows(state)


def test_a_boomerang_tells_how_long_the_silence_was() -> None:
    scene = Scene()
    vaino = scene.answered("vaino", Channel.MESSAGING)
    scene.passes(14 * 3600)
    vaino.comes_back_after(14)
    scene.passes(300)
    assert vaino.due == since(14 * 3600)


def test_a_boomerang_that_asks_is_owed_an_answer_first_and_over_when_written_to() -> None:
    scene = Scene()
    vaino = scene.answered("vaino", Channel.MESSAGING)
    vaino.comes_back_after(14)
    vaino.asks()
    vaino.shows(Indicator.UNANSWERED)
    vaino.colleague_answers()
    vaino.shows(Indicator.BOOMERANG)
    vaino.answers()
    vaino.shows(Indicator.NEUTRAL)


def test_a_reactivated_chat_is_never_new_even_if_nobody_had_answered_it() -> None:
    scene = Scene()
    vaino = scene.opens("vaino", Channel.MESSAGING)
    vaino.asks()
    vaino.comes_back_after(3)
    vaino.shows(Indicator.UNANSWERED)


def test_a_chat_that_comes_back_late_gets_its_first_reply_time_anew() -> None:
    scene = Scene()
    vaino = scene.answered("vaino", Channel.MESSAGING)
    scene.passes(72 * 3600)
    vaino.comes_back_after(72)
    scene.passes(10)
    assert vaino.due == left(20)
    assert vaino.chat.reactivated is not None
    assert vaino.chat.reactivated.silence == 72 * HOUR


def test_a_shared_screen_hides_behind_a_debt_and_is_back_after_the_answer() -> None:
    scene = Scene()
    jan = scene.answered("jan")
    jan.shares()
    jan.shows(Indicator.SCREEN_SHARED)
    jan.asks()
    jan.shows(Indicator.UNANSWERED)
    jan.answers()
    jan.shows(Indicator.SCREEN_SHARED)
    scene.passes(29)
    assert jan.due == left(91)
    jan.tells(ev.ScreenUnshared)
    jan.shows(Indicator.NEUTRAL)


def test_a_visitor_who_left_pauses_the_chat_from_forty_seconds_until_the_return() -> None:
    scene = Scene()
    piet = scene.opens("piet")
    piet.asks()
    piet.leaves()
    scene.passes(39.999)
    piet.shows(Indicator.NEW)
    scene.passes(0.001)
    piet.shows(Indicator.PAUSED)
    assert piet.due == since(40)
    assert piet.chat.unanswered == 1
    piet.returns()
    piet.shows(Indicator.NEW)


def test_a_messaging_chat_never_pauses() -> None:
    scene = Scene()
    vaino = scene.answered("vaino", Channel.MESSAGING)
    vaino.leaves()
    scene.passes(60)
    vaino.shows(Indicator.NEUTRAL)


def test_a_visitor_who_writes_is_there_whatever_was_said_of_leaving() -> None:
    scene = Scene()
    piet = scene.answered("piet")
    scene.passes(1)
    piet.leaves()
    scene.passes(60)
    piet.shows(Indicator.PAUSED)
    piet.asks()
    piet.shows(Indicator.UNANSWERED)


def test_a_chat_the_visitor_closed_is_closed_and_has_no_time() -> None:
    scene = Scene()
    liisa = scene.opens("liisa")
    liisa.asks()
    liisa.leaves()
    liisa.closes()
    scene.passes(300)
    liisa.shows(Indicator.CLOSED)
    assert liisa.due is None


def test_time_left_is_rounded_up_and_time_over_down() -> None:
    assert left(11.001).seconds == 12
    assert left(0.001).seconds == 1
    assert left(0).seconds == 0
    assert over(0.999).seconds == 0
    assert over(7).seconds == 7
    assert since(125.9).seconds == 125


def test_a_clock_that_lags_behind_the_server_never_shows_more_than_the_limit() -> None:
    scene = Scene()
    sanne = scene.opens("sanne")
    scene.passes(-0.2)
    assert sanne.due == left(30)
