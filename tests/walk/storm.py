"""What happens while an operator works: everything a hostile server can do."""

from collections.abc import Awaitable, Sequence

from rich.cells import cell_len

from tests.walk.at_the_desk import AtTheDesk
from tests.walk.attacks import BEL, CANARY, ESC

GARBAGE: Sequence[str | bytes] = (
    b"\xff\xfe\x9b2J",
    "{",
    f'{{"t": "{CANARY}\\u001b[2J"}}',
    '{"t": "result", "n": 1, "id": "\\u001b[2J", "ok": true}',
    '{"t": "error", "code": "\\u001b]2;PWNED\\u0007", "detail": "\\u001b[2J"}',
    '{"t": "welcome", "v": 1, "mode": "\\u001b]2;PWNED\\u0007"}',
    '{"t": "unheard_of", "text": "\\u001b[2J"}',
    '{"t": "heartbeat", "x": ' + "[" * 20_000 + "]" * 20_000 + "}",
    '{"t": "page", "chat": "chat-0", "code": "\\u001b"}',
)


class Storm:
    """Each part ends when the desk has it behind it."""

    def __init__(self, desk: AtTheDesk) -> None:
        self.desk, self.program, self.server = desk, desk.program, desk.server

    async def happenings(self) -> None:
        """Every kind of event, for every attack; then the longest frames there can be."""
        server, values = self.server, self.server.values
        for number, attack in enumerate(values.attacks):
            new = number + len(values.attacks)
            about = values.chat(new)
            passed = {"by": attack, "cause": "by_hand", "at": 0, "note": attack}
            opened = {key: about[key] for key in ("visitor", "channel", "language", "opened_at")}
            await server.logs("chat_opened", new, page=attack, **opened)
            await server.logs("message", new, message=values.message(number, attack))
            await server.logs("page_changed", new, page=attack)
            await server.logs("visitor_left", new)
            await server.logs("visitor_returned", new, page=attack)
            await server.logs("reactivated", new, silence=2**53 - 1)
            await server.logs("closed", new, by="visitor", outcome="other", reason=attack)
            await server.logs("transferred_in", new, chat_value=about, passed=passed)
            await server.logs("message", new, message=values.message(new, values.last_words(new)))
            await server.logs("whatever", new, text=attack)
            if number % 2:
                await server.logs("transferred_out", new, to=attack, cause="by_hand")
        for sign in ("x", "\u0301", "\x9b", "\u202e", "\u200d", "😀"):
            await server.logs_longest(0, sign)
        await server.logs("message", 0, message=values.message(0, values.last_words(0)))
        await self.read()

    async def read(self) -> None:
        """Wait until the client has read the whole log."""
        await self.program.until(
            lambda: self.server.cursor == len(self.server.log), "the end of the log"
        )

    async def garbage(self) -> None:
        """Frames that cannot be read, too long ones, and events that make no sense."""
        server = self.server
        for data in GARBAGE:
            await server.sends(data)
        await self._reconnects(server.says(t="event", seq=len(server.log) + 1, at=0, x="x" * 2**20))
        await self._reconnects(server.logs("closed", 0, by=f"{ESC}]2;{CANARY}{BEL}"))
        await self.read()

    async def _reconnects(self, act: Awaitable[None]) -> None:
        before = self.server.connections
        await act
        await self.program.until(lambda: self.server.connections > before, "another connection")

    async def lost_and_found(self) -> None:
        """The connection goes, with a hostile reason; replies wait; it comes back."""
        program, server = self.program, self.server
        await self.desk.most_urgent()
        server.open = False
        await server.hangs_up(1012, f"{ESC}]2;{CANARY}{BEL}")
        await program.shows("connection lost")
        program.types("written without a connection")
        program.presses("enter")
        server.open = True
        await self.desk.heard("message")
        await program.shows("live")

    async def stopped(self) -> None:
        """The server ends it for good, with a hostile reason."""
        await self.server.says(t="error", code="bad_frame", detail=CANARY + ESC + "[2J")
        await self.server.hangs_up(4400, f"{ESC}]2;{CANARY}{BEL}")
        await self.program.until(
            lambda: "live" not in self.program.terminal.text.split("\n")[0], "the end of it"
        )

    async def resized(self, *sizes: tuple[int, int]) -> None:
        """Other sizes, one after the other."""
        for size in sizes:
            self.program.resizes(*size)
            await self.program.until(self._fills_the_screen, f"a desk of {size}")
            await self.desk.most_urgent()

    def _fills_the_screen(self) -> bool:
        """The line of the keys stands at the bottom, and its end at the right."""
        last = self.program.terminal.text.split("\n")[-1]
        return last.endswith("F1 all keys") and cell_len(last) > self.program.terminal.columns - 3
