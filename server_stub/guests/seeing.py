"""How things stand with a guest, read off the floor."""

from operator_tui.desk.entries import Id
from operator_tui.desk.model import Chat
from operator_tui.desk.time import Millis
from server_stub.guests.doings import offered_to
from server_stub.guests.guest import Guest
from server_stub.service.floor import QUEUE, Floor
from server_stub.service.queue import waiting_chats


def open_chat(floor: Floor, visitor: Id) -> Chat | None:
    """The visitor's chat, wherever it stands; None when there is none, or it is closed."""
    last = floor.visits.get(visitor)
    desk = None if last is None else floor.cases[last].desk
    if last is None or desk is None:
        return None
    chat = floor.desks[desk].chats[last]
    return chat if chat.closed_at is None else None


def recall(floor: Floor, guest: Guest) -> None:
    """Find the chat of a visitor who was here before the server went down."""
    if guest.chat is None and (chat := open_chat(floor, guest.id)) is not None:
        guest.recalls(chat)


def look(floor: Floor, guest: Guest, now: Millis) -> None:
    """See what is offered to the guest, or where its chat is now."""
    if guest.chat is None:
        offered = offered_to(floor, guest.id)
        guest.change(invited=None if offered is None else offered[0])
        return
    guest.change(invited=None)
    case = floor.cases.get(guest.chat)
    if case is None or case.desk is None:
        return
    chat, policy = floor.desks[case.desk].chats[guest.chat], floor.desks[case.desk].policy
    guest.change(sharing=chat.sharing_since is not None, preview=policy.typing_preview)
    if case.desk == QUEUE:
        ids = [one.id for one in waiting_chats(floor)]
        guest.waits(ids.index(chat.id) if chat.id in ids else 0, now)
    elif chat.id in floor.offers:
        guest.waits(0, now)
    else:
        guest.talks_with(floor.staff[case.desk].name, now)
