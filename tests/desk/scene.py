"""A desk to play scenes on: what visitors and operators do, one line each, and time that passes."""

from collections.abc import Callable

from operator_tui.desk import events as ev
from operator_tui.desk.advance import advance
from operator_tui.desk.attention import Due, countdown
from operator_tui.desk.entries import Author, AuthorKind, Canned, Line, LineKind, Message, Origin
from operator_tui.desk.marks import Mark, marks
from operator_tui.desk.model import Channel, Chat, Desk, Operator, Passed, PassedCause, Visitor
from operator_tui.desk.policy import Policy
from operator_tui.desk.states import Indicator, indicator
from operator_tui.desk.text import SafeAddress, SafeLine, SafeText, clean
from operator_tui.desk.time import HOUR, SECOND, Millis

NOON = 1_732_190_400_000
ANNA = Operator("op-anna", clean("Anna", SafeLine))
PIET = Author(AuthorKind.OPERATOR, clean("Piet", SafeLine), "op-piet")
OWN = Author(AuthorKind.OPERATOR, ANNA.name, ANNA.id)


class Scene:
    """One operator's desk and its clock; times in seconds, ids by name."""

    def __init__(self, policy: Policy | None = None) -> None:
        self.desk = Desk(ANNA, policy or Policy())
        self.now: Millis = NOON

    def passes(self, seconds: float) -> None:
        self.now += round(seconds * SECOND)

    def happens(self, event: ev.Event | None) -> None:
        self.desk = advance(self.desk, ev.Logged(self.desk.seq + 1, self.now, event))

    def opens(self, name: str, channel: Channel = Channel.WEB, waited: float = 0) -> "Visit":
        visitor = Visitor(f"v-{name}", clean(name, SafeLine))
        opened_at = self.now - round(waited * SECOND)
        self.happens(ev.ChatOpened(name, visitor, channel, "en", opened_at))
        return Visit(self, name)

    def answered(self, name: str, channel: Channel = Channel.WEB) -> "Visit":
        """A chat that was opened, asked in and answered just now."""
        visit = self.opens(name, channel)
        visit.asks()
        visit.answers()
        return visit


class Visit:
    """One chat of the scene."""

    def __init__(self, scene: Scene, name: str) -> None:
        self.scene, self.name = scene, name

    @property
    def chat(self) -> Chat:
        return self.scene.desk.chats[self.name]

    def shows(self, expected: Indicator) -> None:
        shown = indicator(self.chat, self.scene.now, self.scene.desk.policy)
        assert shown is expected, f"{self.name} shows {shown}, not {expected}"

    def marked(self, *expected: Mark) -> None:
        shown = marks(self.chat, self.scene.now, self.scene.desk.policy)
        assert shown == expected, f"{self.name} is marked {shown}, not {expected}"

    @property
    def due(self) -> Due | None:
        return countdown(self.chat, self.scene.now, self.scene.desk.policy)

    @property
    def lines(self) -> list[LineKind]:
        return [entry.kind for entry in self.chat.timeline if isinstance(entry, Line)]

    def tells(self, event: Callable[..., ev.Event], *values: object) -> None:
        self.scene.happens(event(self.name, *values))

    def writes(
        self,
        author: Author,
        text: str = "Some words.",
        *,
        note: bool = False,
        canned: Canned | None = None,
        op: str | None = None,
        id: str | None = None,  # noqa: A002
    ) -> None:
        message = Message(
            id or f"m-{self.scene.desk.seq}",
            author,
            clean(text, SafeText),
            self.scene.now,
            note=note,
            canned=canned,
            origin=Origin("device-1", 1, op) if op else None,
        )
        self.tells(ev.MessageWritten, message)

    def asks(self, text: str = "Where is my parcel?") -> None:
        self.writes(Author(AuthorKind.VISITOR, self.chat.visitor.name), text)

    def answers(self, text: str = "I look at once.", canned: Canned | None = None) -> None:
        self.writes(OWN, text, canned=canned)

    def colleague_answers(self) -> None:
        self.writes(PIET)

    def notes(self) -> None:
        self.writes(OWN, "Had a leak before.", note=True)

    def leaves(self) -> None:
        self.tells(ev.VisitorLeft)

    def returns(self, page: str = "/cart") -> None:
        self.tells(ev.VisitorReturned, clean(page, SafeAddress))

    def shares(self) -> None:
        self.tells(ev.ScreenShared)

    def closes(self) -> None:
        self.tells(ev.ChatClosed, "visitor")

    def comes_back_after(self, hours: float) -> None:
        self.tells(ev.ChatReactivated, round(hours * HOUR))

    def is_passed_in(self, cause: PassedCause = PassedCause.BY_HAND, note: str = "") -> None:
        passed = Passed(PIET.name, cause, self.scene.now, clean(note, SafeText))
        self.tells(ev.TransferredIn, self.chat, passed)
