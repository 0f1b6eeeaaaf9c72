"""A turn: one transaction of the reception in the making."""

from collections.abc import Collection
from typing import Any

from msgspec import Struct, structs

from operator_tui.desk.advance import advance
from operator_tui.desk.entries import Author, Canned, Id, Message, Origin
from operator_tui.desk.events import ChatClosed, ChatRemoved, Event, Logged, MessageWritten
from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.places import places_taken
from operator_tui.desk.signals import Signal
from operator_tui.desk.text import SafeText
from operator_tui.desk.time import Millis
from server_stub.service.cutting import cut_event, message_id
from server_stub.service.effects import Effect, Entered, RefusalError, Refused, Signalled
from server_stub.service.floor import KEPT_OVER, QUEUE, Case, Floor, Offer, Over


class Turned(Struct, frozen=True, eq=False):
    """What came of a turn: the floor after it, and what to do once the ledger has kept it."""

    floor: Floor
    effects: tuple[Effect, ...] = ()
    refused: Refused | None = None


class Turn:
    """Collects events and effects at the one moment `now`; its floor is adopted whole or never."""

    def __init__(self, floor: Floor, now: Millis) -> None:
        self.floor = floor
        self.now = now
        self.effects: list[Effect] = []

    def done(self) -> Turned:
        """The turn, finished."""
        return Turned(self.floor, tuple(self.effects))

    def desk(self, desk: Id) -> Desk:
        """The desk of an operator, or the queue."""
        return self.floor.desks[desk]

    def log(self, desk: Id, event: Event) -> None:
        """Fold the event into the desk, and have it entered in the operator's log.

        The server's own desk keeps chats whole; only what is logged is cut to a frame.
        """
        before = self.desk(desk)
        after = advance(before, Logged(before.seq + 1, self.now, event))
        self.change(desks=self.floor.desks | {desk: after})
        if desk != QUEUE:
            self.effects.append(Entered(desk, self.now, cut_event(event)))

    def write(
        self,
        chat: Id,
        author: Author,
        text: SafeText,
        *,
        note: bool = False,
        canned: Canned | None = None,
        origin: Origin | None = None,
    ) -> None:
        """Log a message on the desk where the chat stands, under the chat's next number."""
        message = self.numbered(chat, author, text, note=note, canned=canned, origin=origin)
        self.log(self.home(chat), MessageWritten(chat, message))

    def numbered(
        self,
        chat: Id,
        author: Author,
        text: SafeText,
        *,
        note: bool = False,
        canned: Canned | None = None,
        origin: Origin | None = None,
    ) -> Message:
        """The chat's next message."""
        number = self.floor.cases[chat].messages + 1
        self.change_case(chat, messages=number)
        ident = message_id(chat, number)
        return Message(ident, author, text, self.now, note=note, canned=canned, origin=origin)

    def home(self, chat: Id) -> Id:
        """The desk a chat stands on; it must stand on one."""
        desk = self.floor.cases[chat].desk
        if desk is None:
            raise RefusalError("chat_closed")
        return desk

    def chat_of(self, chat: Id) -> Chat:
        """The chat, whole, wherever it stands."""
        return self.desk(self.home(chat)).chats[chat]

    def change(self, **changes: Any) -> None:  # noqa: ANN401
        """Change a part of the floor."""
        self.floor = structs.replace(self.floor, **changes)

    def open_case(self, chat: Id, case: Case) -> None:
        """Begin to know a chat."""
        self.change(
            cases=self.floor.cases | {chat: case},
            visits=self.floor.visits | {case.visitor: chat},
        )

    def change_case(self, chat: Id, **changes: Any) -> None:  # noqa: ANN401
        """Change what the reception knows of a chat."""
        case = structs.replace(self.floor.cases[chat], **changes)
        self.change(cases=self.floor.cases | {chat: case})

    def end(self, event: ChatClosed | ChatRemoved) -> None:
        """Log the event that takes a chat off its desk for good; it can still be read."""
        chat, desk = self.chat_of(event.chat), self.home(event.chat)
        self.log(desk, event)
        self.change_case(chat.id, desk=None, ended_with=None if desk == QUEUE else desk)
        self.change(over=self.floor.over | {chat.id: Over(lambda: chat)})
        self._forget(list(self.floor.over)[:-KEPT_OVER])

    def _forget(self, chats: Collection[Id]) -> None:
        """Know nothing more of chats that ended long ago; their ids would be new ones."""
        if chats:
            floor = self.floor
            self.change(
                over={key: chat for key, chat in floor.over.items() if key not in chats},
                cases={key: case for key, case in floor.cases.items() if key not in chats},
                visits={who: last for who, last in floor.visits.items() if last not in chats},
            )

    def offer(self, chat: Id, offer: Offer | None) -> None:
        """Remember a transfer that waits to be accepted, or forget it."""
        rest = {key: value for key, value in self.floor.offers.items() if key != chat}
        self.change(offers=rest if offer is None else rest | {chat: offer})

    def signal(self, operator: Id, signal: Signal, ttl: Millis) -> None:
        """Tell an operator something that stands in no log."""
        if operator != QUEUE:
            self.effects.append(Signalled(operator, signal, ttl))

    def free_places(self, operator: Id) -> int:
        """How many more chats may come by themselves; below 0 above the limit."""
        desk = self.desk(operator)
        return desk.policy.places - places_taken(desk, self.now)
