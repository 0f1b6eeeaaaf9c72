"""Where the operator writes: replies, and internal notes that look unmistakably different."""

from textual import events
from textual.message import Message
from textual.reactive import var

from operator_tui.desk import drafts
from operator_tui.desk.drafts import NO_DRAFT, Draft
from operator_tui.desk.entries import Canned
from operator_tui.desk.kept import DraftKey
from operator_tui.desk.text import SafeText, clean
from operator_tui.ui.widgets.composer_css import COMPOSER_CSS
from operator_tui.ui.widgets.composer_sent import Sent
from operator_tui.ui.widgets.draft_area import DraftArea
from operator_tui.ui.words import tr


class Composer(DraftArea):
    """A draft of one chat and mode. Enter submits it; the text stays until it is safe."""

    SCOPED_CSS = False
    DEFAULT_CSS = COMPOSER_CSS

    chat_id: var[str] = var("")
    """The chat that the next `load` is of."""

    class Submitted(Message):
        """The operator pressed Enter on this text."""

        def __init__(self, key: DraftKey, text: SafeText, draft: Draft) -> None:
            super().__init__()
            self.chat, self.note = key.chat, key.note
            self.text = text
            self.canned: Canned | None = drafts.canned_of(draft)
            """Which canned reply the text came from."""
            self.steps = drafts.steps_of(draft)
            """Every closing step it does; `canned` carries the first."""
            self.draft = draft

    class DraftChanged(Message):
        """The draft of a chat and mode is another now, or its cursor."""

        def __init__(self, key: DraftKey, draft: Draft) -> None:
            super().__init__()
            self.key, self.chat, self.note = key, key.chat, key.note
            self.draft = draft

        def can_replace(self, message: Message) -> bool:
            """Of many keys that came at once only the last is told."""
            return isinstance(message, Composer.DraftChanged) and message.key == self.key

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._key = DraftKey("")
        self._told: Draft = NO_DRAFT
        self._sent: dict[DraftKey, Sent] = {}

    # what is written

    @property
    def key(self) -> DraftKey:
        """Whose text is in view: the chat's, and of its reply or its note."""
        return self._key

    @property
    def pending(self) -> bool:
        """Whether the text in view was submitted and is not safe yet."""
        return self._key in self._sent

    def load(self, draft: Draft) -> None:
        """Show the draft of `chat_id` and `note`; the one in view was told already."""
        if not self.pending and self._told != self.draft:
            self._tell()  # the cursor alone has moved
        self._key = DraftKey(self.chat_id, self.note)
        sent = self._sent.get(self._key)
        self._show(sent.draft if sent is not None else draft)

    def accepted(self, submitted: "Composer.Submitted | None" = None) -> Draft:
        """The submitted text is safe: it goes, and what was typed meanwhile takes its place.

        Returns the draft there is now.
        """
        key = self._key_of(submitted)
        sent = self._sent.pop(key, Sent(NO_DRAFT))
        return self._settle(key, drafts.of(sent.typed))

    def refused(self, reason: str, submitted: "Composer.Submitted | None" = None) -> Draft:
        """The submitted text could not be kept: it is a draft again, with what was typed since."""
        key = self._key_of(submitted)
        sent = self._sent.pop(key, Sent(NO_DRAFT))
        draft = self._settle(key, sent.back())
        self.refuse(reason)
        return draft

    # keys

    async def _on_key(self, event: events.Key) -> None:
        act = self._act(event.key)
        if act or self._pressed(event):
            event.stop()
            event.prevent_default()
        if act:
            await self.run_action(f"screen.do('{act}')")

    def _act(self, key: str) -> str:
        """What the desk is to do at this key, before the next one is looked at; empty: nothing."""
        if key == "escape":
            return "leave"
        if key in {"ctrl+z", "super+z"} and not self.can_undo:
            return "undo"
        slash = key == "slash" and not self.note and not self.pending and self.at_word_start()
        return "canned" if slash else ""

    def _pressed(self, event: events.Key) -> bool:
        """Whether the key was one of the composer's own."""
        match event.key:
            case "enter":
                self._submit()
            case "tab":
                self.to_blank(forward=True)
            case "shift+tab":
                self.to_blank(forward=False)
            case _ if sent := self._sent.get(self._key):
                return self._keep(sent, event)
            case "ctrl+j" | "shift+enter":
                self._replace_via_keyboard("\n", *self.selection)
            case _:
                return False
        return True

    def _keep(self, sent: Sent, event: events.Key) -> bool:
        after = sent.after(event.key, event.character if event.is_printable else None)
        if after is None:
            return False
        self._sent[self._key] = after
        return True

    def put(self, raw: str) -> None:
        """Paste; while the last text is on its way, what is pasted waits as what is typed."""
        if sent := self._sent.get(self._key):
            self._sent[self._key] = sent.and_then(raw)
        else:
            super().put(raw)

    # what keys do

    def _submit(self) -> None:
        draft = self.draft
        text = clean(draft.text.strip())
        if self.pending or not text:
            return
        if found := drafts.next_blank(draft, 0):
            self.select_blank(found)
            self.refuse(tr("Fill in {blank} first, or delete it.", blank=f"{{{found.word}}}"))
            return
        self._sent[self._key] = Sent(draft)
        self._show(draft)
        self.post_message(self.Submitted(self._key, text, draft))

    # the draft

    def changed(self) -> None:
        """Every change is told at once: whoever switches chats afterwards changes nothing in it."""
        self.entitle()
        self._tell()

    def _tell(self) -> None:
        self._told = self.draft
        self.post_message(self.DraftChanged(self._key, self._told))

    def _show(self, draft: Draft) -> None:
        self.show(draft)
        self._told = draft
        self.read_only = self.pending
        self.set_class(self.pending, "-pending")
        self.entitle()

    def _settle(self, key: DraftKey, draft: Draft) -> Draft:
        if key == self._key:
            self._show(draft)
        self.post_message(self.DraftChanged(key, draft))
        return draft

    def _key_of(self, submitted: "Composer.Submitted | None") -> DraftKey:
        return self._key if submitted is None else DraftKey(submitted.chat, submitted.note)
