import pytest
from msgspec import structs

from operator_tui.desk import commands as co
from operator_tui.desk import events as ev
from operator_tui.desk.entries import NO_TEXT, Canned, Delivery, Message
from operator_tui.desk.marks import Mark, marks
from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.pending import COUNTS_AS_ANSWER, Fate, OutboxRow, next_change, over
from operator_tui.desk.states import Indicator, indicator
from operator_tui.desk.text import SafeText, clean
from operator_tui.desk.time import SECOND
from tests.desk.scene import OWN, Scene, Visit

ON_THE_WAY = [Fate.WAITING, Fate.SENDING]


def owing() -> tuple[Scene, Visit]:
    scene = Scene()
    tom = scene.answered("tom")
    tom.asks()
    return scene, tom


def row(
    scene: Scene, command: co.Command, op: str = "op-1", fate: Fate = Fate.SENDING
) -> OutboxRow:
    return OutboxRow(op, scene.now, command, fate=fate)


def reply(name: str = "tom", canned: Canned | None = None) -> co.WriteMessage:
    return co.WriteMessage(name, clean("At once.", SafeText), canned)


def laid(scene: Scene, *outbox: OutboxRow, live: bool = True) -> Desk:
    return over(scene.desk, outbox, live=live, now=scene.now)


def deliveries(chat: Chat) -> list[Delivery]:
    messages = [entry for entry in chat.timeline if isinstance(entry, Message)]
    return [message.delivery for message in messages if message.delivery is not Delivery.SENT]


def own(chat: Chat) -> list[str]:
    return [e.id for e in chat.timeline if isinstance(e, Message) and e.id.startswith("op-")]


def shown(desk: Desk, scene: Scene) -> Indicator:
    return indicator(desk.chats["tom"], scene.now, desk.policy)


def test_with_an_empty_outbox_the_desk_is_the_same_object() -> None:
    scene, _ = owing()
    assert laid(scene) is scene.desk


def test_an_outbox_that_says_nothing_new_gives_the_same_object() -> None:
    scene, tom = owing()
    tom.writes(OWN, op="op-1")
    rows = (
        row(scene, reply()),
        row(scene, reply("ghost"), "op-2"),
        row(scene, co.SetAvailability(True), "op-3"),
        row(scene, co.AcceptChat(), "op-4"),
    )
    assert laid(scene, *rows) is scene.desk


@pytest.mark.parametrize("fate", ON_THE_WAY)
def test_a_young_reply_on_a_live_link_counts_as_an_answer(fate: Fate) -> None:
    scene, _ = owing()
    sent = row(scene, reply(), fate=fate)
    scene.passes(4.999)
    desk = laid(scene, sent)
    assert shown(desk, scene) is Indicator.NEUTRAL
    assert marks(desk.chats["tom"], scene.now, desk.policy) == ()
    assert deliveries(desk.chats["tom"]) == [Delivery.SENDING]
    message = desk.chats["tom"].timeline[-1]
    assert isinstance(message, Message)
    assert (message.id, message.author, message.at) == ("op-1", OWN, sent.made)


def test_a_reply_five_seconds_old_leaves_the_debt_and_is_marked_unsent() -> None:
    scene, tom = owing()
    sent = row(scene, reply())
    scene.passes(5)
    desk = laid(scene, sent)
    assert shown(desk, scene) is Indicator.UNANSWERED
    assert marks(desk.chats["tom"], scene.now, desk.policy) == (Mark.UNSENT,)
    assert desk.chats["tom"].owed_since == tom.chat.owed_since
    assert deliveries(desk.chats["tom"]) == [Delivery.SENDING]


@pytest.mark.parametrize("fate", ON_THE_WAY)
def test_a_reply_without_a_link_waits_and_answers_nothing(fate: Fate) -> None:
    scene, _ = owing()
    desk = laid(scene, row(scene, reply(), fate=fate), live=False)
    assert shown(desk, scene) is Indicator.UNANSWERED
    assert deliveries(desk.chats["tom"]) == [Delivery.WAITING]
    assert desk.chats["tom"].overlay.unsent == 1


def test_a_first_reply_on_its_way_ends_newness() -> None:
    scene = Scene()
    scene.opens("tom").is_passed_in()
    desk = laid(scene, row(scene, reply()))
    assert shown(desk, scene) is Indicator.NEUTRAL
    assert desk.chats["tom"].written


def test_a_held_reply_is_shown_as_held_and_answers_nothing() -> None:
    scene, _ = owing()
    desk = laid(scene, row(scene, reply(), fate=Fate.HELD))
    assert shown(desk, scene) is Indicator.UNANSWERED
    assert deliveries(desk.chats["tom"]) == [Delivery.HELD]
    assert marks(desk.chats["tom"], scene.now, desk.policy) == (Mark.HELD,)


def test_what_is_written_behind_a_held_reply_waits_but_only_in_that_chat() -> None:
    scene, _ = owing()
    scene.answered("eva").asks()
    desk = laid(
        scene,
        row(scene, reply(), "op-1", Fate.HELD),
        row(scene, reply(), "op-2", Fate.WAITING),
        row(scene, reply("eva"), "op-3", Fate.WAITING),
    )
    assert deliveries(desk.chats["tom"]) == [Delivery.HELD, Delivery.WAITING]
    assert shown(desk, scene) is Indicator.UNANSWERED
    assert deliveries(desk.chats["eva"]) == [Delivery.SENDING]
    assert desk.chats["eva"].unanswered == 0


