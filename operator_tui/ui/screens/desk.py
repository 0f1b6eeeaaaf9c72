"""The desk screen: the one place where the desk's value lives; it is never popped."""

from textual import on, work
from textual.message import Message

from operator_tui.desk import pending, signals
from operator_tui.desk.commands import Command
from operator_tui.desk.model import Desk
from operator_tui.desk.time import Clock, ServerTime
from operator_tui.link.backend import CARRIES, Backend, NotEnteredError, Update
from operator_tui.ui import actions, alerts, refusals, ticking
from operator_tui.ui.alerts import Write
from operator_tui.ui.hints import hints
from operator_tui.ui.panels.canned import CannedSheet
from operator_tui.ui.panels.closing import ClosingSheet
from operator_tui.ui.panels.find import FindSheet
from operator_tui.ui.panels.help import HelpSheet
from operator_tui.ui.panels.sheet import Sheet
from operator_tui.ui.panels.transfer import TransferSheet
from operator_tui.ui.screens.advice import Advice
from operator_tui.ui.screens.alarm import Alarm
from operator_tui.ui.screens.layout import DeskLayout
from operator_tui.ui.screens.panes import Panes
from operator_tui.ui.screens.pen import Pen
from operator_tui.ui.screens.removal import Removal
from operator_tui.ui.screens.sheets import PRESS, Sheets
from operator_tui.ui.setup import Setup
from operator_tui.ui.situation import Situation
from operator_tui.ui.widgets.chat_list import ChatList
from operator_tui.ui.widgets.composer import Composer
from operator_tui.ui.widgets.conversation import Conversation
from operator_tui.ui.widgets.keys_line import KeysLine
from operator_tui.ui.widgets.typing_line import TypingLine
from operator_tui.ui.words import trn

QUIT_ASKS = 6.0
"""Local seconds within which a second Ctrl+Q quits while chats are open."""


