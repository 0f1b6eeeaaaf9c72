from msgspec import structs

from operator_tui.desk.marks import Mark
from operator_tui.desk.model import Channel, Overlay
from operator_tui.desk.states import Indicator
from operator_tui.desk.time import SECOND
from tests.desk.scene import Scene, Visit


def lay(visit: Visit, overlay: Overlay) -> None:
    chats = visit.scene.desk.chats | {visit.name: structs.replace(visit.chat, overlay=overlay)}
    visit.scene.desk = structs.replace(visit.scene.desk, chats=chats)


def test_a_plain_chat_has_no_marks() -> None:
    Scene().answered("tom").marked()


def test_a_pause_carries_the_number_that_is_owed() -> None:
    scene = Scene()
    piet = scene.answered("piet")
    piet.asks()
    piet.marked()
    piet.leaves()
    scene.passes(40)
    piet.shows(Indicator.PAUSED)
    piet.marked(Mark.UNANSWERED)


def test_a_hidden_screen_is_marked_and_a_shown_one_is_not() -> None:
    jan = Scene().answered("jan")
    jan.shares()
    jan.marked()
    jan.asks()
    jan.marked(Mark.SCREEN)


def test_a_boomerang_that_asks_keeps_its_mark() -> None:
    vaino = Scene().answered("vaino", Channel.MESSAGING)
    vaino.comes_back_after(14)
    vaino.marked()
    vaino.asks()
    vaino.marked(Mark.BOOMERANG)


def test_a_silence_behind_a_shared_screen_is_marked() -> None:
    scene = Scene()
    jan = scene.answered("jan")
    jan.shares()
    scene.passes(119)
    jan.marked()
    scene.passes(1)
    jan.shows(Indicator.SCREEN_SHARED)
    jan.marked(Mark.QUIET)


def test_a_silence_is_not_marked_where_the_state_says_it_already() -> None:
    scene = Scene()
    piet = scene.answered("piet")
    vaino = scene.answered("vaino", Channel.MESSAGING)
    vaino.comes_back_after(14)
    piet.leaves()
    scene.passes(130)
    piet.marked()
    vaino.marked()


def test_a_closed_chat_marks_nothing_of_its_visitor() -> None:
    scene = Scene()
    liisa = scene.answered("liisa")
    liisa.shares()
    liisa.asks()
    liisa.closes()
    scene.passes(130)
    liisa.marked()


def test_a_note_is_marked_also_the_one_that_came_with_the_chat() -> None:
    scene = Scene()
    tom, aleks = scene.answered("tom"), scene.answered("aleks")
    tom.notes()
    aleks.is_passed_in(note="Wants a refund.")
    tom.marked(Mark.NOTE)
    aleks.marked(Mark.NOTE)
    aleks.answers()
    aleks.marked(Mark.NOTE)


def test_own_things_stand_left_of_the_visitors() -> None:
    jan = Scene().answered("jan")
    jan.shares()
    jan.asks()
    lay(jan, Overlay(draft=True, muted=True))
    jan.marked(Mark.DRAFT, Mark.MUTED, Mark.SCREEN)


def test_of_more_than_three_marks_the_costliest_to_miss_stay() -> None:
    scene = Scene()
    piet = scene.answered("piet")
    piet.notes()
    piet.asks()
    piet.leaves()
    scene.passes(40)
    lay(piet, Overlay(unsent=1, held=1, draft=True, muted=True))
    piet.marked(Mark.HELD, Mark.UNSENT, Mark.UNANSWERED)
    lay(piet, Overlay(draft=True, muted=True))
    piet.marked(Mark.DRAFT, Mark.NOTE, Mark.UNANSWERED)


def test_typing_lays_no_mark() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    lay(tom, Overlay(typing_until=scene.now + SECOND))
    tom.marked()