def test_a_refused_reply_keeps_its_text_and_its_reason() -> None:
    scene, _ = owing()
    refused = structs.replace(row(scene, reply(), fate=Fate.REFUSED), refusal="not_yours")
    desk = laid(scene, refused)
    message = desk.chats["tom"].timeline[-1]
    assert isinstance(message, Message)
    assert (message.text, message.delivery) == ("At once.", Delivery.REFUSED)
    assert message.refusal == "not_yours"
    assert shown(desk, scene) is Indicator.UNANSWERED
    assert marks(desk.chats["tom"], scene.now, desk.policy) == (Mark.UNSENT,)


def test_a_message_that_is_in_the_log_already_is_not_shown_twice() -> None:
    scene, tom = owing()
    tom.writes(OWN, op="op-1")
    tom.asks()
    desk = laid(scene, row(scene, reply(), "op-1"), row(scene, reply(), "op-2"))
    assert own(desk.chats["tom"]) == ["op-2"]


def test_own_messages_stand_in_the_order_they_were_written() -> None:
    scene, _ = owing()
    rows = [row(scene, reply(), f"op-{n}", Fate.WAITING) for n in range(4)]
    desk = laid(scene, *rows, live=False)
    assert own(desk.chats["tom"]) == ["op-0", "op-1", "op-2", "op-3"]
    assert desk.chats["tom"].overlay.unsent == 4


def test_a_closing_step_is_ticked_by_a_reply_that_counts_and_not_by_one_that_waits() -> None:
    scene, _ = owing()
    sent = row(scene, reply(canned=Canned("close_1_resolved", edited=False, step=1)))
    assert list(laid(scene, sent).chats["tom"].steps) == [1]
    assert list(laid(scene, sent, live=False).chats["tom"].steps) == []


def test_a_note_is_shown_at_once_and_answers_nothing() -> None:
    scene, _ = owing()
    note = co.WriteNote("tom", clean("Had a leak before.", SafeText))
    desk = laid(scene, row(scene, note))
    message = desk.chats["tom"].timeline[-1]
    assert isinstance(message, Message)
    assert (message.note, message.delivery) == (True, Delivery.SENDING)
    assert shown(desk, scene) is Indicator.UNANSWERED
    assert marks(desk.chats["tom"], scene.now, desk.policy) == (Mark.NOTE,)


def test_a_waived_answer_follows_the_rule_of_a_reply() -> None:
    scene, _ = owing()
    waived = row(scene, co.WaiveAnswer("tom"))
    assert shown(laid(scene, waived), scene) is Indicator.NEUTRAL
    lost = laid(scene, waived, live=False)
    assert shown(lost, scene) is Indicator.UNANSWERED
    assert lost.chats["tom"].overlay.unsent == 1


@pytest.mark.parametrize(
    "command", [co.CloseChat("tom"), co.TransferChat("tom", "op-piet", clean("Wants a refund."))]
)
def test_a_chat_that_is_going_hides_while_that_is_all_but_sure(command: co.Command) -> None:
    scene, _ = owing()
    going = row(scene, command)
    assert "tom" not in laid(scene, going).chats
    assert laid(scene, going, live=False).chats["tom"].overlay.unsent == 1
    scene.passes(5)
    assert laid(scene, going).chats["tom"].overlay.unsent == 1


@pytest.mark.parametrize(
    "command", [co.CloseChat("tom"), co.WaiveAnswer("tom"), co.TransferChat("tom", None, NO_TEXT)]
)
def test_an_act_that_was_refused_leaves_the_chat_as_it_is(command: co.Command) -> None:
    scene, _ = owing()
    assert laid(scene, row(scene, command, fate=Fate.REFUSED)) is scene.desk


def test_a_closed_chat_that_is_removed_stays_hidden_without_a_link() -> None:
    scene, tom = owing()
    removal = row(scene, co.RemoveChat("tom"))
    assert laid(scene, removal) is scene.desk
    tom.closes()
    scene.passes(60)
    assert "tom" not in laid(scene, removal, live=False).chats


def test_a_tick_by_hand_shows_at_once_and_stays_unless_refused() -> None:
    scene, _ = owing()
    tick = row(scene, co.TickStep("tom", 3))
    scene.passes(60)
    assert list(laid(scene, tick, live=False).chats["tom"].steps) == [3]
    assert laid(scene, structs.replace(tick, fate=Fate.REFUSED)) is scene.desk


def test_an_accepted_offer_is_accepted_while_that_is_all_but_sure() -> None:
    scene, tom = owing()
    tom.is_passed_in()
    assert tom.chat.passed is not None
    offer = structs.replace(tom.chat.passed, offered_until=scene.now + 30 * SECOND)
    tom.tells(ev.TransferredIn, tom.chat, offer)
    accepting = row(scene, co.AcceptChat("tom"))
    for live, until in ((True, None), (False, offer.offered_until)):
        passed = laid(scene, accepting, live=live).chats["tom"].passed
        assert passed is not None
        assert passed.offered_until == until


def test_availability_is_shown_as_the_server_has_it_unless_it_is_just_changing() -> None:
    scene, _ = owing()
    leaving = row(scene, co.SetAvailability(False))
    assert not laid(scene, leaving).available
    assert laid(scene, leaving, live=False).available


def test_the_screen_wakes_when_a_reply_stops_counting() -> None:
    scene, _ = owing()
    old = row(scene, reply())
    scene.passes(2)
    young = row(scene, reply(), "op-2", Fate.WAITING)
    held = row(scene, reply(), "op-3", Fate.HELD)
    outbox = (old, young, held)
    assert next_change(outbox, live=True, now=scene.now) == old.made + COUNTS_AS_ANSWER
    assert next_change(outbox, live=False, now=scene.now) is None
    scene.passes(3)
    assert next_change(outbox, live=True, now=scene.now) == young.made + COUNTS_AS_ANSWER
    scene.passes(2)
    assert next_change(outbox, live=True, now=scene.now) is None
