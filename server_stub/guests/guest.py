"""One visitor played by hand, as the house knows it: what it may read, and how it stands."""

from collections import deque
from collections.abc import Callable
from typing import Literal, Protocol

from msgspec import structs

from operator_tui.desk.entries import (
    NO_ADDRESS,
    NO_LINE,
    NO_TEXT,
    AuthorKind,
    Id,
    Language,
    Message,
)
from operator_tui.desk.model import Channel, Chat
from operator_tui.desk.text import SafeAddress, SafeLine, SafeText
from operator_tui.desk.time import Millis
from server_stub.guests.browser import Browser
from server_stub.guests.frames import Entry, Help, Standing
from server_stub.peer import Closing

ENTRIES_KEPT = 1_000
"""Lines of one conversation; the oldest go first."""
IDS_KEPT = 1_000
"""Messages of a page known by its own ids: one sent again is one of these."""

Kind = Literal["visitor", "operator", "automatic", "joined", "passed_on", "ended"]


class PagePeer(Protocol):
    """A page's connection, as its visitor sees it: told that there is news, it fetches it."""

    def ring(self) -> None:
        """There is more to read, or things stand otherwise."""
        ...

    def types(self) -> None:
        """The operator is typing."""
        ...

    def stop(self, closing: Closing) -> None:
        """Say no more and close."""
        ...


class Guest:
    """A visitor and its conversation. `entries` is the log that connections have cursors into."""

    def __init__(self, ident: Id, new_log: Callable[[], Id], since: Millis | None) -> None:
        self.id = ident
        self.browser = Browser()
        self.since = since
        """When the visitor came to the shop, by the session's clock; None: it will be set."""
        self.page: SafeAddress = NO_ADDRESS
        self.peer: PagePeer | None = None
        self.away_from = 0.0
        """Real seconds at which the last connection ended."""
        self.chat: Id | None = None
        """The chat that is open."""
        self.chats = 0
        self.last_at: Millis | None = None
        """When anybody last wrote."""
        self.name: SafeLine = NO_LINE
        self.language: Language = "en"
        self.standing = Standing(new_log())
        self.entries: deque[Entry] = deque(maxlen=ENTRIES_KEPT)
        self._new_log = new_log
        self.count = 0
        """The number of the last entry."""
        self._ids: dict[Id, None] = {}
        self._heard: Id | None = None

    def change(self, **changes: object) -> None:
        """Let things stand otherwise in these points."""
        self.standing = structs.replace(self.standing, **changes)

    def ring(self) -> None:
        """Tell the page, if it is there, that there is something to fetch."""
        if self.peer is not None:
            self.peer.ring()

    def knows(self, ident: Id) -> bool:
        """Whether a message with this id of the page's own has been taken already."""
        return ident in self._ids

    def wrote(self, ident: Id, text: SafeText, at: Millis) -> None:
        """The visitor's own message was taken."""
        self._ids[ident] = None
        if len(self._ids) > IDS_KEPT:
            del self._ids[next(iter(self._ids))]
        self.last_at = at
        self._enter("visitor", at, text=text, ident=ident)

    def begins(self, chat: Id, name: SafeLine, language: Language, channel: Channel) -> None:
        """A chat is asked for. On the web the conversation starts with an empty page (R84)."""
        if channel is not Channel.MESSAGING or self.standing.channel is not channel:
            self._clear()
        self.chat, self.name, self.language = chat, name, language
        self.chats += 1
        self.change(phase="waiting", operator=NO_LINE, by=None, ahead=0, stars=0, channel=channel)

    def was_offered(self, offer: Help, at: Millis) -> None:
        """The chat began with an invitation: its words come first."""
        self._enter("operator", at, name=offer.by, text=offer.text)

    def talks_with(self, operator: SafeLine, at: Millis) -> None:
        """The operator has the chat; said once."""
        if self.standing.phase == "talking" and self.standing.operator == operator:
            return
        self._enter("joined", at, name=operator)
        self.change(phase="talking", operator=operator, ahead=0)

    def waits(self, ahead: int, at: Millis) -> None:
        """The chat is in the queue, or offered to somebody; who has had an operator is told."""
        if self.standing.phase == "talking":
            self._enter("passed_on", at, name=self.standing.operator)
        self.change(phase="waiting", ahead=ahead)

    def hears(self, message: Message, at: Millis) -> None:
        """Somebody else wrote. Notes are not for visitors; nothing is heard twice."""
        own = message.author.kind is AuthorKind.VISITOR
        if message.note or own or message.id == self._heard:
            return
        self._heard, self.last_at = message.id, at
        if message.author.kind is AuthorKind.AUTOMATIC:
            self._enter("automatic", message.at, text=message.text)
            return
        self.talks_with(message.author.name, at)
        self._enter("operator", message.at, name=message.author.name, text=message.text)

    def ends(self, by: Literal["visitor", "operator"], at: Millis) -> None:
        """The chat is over. On the web the conversation is gone with it (R84, R85)."""
        self.chat = None
        if self.standing.channel is Channel.WEB:
            self._clear()
        else:
            self._enter("ended", at, name=self.standing.operator)
        self.since = None if self.peer is None else self.since
        self.change(phase="ended", by=by, ahead=0, sharing=False)

    def recalls(self, chat: Chat) -> None:
        """The house went down and came up again: what the chat's own record still says."""
        self.chat, self.name, self.language = chat.id, chat.visitor.name, chat.language
        self.chats = max(self.chats, 1)
        self.change(phase="waiting", channel=chat.channel)
        for entry in chat.timeline:
            if not isinstance(entry, Message):
                continue
            if entry.author.kind is AuthorKind.VISITOR:
                self._enter("visitor", entry.at, text=entry.text)
                self.last_at = entry.at
            else:
                self.hears(entry, entry.at)

    def _clear(self) -> None:
        self.entries.clear()
        self.count = 0
        self.change(log=self._new_log())

    def _enter(
        self,
        kind: Kind,
        at: Millis,
        *,
        name: SafeLine = NO_LINE,
        text: SafeText = NO_TEXT,
        ident: Id | None = None,
    ) -> None:
        self.count += 1
        self.entries.append(Entry(self.count, at, kind, name, text, ident))
