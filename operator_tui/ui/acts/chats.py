"""Acts on a chat as a whole: opening, passing on, closing, removing."""

from typing import TYPE_CHECKING

from operator_tui.desk import urgency
from operator_tui.desk.commands import AcceptChat
from operator_tui.desk.model import Chat

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen


def most_urgent(screen: "DeskScreen") -> None:
    """F2: the most urgent chat that is not open, ready to type (R2)."""
    if screen.desk is None:
        return
    chat = urgency.most_urgent(screen.desk, screen.now, besides=screen.open_chat)
    if chat is not None:
        screen.open(chat.id, write=True)


def open_it(screen: "DeskScreen") -> None:
    """Enter in the list: the chat under the cursor, ready to type."""
    if (chat := screen.situation.cursor) is not None:
        screen.open(chat.id, write=True)


def previous(screen: "DeskScreen") -> None:
    """The chat above the open one, in the order of the list."""
    _step(screen, -1)


def following(screen: "DeskScreen") -> None:
    """The chat below it."""
    _step(screen, +1)


def _step(screen: "DeskScreen", by: int) -> None:
    if screen.desk is None:
        return
    order = [row.chat.id for row in urgency.rows(screen.desk, screen.now)]
    if not order:
        return
    here = order.index(screen.open_chat) if screen.open_chat in order else -1 if by > 0 else 0
    screen.open(order[(here + by) % len(order)], write=screen.panes.writing)


def transfer(screen: "DeskScreen") -> None:
    """F4: to whom, and with what note (R15, R18)."""
    if (chat := _opened(screen)) is not None:
        screen.sheets.transfer(chat)


def closing(screen: "DeskScreen") -> None:
    """F5: the closing protocol (R78 to R83); a chat that its visitor closed is only taken off."""
    chat = screen.situation.subject
    if chat is not None and chat.closed_at is not None:
        remove(screen)
    elif (chat := _opened(screen)) is not None:
        screen.sheets.closing(chat)


def waive(screen: "DeskScreen") -> None:
    """x: a last "thanks" needs no answer."""
    if (chat := screen.situation.subject) is not None:
        screen.undo.waive(chat, screen.local, screen.now)
        screen.feed.tick()


def accept(screen: "DeskScreen") -> None:
    """a: the offered chat under the cursor, or the first of the queue."""
    chat = screen.situation.subject
    offered = chat is not None and chat.passed is not None and chat.passed.offered_until
    screen.outgoing.enter(AcceptChat(chat.id if chat is not None and offered else None))


def invite(screen: "DeskScreen") -> None:
    """i: who looks around without chatting, to offer help (R86)."""
    screen.sheets.browsing()


def remove(screen: "DeskScreen") -> None:
    """d: off the list at once, on the server six seconds later."""
    if (chat := screen.situation.subject) is not None:
        screen.undo.remove(chat, screen.local, screen.panes.hands_on(chat))
        screen.feed.tick()


def undo(screen: "DeskScreen") -> None:
    """Ctrl+Z: the chat, or the debt, is back, and the server never heard of it."""
    gone = screen.undo.take_back()
    screen.feed.tick()
    if gone is not None:
        screen.panes.back_in(gone)


def _opened(screen: "DeskScreen") -> Chat | None:
    """The chat the act is about, opened: what is shown in the pane is what is acted on."""
    chat = screen.situation.subject
    if chat is not None and chat.id != screen.open_chat:
        screen.open(chat.id)
    return chat
