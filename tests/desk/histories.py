"""Random histories of one chat, and the same history told as events to the product."""

from typing import NamedTuple, TypeAlias

from hypothesis import strategies as st

from operator_tui.desk import events as ev
from operator_tui.desk.advance import advance
from operator_tui.desk.entries import Author, AuthorKind, Message
from operator_tui.desk.model import Channel, Chat, Desk, Operator, Passed, PassedCause, Visitor
from operator_tui.desk.policy import Policy
from operator_tui.desk.signals import Signals, VisitorTyping, heard, over
from operator_tui.desk.text import SafeLine, SafeText, clean

START = 1_700_000_000_000
SECONDS = 1_000
HOURS = 3_600 * SECONDS
ME = Operator("op-anna", clean("Anna", SafeLine))
CHAT = "chat-1"
TYPING_LASTS = 6 * SECONDS


class Act(NamedTuple):
    """Something that happened `at`; `value` is the silence of a reactivation."""

    at: int
    what: str
    value: int = 0


History: TypeAlias = tuple[Act, ...]

WHATS = (
    *("asks",) * 3,
    *("answers",) * 3,
    *("leaves",) * 2,
    "colleague_answers",
    "notes",
    "automatic",
    "returns",
    "goes_to_page",
    "shares",
    "unshares",
    "reactivates",
    "waives",
    "closes",
    "is_passed_in",
    "types",
    "ticks",
    "rates",
    "unreadable",
)

EDGES = [
    edge + off for edge in (6_000, 10_000, 30_000, 40_000, 60_000, 120_000) for off in (-1, 0, 1)
]
GAPS = st.one_of(st.sampled_from([0, 1, *EDGES]), st.integers(0, 150_000))
SILENCES = st.sampled_from(
    [3 * HOURS, 72 * HOURS, *(h * HOURS + off for h in (12, 24) for off in (-1, 0, 1))]
)


@st.composite
def histories(draw: st.DrawFn) -> History:
    acts = [Act(START, draw(st.sampled_from(["opens", "opens", "is_passed_in"])))]
    at = START
    for what in draw(st.lists(st.sampled_from(WHATS), max_size=10)):
        at += draw(GAPS)
        acts.append(Act(at, what, draw(SILENCES) if what == "reactivates" else 0))
    return tuple(acts)


def author(kind: AuthorKind, id: str | None = None) -> Author:  # noqa: A002
    return Author(kind, clean("Somebody", SafeLine), id)


def _message(act: Act, n: int, by: Author, *, note: bool = False) -> ev.Event:
    text = clean("Some words", SafeText)
    return ev.MessageWritten(CHAT, Message(f"m-{n}", by, text, act.at, note=note))


def _fresh(channel: Channel) -> Chat:
    return Chat(CHAT, Visitor("v-1"), channel, "en", opened_at=START, received_at=START)


def event(act: Act, n: int, chat: Chat | None, channel: Channel) -> ev.Event | None:
    """The event that tells `act`, the `n`th of its history; None where no log would hold it."""
    passed = Passed(clean("Piet", SafeLine), PassedCause.BY_HAND, act.at)
    events: dict[str, ev.Event | None] = {
        "opens": ev.ChatOpened(CHAT, Visitor("v-1"), channel, "en", opened_at=act.at),
        "is_passed_in": ev.TransferredIn(CHAT, chat or _fresh(channel), passed),
        "asks": _message(act, n, author(AuthorKind.VISITOR)),
        "answers": _message(act, n, author(AuthorKind.OPERATOR, ME.id)),
        "colleague_answers": _message(act, n, author(AuthorKind.OPERATOR, "op-piet")),
        "notes": _message(act, n, author(AuthorKind.OPERATOR, ME.id), note=True),
        "automatic": _message(act, n, author(AuthorKind.AUTOMATIC)),
        "leaves": ev.VisitorLeft(CHAT),
        "returns": ev.VisitorReturned(CHAT),
        "goes_to_page": ev.PageChanged(CHAT, clean("/cart", type(_fresh(channel).page))),
        "shares": ev.ScreenShared(CHAT),
        "unshares": ev.ScreenUnshared(CHAT),
        "reactivates": ev.ChatReactivated(CHAT, act.value),
        "waives": ev.NoAnswerNeeded(CHAT),
        "closes": ev.ChatClosed(CHAT, "visitor"),
        "ticks": ev.StepTicked(CHAT, 1 + n % 5),
        "rates": ev.VisitorRated(CHAT, 1 + n % 5),
        "unreadable": ev.Unreadable(CHAT),
        "types": None,
    }
    return events[act.what]


class Told:
    """The product's view of a history, one act after another."""

    def __init__(self, channel: Channel, policy: Policy) -> None:
        self.channel = channel
        self.desk = Desk(ME, policy)
        self.signals = Signals()

    def tell(self, act: Act, change: "Change | None" = None) -> Chat:
        n = self.desk.seq + 1
        told = event(act, n, self.desk.chats.get(CHAT), self.channel)
        if change is not None and told is not None:
            told = change(told)
        self.desk = advance(self.desk, ev.Logged(n, act.at, told))
        if act.what == "types":
            self.signals = heard(self.signals, VisitorTyping(CHAT), act.at, TYPING_LASTS)
        return over(self.desk, self.signals).chats[CHAT]


class Change(NamedTuple):
    """A lie told to the product: events of `kind` become what `into` makes of them."""

    kind: type
    into: "object"

    def __call__(self, told: ev.Event) -> ev.Event | None:
        if not isinstance(told, self.kind):
            return told
        assert callable(self.into)
        lie: ev.Event | None = self.into(told)
        return lie
