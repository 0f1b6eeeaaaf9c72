"""Why the server, or this machine, did not take what the operator entered: codes to sentences."""

from enum import Enum, auto

from operator_tui.ui.words import tr


class Words(Enum):
    """Where the text is that was not taken."""

    NONE = auto()
    """There was none, or it is plain to see."""
    COMPOSER = auto()
    MESSAGE = auto()
    """In the conversation, as a message that was not sent."""
    DRAFT = auto()
    """In a composer that is not shown."""


def refusal(code: str, detail: str = "", words: Words = Words.NONE) -> str:
    """What happened, and where the text is now. An unknown code is told as it is."""
    return f"{_cause(code, detail)} {_place(words)}".rstrip()


def _place(words: Words) -> str:
    match words:
        case Words.NONE:
            return ""
        case Words.COMPOSER:
            return tr("The text stays here.")
        case Words.MESSAGE:
            return tr("Your text stands in the chat, marked as not sent.")
        case Words.DRAFT:
            return tr("The text is kept as a draft.")


def _cause(code: str, detail: str) -> str:
    match code:
        case "chat_closed":
            return tr("The chat was closed before this arrived.")
        case "too_long":
            return tr("The server takes at most 4,000 characters.")
        case "not_yours" if detail:
            return tr("{name} has this chat now.", name=detail)
        case "not_yours":
            return tr("A colleague, or the queue, has this chat now.")
        case "too_old":
            return tr("The offer of help had waited for too long, so it was not sent.")
        case "unknown_chat":
            return tr("The server does not know this chat any more.")
        case "no_such_colleague" | "no_place":
            return tr("That colleague has no free place any more. Choose another, or the queue.")
        case "nobody_waits":
            return tr("Nobody waits in the queue any more.")
        case "not_browsing":
            return tr("The visitor is not looking around any more, so nobody was invited.")
        case "invited_already" if detail:
            return tr("{name} has offered help already.", name=detail)
        case "invited_already":
            return tr("A colleague has offered help already.")
        case "not_available":
            return tr("You are away, so nobody was invited.")
        case "no_place_left":
            return tr("You have no place free, so nobody was invited.")
        case "not_offered":
            return tr("This chat is not offered to you any more.")
        case "not_closed":
            return tr("The visitor has not closed this chat, so it is not removed.")
        case "empty":
            return tr("There was no text in it, so nothing was sent.")
        case "unknown_command":
            return tr("The server does not know this act. It may be older than this program.")
        case "note_too_short":
            return tr("A transfer wants a note of at least three words.")
        case "outbox_full":
            return tr("500 messages wait here already, so nothing was sent.")
        case "disk" | "locked" | "corrupt":
            return tr("The disk did not take it, so nothing has changed.")
        case "ended":
            return tr("The connection has ended, so nothing was sent. Start the program again.")
        case _:
            return tr("The server did not take it ({code}).", code=code)
