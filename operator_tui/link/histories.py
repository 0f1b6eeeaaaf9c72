"""Messages from before what the desk holds, asked for a page at a time."""

from collections.abc import Container, Iterable, Sequence

from operator_tui.desk.entries import Message
from operator_tui.desk.model import Desk
from operator_tui.desk.transcripts import messages_of
from operator_tui.store.ports import StoreError, Transcripts
from operator_tui.wire.frames import History, Page


class Histories:
    """What was asked for, what came, and where there is nothing more.

    A page is also added to the transcripts, so that it is there without the server, too.
    """

    def __init__(self, transcripts: Transcripts | None = None) -> None:
        self.older: dict[str, tuple[Message, ...]] = {}
        self._transcripts = transcripts
        self._asked: set[str] = set()
        self._looking: set[str] = set()
        self._ended: set[str] = set()
        self._snapshots = 0

    async def want(self, desk: Desk | None, chat: str, *, live: bool) -> History | None:
        """What comes before is wanted: the frame that asks for it, if it is to be asked for.

        While there is no server to ask, what is kept here is taken instead.
        """
        if desk is None or chat not in desk.chats:
            return None
        if chat in self._asked | self._looking | self._ended:
            return None
        if not live:
            await self._look_up(desk, chat)
            return None
        self._asked.add(chat)
        return History(chat, self._oldest(desk, chat))

    async def take(self, frames: Iterable[object]) -> None:
        """Pages may be among the frames that came; one that was not asked for is let go."""
        for frame in frames:
            if isinstance(frame, Page) and frame.chat in self._asked:
                await self._take(frame)

    async def _take(self, page: Page) -> None:
        self._asked.discard(page.chat)
        self._add(page.chat, page.messages, more=page.more and bool(page.messages))
        if self._transcripts is not None and page.messages:
            try:
                await self._transcripts.merge(page.chat, page.messages)
            except StoreError:  # it is on the screen, and can be asked for again
                return

    async def _look_up(self, desk: Desk, chat: str) -> None:
        if self._transcripts is None:
            return
        self._looking.add(chat)
        snapshots = self._snapshots
        try:
            found = await self._transcripts.older(chat, self._oldest(desk, chat))
        except StoreError:
            return
        finally:
            self._looking.discard(chat)
        if snapshots == self._snapshots:  # else what was found may not stand right before the desk
            self._add(chat, found, more=True)

    def lost(self) -> None:
        """The connection is gone, and with it the answers under way."""
        self._asked.clear()

    def follow(self, desk: Desk | None, *, anew: bool) -> None:
        """The desk is this one now; `anew`: a snapshot came."""
        if anew:
            self.forget()
        if desk is not None:
            self.only(desk.chats)

    def forget(self) -> None:
        """A snapshot came: what stood before its messages may not stand right before them."""
        self.older = {}
        self._snapshots += 1
        self._asked.clear()
        self._ended.clear()

    def only(self, chats: Container[str]) -> None:
        """Let go of what was brought for other chats: they are gone."""
        if any(chat not in chats for chat in self.older):
            self.older = {chat: one for chat, one in self.older.items() if chat in chats}
        self._ended = {chat for chat in self._ended if chat in chats}

    def _add(self, chat: str, messages: Sequence[Message], *, more: bool) -> None:
        there = self.older.get(chat, ())
        known = {message.id for message in there}
        new = (message for message in messages if message.id not in known)
        self.older = self.older | {chat: (*new, *there)}
        if not more:
            self._ended.add(chat)

    def _oldest(self, desk: Desk, chat: str) -> str | None:
        known = (*self.older.get(chat, ()), *messages_of(desk.chats[chat].timeline))
        return next((message.id for message in known), None)
