"""A draft under the hand: canned replies put into it, and the way from blank to blank."""

from textual.reactive import var
from textual.widgets.text_area import Selection

from operator_tui.desk import canned, drafts
from operator_tui.desk.canned import Blank, CannedReply, Values
from operator_tui.desk.drafts import NO_DRAFT, Draft, Inserted
from operator_tui.desk.text import SafeText, clean
from operator_tui.ui.look import Look
from operator_tui.ui.render.composer_rule import location, offset, title
from operator_tui.ui.widgets.composer_sent import too_much
from operator_tui.ui.widgets.writing_area import WritingArea
from operator_tui.ui.words import tr


class DraftArea(WritingArea):
    """A writing area that says who will read it and knows which canned replies it came from."""

    note: var[bool] = var(False)
    """Whether the next `load` is of an internal note."""
    recipient: var[str] = var("")
    """The visitor's name, for the rule."""
    closed: var[bool] = var(False)
    """The visitor has closed the chat: a reply reaches nobody."""
    look: var[Look | None] = var(None)
    recall: var[SafeText] = var(NO_DRAFT.text)
    """What Up in an empty composer brings back: `drafts.last_own` of chat and mode."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._inserted: tuple[Inserted, ...] = ()

    @property
    def draft(self) -> Draft:
        """The text as it stands, with its cursor and the canned replies put into it."""
        cursor = offset(self.text, self.cursor_location)
        return Draft(clean(self.text), cursor, self._inserted)

    def show(self, draft: Draft) -> None:
        """Show a draft; undo goes no further back than its text."""
        self._inserted = draft.inserted
        if draft.text != self.text:
            self.load_text(draft.text)
        self.history.clear()
        self.move_cursor(location(draft.text, draft.cursor))

    def insert_reply(
        self, reply: CannedReply, values: Values, *, select_blank: bool = False
    ) -> None:
        """Put a canned reply at the cursor, with the spaces it needs; nothing is replaced."""
        text, here = self.text, self.draft.cursor
        words = canned.filled(reply, values)
        piece = drafts.spaced(text[:here], words, text[here:])
        if self.read_only or too_much(text, "", piece):
            self.refuse(too_much(text, "", piece) or tr("The last text is on its way still."))
            return
        self._inserted += (Inserted(reply.id, words, reply.closing_step),)
        self.insert(piece, location(text, here), maintain_selection_offset=False)
        start = here + piece.index(words)
        self.move_cursor(location(self.text, start + len(words)))
        if select_blank:
            self.select_blank(drafts.next_blank(self.draft, start))

    def to_new_paragraph(self) -> None:
        """Behind everything that is written, on a line of its own."""
        text = self.text
        self.move_cursor(location(text, len(text)))
        if text.strip() and not text.endswith("\n") and not self.read_only:
            self.insert("\n", maintain_selection_offset=False)

    def to_blank(self, *, forward: bool) -> None:
        """Select the next blank, or the one before; without a blank nothing happens."""
        draft = self.draft
        start, end = sorted(offset(self.text, place) for place in self.selection)
        found = drafts.next_blank(draft, end) if forward else drafts.previous_blank(draft, start)
        if not self.read_only:
            self.select_blank(found)

    def select_blank(self, blank: Blank | None) -> None:
        """Select it: what is typed next fills it."""
        if blank is not None:
            text = self.text
            self.selection = Selection(location(text, blank.start), location(text, blank.end))

    def at_word_start(self) -> bool:
        """Whether the cursor stands where a word would begin."""
        before = self.text[: offset(self.text, self.cursor_location)]
        return self.selection.is_empty and (not before or before[-1].isspace())

    def action_cursor_up(self, select: bool = False) -> None:
        """Up; in an empty composer the last own message comes back."""
        if self.text or not self.recall or self.read_only:
            super().action_cursor_up(select)
        else:
            self.insert(self.recall, maintain_selection_offset=False)

    # the rule

    def entitle(self) -> None:
        """Say in the rule who reads this."""
        if self.look is not None:
            self.border_title = title(
                self.recipient,
                note=self.note,
                closed=self.closed,
                length=len(self.text),
                width=self.outer_size.width,
                icons=self.look.icons,
            )

    def watch_note(self, note: bool) -> None:
        """A note looks different before its draft is there."""
        self.set_class(note, "-note")
        self.entitle()

    def watch_recipient(self) -> None:
        """Another visitor."""
        self.entitle()

    def watch_closed(self) -> None:
        """The visitor closed the chat, or it is another chat."""
        self.set_class(self.closed, "-closed")
        self.entitle()

    def watch_look(self, look: Look | None) -> None:
        """Other signs."""
        self.set_class(look is not None and look.icons.rule.isascii(), "-ascii")
        self.entitle()

    def on_resize(self) -> None:
        """The rule is as wide as the pane."""
        self.entitle()
