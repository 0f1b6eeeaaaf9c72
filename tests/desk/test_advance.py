import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from operator_tui.desk import events as ev
from operator_tui.desk.advance import GapError, advance
from operator_tui.desk.changes import LOOKED_BACK
from operator_tui.desk.entries import Author, AuthorKind, Canned, Delivery, Line, LineKind, Message
from operator_tui.desk.model import Channel, Desk, PassedCause
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeAddress, SafeText, clean, decode_hook, encode_hook
from operator_tui.desk.time import HOUR, SECOND
from tests.desk.histories import ME, History, event, histories
from tests.desk.scene import ANNA, NOON, Scene


def plain(desk: Desk) -> object:
    return msgspec.to_builtins(desk, enc_hook=encode_hook)


def logs(history: History, channel: Channel) -> list[ev.Logged]:
    desk, logged = Desk(ME), []
    for n, act in enumerate(history, start=1):
        chat = desk.chats.get("chat-1")
        logged.append(ev.Logged(n, act.at, event(act, n, chat, channel)))
        desk = advance(desk, logged[-1])
    return logged


def folded(desk: Desk, logged: list[ev.Logged]) -> Desk:
    for one in logged:
        desk = advance(desk, one)
    return desk


@given(histories(), st.sampled_from(list(Channel)), st.integers(0, 10))
@settings(max_examples=100)
def test_a_desk_kept_half_way_and_read_back_ends_as_one_folded_in_one_go(
    history: History, channel: Channel, cut: int
) -> None:
    logged = logs(history, channel)
    half = folded(Desk(ME), logged[:cut])
    kept = msgspec.json.decode(
        msgspec.json.encode(half, enc_hook=encode_hook), type=Desk, dec_hook=decode_hook
    )
    assert plain(folded(kept, logged[cut:])) == plain(folded(Desk(ME), logged))


@given(histories(), st.sampled_from(list(Channel)), st.integers(0, 10))
@settings(max_examples=50)
def test_events_heard_twice_give_the_same_object_back(
    history: History, channel: Channel, behind: int
) -> None:
    logged = logs(history, channel)
    desk = folded(Desk(ME), logged)
    assert folded(desk, logged[-1 - behind :]) is desk


def test_a_missing_event_raises_and_names_both_numbers() -> None:
    with pytest.raises(GapError) as caught:
        advance(Desk(ANNA, seq=4), ev.Logged(6, NOON, None))
    assert (caught.value.expected, caught.value.got) == (5, 6)


def test_an_event_of_an_unknown_kind_only_counts() -> None:
    scene = Scene()
    scene.answered("tom")
    before = scene.desk
    scene.happens(None)
    assert scene.desk.seq == before.seq + 1
    assert scene.desk.chats is before.chats


@pytest.mark.parametrize(
    "stray",
    [
        ev.MessageWritten("ghost", Message("m", Author(AuthorKind.VISITOR), clean("Boo"), NOON)),
        ev.VisitorLeft("ghost"),
        ev.VisitorReturned("ghost"),
        ev.PageChanged("ghost", clean("/", SafeAddress)),
        ev.ScreenShared("ghost"),
        ev.ScreenUnshared("ghost"),
        ev.TransferAccepted("ghost"),
        ev.TransferredOut("ghost"),
        ev.ChatReactivated("ghost", HOUR),
        ev.ChatClosed("ghost", "visitor"),
        ev.ChatClosed("ghost", "operator"),
        ev.ChatRemoved("ghost"),
        ev.NoAnswerNeeded("ghost"),
        ev.StepTicked("ghost", 1),
        ev.VisitorRated("ghost", 5),
        ev.Unreadable("ghost"),
        ev.Unreadable(),
    ],
    ids=lambda stray: type(stray).__name__,
)
def test_an_event_for_a_chat_that_is_not_here_only_counts(stray: ev.Event) -> None:
    scene = Scene()
    scene.answered("tom")
    before = scene.desk
    scene.happens(stray)
    assert scene.desk.seq == before.seq + 1
    assert scene.desk.chats is before.chats


