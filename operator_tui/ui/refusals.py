"""Why the server, or this machine, did not take what the operator entered: codes to sentences."""

from operator_tui.ui.words import tr


def refusal(code: str, detail: str = "") -> str:
    """The sentence for a code: what, why, what now. An unknown code is told as it is."""
    match code:
        case "chat_closed":
            return tr("The chat was closed before this arrived. The text is kept as a draft.")
        case "too_long":
            return tr("The server takes at most 4,000 characters. The text is kept as a draft.")
        case "not_yours" if detail:
            return tr("{name} has this chat now. The text is kept as a draft.", name=detail)
        case "not_yours":
            return tr("A colleague has this chat now. The text is kept as a draft.")
        case "unknown_chat":
            return tr("The server does not know this chat any more. The text is kept as a draft.")
        case "no_such_colleague" | "no_place":
            return tr("That colleague has no free place any more. Choose another, or the queue.")
        case "nobody_waits":
            return tr("Nobody waits in the queue any more.")
        case "not_browsing":
            return tr("The visitor does not look around any more, so nobody was invited.")
        case "invited_already":
            return tr("{name} has offered help already.", name=detail)
        case "not_available" | "no_place_left":
            return tr("Nobody was invited: you are away, or have no place free.")
        case "note_too_short":
            return tr("A transfer wants a note of at least three words.")
        case "outbox_full":
            return tr("500 messages wait here already. This one stays in the composer.")
        case "disk" | "locked" | "corrupt":
            return tr("The disk did not take it, so it is not sent. The text stays here.")
        case _:
            return tr("The server did not take it ({code}).", code=code)
