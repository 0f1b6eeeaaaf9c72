import pytest
from msgspec import structs

from operator_tui.desk.entries import NO_LINE
from operator_tui.desk.model import Colleague, Waiting
from operator_tui.desk.signals import (
    MOST,
    ColleagueSeen,
    OperatorTyping,
    QueueSeen,
    Signals,
    VisitorTyping,
    heard,
    over,
)
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.time import SECOND, Millis
from tests.desk.scene import NOON, Scene

LAPSES = 6 * SECOND


def typing(
    scene: Scene, name: str, signals: Signals | None = None, ttl: Millis = LAPSES
) -> Signals:
    preview = clean("Where is", SafeLine)
    return heard(signals or Signals(), VisitorTyping(name, preview), scene.now, ttl)


def test_without_signals_the_desk_is_the_same_object() -> None:
    scene = Scene()
    scene.answered("tom")
    assert over(scene.desk, Signals()) is scene.desk
    assert over(scene.desk, typing(scene, "ghost")) is scene.desk


def test_typing_is_laid_over_its_chat_alone() -> None:
    scene = Scene()
    tom, eva = scene.answered("tom"), scene.answered("eva")
    scene.passes(1)
    desk = over(scene.desk, typing(scene, "tom"))
    assert desk.chats["tom"].overlay.typing_until == scene.now + LAPSES
    assert desk.chats["tom"].overlay.preview == "Where is"
    assert desk.chats["eva"] is eva.chat
    assert tom.chat.overlay.typing_until == 0


@pytest.mark.parametrize("ttl", [SECOND, LAPSES, 20 * SECOND])
def test_who_has_sent_the_message_is_typing_no_more(ttl: Millis) -> None:
    scene = Scene()
    tom = scene.answered("tom")
    scene.passes(1)
    signals = typing(scene, "tom", ttl=ttl)
    scene.passes(1)
    tom.asks()
    assert over(scene.desk, signals) is scene.desk
    tom.answers()
    assert over(scene.desk, signals) is scene.desk
    scene.passes(1)
    again = typing(scene, "tom", signals, ttl)
    assert over(scene.desk, again).chats["tom"].overlay.typing_until == scene.now + ttl


def test_an_operators_words_do_not_stop_a_visitor_typing() -> None:
    scene = Scene()
    tom = scene.opens("tom")
    signals = typing(scene, "tom")
    scene.passes(1)
    tom.answers()
    assert over(scene.desk, signals).chats["tom"].overlay.typing_until == NOON + LAPSES


def test_typing_that_has_lapsed_is_forgotten_at_the_next_signal() -> None:
    scene = Scene()
    signals = typing(scene, "tom")
    scene.passes(6)
    assert list(typing(scene, "eva", signals).typing) == ["eva"]


def test_a_visitor_who_stops_typing_says_so_with_a_signal_of_no_length() -> None:
    scene = Scene()
    signals = typing(scene, "tom")
    assert not heard(signals, VisitorTyping("tom"), scene.now, 0).typing


def test_presence_and_queue_are_the_latest() -> None:
    scene = Scene()
    piet = Colleague("op-piet", clean("Piet", SafeLine), available=True, places=2)
    signals = heard(Signals(), ColleagueSeen(piet), NOON, LAPSES)
    busy = structs.replace(piet, taken=2)
    signals = heard(signals, ColleagueSeen(busy), NOON, LAPSES)
    signals = heard(signals, QueueSeen(3, NOON - SECOND), NOON, LAPSES)
    desk = over(scene.desk, signals)
    assert desk.colleagues == {"op-piet": busy}
    assert not busy.has_place
    assert desk.waiting == Waiting(3, NOON - SECOND)
    assert over(desk, signals) is desk


def test_a_flood_of_signals_drives_out_the_oldest_ones() -> None:
    signals = Signals()
    for n in range(MOST + 5):
        signals = heard(signals, VisitorTyping(f"chat-{n}"), NOON, LAPSES)
        signals = heard(signals, ColleagueSeen(Colleague(f"op-{n}", NO_LINE)), NOON, LAPSES)
    assert len(signals.typing) == len(signals.colleagues) == MOST
    assert "chat-4" not in signals.typing
    assert {"chat-5", f"chat-{MOST + 4}"} <= set(signals.typing)
    assert {"op-5", f"op-{MOST + 4}"} <= set(signals.colleagues)


def test_the_desks_own_typing_is_not_laid_over_it() -> None:
    signals = Signals()
    assert heard(signals, OperatorTyping("tom"), NOON, LAPSES) is signals
