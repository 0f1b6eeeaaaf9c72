"""What happened: one tagged union. The same types travel on the wire and are folded by `advance`.

Every event that touches a chat names it in `chat`. When an event happened is said by its `Logged`.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from operator_tui.desk.entries import NO_ADDRESS, NO_LINE, NO_TEXT, Id, Language, Message, Step
from operator_tui.desk.model import Channel, Chat, Outcome, Passed, Visitor
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeAddress, SafeLine, SafeText
from operator_tui.desk.time import Millis


class _Event(Struct, frozen=True, eq=False, tag_field="kind", omit_defaults=True):
    pass


class ChatOpened(_Event, frozen=True, eq=False, tag="chat_opened"):
    """A visitor's chat was given to this operator (R3). The question is a message of its own."""

    chat: Id
    visitor: Visitor
    channel: Channel
    language: Language
    opened_at: Millis
    """When the visitor asked; earlier than the event's own `at` by the time in the queue."""
    page: SafeAddress = NO_ADDRESS


class MessageWritten(_Event, frozen=True, eq=False, tag="message"):
    """Somebody wrote: the visitor, an operator (a reply or a note), or an automatic text."""

    chat: Id
    message: Message


class VisitorLeft(_Event, frozen=True, eq=False, tag="visitor_left"):
    """The visitor left the website; from `paused_from` on the chat is paused (R33)."""

    chat: Id


class VisitorReturned(_Event, frozen=True, eq=False, tag="visitor_returned"):
    """The visitor is on the website again, on `page` (R34).

    A message, a new page or a shared screen after `VisitorLeft` shows the same without it.
    """

    chat: Id
    page: SafeAddress = NO_ADDRESS


class PageChanged(_Event, frozen=True, eq=False, tag="page_changed"):
    """The visitor went to another page (R97)."""

    chat: Id
    page: SafeAddress


class ScreenShared(_Event, frozen=True, eq=False, tag="screen_shared"):
    """The visitor began to share the screen (R30), or shows something else on it.

    `shows`: what the visitor sees, as text, so that the operator can guide (R31).
    """

    chat: Id
    shows: SafeText = NO_TEXT


class ScreenUnshared(_Event, frozen=True, eq=False, tag="screen_unshared"):
    """The visitor stopped sharing the screen."""

    chat: Id


class TransferredIn(_Event, frozen=True, eq=False, tag="transferred_in"):
    """A chat came from another operator, or came back (R14 to R19): whole, with its history.

    `chat_value` is the chat as its former operator had it, with at least its last 20 messages.
    The note of `passed` joins them as an internal note, unless it stands there already.
    """

    chat: Id
    chat_value: Chat
    passed: Passed


class TransferAccepted(_Event, frozen=True, eq=False, tag="transfer_accepted"):
    """This operator accepted an offered transfer by hand."""

    chat: Id


class TransferredOut(_Event, frozen=True, eq=False, tag="transferred_out"):
    """A chat left this desk for a colleague, or for the queue when `to` is empty."""

    chat: Id
    to: SafeLine = NO_LINE
    cause: Literal["by_hand", "unanswered", "not_accepted"] = "by_hand"


class ChatReactivated(_Event, frozen=True, eq=False, tag="reactivated"):
    """A messaging chat goes on after a silence (R25 to R29)."""

    chat: Id
    silence: Millis


class InvitationAccepted(_Event, frozen=True, eq=False, tag="invitation_accepted"):
    """The visitor came because help was offered with `message` (R86).

    It is not this operator's writing in the chat: the chat stays new until they write again.
    """

    chat: Id
    message: Message


class InvitationIgnored(_Event, frozen=True, eq=False, tag="invitation_ignored"):
    """A visitor whom this operator invited did not come. There is no chat."""

    visitor: Id
    name: SafeLine = NO_LINE


class ChatClosed(_Event, frozen=True, eq=False, tag="closed"):
    """Somebody closed the chat (R38). Closed by the operator it leaves the desk at once."""

    chat: Id
    by: Literal["visitor", "operator"]
    outcome: Outcome | None = None
    open_steps: tuple[Step, ...] = ()
    reason: SafeText = NO_TEXT


class ChatRemoved(_Event, frozen=True, eq=False, tag="removed"):
    """The operator removed a chat that the visitor had closed (R39)."""

    chat: Id


class NoAnswerNeeded(_Event, frozen=True, eq=False, tag="no_answer_needed"):
    """The operator said that the visitor's last words need no reply; the 120 s run from here."""

    chat: Id


class StepTicked(_Event, frozen=True, eq=False, tag="step_ticked"):
    """A step of the closing protocol was ticked (or unticked) by hand."""

    chat: Id
    step: Step
    done: bool = True


class VisitorRated(_Event, frozen=True, eq=False, tag="rated"):
    """The visitor gave the chat a number of stars."""

    chat: Id
    stars: Annotated[int, Meta(ge=1, le=5)]


class AvailabilityChanged(_Event, frozen=True, eq=False, tag="availability"):
    """The operator is available for new chats, or away."""

    available: bool


class PolicyChanged(_Event, frozen=True, eq=False, tag="policy"):
    """The server's limits changed."""

    policy: Policy


class Unreadable(_Event, frozen=True, eq=False, tag="unreadable"):
    """Stands where an event of a known kind could not be read twice. Made by the client alone."""

    chat: Id | None = None


Event: TypeAlias = (
    ChatOpened
    | MessageWritten
    | VisitorLeft
    | VisitorReturned
    | PageChanged
    | ScreenShared
    | ScreenUnshared
    | TransferredIn
    | TransferAccepted
    | TransferredOut
    | ChatReactivated
    | InvitationAccepted
    | InvitationIgnored
    | ChatClosed
    | ChatRemoved
    | NoAnswerNeeded
    | StepTicked
    | VisitorRated
    | AvailabilityChanged
    | PolicyChanged
    | Unreadable
)


class Logged(Struct, frozen=True, eq=False):
    """An event with its place in one operator's log and its moment; None: a kind unknown here."""

    seq: Annotated[int, Meta(ge=1)]
    at: Millis
    event: Event | None
