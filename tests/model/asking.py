"""Every kind of command, some of which are bound to be refused."""

from operator_tui.desk.commands import (
    AcceptChat,
    CloseChat,
    Command,
    RemoveChat,
    SetAvailability,
    TickStep,
    TransferChat,
    WaiveAnswer,
    WriteMessage,
    WriteNote,
)
from operator_tui.desk.text import SafeText, clean
from tests.model.server import OPERATORS


def command(chat: str, x: int, text: SafeText) -> Command:
    """The choice `x` of what an operator may ask about a chat."""
    to = (None, *OPERATORS)[x % 3]
    commands: tuple[Command, ...] = (
        WriteNote(chat, text),
        WriteMessage(chat, clean(" ", SafeText)),
        TickStep(chat, 2),
        WaiveAnswer(chat),
        TransferChat(chat, to, clean("three words long", SafeText)),
        AcceptChat((None, chat)[x % 2]),
        CloseChat(chat) if x % 2 else RemoveChat(chat),
        SetAvailability(available=x % 4 < 3),
    )
    return commands[x % 8]
