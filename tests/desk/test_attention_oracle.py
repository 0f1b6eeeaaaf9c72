from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample
from msgspec import structs

from operator_tui.desk import changes, debts, events, states
from operator_tui.desk.attention import late, next_change, soon
from operator_tui.desk.entries import AuthorKind
from operator_tui.desk.marks import marks
from operator_tui.desk.model import Channel, Chat
from operator_tui.desk.policy import Policy, ReplyClock
from operator_tui.desk.states import Indicator, indicator
from tests.desk.histories import Act, Change, History, Told, author, histories

FIRST_REPLY = 30_000
AMBER = 30_000
REPLY = 60_000
SILENT = 120_000
AWAY = 40_000
TYPING = 6_000
HALF_DAY = 12 * 60 * 60 * 1_000
DAY = 24 * 60 * 60 * 1_000

CHANNELS = st.sampled_from(list(Channel))
CLOCKS = st.sampled_from(list(ReplyClock))


# The oracle is written from the table of states and shares no code with the product: not even
# its limits. What it cannot see (a mutant below) is a hole in this test.
class Oracle:
    def __init__(self, web: bool, first: bool) -> None:
        self.web, self.first = web, first
        self.got = 0
        self.i_wrote = self.came = self.shut = self.shows_screen = False
        self.gone_at: int | None = None
        self.open_questions: list[int] = []
        self.word_at: int | None = None
        self.silence: int | None = None
        self.typed_at: int | None = None
        self.asked_at = -1

    def happens(self, act: Act) -> None:
        self.is_told(act)
        self.is_written(act)
        self.is_seen(act)

    def is_told(self, act: Act) -> None:
        match act.what:
            case "opens":
                self.got = act.at
            case "is_passed_in":
                self.got, self.came, self.i_wrote = act.at, True, False
            case "reactivates" if not self.web:
                self.silence, self.shut = act.value, False
                if act.value > DAY:
                    self.i_wrote, self.got = False, act.at
            case "closes":
                self.shut, self.shows_screen = True, False

    def is_written(self, act: Act) -> None:
        match act.what:
            case "asks":
                self.open_questions.append(act.at)
                self.asked_at, self.typed_at = act.at, None
                if self.gone_at is not None and act.at > self.gone_at:
                    self.gone_at = None
            case "answers":
                self.open_questions, self.word_at = [], act.at
                self.i_wrote, self.came, self.silence = True, False, None
            case "colleague_answers" | "waives":
                self.open_questions, self.word_at = [], act.at

    def is_seen(self, act: Act) -> None:
        match act.what:
            case "leaves" if self.web and self.gone_at is None:
                self.gone_at = act.at
            case "returns" | "goes_to_page":
                self.gone_at = None
            case "shares":
                self.gone_at, self.shows_screen = None, True
            case "unshares":
                self.shows_screen = False
            case "types" if act.at > self.asked_at:
                self.typed_at = act.at

    def says(self, now: int) -> tuple[Indicator, bool, bool, int]:
        state = self.state(now)
        first_due = state in {Indicator.NEW, Indicator.TRANSFERRED}
        late_now = first_due and now - self.got > FIRST_REPLY
        amber = state is Indicator.UNANSWERED and now - self.clock() >= AMBER
        return state, late_now, amber, len(self.open_questions)

    def clock(self) -> int:
        return self.open_questions[0 if self.first else -1]

    def state(self, now: int) -> Indicator:
        if self.shut:
            return Indicator.CLOSED
        if self.gone_at is not None and now - self.gone_at >= AWAY:
            return Indicator.PAUSED
        if self.came:
            return Indicator.TRANSFERRED
        if not self.i_wrote and not (self.silence is not None and self.silence <= DAY):
            return Indicator.NEW
        if self.open_questions:
            waits = now - self.clock()
            return Indicator.OPERATOR_SILENT if waits > REPLY else Indicator.UNANSWERED
        if self.shows_screen and self.web:
            return Indicator.SCREEN_SHARED
        if self.silence is not None and HALF_DAY <= self.silence <= DAY:
            return Indicator.BOOMERANG
        typing = self.typed_at is not None and now - self.typed_at < TYPING
        if self.word_at is not None and now - self.word_at >= SILENT and not typing:
            return Indicator.VISITOR_SILENT
        return Indicator.NEUTRAL