def test_what_could_not_be_read_is_counted_where_no_conversation_has_a_line_for_it() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    for unread in (ev.Unreadable("tom"), ev.Unreadable("ghost"), ev.Unreadable()):
        scene.happens(unread)
    assert scene.desk.unreadable == 2
    assert tom.lines.count(LineKind.UNREADABLE) == 1


def test_an_old_desk_is_never_changed() -> None:
    scene = Scene()
    tom = scene.opens("tom")
    before, then = scene.desk, plain(scene.desk)
    tom.asks()
    tom.shares()
    tom.tells(ev.ChatClosed, "operator")
    assert plain(before) == then


def test_availability_and_policy_come_from_the_log() -> None:
    scene = Scene()
    scene.happens(ev.AvailabilityChanged(False))
    scene.happens(ev.PolicyChanged(Policy(places=5)))
    assert not scene.desk.available
    assert scene.desk.policy.places == 5


def test_a_message_is_taken_once_even_under_two_numbers() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    for _ in range(2):
        tom.writes(Author(AuthorKind.VISITOR), id="m-twice")
    assert tom.chat.unanswered == 1


def test_everything_from_the_log_is_sent_whatever_it_says() -> None:
    scene = Scene()
    tom = scene.opens("tom")
    message = Message("m", Author(AuthorKind.VISITOR), clean("Hi"), NOON, delivery=Delivery.HELD)
    tom.tells(ev.MessageWritten, message)
    entry = tom.chat.timeline[-1]
    assert isinstance(entry, Message)
    assert entry.delivery is Delivery.SENT


def test_the_clocks_count_from_the_messages_own_moment() -> None:
    scene = Scene()
    tom = scene.opens("tom", waited=100)
    asked = Message("m", Author(AuthorKind.VISITOR), clean("Hi"), NOON - 100 * SECOND)
    tom.tells(ev.MessageWritten, asked)
    assert tom.chat.owed_since == NOON - 100 * SECOND
    assert tom.chat.received_at == NOON


def test_the_debt_counts_from_the_first_and_remembers_the_last() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    tom.asks()
    scene.passes(5)
    tom.asks()
    assert (tom.chat.owed_since, tom.chat.owed_last) == (NOON, NOON + 5 * SECOND)
    tom.answers()
    assert (tom.chat.owed_since, tom.chat.owed_last) == (None, None)
    assert tom.chat.answered_at == scene.now


def test_a_canned_reply_ticks_its_closing_step_and_a_hand_can_untick_it() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    tom.answers(canned=Canned("close_2_anything_else", edited=False, step=2))
    tom.tells(ev.StepTicked, 1, True)
    tom.tells(ev.StepTicked, 1, True)
    assert list(tom.chat.steps) == [1, 2]
    tom.tells(ev.StepTicked, 2, False)
    assert list(tom.chat.steps) == [1]


def test_a_note_from_a_canned_reply_ticks_nothing() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    canned = Canned("close_5_farewell", edited=False, step=5)
    tom.writes(Author(AuthorKind.OPERATOR, id=ANNA.id), note=True, canned=canned)
    assert list(tom.chat.steps) == []


def test_opening_writes_the_line_with_the_moment_of_the_question() -> None:
    scene = Scene()
    tom = scene.opens("tom", waited=20)
    (line,) = tom.chat.timeline
    assert isinstance(line, Line)
    assert (line.kind, line.at, line.name) == (LineKind.OPENED, NOON - 20 * SECOND, "tom")


def test_a_chat_that_opens_again_keeps_what_was_said() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    tom.closes()
    said = tom.chat.timeline
    scene.opens("tom")
    assert tom.chat.timeline[: len(said)] == said
    assert tom.chat.closed_at is None
    assert not tom.chat.written


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (PassedCause.BY_HAND, LineKind.PASSED_BY_HAND),
        (PassedCause.UNANSWERED, LineKind.PASSED_UNANSWERED),
        (PassedCause.RETURNED, LineKind.PASSED_BACK),
    ],
)
def test_a_transfer_writes_a_line_by_its_cause_and_keeps_its_note(
    cause: PassedCause, kind: LineKind
) -> None:
    scene = Scene()
    tom = scene.answered("tom")
    tom.is_passed_in(cause, "Wants a refund.")
    line, note = tom.chat.timeline[-2:]
    assert isinstance(line, Line)
    assert (line.kind, line.name) == (kind, "Piet")
    assert isinstance(note, Message)
    assert (note.text, note.note, note.author.name) == ("Wants a refund.", True, "Piet")


