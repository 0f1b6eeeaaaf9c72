"""What the library practises as a whole: every state of attention, every rule for trainers."""

import re
from pathlib import Path

import pytest

from operator_tui.desk.policy import Policy
from operator_tui.desk.states import Indicator, indicator
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.time import MINUTE, SECOND
from server_stub.plays.reading import FOLDER, read
from server_stub.plays.spans import Offset
from server_stub.sessions.session import OperatorSpec, Session, VisitorSpec
from tests.server_stub.sessions.shift import Shift

DOCS = (Path(__file__).parents[3] / "docs" / "scenarios.md").read_text(encoding="utf-8")
NAME = clean("Anna", SafeLine)
ANSWERS = (
    *("Hello, I am Anna.", "I'm sorry. I'll send it in 10 minutes.", "Let me check this."),
    "Is there anything else?",
)

TRAINED = {
    *(41, 42, 45, 48, 49, 50, 52, 53, 54, 61, 67, 68, 73, 91, 93, 94, 95),
    *(117, 119, 120, 127, 131, 134, 142),
}
"""The rules from R41 to R146 that are there for training."""
BY_SESSIONS = {41, 93, 94, 95, 119, 120, 127}
"""Those that take more than one visitor."""


def alone(play: str) -> Session:
    operator, visitor = OperatorSpec("anna", NAME), VisitorSpec("v", play, Offset(SECOND))
    plays = {play: read(FOLDER / f"{play}.play")}
    return Session(NAME, NAME, Policy(), (operator,), (), (visitor,), plays)


def shown_by(play: str, answers: int) -> set[Indicator]:
    """What shows in the chat of one visitor with an operator who answers so many times."""
    shift, seen, said = Shift(alone(play)), set[Indicator](), 0
    for step in range(140):
        shift.passes(5 * SECOND if step < 90 else 20 * MINUTE)
        for chat in shift.chats():
            seen.add(indicator(chat, shift.now, shift.desk().policy))
            owed = chat.closed_at is None and chat.owed_last is not None
            if owed and said < answers and step % 4 == 0:
                shift.says("v", ANSWERS[said % len(ANSWERS)])
                said += 1
    return seen


PRACTISES = {
    Indicator.NEW: "late_parcel",
    Indicator.TRANSFERRED: "passed_on",
    Indicator.OPERATOR_SILENT: "wrong_coat",
    Indicator.UNANSWERED: "blue_one",
    Indicator.VISITOR_SILENT: "gone_quiet",
    Indicator.BOOMERANG: "overnight_answer",
    Indicator.SCREEN_SHARED: "stuck_form",
    Indicator.NEUTRAL: "refund_when",
    Indicator.PAUSED: "stepped_out",
    Indicator.CLOSED: "birthday_gift",
}


@pytest.mark.parametrize("state", Indicator)
def test_each_of_the_ten_states_is_practised_and_the_page_says_by_whom(state: Indicator) -> None:
    play = PRACTISES[state]
    seen = set[Indicator]().union(*(shown_by(play, answers) for answers in (0, 1, 99)))
    assert state in seen
    name = state.value.replace("_", " ")
    rows = (line for line in DOCS.splitlines() if line.startswith(f"| {name} |"))
    assert play in next(rows, "")


def test_every_rule_for_trainers_is_practised_by_a_play_or_a_session() -> None:
    teaches = (rule for path in FOLDER.glob("*.play") for rule in read(path).heading.teaches)
    taught = {int(number) for rule in teaches for number in re.findall(r"^R-(\d+)", rule)}
    assert taught.isdisjoint(BY_SESSIONS)
    assert taught | BY_SESSIONS >= TRAINED
    paragraph = DOCS[DOCS.index("Some rules are practised by a whole session") :]
    assert {int(number) for number in re.findall(r"\bR-(\d+)\b", paragraph)} >= BY_SESSIONS