def moments(history: History, n: int) -> Iterator[int]:
    begin = history[n].at
    end = history[n + 1].at if n + 1 < len(history) else begin + 10 * SILENT
    edges = {
        act.at + span for act in history[: n + 1] for span in (TYPING, AMBER, AWAY, REPLY, SILENT)
    }
    near = {edge + off for edge in edges for off in (-1, 0, 1)} | {begin, end - 1}
    return iter(sorted(moment for moment in near if begin <= moment < end))


def disagreement(
    history: History, channel: Channel, policy: Policy, change: Change | None = None
) -> str | None:
    told = Told(channel, policy)
    oracle = Oracle(channel is Channel.WEB, CLOCK_OF[policy.reply_clock])
    for n, act in enumerate(history):
        chat = told.tell(act, change)
        oracle.happens(act)
        for now in moments(history, n):
            shown = (
                indicator(chat, now, policy),
                late(chat, now, policy),
                soon(chat, now, policy),
                chat.unanswered,
            )
            if shown != oracle.says(now):
                return f"after {act} at {now}: shown {shown}, expected {oracle.says(now)}"
    return None


CLOCK_OF = {ReplyClock.FIRST: True, ReplyClock.LAST: False}


@given(histories(), CHANNELS, CLOCKS)
@settings(max_examples=250)
def test_every_state_shows_and_changes_at_exactly_its_millisecond(
    history: History, channel: Channel, clock: ReplyClock
) -> None:
    assert disagreement(history, channel, Policy(reply_clock=clock)) is None


@pytest.mark.thorough
@given(histories(), CHANNELS, CLOCKS)
@settings(max_examples=5_000)
def test_every_state_shows_at_its_millisecond_in_many_more_histories(
    history: History, channel: Channel, clock: ReplyClock
) -> None:
    assert disagreement(history, channel, Policy(reply_clock=clock)) is None


def look(chat: Chat, now: int, policy: Policy) -> tuple[object, ...]:
    return (
        indicator(chat, now, policy),
        marks(chat, now, policy),
        soon(chat, now, policy),
        late(chat, now, policy),
    )


@given(histories(), CHANNELS, CLOCKS, st.integers(0, 200_000))
@settings(max_examples=250)
def test_nothing_changes_before_the_next_change_and_something_does_at_it(
    history: History, channel: Channel, clock: ReplyClock, later: int
) -> None:
    policy = Policy(reply_clock=clock)
    told = Told(channel, policy)
    for act in history:
        chat = told.tell(act)
    now = history[-1].at + later
    change = next_change(chat, now, policy)
    for moment in moments((*history, Act(now, "ticks")), len(history)):
        if moment < now or (change is not None and moment >= change):
            continue
        assert look(chat, moment, policy) == look(chat, now, policy)
    if change is not None:
        assert change > now
        assert look(chat, change - 1, policy) == look(chat, now, policy)
        assert look(chat, change, policy) != look(chat, now, policy)


def noted_as_said(told: events.MessageWritten) -> events.Event:
    return structs.replace(told, message=structs.replace(told.message, note=False))


def automatic_as_own(told: events.MessageWritten) -> events.Event:
    if told.message.author.kind is not AuthorKind.AUTOMATIC:
        return told
    own = author(AuthorKind.OPERATOR, "op-anna")
    return structs.replace(told, message=structs.replace(told.message, author=own))


def colleague_as_own(told: events.MessageWritten) -> events.Event:
    if told.message.author.id != "op-piet":
        return told
    own = author(AuthorKind.OPERATOR, "op-anna")
    return structs.replace(told, message=structs.replace(told.message, author=own))


def without_debt(told: events.TransferredIn) -> events.Event:
    return structs.replace(told, chat_value=debts.answered(told.chat_value, told.passed.at))


def forgotten(_told: events.Event) -> None:
    return None


LIES = {
    "a note clears a debt": Change(events.MessageWritten, noted_as_said),
    "an automatic text clears a debt": Change(events.MessageWritten, automatic_as_own),
    "a colleague's words are own words": Change(events.MessageWritten, colleague_as_own),
    "a transfer loses the old debt": Change(events.TransferredIn, without_debt),
    "a waived answer is forgotten": Change(events.NoAnswerNeeded, forgotten),
    "a return is forgotten": Change(events.VisitorReturned, forgotten),
    "a page change is no sign of life": Change(events.PageChanged, forgotten),
    "a reactivation is forgotten": Change(events.ChatReactivated, forgotten),
}

