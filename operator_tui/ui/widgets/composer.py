"""Where the operator writes: replies, and internal notes that look unmistakably different."""

from textual import events
from textual.message import Message
from textual.reactive import var
from textual.widgets.text_area import Selection

from operator_tui.desk import canned, drafts
from operator_tui.desk.canned import Blank, CannedReply, Values
from operator_tui.desk.drafts import NO_DRAFT, Draft, Inserted
from operator_tui.desk.kept import DraftKey
from operator_tui.desk.model import Canned
from operator_tui.desk.text import SafeText, clean
from operator_tui.ui.look import Look
from operator_tui.ui.render.composer_rule import location, offset, title
from operator_tui.ui.widgets.composer_css import COMPOSER_CSS
from operator_tui.ui.widgets.composer_sent import Sent, too_much
from operator_tui.ui.widgets.writing_area import WritingArea
from operator_tui.ui.words import tr


class Composer(WritingArea):
    """A draft of one chat and mode. Enter submits it; the text stays until it is safe."""

    SCOPED_CSS = False
    DEFAULT_CSS = COMPOSER_CSS

    chat_id: var[str] = var("")
    """The chat that the next `load` is of."""
    note: var[bool] = var(False)
    """Whether the next `load` is of an internal note."""
    recipient: var[str] = var("")
    """The visitor's name, for the rule."""
    recall: var[SafeText] = var(NO_DRAFT.text)
    """What Up in an empty composer brings back: `drafts.last_own` of chat and mode."""
    look: var[Look | None] = var(None)

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
            self.chat, self.note = key.chat, key.note
            self.draft = draft

    class CannedAsked(Message):
        """`/` was pressed at a word's start."""

    class Left(Message):
        """Esc was pressed."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._key = DraftKey("")
        self._inserted: tuple[Inserted, ...] = ()
        self._told: Draft = NO_DRAFT
        self._sent: dict[DraftKey, Sent] = {}

    # what is written

    @property
    def draft(self) -> Draft:
        """The text as it stands, with its cursor and the canned replies put into it."""
        cursor = offset(self.text, self.cursor_location)
        return Draft(clean(self.text), cursor, self._inserted)

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

    def accepted(self, submitted: "Composer.Submitted | None" = None) -> None:
        """The submitted text is safe: it goes, and what was typed meanwhile takes its place."""
        key = self._key_of(submitted)
        if (sent := self._sent.pop(key, None)) is not None:
            self._settle(key, drafts.of(sent.typed))

    def refused(self, reason: str, submitted: "Composer.Submitted | None" = None) -> None:
        """The submitted text could not be kept: it is a draft again, with what was typed since."""
        key = self._key_of(submitted)
        if (sent := self._sent.pop(key, None)) is not None:
            self._settle(key, sent.back())
            self.refuse(reason)

    def insert_reply(self, reply: CannedReply, values: Values, *, select_gap: bool = False) -> None:
        """Put a canned reply at the cursor, with the spaces it needs; nothing is replaced."""
        before = self.draft
        text, here = self.text, before.cursor
        words = canned.filled(reply, values)
        piece = drafts.spaced(text[:here], words, text[here:])
        if self.pending or too_much(text, "", piece):
            self.refuse(too_much(text, "", piece) or tr("The last text is on its way still."))
            return
        self._inserted += (Inserted(reply.id, words, reply.closing_step),)
        self.insert(piece, location(text, here), maintain_selection_offset=False)
        start = here + piece.index(words)
        self.move_cursor(location(self.text, start + len(words)))
        if select_gap:
            self._select(drafts.next_blank(self.draft, start))

    # keys

    async def _on_key(self, event: events.Key) -> None:
        if self._pressed(event):
            event.stop()
            event.prevent_default()

    def _pressed(self, event: events.Key) -> bool:
        """Whether the key was one of the composer's own."""
        match event.key:
            case "escape":
                self.post_message(self.Left())
            case "enter":
                self._submit()
            case "tab":
                self._to_blank(forward=True)
            case "shift+tab":
                self._to_blank(forward=False)
            case _ if sent := self._sent.get(self._key):
                return self._keep(sent, event)
            case "ctrl+j" | "shift+enter":
                self._replace_via_keyboard("\n", *self.selection)
            case "slash" if self._at_word_start():
                self.post_message(self.CannedAsked())
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

    def action_cursor_up(self, select: bool = False) -> None:
        """Up; in an empty composer the last own message comes back."""
        if self.text or not self.recall or self.pending:
            super().action_cursor_up(select)
        else:
            self.insert(self.recall, maintain_selection_offset=False)

    # what keys do

    def _submit(self) -> None:
        draft = self.draft
        text = clean(draft.text.strip())
        if self.pending or not text:
            return
        if found := drafts.next_blank(draft, 0):
            self._select(found)
            self.refuse(tr("Fill in {blank} first, or delete it.", blank=f"{{{found.word}}}"))
            return
        self._sent[self._key] = Sent(draft)
        self._show(draft)
        self.post_message(self.Submitted(self._key, text, draft))

    def _to_blank(self, *, forward: bool) -> None:
        if self.pending:
            return
        draft = self.draft
        start, end = sorted(offset(self.text, place) for place in self.selection)
        found = drafts.next_blank(draft, end) if forward else drafts.previous_blank(draft, start)
        self._select(found)

    def _select(self, blank: Blank | None) -> None:
        if blank is not None:
            text = self.text
            self.selection = Selection(location(text, blank.start), location(text, blank.end))

    def _at_word_start(self) -> bool:
        here = offset(self.text, self.cursor_location)
        before = self.text[:here]
        return not self.note and self.selection.is_empty and (not before or before[-1].isspace())

    # the draft

    def changed(self) -> None:
        """Every change is told at once: whoever switches chats afterwards changes nothing in it."""
        self._entitle()
        self._tell()

    def _tell(self) -> None:
        self._told = self.draft
        self.post_message(self.DraftChanged(self._key, self._told))

    def _show(self, draft: Draft) -> None:
        self._inserted = draft.inserted
        if draft.text != self.text:
            self.load_text(draft.text)
        self.move_cursor(location(draft.text, draft.cursor))
        self._told = draft
        self.read_only = self.pending
        self.set_class(self.pending, "-pending")
        self._entitle()

    def _settle(self, key: DraftKey, draft: Draft) -> None:
        if key == self._key:
            self._show(draft)
        self.post_message(self.DraftChanged(key, draft))

    def _key_of(self, submitted: "Composer.Submitted | None") -> DraftKey:
        return self._key if submitted is None else DraftKey(submitted.chat, submitted.note)

    # the rule

    def _entitle(self) -> None:
        if self.look is not None:
            self.border_title = title(
                self.recipient,
                note=self.note,
                length=len(self.text),
                width=self.outer_size.width,
                icons=self.look.icons,
            )

    def watch_note(self, note: bool) -> None:
        """A note looks different before its draft is there."""
        self.set_class(note, "-note")
        self._entitle()

    def watch_recipient(self) -> None:
        """Another visitor."""
        self._entitle()

    def watch_look(self, look: Look | None) -> None:
        """Other signs."""
        self.set_class(look is not None and look.icons.rule.isascii(), "-ascii")
        self._entitle()

    def on_resize(self) -> None:
        """The rule is as wide as the pane."""
        self._entitle()
