"""Who speaks, to whom, and how far it has come: the words and inks of a message."""

from typing import assert_never

from operator_tui.desk.entries import AuthorKind, Delivery, Message
from operator_tui.ui.look import Look
from operator_tui.ui.words import tr

GROUND = "ground.background"
NOTE_GROUND = "author.note_ground"


def ground_of(message: Message) -> str:
    """A note has a ground of its own, so that it never looks like a reply."""
    return NOTE_GROUND if message.note else GROUND


def author_words(message: Message, visitor: str, *, own: bool) -> str:
    """Who speaks, on the first line; `visitor` is what a visitor without a name is called."""
    name = message.author.name
    if message.note:
        return tr("your note") if own else tr("note by {name}", name=name)
    match message.author.kind:
        case AuthorKind.VISITOR:
            return name or visitor
        case AuthorKind.OPERATOR:
            return tr("you") if own else name or tr("a colleague")
        case AuthorKind.AUTOMATIC:
            return tr("automatic message")
        case _:
            assert_never(message.author.kind)


def state_words(message: Message, look: Look, width: int, *, own: bool) -> str:
    """How far a message of this desk has come; of a note, who reads it."""
    match message.delivery:
        case Delivery.SENT if message.note:
            return tr("only colleagues see this") if width > 48 else tr("internal")
        case Delivery.SENT:
            return tr("sent") + f" {look.icons.tick}" if own else ""
        case Delivery.SENDING:
            return tr("sending")
        case Delivery.WAITING:
            return tr("waiting")
        case Delivery.HELD:
            return tr("held")
        case Delivery.REFUSED:
            return tr("not sent")
        case _:
            assert_never(message.delivery)


def is_own(message: Message, operator_id: str) -> bool:
    """Whether this operator wrote it, at whatever desk; who has no id may be anybody."""
    author = message.author
    return author.kind is AuthorKind.OPERATOR and author.id == operator_id


def name_ink(message: Message) -> str:
    """The ink of the name on a first line."""
    if message.note:
        return "author.note"
    match message.author.kind:
        case AuthorKind.VISITOR:
            return "author.visitor"
        case AuthorKind.OPERATOR:
            return "author.operator"
        case AuthorKind.AUTOMATIC:
            return "ink.muted"
        case _:
            assert_never(message.author.kind)


def state_ink(message: Message) -> str:
    """The ink of the delivery state, and of what is asked about it."""
    if message.delivery is Delivery.HELD:
        return "signal.held"
    if message.delivery is Delivery.REFUSED:
        return "signal.error"
    return "author.note" if message.note else "ink.muted"


def bar_ink(message: Message, debt: str | None) -> str:
    """The ink of the bar; `debt` is that of an unanswered message (the bar is the debt)."""
    if message.delivery in (Delivery.HELD, Delivery.REFUSED):
        return state_ink(message)
    if message.note:
        return "author.note"
    match message.author.kind:
        case AuthorKind.VISITOR:
            return debt or "ground.rule"
        case AuthorKind.OPERATOR:
            return "author.operator"
        case AuthorKind.AUTOMATIC:
            return "ink.muted"
        case _:
            assert_never(message.author.kind)
