"""What is being written, chat by chat, and its way into the outbox."""

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import structs

from operator_tui.desk import canned, drafts
from operator_tui.desk.commands import Command, TickStep, WriteMessage, WriteNote
from operator_tui.desk.drafts import NO_DRAFT, Draft
from operator_tui.desk.kept import DraftKey
from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.text import SafeText
from operator_tui.link.backend import NotEnteredError
from operator_tui.ui import refusals
from operator_tui.ui.names import visitor_name
from operator_tui.ui.refusals import Words
from operator_tui.ui.render.decision import Decision
from operator_tui.ui.screens import stock
from operator_tui.ui.widgets.composer import Composer
from operator_tui.ui.widgets.conversation import Conversation

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen


class Pen:
    """The drafts of all chats, the composer that shows one of them, and Enter."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._drafts: dict[DraftKey, Draft] = dict(screen.setup.drafts.kept)

    @property
    def composer(self) -> Composer:
        """The one composer of the desk."""
        return self._screen.query_one(Composer)

    @property
    def typed_in(self) -> str | None:
        """The chat that the operator is typing in: it rings no bell."""
        screen = self._screen
        return screen.open_chat if screen.panes.writing and self.composer.text else None

    @property
    def can_undo(self) -> bool:
        """Whether Ctrl+Z is the composer's: the hands are in it, and something was typed."""
        return self._screen.panes.writing and self.composer.can_undo

    def over(self, desk: Desk) -> Desk:
        """The desk with "draft" marked on the chats that have one."""
        drafted = {key.chat for key in self._drafts} & desk.chats.keys()
        marked = {key: _marked(desk.chats[key]) for key in drafted}
        return structs.replace(desk, chats=desk.chats | marked) if marked else desk

    def has_draft(self, chat: str) -> bool:
        """Whether a reply or a note is begun there."""
        return any(key.chat == chat for key in self._drafts)

    @property
    def stranded(self) -> dict[DraftKey, Draft]:
        """Texts that reached nobody: their chat is not on this desk any more."""
        chats = self._screen.desk.chats if self._screen.desk is not None else {}
        return {key: draft for key, draft in self._drafts.items() if key.chat not in chats}

    def drop(self, key: DraftKey) -> None:
        """Discard a text."""
        self._put(key, NO_DRAFT)

    def load(self, chat: Chat, *, note: bool) -> None:
        """Show the draft of `chat`, of its reply or its note."""
        composer = self.composer
        self._put_shown()
        self._screen.keeping.now()
        composer.chat_id, composer.note = chat.id, note
        composer.load(self._drafts.get(DraftKey(chat.id, note), NO_DRAFT))
        self.address(chat)

    def write_note(self, note: bool) -> None:
        """Go to and fro between reply and internal note; each keeps its own draft."""
        screen = self._screen
        if screen.chat is not None and note != screen.note:
            screen.note = note
            self.load(screen.chat, note=note)
            screen.advice.show()
            screen.show_hints()

    def address(self, chat: Chat) -> None:
        """Keep the recipient's name and what Up recalls true."""
        screen, composer = self._screen, self.composer
        composer.recipient = visitor_name(chat.visitor)
        composer.closed = chat.closed_at is not None
        if screen.desk is not None:
            me = screen.desk.operator.id
            composer.recall = drafts.last_own(chat, me, note=screen.note)

    def changed(self, event: Composer.DraftChanged) -> None:
        """The draft goes where a restart finds it; colleagues learn that this chat is in hand."""
        if DraftKey(event.chat, event.note) == self.composer.key:
            self._put_shown()
        if event.draft.text and not event.note:
            self._screen.backend.typing(event.chat)

    def _put_shown(self) -> None:
        """What the composer shows is the truth: what it told before may still be on its way."""
        if self.composer.key.chat:
            self._put(self.composer.key, self.composer.draft)

    def insert(self, reply: canned.CannedReply, *, select_blank: bool = False) -> None:
        """A canned reply at the cursor, names filled in."""
        screen = self._screen
        if screen.chat is None:
            return
        values = stock.values(screen.desk, screen.chat)
        self.composer.insert_reply(reply, values, select_blank=select_blank)
        screen.panes.to_composer()

    def say(self, ready: canned.Ready) -> None:
        """A reply of one key, its first blank selected if it has one; never into a note."""
        screen = self._screen
        if screen.chat is not None:
            reply = canned.of_id(stock.replies(screen.setup, screen.chat), ready)
            if reply is not None:
                self.write_note(False)
                self.composer.to_new_paragraph()
                self.insert(reply, select_blank=True)

    async def submitted(self, event: Composer.Submitted) -> None:
        """Enter: into the outbox, and only then out of the composer."""
        key = DraftKey(event.chat, event.note)
        chat = self._screen.desk.chats.get(event.chat) if self._screen.desk else None
        if chat is None or (chat.closed_at is not None and not event.note):
            self._refused("chat_closed", event)
            return
        message, ticks = _commands(event)
        self._screen.keeping.entered(key)
        try:
            await self._screen.backend.enter(message)
        except NotEnteredError as error:
            self._refused(error.code, event)
            self._screen.keeping.draft(key, self._drafts.get(key, NO_DRAFT))
            return
        self._put(key, self.composer.accepted(event))
        for tick in ticks:  # a tick that is not kept must not bring the sent text back
            self._screen.outgoing.enter(tick)

    def _refused(self, code: str, event: Composer.Submitted) -> None:
        key = DraftKey(event.chat, event.note)
        words = Words.COMPOSER if key == self.composer.key else Words.DRAFT
        self._put(key, self.composer.refused(refusals.refusal(code, words=words), event))

    def decided(self, event: Conversation.Decided) -> None:
        """A held or refused message: send it now, have it back in the composer, or drop it."""
        screen, message = self._screen, event.message
        match event.decision:
            case Decision.SEND:
                screen.outgoing.release(message.id)
            case Decision.DISCARD:
                screen.outgoing.discard(message.id)
            case Decision.EDIT:
                key = DraftKey(event.chat.id, message.note)
                back = screen.returned.edit(message.id, key, message.text)
                screen.run_worker(back, group="edit")

    def edit(self, key: DraftKey, text: SafeText, kept: Draft) -> None:
        """Have a text back in the composer, if its chat is still the open one.

        `kept` is the draft as it is on the disk: since then the operator may have typed on.
        """
        self._put(key, self.with_before(key, text) or kept)
        if key == self.composer.key:
            self.composer.load(self._drafts[key])
        self._screen.keeping.now()
        if self._screen.open_chat == key.chat:
            self.write_note(key.note)
            self._screen.panes.to_composer()

    def with_before(self, key: DraftKey, text: SafeText) -> Draft | None:
        """A text that came back before what the draft holds; None: that is too long for one."""
        self._put_shown()
        before = self._drafts.get(key, NO_DRAFT).text
        whole = f"{text}\n{before}" if before else text
        draft = drafts.of(whole)
        return draft if draft.text == whole else None

    def _put(self, key: DraftKey, draft: Draft) -> None:
        if draft == self._drafts.get(key, NO_DRAFT):
            return
        if draft.text:
            self._drafts[key] = draft
        else:
            self._drafts.pop(key, None)
        self._screen.keeping.draft(key, draft)


@lru_cache(maxsize=1_024)
def _marked(chat: Chat) -> Chat:
    # The same chat, the same answer: painters compare by identity.
    return structs.replace(chat, overlay=structs.replace(chat.overlay, draft=True))


def _commands(event: Composer.Submitted) -> tuple[Command, tuple[TickStep, ...]]:
    """The message, and a tick for each closing step that a stacked text does besides."""
    if event.note:
        return WriteNote(event.chat, event.text), ()
    carried = event.canned.step if event.canned is not None else None
    ticks = tuple(TickStep(event.chat, step) for step in event.steps if step != carried)
    return WriteMessage(event.chat, event.text, event.canned), ticks
