"""What the operator asks of the server: one tagged union. Each becomes events or a refusal."""

from typing import TypeAlias

from msgspec import Struct

from operator_tui.desk.entries import NO_TEXT, Canned, Id, Step
from operator_tui.desk.model import Outcome
from operator_tui.desk.text import SafeText


class _Command(Struct, frozen=True, tag_field="kind", omit_defaults=True):
    pass


class WriteMessage(_Command, frozen=True, tag="message"):
    """Send `text` to the visitor of `chat`."""

    chat: Id
    text: SafeText
    canned: Canned | None = None


class WriteNote(_Command, frozen=True, tag="note"):
    """Keep `text` with the chat, for colleagues only."""

    chat: Id
    text: SafeText


class AcceptChat(_Command, frozen=True, tag="accept"):
    """Take an offered transfer, or with `chat` None the longest waiting visitor of the queue."""

    chat: Id | None = None


class TransferChat(_Command, frozen=True, tag="transfer"):
    """Pass the chat on to operator `to`, or back to the queue when None, with a note (R15, R18)."""

    chat: Id
    to: Id | None
    note: SafeText


class CloseChat(_Command, frozen=True, tag="close"):
    """End the chat, saying which closing steps stay open and why (R78, R103)."""

    chat: Id
    outcome: Outcome = "solved"
    open_steps: tuple[Step, ...] = ()
    reason: SafeText = NO_TEXT


class RemoveChat(_Command, frozen=True, tag="remove"):
    """Take a chat that the visitor closed off the list (R39)."""

    chat: Id


class WaiveAnswer(_Command, frozen=True, tag="no_answer_needed"):
    """Say that the visitor's last words need no reply."""

    chat: Id


class TickStep(_Command, frozen=True, tag="tick_step"):
    """Tick a closing step by hand, or take the tick back."""

    chat: Id
    step: Step
    done: bool = True


class InviteVisitor(_Command, frozen=True, tag="invite"):
    """Offer help, in the words of `text`, to a visitor who looks around (R86)."""

    visitor: Id
    text: SafeText
    canned: Canned | None = None


class SetAvailability(_Command, frozen=True, tag="availability"):
    """Be available for new chats, or be away."""

    available: bool


Command: TypeAlias = (
    WriteMessage
    | WriteNote
    | AcceptChat
    | TransferChat
    | CloseChat
    | RemoveChat
    | WaiveAnswer
    | TickStep
    | InviteVisitor
    | SetAvailability
)


def chat_of(command: Command) -> str | None:
    """The chat whose order a command belongs to; None for those of the whole desk."""
    return None if isinstance(command, SetAvailability | InviteVisitor) else command.chat
