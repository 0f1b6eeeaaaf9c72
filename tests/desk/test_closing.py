from operator_tui.desk import events as ev
from operator_tui.desk.closing import STEPS, open_steps, ready, unanswered_question
from operator_tui.desk.debts import owed
from operator_tui.desk.entries import Canned
from tests.desk.scene import Scene


def test_the_protocol_has_five_steps_in_order() -> None:
    assert [step.step for step in STEPS] == [1, 2, 3, 4, 5]


def test_the_steps_that_were_not_done_stay_open() -> None:
    tom = Scene().answered("tom")
    assert list(open_steps(tom.chat)) == [1, 2, 3, 4, 5]
    tom.answers(canned=Canned(STEPS[0].canned, edited=True, step=1))
    tom.tells(ev.StepTicked, 4)
    assert list(open_steps(tom.chat)) == [2, 3, 5]


def test_a_chat_is_ready_when_every_step_is_done_and_nothing_is_owed() -> None:
    tom = Scene().answered("tom")
    for step in STEPS:
        assert not ready(tom.chat)
        tom.tells(ev.StepTicked, step.step)
    assert ready(tom.chat)
    tom.asks()
    assert not ready(tom.chat)
    tom.tells(ev.NoAnswerNeeded)
    assert ready(tom.chat)


def test_the_question_that_is_shown_is_the_last_one_owed() -> None:
    tom = Scene().answered("tom")
    assert unanswered_question(tom.chat) is None
    tom.asks("And the blue one?")
    tom.asks("Or the green one?")
    tom.notes()
    question = unanswered_question(tom.chat)
    assert question is not None
    assert question.text == "Or the green one?"


def test_an_answered_or_waived_question_is_not_shown() -> None:
    tom = Scene().answered("tom")
    tom.asks()
    tom.answers()
    assert unanswered_question(tom.chat) is None
    tom.asks("Thanks!")
    tom.tells(ev.NoAnswerNeeded)
    assert unanswered_question(tom.chat) is None


def test_what_is_owed_is_everything_since_the_last_answer() -> None:
    tom = Scene().answered("tom")
    for text in ("One.", "Two."):
        tom.asks(text)
    assert [message.text for message in owed(tom.chat)] == ["One.", "Two."]
