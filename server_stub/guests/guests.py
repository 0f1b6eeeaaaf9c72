"""All visitors of one link: who may come in, and what reaches them of the session."""

import logging
from collections.abc import Callable, Iterator

from operator_tui.desk.entries import Id
from operator_tui.desk.events import ChatClosed, MessageWritten
from server_stub.guests.browser import Browser
from server_stub.guests.doings import Doings
from server_stub.guests.frames import VERSION, FromVisitor, Hello, Refused
from server_stub.guests.guest import Guest, PagePeer
from server_stub.guests.link import Link
from server_stub.guests.lookers import Later, Lookers
from server_stub.guests.seeing import look, recall
from server_stub.house import House
from server_stub.peer import Closing
from server_stub.service.effects import Entered
from server_stub.visitors.acts import GoesTo, Leaves, Returns

log = logging.getLogger(__name__)

VISITORS = 20
"""How many visitors one link lets in at a time."""
AWAY_KEPT = 1_800.0
"""Real seconds for which a visitor who has gone with a chat open keeps a place."""


class Guests:
    """The visitors played by hand. An `Onlooker` of the house; `local` gives real seconds."""

    def __init__(
        self,
        house: House,
        link: Link,
        local: Callable[[], float],
        new_id: Callable[[str], Id],
        later: Later,
    ) -> None:
        self._house, self._link, self._local, self._new_id = house, link, local, new_id
        self._doings = Doings(house, lambda: new_id("chat"))
        self._guests: dict[Id, Guest] = {}
        self._lookers = Lookers(house, self._guests, later)
        house.onlookers.append(self)

    def __iter__(self) -> Iterator[Guest]:
        return iter(tuple(self._guests.values()))

    def admit(self, hello: Hello, browser: Browser, peer: PagePeer) -> tuple[Guest, str]:
        """Let a page in: its visitor and that visitor's key. Raises `Closing` when it may not."""
        if hello.v != VERSION:
            raise Closing(4406, "version")
        if not self._link.opened_by(hello.link):
            raise Closing(4401, "link")
        guest = self._known(hello) or self._new()
        if guest.peer is not None:
            guest.peer.stop(Closing(4409, "fenced"))
        guest.peer, guest.browser, guest.page = peer, browser, hello.page
        if guest.chat is None:
            guest.language = hello.language
        self._comes_back(guest)
        log.info("visitor %s in", guest.id)
        return guest, self._link.key(guest.id)

    def take(self, guest: Guest, frame: FromVisitor) -> Refused | None:
        """Do what the page asks; the refusal when a text was not taken."""
        refused = self._doings.take(guest, frame)
        self._lookers.look()
        guest.ring()
        return refused

    def leave(self, guest: Guest, peer: PagePeer) -> None:
        """The connection has ended; who has a chat open has left the website at once (R33)."""
        if guest.peer is not peer:
            return
        guest.peer, guest.away_from = None, self._local()
        if guest.chat is not None:
            self._house.visit(guest.id, Leaves())
        else:
            self._lookers.goes(guest)
        log.info("visitor %s out", guest.id)

    async def until_kept(self) -> None:
        """Until all that is known of them is kept: no page hears of it before. Raises `Closing`."""
        await self._house.commits.until_kept()

    def lost(self, closing: Closing) -> None:
        """What was not kept has never been: pages come back, as to a server that has started."""
        for guest in self:
            if guest.peer is not None:
                guest.peer.stop(closing)
        self._guests.clear()

    def happened(self, entered: Entered) -> None:
        """An operator wrote to one of ours, or closed its chat."""
        match entered.event:
            case MessageWritten(chat, message):
                if (guest := self._guest_of(chat)) is not None:
                    guest.hears(message, entered.at)
            case ChatClosed(chat, by="operator"):
                if (guest := self._guest_of(chat)) is not None:
                    guest.change(operator=self._house.practice.operator(entered.operator).name)
                    guest.ends("operator", entered.at)
            case _:
                return

    def typed(self, operator: Id, chat: Id) -> None:
        """An operator is typing; only the one who has the chat is shown."""
        guest, case = self._guest_of(chat), self._house.practice.floor.cases.get(chat)
        if guest is not None and guest.peer and case is not None and case.desk == operator:
            guest.peer.types()

    def settled(self) -> None:
        """See where everybody's chat is now."""
        floor, now = self._house.practice.floor, self._house.clock.now()
        for guest in self._guests.values():
            if guest.standing.phase == "none":
                recall(floor, guest)
            look(floor, guest, now)
            guest.change(open=True)
            guest.ring()
        self._lookers.settled()

    def _known(self, hello: Hello) -> Guest | None:
        """Who the page was before; also a visitor that this process has never seen."""
        visitor = hello.visitor
        if visitor is None or not self._link.is_key(visitor, hello.key):
            return None
        return self._guests.get(visitor) or self._let_in(visitor)

    def _new(self) -> Guest:
        return self._let_in(self._new_id("visitor"))

    def _let_in(self, visitor: Id) -> Guest:
        if len(self._guests) >= VISITORS:
            self._forget_the_gone()
        if len(self._guests) >= VISITORS:
            raise Closing(4429, "full")
        begun = self._house.begun
        since = self._house.clock.now() if begun else None
        guest = Guest(visitor, lambda: self._new_id("log"), since)
        guest.change(open=begun)
        self._guests[visitor] = guest
        if begun:
            recall(self._house.practice.floor, guest)
        return guest

    def _forget_the_gone(self) -> None:
        """Make room: who is not here and has nothing open, or has been away for very long."""
        long_ago = self._local() - AWAY_KEPT
        for guest in list(self._guests.values()):
            idle = guest.chat is None or guest.away_from <= long_ago
            if guest.peer is None and idle:
                del self._guests[guest.id]
                self._lookers.forget(guest)

    def _comes_back(self, guest: Guest) -> None:
        """Whoever has a chat open is on the website again, on the page that the hello names."""
        if guest.chat is not None:
            self._house.visit(guest.id, Returns(guest.page))
            self._house.visit(guest.id, GoesTo(guest.page))
        else:
            self._lookers.comes(guest)

    def _guest_of(self, chat: Id) -> Guest | None:
        case = self._house.practice.floor.cases.get(chat)
        guest = None if case is None else self._guests.get(case.visitor)
        return guest if guest is not None and guest.chat == chat else None