LIMITS = {
    "late at 30 s": {"first_reply_within": FIRST_REPLY - 1},
    "late only past 30.001 s": {"first_reply_within": FIRST_REPLY + 1},
    "amber after 30 s": {"reply_soon": AMBER + 1},
    "amber before 30 s": {"reply_soon": AMBER - 1},
    "operator silent at 60 s": {"reply_within": REPLY - 1},
    "operator silent past 60.001 s": {"reply_within": REPLY + 1},
    "paused after 40 s": {"paused_from": AWAY + 1},
    "paused before 40 s": {"paused_from": AWAY - 1},
    "visitor silent after 120 s": {"visitor_silent_from": SILENT + 1},
    "visitor silent before 120 s": {"visitor_silent_from": SILENT - 1},
    "boomerang after 12 h": {"boomerang_from": HALF_DAY + 1},
    "boomerang before 12 h": {"boomerang_from": HALF_DAY - 1},
    "boomerang before 24 h only": {"boomerang_to": DAY - 1},
    "boomerang after 24 h": {"boomerang_to": DAY + 1},
}

SWAPS = [
    (Indicator.CLOSED, Indicator.PAUSED),
    (Indicator.PAUSED, Indicator.TRANSFERRED),
    (Indicator.PAUSED, Indicator.NEW),
    (Indicator.TRANSFERRED, Indicator.NEW),
    (Indicator.NEW, Indicator.OPERATOR_SILENT),
    (Indicator.OPERATOR_SILENT, Indicator.UNANSWERED),
    (Indicator.UNANSWERED, Indicator.SCREEN_SHARED),
    (Indicator.SCREEN_SHARED, Indicator.VISITOR_SILENT),
    (Indicator.BOOMERANG, Indicator.VISITOR_SILENT),
    (Indicator.VISITOR_SILENT, Indicator.NEUTRAL),
]


def is_caught(policy: Policy, change: Change | None = None) -> bool:
    settled = settings(
        max_examples=4_000,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    try:
        find(
            st.tuples(histories(), CHANNELS),
            lambda drawn: disagreement(drawn[0], drawn[1], policy, change) is not None,
            settings=settled,
        )
    except NoSuchExample:
        return False
    return True


@pytest.mark.thorough
@pytest.mark.parametrize("lie", LIES)
def test_the_oracle_catches_a_desk_that_reads_an_event_wrongly(lie: str) -> None:
    assert is_caught(Policy(), LIES[lie])


@pytest.mark.thorough
@pytest.mark.parametrize("limit", LIMITS)
def test_the_oracle_catches_a_limit_that_is_a_millisecond_off(limit: str) -> None:
    assert is_caught(structs.replace(Policy(), **LIMITS[limit]))


@pytest.mark.thorough
@pytest.mark.parametrize(("first", "second"), SWAPS)
def test_the_oracle_catches_two_states_in_the_wrong_order(
    first: Indicator, second: Indicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    swap = {first: second, second: first}
    order = tuple(swap.get(state, state) for state in states.SHOWN_FIRST)
    monkeypatch.setattr(states, "SHOWN_FIRST", order)
    assert is_caught(Policy())


@pytest.mark.thorough
@pytest.mark.parametrize("clock", ReplyClock)
def test_the_oracle_catches_the_other_reply_clock(
    clock: ReplyClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CLOCK_OF, clock, not CLOCK_OF[clock])
    assert is_caught(Policy(reply_clock=clock))


@pytest.mark.thorough
def test_the_oracle_catches_typing_that_holds_nothing_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "is_typing", lambda chat, now: False)
    assert is_caught(Policy())


@pytest.mark.thorough
def test_the_oracle_catches_a_clock_that_every_message_restarts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def asked(chat: Chat, at: int) -> Chat:
        return structs.replace(debts.asked(chat, at), owed_since=at)

    monkeypatch.setattr(changes, "asked", asked)
    assert is_caught(Policy())


@pytest.mark.thorough
def test_the_oracle_catches_a_visitor_who_writes_and_stays_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(changes, "seen", lambda chat, at, page="": chat)
    assert is_caught(Policy())
