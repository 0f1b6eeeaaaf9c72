"""What a visitor does on the page, as acts of the same language that simulated visitors speak."""

from collections.abc import Callable
from typing import TypeAlias

from operator_tui.desk.entries import Id, Language
from operator_tui.desk.model import Channel, Earlier, Visitor
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.time import Millis
from server_stub.guests.frames import (
    NAME_LIMIT,
    TYPING_LASTS,
    Accepts,
    Closes,
    Declines,
    FromVisitor,
    Goes,
    Hello,
    Help,
    Rates,
    Refused,
    Say,
    Shares,
    Start,
    Typing,
)
from server_stub.guests.guest import Guest
from server_stub.house import House
from server_stub.peer import Closing
from server_stub.service.browsing import offer_taken
from server_stub.service.floor import QUEUE, Floor
from server_stub.visitors import acts

Offered: TypeAlias = tuple[Help, Millis]
"""Help, and when it was offered."""


class Doings:
    """Brings acts into the house. `new_chat` names chats: no page does."""

    def __init__(self, house: House, new_chat: Callable[[], Id]) -> None:
        self._house, self._new_chat = house, new_chat

    def take(self, guest: Guest, frame: FromVisitor) -> Refused | None:
        """Do what the page asks. What makes no sense now changes nothing."""
        match frame:
            case Start() | Say():
                return None if guest.knows(frame.id) else self._words(guest, frame)
            case Hello():
                raise Closing(4400, "bad_frame")
            case Rates(stars):
                self._rate(guest, stars)
            case Goes():
                self._goes(guest, frame)
            case Accepts():
                self._accept(guest, frame)
            case Declines():
                if guest.chat is None and self._house.begun:
                    self._house.visit(guest.id, acts.IgnoresInvitation())
            case Typing() | Shares() | Closes():
                self._act(guest, _act(frame))
        if isinstance(frame, Closes) and guest.chat is not None:
            guest.ends("visitor", self._house.clock.now())
        return None

    def _words(self, guest: Guest, frame: Start | Say) -> Refused | None:
        """A first question or a message: taken, or refused with the reason."""
        if (code := self._objection(guest, frame)) is not None:
            return Refused(frame.id, code)
        now, opens = self._house.clock.now(), None
        if isinstance(frame, Start):
            opens = self._opens(guest, frame.name, frame.language, frame.channel)
        elif guest.chat is None:
            opens = self._opens(guest, guest.name, guest.language, Channel.MESSAGING)
        elif guest.standing.channel is Channel.MESSAGING:
            self._reactivate(guest)
        guest.wrote(frame.id, frame.text, now)
        if opens is not None:
            self._act(guest, opens)
        self._act(guest, acts.Says(frame.text))
        return None

    def _objection(self, guest: Guest, frame: Start | Say) -> str | None:
        """Why it cannot be taken. A messaging chat that has ended goes on when one writes."""
        if not self._house.begun:
            return "not_open"
        if not frame.text.strip():
            return "empty"
        if isinstance(frame, Start):
            return None if guest.chat is None else "chat_open"
        goes_on = guest.standing.channel is Channel.MESSAGING and guest.chats > 0
        return None if guest.chat is not None or goes_on else "no_chat"

    def _goes(self, guest: Guest, frame: Goes) -> None:
        """Another page; who is in no chat is seen there, and in which language."""
        guest.page = frame.page
        if guest.chat is not None:
            self._house.visit(guest.id, acts.GoesTo(frame.page))
            return
        guest.language = frame.language
        if self._house.begun:
            visitor = person(guest, guest.name, self._house.clock.now())
            self._house.visit(guest.id, acts.Browses(visitor, guest.language, guest.page))

    def _accept(self, guest: Guest, frame: Accepts) -> None:
        """Yes to what was offered, late too; where nothing was there is nothing to take."""
        if guest.chat is None and self._offered(guest, late=True) is not None:
            name = clean(frame.name[:NAME_LIMIT], SafeLine) or guest.name
            opens = self._opens(guest, name, frame.language, frame.channel, invited=True)
            self._act(guest, opens)

    def _offered(self, guest: Guest, *, late: bool) -> Offered | None:
        house = self._house
        return offered_to(house.practice.floor, guest.id, late=late) if house.begun else None

    def _opens(
        self,
        guest: Guest,
        name: SafeLine,
        language: Language,
        channel: Channel,
        *,
        invited: bool = False,
    ) -> acts.Opens:
        visitor = person(guest, name, self._house.clock.now())
        chat, offered = self._new_chat(), self._offered(guest, late=invited)
        guest.begins(chat, name, language, channel)
        if offered is not None:
            guest.was_offered(*offered)
        return acts.Opens(visitor, channel, language, chat, guest.page, invited=invited)

    def _reactivate(self, guest: Guest) -> None:
        """A messaging chat that was silent for half a day comes back as a boomerang (R25)."""
        house = self._house
        silence = 0 if guest.last_at is None else house.clock.now() - guest.last_at
        if silence >= house.practice.desk(QUEUE).policy.boomerang_from:
            self._act(guest, acts.Reactivates(silence))

    def _rate(self, guest: Guest, stars: int) -> None:
        """Once, and only when the chat has ended."""
        if guest.standing.phase == "ended" and not guest.standing.stars:
            self._house.visit(guest.id, acts.Rates(stars))
            guest.change(stars=stars)

    def _act(self, guest: Guest, act: acts.Act) -> None:
        if guest.chat is not None:
            self._house.visit(guest.id, act)


def offered_to(floor: Floor, visitor: Id, *, late: bool = False) -> Offered | None:
    """The help that a chat of the visitor would begin with; one not taken in time if `late`."""
    looking = floor.browsing.get(visitor)
    taken = None if looking is None else offer_taken(looking, asked=late)
    return None if taken is None else (Help(taken[0].by, taken[1].text), taken[0].at)


def person(guest: Guest, name: SafeLine, now: Millis) -> Visitor:
    """The guest as operators see one; `now` is when it came, if that is not known."""
    browser = guest.browser
    return Visitor(
        id=guest.id,
        name=name,
        system=browser.system,
        browser=browser.browser,
        device=browser.device,
        on_site_since=now if guest.since is None else guest.since,
        earlier=Earlier(guest.chats, guest.last_at if guest.chats else None),
    )


def _act(frame: Typing | Shares | Closes) -> acts.Act:
    match frame:
        case Typing(on, text):
            return acts.Types(TYPING_LASTS if on else 0, str(text))
        case Shares(on=True, shows=shows):
            return acts.SharesScreen(shows)
        case Shares():
            return acts.StopsSharing()
        case Closes():
            return acts.Closes()
