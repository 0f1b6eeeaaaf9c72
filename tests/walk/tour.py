"""An operator who looks at everything: each screen in turn, on whatever a hostile server says."""

from tests.walk.at_the_desk import AtTheDesk
from tests.walk.attacks import ATTACKS, ESC, pasteable

PASTED = pasteable("".join(ATTACKS[name] for name in ("osc_2_unended", "c1", "bidi", "combining")))


class Tour(AtTheDesk):
    """Each step ends when what it is about has been seen."""

    async def everything(self) -> None:
        """All screens."""
        await self.chats()
        await self.sheets()
        await self.card()
        await self.note()
        await self.list()
        await self.palette()
        await self.mouse_and_clipboard()

    # sheets

    async def sheets(self) -> None:
        """Canned replies, closing, transfer, help: opened, searched, used."""
        await self.most_urgent()
        await self._canned()
        await self._closing()
        await self._transfer()
        await self._sheet("f1", "what you can do here")

    async def _canned(self) -> None:
        program = self.program
        await self._sheet("f3", "canned replies")
        program.presses("f3")
        await program.shows("canned replies")
        program.presses("enter")
        await program.hides("canned replies")
        program.presses("enter")
        await self.heard("message")
        program.presses("ctrl+o", "k", "enter")
        await self.heard("message")

    async def _closing(self) -> None:
        program = self.program
        program.presses("f5")
        await program.shows("close the chat")
        program.presses(" ", "c")
        await program.shows("visitor left")
        program.presses("1", "enter")
        await self.heard("close")
        await self.heard("tick_step")

    async def _transfer(self) -> None:
        program = self.program
        program.presses("f4")
        await program.shows("Enter transfer")
        program.types("three more words ")
        program.pastes(PASTED)
        program.presses("enter")
        await self.heard("transfer")
        await program.hides("Enter transfer")

    async def _sheet(self, key: str, title: str) -> None:
        """Open, search for words and for an attack, leave."""
        program = self.program
        program.presses(key)
        await program.shows(title)
        program.types("wo")
        program.pastes(PASTED)
        program.pastes("plain")
        await program.shows("plain")
        program.presses("escape")
        await program.hides(title)

    async def card(self) -> None:
        """The visitor, in the place of the messages or beside them."""
        self.program.presses("f8")
        await self.program.shows("language", "channel")
        self.program.presses("f8")

    async def note(self) -> None:
        """An internal note with an attack in it, and a reply with one."""
        program = self.program
        await self.most_urgent()
        program.presses("f7")
        await program.shows("internal note")
        for kind in ("note", "message"):
            program.types("words ")
            program.pastes(PASTED)
            program.types("end")
            program.presses("enter")
            await self.heard(kind)
            program.presses("f7")
            await program.shows(" to " if kind == "note" else "internal note")
        program.presses("f7")

    async def list(self) -> None:
        """Keys of the list: find, filter, open what is found, accept, remove, undo."""
        program = self.program
        program.presses("escape")
        await self._sheet("/", "find a chat by name")
        program.presses("/")
        await program.shows("find a chat by name")
        program.types("PW")
        program.presses("enter")
        await program.hides("find a chat by name")
        program.presses("escape", "G", "d", "ctrl+z", "x", "a", "g", "j", "k")
        program.presses("f9")
        await self.heard("availability")

    async def palette(self) -> None:
        """By name, and with attacks pasted from the terminal and from the desk's own clipboard."""
        program = self.program
        program.presses("ctrl+p")
        await program.shows("every action by name")
        program.types("ca")
        await program.shows("canned replies")
        program.pastes(f"{PASTED}\ntwo")
        program.presses("ctrl+v", "home", "end")
        program.types("ZZ")
        await program.until(lambda: "ZZ" in program.terminal.text, "the palette's line")
        program.presses("escape")
        await program.hides("every action by name")

    async def mouse_and_clipboard(self) -> None:
        """Click, wheel and selection; what is copied is clean, and can be pasted again."""
        program, terminal = self.program, self.program.terminal
        await self.most_urgent()
        program.clicks(*program.where("F1 all keys"))
        await program.shows("what you can do here")
        program.presses("escape")
        await program.hides("what you can do here")
        terminal.may_copy = True
        await program.until(self._copied_from_messages, "a copy of a message")
        for up in (True, False, False):
            program.scrolls(terminal.columns // 2, 6, up=up)
        await self.most_urgent()
        program.pastes(f"two\nlines{ESC}")
        program.presses("shift+up", "shift+home", "ctrl+c")
        await program.until(lambda: "two\nlines␛" in terminal.copied, "a copy of the draft")
        await self.palette()
        terminal.may_copy = False

    def _copied_from_messages(self) -> bool:
        """Select and copy what stands on the screen now; again, should it have moved meanwhile."""
        program, word = self.program, self._token()
        if word and word not in program.terminal.copied:
            column, row = program.where(word)
            program.drags(column, row, column + len(word), row)
            program.presses("ctrl+c")
        return word in program.terminal.copied
