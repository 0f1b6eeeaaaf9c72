"""What a restart finds again: drafts, the open chat, how far it is scrolled. A second behind."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from msgspec import structs
from textual.timer import Timer

from operator_tui.desk.drafts import NO_DRAFT, Draft
from operator_tui.desk.entries import Id
from operator_tui.desk.kept import DraftKey
from operator_tui.link.backend import NotEnteredError
from operator_tui.store.ports import Leftovers, StoreError, View
from operator_tui.ui.widgets.conversation import Conversation
from operator_tui.ui.words import tr, trn

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen

AFTER = 0.5
"""Local seconds from the first change that is not on the disk to writing all of them."""

AGAIN = 3.0
"""Local seconds after which a disk that took nothing is tried again."""


class Keeping:
    """Writes to the disk what changed, many changes at once, and shows at the start what it has."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._drafts: dict[DraftKey, Draft] = {}
        self._view = screen.setup.drafts.view
        self._shown = False
        self._waits = False
        self._again: Timer | None = None
        """The disk took nothing: once more."""
        self._writing = asyncio.Lock()
        """One flush after the other: an older draft never comes after a newer one."""

    def draft(self, key: DraftKey, draft: Draft) -> None:
        """This draft is to be kept; an empty one is to be forgotten."""
        self._drafts[key] = draft
        self.soon()

    def entered(self, key: DraftKey) -> None:
        """The draft goes into the outbox, which takes it off the disk: it must not come back."""
        self._drafts.pop(key, None)

    async def instead(
        self, key: DraftKey, draft: Draft, let_go: Callable[[], Awaitable[None]]
    ) -> None:
        """Have `draft` on the disk in the place of what is there, and only then `let_go` of what
        it was made of; when that fails it is put back.

        Raises `StoreError`, or what `let_go` raises: then nothing has changed.
        """
        kept = self._screen.setup.drafts
        async with self._writing:
            was = self._drafts.pop(key, None) or await kept.load(key)
            try:
                await kept.save(key, draft)
                await let_go()
            except (StoreError, NotEnteredError):
                self._drafts.setdefault(key, was)
                self.soon()
                raise

    def soon(self) -> None:
        """Something changed."""
        if not self._waits:
            self._waits = True
            self._screen.set_timer(AFTER, self.now)

    def now(self) -> None:
        """Write what changed, without waiting for it."""
        self._waits, self._again = False, None
        self._screen.run_worker(self.flush(), group="keeping")

    async def flush(self) -> None:
        """Write what changed, and wait for it: the program is about to end."""
        try:
            async with self._writing:
                await self._write_drafts()
                await self._write_view()
        except StoreError:
            self._screen.advice.refuse_too(tr("The draft could not be written to the disk."))
            self._again = self._again or self._screen.set_timer(AGAIN, self.now)

    async def _write_drafts(self) -> None:
        # One by one, each as it is when its turn comes: meanwhile it may be newer, or sent.
        kept = self._screen.setup.drafts
        while self._drafts:
            key, draft = next(iter(self._drafts.items()))
            await kept.save(key, draft)
            if self._drafts.get(key) is draft:
                del self._drafts[key]

    async def _write_view(self) -> None:
        if (view := self._seen()) != self._view:
            await self._screen.setup.drafts.look(view)
            self._view = view

    def show(self) -> None:
        """Once there is a desk: what stood on the screen when the program ended."""
        screen, view = self._screen, self._view
        if self._shown or screen.desk is None:
            return
        self._shown = True
        if (leftovers := screen.setup.leftovers) is not None:
            asked = self._look_elsewhere(leftovers, screen.desk.operator.id)
            screen.run_worker(asked, group="leftovers")
        screen.query_one(Conversation).reader.remember(view.spots)
        if view.chat is not None and view.chat in screen.desk.chats and screen.open_chat is None:
            begun = screen.setup.drafts.kept.get(DraftKey(view.chat, view.note), NO_DRAFT)
            screen.open(view.chat, write=bool(begun.text))
            screen.pen.write_note(view.note)

    async def _look_elsewhere(self, leftovers: Leftovers, operator: Id) -> None:
        """After a token was changed: now it is known whose desk this is."""
        if unsent := await leftovers.unsent(operator):
            self._screen.advice.tell(
                trn(
                    "From before your token was changed, {n} text or act may not have been sent."
                    " Quit and start again to take it over.",
                    "From before your token was changed, {n} texts or acts may not have been sent."
                    " Quit and start again to take them over.",
                    unsent,
                )
            )

    def _seen(self) -> View:
        screen = self._screen
        chats = screen.desk.chats if screen.desk is not None else {}
        if not self._shown:
            return self._view
        reader = screen.query_one(Conversation).reader
        reader.only(chats)
        kept = {chat: spot for chat, spot in reader.spots.items() if chat in chats}
        chat = screen.open_chat if screen.open_chat in chats else None
        return structs.replace(self._view, chat=chat, note=screen.note, spots=kept)
