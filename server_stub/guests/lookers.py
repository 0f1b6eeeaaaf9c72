"""Guests in no chat are seen by operators as those who look around, like simulated ones (R86)."""

from collections.abc import Callable
from contextlib import suppress

from operator_tui.desk.entries import Id
from server_stub.guests.doings import person
from server_stub.guests.guest import Guest
from server_stub.guests.link import is_by_hand
from server_stub.guests.seeing import open_chat
from server_stub.house import House
from server_stub.peer import Closing
from server_stub.service.practice import Practice
from server_stub.visitors.acts import Browses, Leaves

GONE_AFTER = 5.0
"""Real seconds: who is back within them has loaded the page again, and never left."""
BACK_WITHIN = 20.0
"""Real seconds after a restart of the server within which pages come back: each tries every 15."""

Later = Callable[[float, Callable[[], None]], object]
"""Does something after so many real seconds, when nobody else is acting."""


class Lookers:
    """Tells the house who looks around, is here no longer, or never came back."""

    def __init__(self, house: House, guests: dict[Id, Guest], later: Later) -> None:
        self._house, self._guests, self._later = house, guests, later
        self._practice: Practice | None = None
        self._calls = False

    def comes(self, guest: Guest) -> None:
        """The guest is here: somebody new, or back, and then perhaps on another page."""
        if not self._house.begun:
            return
        now = self._house.clock.now()
        guest.since = now if guest.since is None else guest.since
        act = Browses(person(guest, guest.name, now), guest.language, guest.page)
        with suppress(Closing):  # without a session nobody is seen; the next one asks again
            self._house.visit(guest.id, act)

    def goes(self, guest: Guest) -> None:
        """The guest's page is closed, or only loaded again."""
        left = guest.away_from
        self._later(GONE_AFTER, lambda: self._gone(guest, left))

    def forget(self, guest: Guest) -> None:
        """The guest has left for certain."""
        guest.since = None
        if self._house.begun and guest.id in self._house.practice.floor.browsing:
            self._leaves(guest.id)

    def look(self) -> None:
        """Have everybody seen who is here, in no chat, and is not seen yet."""
        self._calls = False
        for guest in filter(self._unseen, list(self._guests.values())):
            self.comes(guest)

    def settled(self) -> None:
        """Note who is to be seen; nobody may act now."""
        practice = self._house.practice
        if practice is not self._practice:
            self._practice = practice
            self._later(BACK_WITHIN, self._miss)
        if not self._calls and any(map(self._unseen, self._guests.values())):
            self._calls = True
            self._later(0.0, self.look)

    def _gone(self, guest: Guest, left: float) -> None:
        known = self._guests.get(guest.id) is guest
        if known and guest.peer is None and guest.away_from == left and guest.chat is None:
            self.forget(guest)

    def _miss(self) -> None:
        """Who was here before the server went down, and has not come back, has left (R33)."""
        if not self._house.begun:
            return
        floor = self._house.practice.floor
        chatting = [visitor for visitor in floor.visits if open_chat(floor, visitor)]
        for visitor in (*floor.browsing, *chatting):
            guest = self._guests.get(visitor)
            if is_by_hand(visitor) and (guest is None or guest.peer is None):
                self._leaves(visitor)

    def _leaves(self, visitor: Id) -> None:
        with suppress(Closing):
            self._house.visit(visitor, Leaves())

    def _unseen(self, guest: Guest) -> bool:
        if not self._house.begun or guest.peer is None or guest.chat is not None:
            return False
        floor = self._house.practice.floor
        return guest.id not in floor.browsing and open_chat(floor, guest.id) is None
