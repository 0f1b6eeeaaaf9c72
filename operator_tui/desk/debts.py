"""What a chat owes its visitor: what makes the debt, and what clears it (design, "Attention")."""

from msgspec import structs

from operator_tui.desk.entries import AuthorKind, Line, LineKind, Message
from operator_tui.desk.lines import entered
from operator_tui.desk.model import Chat
from operator_tui.desk.time import Millis


def asked(chat: Chat, at: Millis) -> Chat:
    """The chat after one more message of the visitor, written at `at`."""
    return structs.replace(
        chat,
        unanswered=chat.unanswered + 1,
        owed_since=at if chat.owed_since is None else chat.owed_since,
        owed_last=at,
    )


def answered(chat: Chat, at: Millis) -> Chat:
    """The chat with nothing owed: an operator wrote at `at`, or said that no answer is needed."""
    return structs.replace(chat, unanswered=0, owed_since=None, owed_last=None, answered_at=at)


def written(chat: Chat, at: Millis) -> Chat:
    """The chat after *this* operator wrote at `at`: no longer new, passed on or back."""
    return structs.replace(answered(chat, at), written=True, passed=None, reactivated=None)


def waived(chat: Chat, at: Millis) -> Chat:
    """The chat after the operator said that no answer is needed: as answered, not as written."""
    return entered(answered(chat, at), Line(LineKind.NO_ANSWER_NEEDED, at))


def owed(chat: Chat) -> tuple[Message, ...]:
    """The visitor's messages that nobody has answered, oldest first.

    Fewer than `chat.unanswered` where the timeline no longer holds the older ones.
    """
    found: list[Message] = []
    for entry in reversed(chat.timeline):
        if len(found) >= chat.unanswered:
            break
        if isinstance(entry, Message) and entry.author.kind is AuthorKind.VISITOR:
            found.append(entry)
    return tuple(reversed(found))
