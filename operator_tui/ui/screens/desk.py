"""The desk screen: the one place where the desk's value lives; it is never popped."""

from functools import partial

from textual import events, on
from textual.message import Message

from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.time import Clock
from operator_tui.link.backend import Backend
from operator_tui.ui import actions
from operator_tui.ui.hints import hints
from operator_tui.ui.panels.closing import ClosingSheet
from operator_tui.ui.panels.find import FindSheet
from operator_tui.ui.panels.palette import PaletteSheet
from operator_tui.ui.panels.sheet import Sheet
from operator_tui.ui.panels.unsent import UnsentSheet
from operator_tui.ui.screens.advice import Advice
from operator_tui.ui.screens.alarm import Alarm
from operator_tui.ui.screens.departures import Departures
from operator_tui.ui.screens.feed import Feed
from operator_tui.ui.screens.keeping import Keeping
from operator_tui.ui.screens.layout import DeskLayout
from operator_tui.ui.screens.leaving import Leaving
from operator_tui.ui.screens.outgoing import Outgoing
from operator_tui.ui.screens.panes import Panes
from operator_tui.ui.screens.pen import Pen
from operator_tui.ui.screens.returned import Returned
from operator_tui.ui.screens.sheets import Sheets
from operator_tui.ui.screens.undo import Undo
from operator_tui.ui.setup import Setup
from operator_tui.ui.situation import Situation
from operator_tui.ui.widgets.chat_list import ChatList
from operator_tui.ui.widgets.composer import Composer
from operator_tui.ui.widgets.conversation import Conversation
from operator_tui.ui.widgets.keys_line import KeysLine
from operator_tui.ui.widgets.typing_line import TypingLine


class DeskScreen(DeskLayout):
    """Holds the painted desk and hands it down; what widgets tell becomes acts.

    What it does is shared out: `feed` brings the desk in, `pen` writes, `sheets`, `panes`,
    `advice`, `undo` and `leaving` do what their names say.
    """

    def __init__(self, backend: Backend, clock: Clock, setup: Setup, alarm: Alarm) -> None:
        super().__init__()
        self.set_reactive(DeskScreen.look, setup.look)
        self.set_reactive(DeskScreen.zone, setup.zone)
        self.setup = setup
        self.backend = backend
        self.feed = Feed(self, clock)
        self.keeping = Keeping(self)
        self.pen = Pen(self)
        self.panes = Panes(self)
        self.advice = Advice(self)
        self.sheets = Sheets(self)
        self.outgoing = Outgoing(
            backend, partial(self.run_worker, group="outgoing"), self.advice.not_entered
        )
        self.undo = Undo(self.outgoing.enter)
        self.leaving = Leaving(self)
        self.departures = Departures(self.advice.tell, self.pen.has_draft)
        self.returned = Returned(self)
        self._alarm = alarm
        self._behind = False
        """Keys have been typed that advice and hints do not know of yet."""

    def on_mount(self) -> None:
        """Start the link and the clock; say what went wrong while the files were read."""
        self.run_worker(self.backend.run(self.feed.adopt), group="link", exclusive=True)
        self.feed.run()
        self.panes.to_list()
        self.advice.begin()

    def watch_desk(self, desk: Desk | None) -> None:
        """The open chat is part of the desk."""
        self.chat = desk.chats.get(self.open_chat or "") if desk is not None else None

    def show(self) -> None:
        """Bring everything that follows from the desk and the moment up to date."""
        self._alarm.look(self.desk, self.now, self.pen.typed_in)
        self.panes.show()
        self.departures.look(self.desk)
        self.advice.show()
        self.sheets.show()
        if self.chat is not None:
            self.pen.address(self.chat)
        self.show_hints()

    @on(ChatList.CursorMoved)
    @on(events.DescendantFocus)
    def show_hints(self) -> None:
        """What the keys do now: those of the sheet that has the focus, or of the desk."""
        self.query_one(KeysLine).hints = self.sheets.hints or hints(self.situation)

    # what the operator does

    @property
    def situation(self) -> Situation:
        """What an action could be about at this moment."""
        cursor = self.query_one(ChatList).cursor if self.panes.in_list else None
        chats = self.desk.chats if self.desk is not None else {}
        under, stranded = chats.get(cursor or ""), bool(self.returned.texts)
        undoable = self.undo.last is not None and not self.pen.can_undo
        return Situation(self.desk, self.chat, under, self.now, undoable, stranded, self.note)

    def action_in_turn(self, name: str) -> None:
        """A key that works everywhere: its turn is after the keys that were pressed before it."""
        (self.focused or self).call_later(self.do, name)

    def action_do(self, name: str) -> None:
        """A key of the pane with the focus."""
        self.do(name)

    def do(self, name: str) -> None:
        """Do an action of the table, or say why it is not possible now."""
        action = actions.BY_ID[name]
        if (reason := action.unless(self.situation)) is not None:
            self.advice.refuse(reason)
        elif action.run is not None:
            self.advice.done()
            action.run(self)

    def open(self, chat: str, *, write: bool = False) -> None:
        """Show a chat in the conversation pane; with `write`, ready to type."""
        if self.desk is None or chat not in self.desk.chats:
            return
        if chat != self.open_chat:
            self.sheets.close()
            self.panes.show_messages()
            self._show_chat(self.desk.chats[chat])
        if write:
            self.panes.to_composer()

    def _show_chat(self, chat: Chat) -> None:
        self.open_chat, self.note, self.chat = chat.id, False, chat
        self.pen.load(chat, note=False)
        self.panes.opened()
        self.show()

    # what widgets tell

    @on(ChatList.Opened)
    def _chosen(self, event: ChatList.Opened) -> None:
        self.open(event.chat, write=True)

    @on(Composer.Submitted)
    def _submitted(self, event: Composer.Submitted) -> None:
        self.run_worker(self.pen.submitted(event), group="enter")

    @on(Composer.DraftChanged)
    def _drafted(self, event: Composer.DraftChanged) -> None:
        self.pen.changed(event)
        self.advice.typed(event.draft.text)
        if not self._behind:
            self._behind = True
            self.call_after_refresh(self._catch_up)

    def _catch_up(self) -> None:
        """What follows from typing, once for all the keys of a frame."""
        self._behind = False
        self.advice.show()
        self.show_hints()

    @on(Composer.Refused)
    def _refused(self, event: Composer.Refused) -> None:
        self.advice.refuse(event.reason)

    @on(Conversation.Decided)
    def _decided(self, event: Conversation.Decided) -> None:
        self.pen.decided(event)

    @on(Conversation.Scrolled, "Conversation")
    def _scrolled(self, event: Conversation.Scrolled) -> None:
        self.keeping.soon()
        if event.beyond and self.chat is not None:
            self.run_worker(self.backend.older(self.chat.id), group="older")

    @on(Conversation.NewBelow)
    def _new_below(self, event: Conversation.NewBelow) -> None:
        self.query_one(TypingLine).new_below = event.count

    @on(TypingLine.EndAsked)
    def _end_asked(self) -> None:
        self.query_one(Conversation).go_to_end()

    @on(KeysLine.Pressed)
    def _pressed(self, event: KeysLine.Pressed) -> None:
        if not self.sheets.press(event.action):
            self.do(event.action)

    @on(Sheet.Last)
    @on(Sheet.HintsChanged)
    @on(Sheet.Risen)
    @on(ClosingSheet.Ticked)
    @on(UnsentSheet.Discarded)
    @on(PaletteSheet.Tried)
    @on(FindSheet.Looked)
    def _sheet_told(self, event: Message) -> None:
        self.sheets.told(event)