class DeskScreen(DeskLayout):
    """Holds the painted desk, hands it down, and turns what widgets tell into acts."""

    def __init__(self, backend: Backend, clock: Clock, setup: Setup, terminal: Write) -> None:
        super().__init__()
        self.set_reactive(DeskScreen.look, setup.look)
        self.set_reactive(DeskScreen.zone, setup.zone)
        self.setup = setup
        self.backend = backend
        self.pen = Pen(self)
        self.panes = Panes(self)
        self.advice = Advice(self)
        self.sheets = Sheets(self)
        self.removal = Removal(self.enter)
        self._alarm = Alarm(self._ring, self._entitle)
        self._clock = clock
        self._terminal = terminal
        self._update: Update | None = None
        self._told = False
        self._quitting_until = 0.0

    def on_mount(self) -> None:
        """Start the link and the clock; say what went wrong while the files were read."""
        self._run_link()
        self.tick()
        self._sleep()
        self.panes.to_list()
        for notice in self.setup.notices:
            self.refuse(notice)

    # what comes in

    @work(exclusive=True, group="link")
    async def _run_link(self) -> None:
        await self.backend.run(self.adopt)

    def adopt(self, update: Update) -> None:
        """Take over what the link tells; painted once, however much comes before the next frame."""
        self._update = update
        if not self._told:
            self._told = True
            self.call_next(self.tick)

    def tick(self) -> None:
        """Look at the clock, and show the desk as it is now."""
        self._told = False
        self.local = self._clock.seconds()
        self.removal.tick(self.local)
        if (update := self._update) is not None:
            self.connection, self.rate = update.connection, update.time.rate
            self.now = update.time.now(self.local)
            self.desk = self._painted(update)
            self.chat = self.desk.chats.get(self.open_chat or "") if self.desk else None
            self.pen.take_back(update.outbox)
        self._show()

    def _painted(self, update: Update) -> Desk | None:
        """The log's desk with everything laid over it that is true and not in the log."""
        if update.desk is None:
            return None
        heard = signals.over(update.desk, update.signals)
        live = update.connection.state in CARRIES
        meant = pending.over(heard, update.outbox, live=live, now=self.now)
        return self.pen.over(self.removal.over(meant))

    def _show(self) -> None:
        self._alarm.look(self.desk, self.now, self.pen.typed_in)
        self.panes.show()
        self.advice.show()
        self.sheets.show()
        if self.chat is not None:
            self.pen.address(self.chat)
        self.show_hints()

    def show_hints(self) -> None:
        """What the keys do now: those of the sheet that is open, or of the desk."""
        self.query_one(KeysLine).hints = self.sheets.hints or hints(self.situation)

    def _sleep(self) -> None:
        time = self._update.time if self._update else ServerTime()
        self.set_timer(ticking.sleep(time, self._clock.seconds()), self._wake)

    def _wake(self) -> None:
        self.tick()
        self._sleep()

    # what the operator does

    @property
    def situation(self) -> Situation:
        """What an action could be about at this moment."""
        cursor = self.query_one(ChatList).cursor if self.panes.in_list else None
        chats = self.desk.chats if self.desk is not None else {}
        undoable = self.removal.chat is not None
        return Situation(self.desk, self.chat, chats.get(cursor or ""), self.now, undoable)

    def action_do(self, name: str) -> None:
        """A key was pressed."""
        self.do(name)

    def do(self, name: str) -> None:
        """Do an action of the table, or say why it is not possible now."""
        action = actions.BY_ID[name]
        if (reason := action.unless(self.situation)) is not None:
            self.refuse(reason)
        elif action.run is not None:
            action.run(self)

    def open(self, chat: str, *, write: bool = False) -> None:
        """Show a chat in the conversation pane; with `write`, ready to type."""
        if self.desk is None or chat not in self.desk.chats:
            return
        if chat != self.open_chat:
            self.sheets.close()
            self.panes.show_messages()
            self.open_chat, self.note = chat, False
            self.chat = self.desk.chats[chat]
            self.pen.load(self.chat, note=False)
            self.panes.opened()
            self._show()
        if write:
            self.panes.to_composer()

    def write_note(self, note: bool) -> None:
        """Go to and fro between reply and internal note; each keeps its own draft."""
        if self.chat is not None and note != self.note:
            self.note = note
            self.pen.load(self.chat, note=note)

    @work(group="enter")
    async def enter(self, command: Command) -> None:
        """Hand a command to the server's outbox."""
        try:
            await self.backend.enter(command)
        except NotEnteredError as error:
            self.refuse(refusals.refusal(error.code))

    @work(group="enter")
    async def discard(self, op: str) -> None:
        """Take a command out of the outbox."""
        await self.backend.discard(op)

    @work(group="enter")
    async def release(self, op: str) -> None:
        """Send a held command after all."""
        await self.backend.release(op)

    def refuse(self, reason: str) -> None:
        """Say why not, or what went wrong, on the advice line."""
        self.advice.refuse(reason)

    def quit(self) -> None:
        """Ctrl+Q: at once when no chat is open, else at the second press."""
        chats = self.desk.chats if self.desk is not None else {}
        if chats and self.local >= self._quitting_until:
            self._quitting_until = self.local + QUIT_ASKS
            self.refuse(
                trn(
                    "{n} chat is open, and its visitor will wait. Ctrl+Q again: quit.",
                    "{n} chats are open, and their visitors will wait. Ctrl+Q again: quit.",
                    len(chats),
                )
            )
            return
        self.removal.settle()
        self.app.exit(0)

    def step_back(self) -> None:
        """Esc: the sheet, the card, the filter; at last into the list."""
        if not (self.sheets.close() or self.panes.show_messages()):
            self.panes.to_list()

    # what widgets tell

    @on(ChatList.Opened)
    def _chosen(self, event: ChatList.Opened) -> None:
        self.open(event.chat, write=True)

    @on(Composer.Submitted)
    async def _submitted(self, event: Composer.Submitted) -> None:
        self.run_worker(self.pen.submitted(event), group="enter")

    @on(Composer.DraftChanged)
    def _drafted(self, event: Composer.DraftChanged) -> None:
        self.pen.changed(event)
        self.advice.changed(event.draft)

    @on(Composer.CannedAsked)
    def _canned(self) -> None:
        self.do("canned")

    @on(Composer.Left)
    def _left(self) -> None:
        self.step_back()

    @on(Composer.Refused)
    def _refused(self, event: Composer.Refused) -> None:
        self.refuse(event.reason)

    @on(Conversation.Decided)
    def _decided(self, event: Conversation.Decided) -> None:
        self.pen.decided(event)

    @on(Conversation.NewBelow)
    def _new_below(self, event: Conversation.NewBelow) -> None:
        self.query_one(TypingLine).new_below = event.count

    @on(TypingLine.EndAsked)
    def _end_asked(self) -> None:
        self.query_one(Conversation).go_to_end()

    @on(KeysLine.Pressed)
    def _pressed(self, event: KeysLine.Pressed) -> None:
        if event.action.startswith(PRESS):
            self.sheets.press(event.action.removeprefix(PRESS))
        else:
            self.do(event.action)

    @on(Sheet.Closed)
    @on(CannedSheet.Chosen)
    @on(CannedSheet.SlashMeant)
    @on(ClosingSheet.Chosen)
    @on(ClosingSheet.Ticked)
    @on(ClosingSheet.Confirmed)
    @on(TransferSheet.Confirmed)
    @on(HelpSheet.Chosen)
    @on(FindSheet.Looked)
    @on(FindSheet.Chosen)
    def _sheet_told(self, event: Message) -> None:
        self.sheets.told(event)

    def _ring(self) -> None:
        self.app.bell()

    def _entitle(self, title: str) -> None:
        alerts.set_title(self._terminal, title)
