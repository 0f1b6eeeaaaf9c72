"""Every kind of command, some of which are bound to be refused."""

from msgspec import Struct

from operator_tui.desk.commands import (
    AcceptChat,
    CloseChat,
    Command,
    InviteVisitor,
    RemoveChat,
    SetAvailability,
    TickStep,
    TransferChat,
    WaiveAnswer,
    WriteMessage,
    WriteNote,
)
from operator_tui.desk.entries import Canned
from operator_tui.desk.text import SafeText, clean
from tests.model.server import OPERATORS

NOTE = clean("three words long", SafeText)
CANNED = Canned("greeting", edited=True, step=1)


class Meant(Struct, frozen=True):
    """What a command is about: a chat, a visitor without one, and words."""

    chat: str
    visitor: str
    text: SafeText


def commands(about: Meant) -> tuple[Command, ...]:
    """All that an operator may ask about it. A choice counts round and round in these."""
    chat, text = about.chat, about.text
    return (
        WriteNote(chat, text),
        TickStep(chat, 2),
        WaiveAnswer(chat),
        WriteMessage(chat, text, CANNED),
        TransferChat(chat, OPERATORS[0], NOTE),
        TransferChat(chat, OPERATORS[1], NOTE),
        TransferChat(chat, None, NOTE),
        AcceptChat(chat),
        AcceptChat(),
        CloseChat(chat),
        CloseChat(chat, "other", (4, 5), text),
        RemoveChat(chat),
        InviteVisitor(about.visitor, text),
        InviteVisitor(about.visitor, text, CANNED),
        SetAvailability(available=False),
        SetAvailability(available=True),
        TickStep(chat, 2, done=False),
        WriteMessage(chat, clean(" ", SafeText)),
    )


_ORDER = [type(one) for one in commands(Meant("", "", NOTE))]
KINDS = len(_ORDER)


def choice(kind: type, chat: int = 0, which: int = 0) -> int:
    """The choice that stands for the `which` command of this kind, about that chat."""
    found = [place for place, one in enumerate(_ORDER) if one is kind]
    return found[which] + KINDS * chat
