from operator_tui.desk import events as ev
from operator_tui.desk.entries import Author, AuthorKind, Line, LineKind, Message
from operator_tui.desk.lines import settled
from operator_tui.desk.text import clean
from tests.desk.scene import NOON, Scene


def test_leaving_is_told_forty_seconds_later_with_that_moment() -> None:
    scene = Scene()
    tom = scene.opens("tom")
    tom.leaves()
    scene.passes(39.999)
    assert settled(tom.chat, scene.now, scene.desk.policy) is tom.chat
    scene.passes(0.001)
    shown = settled(tom.chat, scene.now, scene.desk.policy)
    assert shown is settled(tom.chat, scene.now + 1, scene.desk.policy)
    assert shown.timeline[-1] == Line(LineKind.LEFT, scene.now, name=tom.chat.visitor.name)
    assert settled(shown, scene.now, scene.desk.policy) is shown


def test_the_line_stands_before_what_happened_later_and_is_told_once() -> None:
    scene = Scene()
    tom = scene.opens("tom")
    tom.leaves()
    scene.passes(60)
    tom.notes()
    scene.passes(60)
    tom.returns()
    assert tom.lines == [LineKind.OPENED, LineKind.LEFT, LineKind.RETURNED]
    kinds = [type(entry) for entry in tom.chat.timeline]
    assert kinds == [Line, Line, Message, Line]


def test_a_short_absence_leaves_no_line() -> None:
    scene = Scene()
    tom = scene.opens("tom")
    tom.leaves()
    scene.passes(39)
    tom.returns("/garden")
    assert tom.lines == [LineKind.OPENED]
    assert tom.chat.page == "/garden"
    assert tom.chat.left_at is None


def test_a_second_absence_is_told_again() -> None:
    scene = Scene()
    tom = scene.opens("tom")
    for _ in range(2):
        tom.leaves()
        scene.passes(50)
        tom.returns()
    assert tom.lines[1:] == [LineKind.LEFT, LineKind.RETURNED] * 2


def test_leaving_twice_counts_from_the_first_time() -> None:
    scene = Scene()
    tom = scene.opens("tom")
    tom.leaves()
    scene.passes(10)
    tom.leaves()
    assert tom.chat.left_at == NOON


def test_who_closed_the_chat_is_not_told_to_have_left_afterwards() -> None:
    scene = Scene()
    tom = scene.opens("tom")
    tom.leaves()
    scene.passes(10)
    tom.closes()
    scene.passes(60)
    assert settled(tom.chat, scene.now, scene.desk.policy) is tom.chat


def test_a_message_written_before_leaving_is_no_return() -> None:
    scene = Scene()
    tom = scene.opens("tom")
    tom.leaves()
    late = Message("m", Author(AuthorKind.VISITOR), clean("Bye"), NOON)
    scene.passes(1)
    tom.tells(ev.MessageWritten, late)
    assert tom.chat.left_at == NOON


def test_sharing_is_told_when_it_starts_and_stops_and_only_then() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    tom.tells(ev.ScreenUnshared)
    tom.shares()
    tom.shares()
    tom.tells(ev.ScreenUnshared)
    assert tom.lines[1:] == [LineKind.SCREEN_SHARED, LineKind.SCREEN_UNSHARED]


def test_unreadable_events_in_a_row_make_one_line_that_counts() -> None:
    scene = Scene()
    tom = scene.opens("tom")
    tom.tells(ev.Unreadable)
    tom.tells(ev.Unreadable)
    tom.asks()
    tom.tells(ev.Unreadable)
    counted = [entry.n for entry in tom.chat.timeline if isinstance(entry, Line) and entry.n]
    assert counted == [2, 1]
