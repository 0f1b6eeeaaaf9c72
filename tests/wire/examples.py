"""One full example of every frame, event and command: what travels in the tests of the wire."""

from operator_tui.desk import commands as ask
from operator_tui.desk import events as log
from operator_tui.desk.browsing import Browsing, Invitation, Suggestion
from operator_tui.desk.commands import Command
from operator_tui.desk.entries import Author, AuthorKind, Canned, Line, LineKind, Message, Origin
from operator_tui.desk.events import Event
from operator_tui.desk.model import (
    Answer,
    Channel,
    Chat,
    Colleague,
    Desk,
    Earlier,
    Operator,
    Passed,
    PassedCause,
    Visitor,
)
from operator_tui.desk.policy import Policy
from operator_tui.desk.signals import (
    BrowsingSeen,
    ColleagueSeen,
    OperatorTyping,
    QueueSeen,
    VisitorTyping,
)
from operator_tui.desk.text import SafeAddress, SafeLine, clean
from operator_tui.wire import frames
from operator_tui.wire.codec import encode_command, encode_event, snapshot
from operator_tui.wire.frames import FromClient, FromServer

PRIVATE = "Hush Hush"
"""What every stranger in these examples writes: no error may quote it."""


def line(text: str) -> SafeLine:
    return clean(text, SafeLine)


PAGE = clean("https://shop.example/coats?colour=red", SafeAddress)
OPERATOR = Operator("op-1", line("Mira Ostrova"))
VISITOR = Visitor(
    id="v-1",
    name=line(PRIVATE),
    system=line("Windows 11"),
    on_site_since=5,
    earlier=Earlier(3, 4),
    form=(Answer(line("Order?"), clean(PRIVATE)),),
)
MESSAGE = Message(
    id="m-1",
    author=Author(AuthorKind.OPERATOR, line("Mira Ostrova"), "op-1"),
    text=clean(f"{PRIVATE}\n👨‍👩‍👧 «żółw» 語"),
    at=1_000,
    canned=Canned("greeting", edited=True),
    origin=Origin("dev-1", 7, "op-7"),
)
ASKED = Message(id="m-0", author=Author(AuthorKind.VISITOR), text=clean(PRIVATE), at=900)
PASSED = Passed(line("Joost"), PassedCause.BY_HAND, at=9, note=clean(PRIVATE), offered_until=30)
CHAT = Chat(
    id="c-1",
    visitor=VISITOR,
    channel=Channel.WEB,
    language="nl",
    opened_at=1,
    received_at=2,
    page=PAGE,
    timeline=(Line(LineKind.OPENED, at=1), ASKED, MESSAGE),
    unanswered=1,
    owed_since=900,
    passed=PASSED,
    steps=(1, 2),
)
BROWSING = Browsing(
    visitor="v-2",
    on_site_since=5,
    on_page_since=7,
    name=line(PRIVATE),
    language="pl",
    page=PAGE,
    suggested=Suggestion(line(PRIVATE), 90_000, 30_000),
    invited=Invitation(line("Joost"), 9, ignored=True),
)
DESK = Desk(OPERATOR, seq=12, chats={"c-1": CHAT})
EVENTS: tuple[Event, ...] = (
    log.ChatOpened("c-1", VISITOR, Channel.WEB, "nl", 1, PAGE),
    log.MessageWritten("c-1", MESSAGE),
    log.MessageWritten("c-1", ASKED),
    log.VisitorLeft("c-1"),
    log.VisitorReturned("c-1", PAGE),
    log.PageChanged("c-1", PAGE),
    log.ScreenShared("c-1"),
    log.ScreenUnshared("c-1"),
    log.TransferredIn("c-1", CHAT, PASSED),
    log.TransferAccepted("c-1"),
    log.TransferredOut("c-1", line("Joost"), "by_hand"),
    log.ChatReactivated("c-1", 43_200_000),
    log.InvitationAccepted("c-1", MESSAGE),
    log.InvitationIgnored("v-1", line(PRIVATE)),
    log.ChatClosed("c-1", "operator", "solved", (5,), clean(PRIVATE)),
    log.ChatRemoved("c-1"),
    log.NoAnswerNeeded("c-1"),
    log.StepTicked("c-1", 3),
    log.VisitorRated("c-1", 5),
    log.AvailabilityChanged(available=False),
    log.PolicyChanged(Policy(places=3)),
    log.Unreadable("c-1"),
)
COMMANDS: tuple[Command, ...] = (
    ask.WriteMessage("c-1", clean(PRIVATE), Canned("greeting", edited=False)),
    ask.WriteNote("c-1", clean(PRIVATE)),
    ask.AcceptChat(),
    ask.TransferChat("c-1", "op-2", clean(PRIVATE)),
    ask.CloseChat("c-1", "other", (4, 5), clean(PRIVATE)),
    ask.RemoveChat("c-1"),
    ask.WaiveAnswer("c-1"),
    ask.TickStep("c-1", 2, done=False),
    ask.InviteVisitor("v-1", clean(PRIVATE), Canned("proactive", edited=True)),
    ask.SetAvailability(available=True),
)
FROM_SERVER: tuple[FromServer, ...] = (
    frames.Welcome(1, "ep-1", "resume", 12, 7, OPERATOR, 1_000, 1.5, Policy(places=4), run="run-2"),
    *snapshot(DESK, 12),
    *(frames.EventFrame(3, 1_000, encode_event(event)) for event in EVENTS),
    frames.Result(7, "op-7", ok=True, seq=12, duplicate=True),
    frames.Result(8, "op-8", ok=False, code="chat_closed", detail=line(PRIVATE)),
    frames.Signal(VisitorTyping("c-1", line(PRIVATE))),
    frames.Signal(ColleagueSeen(Colleague("op-2", line("Joost"), ("nl",), True, 1, 2))),
    frames.Signal(QueueSeen(4, 900), ttl=10_000),
    frames.Signal(BrowsingSeen((BROWSING,))),
    frames.Heartbeat(head=12, now=1_000, rate=0.5),
    frames.Error("fenced", line(PRIVATE)),
    frames.Page("c-1", (ASKED, MESSAGE), more=True),
)
FROM_CLIENT: tuple[FromClient, ...] = (
    frames.Hello(1, "dev-1", line("counter 2"), "ep-1", 12, "run-1"),
    *(frames.Op(7, "op-7", 1_000, encode_command(command)) for command in COMMANDS),
    frames.Signal(OperatorTyping("c-1")),
    frames.Heartbeat(seq=12),
    frames.History("c-1", "m-0"),
)