def test_a_message_that_comes_again_soon_stands_there_once() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    message = tom.chat.timeline[-1]
    assert isinstance(message, Message)
    for _ in range(LOOKED_BACK - 1):
        tom.asks()
    tom.tells(ev.MessageWritten, message)
    assert tom.chat.timeline.count(message) == 1


def test_a_transfer_note_that_the_chat_already_carries_is_not_written_twice() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    tom.notes()
    tom.is_passed_in(note="Had a leak before.")
    notes = [entry for entry in tom.chat.timeline if isinstance(entry, Message) and entry.note]
    assert len(notes) == 1


def test_a_transferred_chat_starts_with_nothing_of_the_other_desk_on_it() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    overlay = structs.replace(tom.chat.overlay, draft=True, unsent=3)
    scene.desk = structs.replace(
        scene.desk, chats={"tom": structs.replace(tom.chat, overlay=overlay)}
    )
    tom.is_passed_in()
    assert tom.chat.overlay.unsent == 0
    assert not tom.chat.overlay.draft


def test_an_accepted_transfer_is_offered_no_more_but_still_passed_on() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    tom.is_passed_in()
    passed = tom.chat.passed
    assert passed is not None
    offered = structs.replace(passed, offered_until=NOON + 30 * SECOND)
    tom.tells(ev.TransferredIn, tom.chat, offered)
    tom.tells(ev.TransferAccepted)
    assert tom.chat.passed == passed


@pytest.mark.parametrize(
    "end", [ev.ChatClosed("tom", "operator"), ev.ChatRemoved("tom"), ev.TransferredOut("tom")]
)
def test_a_chat_that_the_operator_ends_leaves_the_desk(end: ev.Event) -> None:
    scene = Scene()
    scene.answered("tom")
    scene.answered("eva")
    scene.happens(end)
    assert list(scene.desk.chats) == ["eva"]


def test_a_visitors_close_keeps_the_chat_and_the_first_moment() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    tom.shares()
    tom.closes()
    scene.passes(9)
    tom.closes()
    assert tom.chat.closed_at == NOON
    assert tom.lines.count(LineKind.CLOSED) == 1
    assert tom.chat.sharing_since is None


def test_a_messaging_chat_that_was_closed_goes_on_when_it_comes_back() -> None:
    scene = Scene()
    tom = scene.answered("tom", Channel.MESSAGING)
    tom.closes()
    tom.comes_back_after(14)
    assert tom.chat.closed_at is None
    line = tom.chat.timeline[-1]
    assert isinstance(line, Line)
    assert (line.kind, line.span) == (LineKind.REACTIVATED, 14 * HOUR)


def test_a_late_return_starts_the_closing_steps_anew() -> None:
    scene = Scene()
    tom = scene.answered("tom", Channel.MESSAGING)
    tom.tells(ev.StepTicked, 1)
    tom.comes_back_after(14)
    assert list(tom.chat.steps) == [1]
    tom.comes_back_after(48)
    assert list(tom.chat.steps) == []


def test_a_web_chat_cannot_come_back() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    before = plain(scene.desk)
    tom.comes_back_after(14)
    assert plain(structs.replace(scene.desk, seq=scene.desk.seq - 1)) == before


def test_no_answer_needed_leaves_a_line() -> None:
    tom = Scene().answered("tom")
    tom.asks(clean("Thanks!", SafeText))
    tom.tells(ev.NoAnswerNeeded)
    assert tom.lines[-1] is LineKind.NO_ANSWER_NEEDED
