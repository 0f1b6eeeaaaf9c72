from operator_tui.desk import events as ev
from operator_tui.desk.model import Channel
from operator_tui.desk.places import places_taken
from tests.desk.scene import Scene


def taken(scene: Scene) -> int:
    return places_taken(scene.desk, scene.now)


def test_a_web_chat_takes_a_place_from_receipt_until_the_visitor_closes_it() -> None:
    scene = Scene()
    tom = scene.opens("tom")
    assert taken(scene) == 1
    tom.asks()
    tom.answers()
    assert taken(scene) == 1
    tom.closes()
    assert taken(scene) == 0


def test_a_chat_that_the_operator_closes_frees_its_place() -> None:
    scene = Scene()
    scene.answered("tom").tells(ev.ChatClosed, "operator")
    assert taken(scene) == 0


def test_a_pause_frees_the_place_and_a_return_takes_it_again() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    tom.leaves()
    scene.passes(39.999)
    assert taken(scene) == 1
    scene.passes(0.001)
    assert taken(scene) == 0
    tom.returns()
    assert taken(scene) == 1


def test_a_visitor_who_returns_may_exceed_the_limit() -> None:
    scene = Scene()
    tom = scene.answered("tom")
    tom.leaves()
    scene.passes(60)
    for name in ("eva", "jan"):
        scene.answered(name)
    assert taken(scene) == scene.desk.policy.places
    tom.returns()
    assert taken(scene) == scene.desk.policy.places + 1


def test_a_messaging_chat_takes_a_place_only_while_an_answer_is_owed() -> None:
    scene = Scene()
    vaino = scene.opens("vaino", Channel.MESSAGING)
    assert taken(scene) == 0
    vaino.asks()
    assert taken(scene) == 1
    vaino.answers()
    assert taken(scene) == 0
    vaino.asks()
    vaino.closes()
    assert taken(scene) == 0
