"""The real program on a pseudo-terminal: keys in, all it writes through the strict terminal."""

import asyncio
import fcntl
import os
import pty
import signal
import struct
import sys
import termios
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from rich.cells import cell_len

from tests.walk.terminal import Terminal, ViolationError

WITHIN = 15.0
"""Seconds for anything that is waited for: far more than it takes."""
KEYS = {
    "enter": "\r",
    "escape": "\x1b[27u",  # as the kitty protocol spells it: a lone ESC could begin anything
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "shift+up": "\x1b[1;2A",
    "ctrl+up": "\x1b[1;5A",
    "ctrl+down": "\x1b[1;5B",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "shift+home": "\x1b[1;2H",
    "delete": "\x1b[3~",
    **{f"f{n}": f"\x1bO{'PQRS'[n - 1]}" for n in range(1, 5)},
    **{
        f"f{n}": f"\x1b[{code}~" for n, code in zip(range(5, 10), (15, 17, 18, 19, 20), strict=True)
    },
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghjklnopqrstuvwxyz"},
}


class Program:
    """A running program, its terminal, and the operator's hands."""

    def __init__(self, process: asyncio.subprocess.Process, inner: int, terminal: Terminal) -> None:
        self.process = process
        self.terminal = terminal
        self.violation: ViolationError | None = None
        self.written = bytearray()
        """All that it wrote, to its output and its errors."""
        self._inner = inner
        self._news = asyncio.Event()
        self._ended = False
        asyncio.get_running_loop().add_reader(inner, self._read)

    def _read(self) -> None:
        try:
            data = os.read(self._inner, 65_536)
        except OSError:  # all of it is read, and the program has let go of the other end
            data = b""
        if not data:
            self.close()
            return
        self.written += data
        if self.violation is None:
            try:
                self.terminal.feed(data)
            except ViolationError as error:
                self.violation = error
        for answer in self.terminal.answers:
            os.write(self._inner, answer)
        self.terminal.answers.clear()
        self._news.set()

    def close(self) -> None:
        """Let go of the terminal."""
        if not self._ended:
            self._ended = True
            asyncio.get_running_loop().remove_reader(self._inner)
            os.close(self._inner)
            self._news.set()

    # hands

    def types(self, text: str) -> None:
        """Type letters."""
        self._write(text.encode())

    def presses(self, *keys: str) -> None:
        """Press keys by name; a single letter is its own name."""
        self.types("".join(key if len(key) == 1 else KEYS[key] for key in keys))

    def pastes(self, text: str) -> None:
        """Paste, as a terminal that does not clean what it hands over."""
        self.types(f"\x1b[200~{text}\x1b[201~")

    def clicks(self, column: int, row: int) -> None:
        """Click the left button on a cell, counted from 0."""
        self.types(f"\x1b[<0;{column + 1};{row + 1}M\x1b[<0;{column + 1};{row + 1}m")

    def drags(self, column: int, row: int, to_column: int, to_row: int) -> None:
        """Select with the left button held."""
        self.types(f"\x1b[<0;{column + 1};{row + 1}M\x1b[<32;{to_column + 1};{to_row + 1}M")
        self.types(f"\x1b[<0;{to_column + 1};{to_row + 1}m")

    def scrolls(self, column: int, row: int, *, up: bool) -> None:
        """Turn the wheel by one step."""
        self.types(f"\x1b[<{64 if up else 65};{column + 1};{row + 1}M")

    def resizes(self, columns: int, rows: int) -> None:
        """Make the terminal another size."""
        self.terminal.resize(columns, rows)
        fcntl.ioctl(self._inner, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)  # it has no controlling terminal to do so

    def _write(self, data: bytes) -> None:
        if not self._ended:
            os.write(self._inner, data)

    # eyes

    async def until(self, wanted: Callable[[], object], what: str) -> None:
        """Wait until `wanted` holds; a violation, the program's end or a deadline fail."""
        try:
            async with asyncio.timeout(WITHIN):
                while not self._checked(wanted, what):
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"waited for {what}; the screen:\n{self.terminal.text}") from None

    def _checked(self, wanted: Callable[[], object], what: str) -> bool:
        if self.violation is not None:
            raise self.violation
        if wanted():
            return True
        assert not self._ended, f"the program ended before {what}:\n{self.terminal.plain}"
        return False

    async def shows(self, *words: str) -> None:
        """Wait until all of the words stand on the screen."""
        await self.until(lambda: all(word in self.terminal.text for word in words), repr(words))

    async def hides(self, *words: str) -> None:
        """Wait until none of the words does."""
        await self.until(
            lambda: not any(word in self.terminal.text for word in words), f"no {words!r}"
        )

    async def leaves(self) -> int:
        """Quit, once there is a connection: a desk that never had one does not end with 0."""
        await self.shows("live")
        self.presses("ctrl+q")
        await self.shows("Ctrl+Q")
        self.presses("ctrl+q")
        return await self.ends()

    async def ends(self) -> int:
        """Wait for its end; the exit code. Everything it wrote was allowed and is finished."""
        await self.until(lambda: self._ended, "the end")
        self.terminal.finish()
        return await self.process.wait()

    def where(self, word: str) -> tuple[int, int]:
        """Column and row at which a word begins that stands on the screen."""
        lines = self.terminal.text.split("\n")
        row = next(n for n, line in enumerate(lines) if word in line)
        return cell_len(lines[row].partition(word)[0]), row

    def noticed(self) -> None:
        """Something outside the terminal happened that `until` may be waiting for."""
        self._news.set()


@asynccontextmanager
async def running(
    home: Path,
    arguments: Sequence[str],
    size: tuple[int, int],
    code: str = "",
    **variables: str,
) -> AsyncIterator[Program]:
    """`python -m operator_tui ARGUMENTS`, or `code` with them, at home in a folder of its own.

    Its errors go to the file `stderr` in `home`, but for what Textual paints, which goes there too
    on a real terminal: so both are the terminal.
    """
    inner, outer = pty.openpty()
    terminal = Terminal(*size)
    fcntl.ioctl(outer, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *(("-c", code) if code else ("-m", "operator_tui")), *arguments),
        stdin=outer,
        stdout=outer,
        stderr=outer,
        env=environment(home) | variables,
        start_new_session=True,
    )
    os.close(outer)
    program = Program(process, inner, terminal)
    try:
        yield program
    finally:
        program.close()
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def environment(home: Path) -> dict[str, str]:
    """A true-colour terminal in UTF-8, and every file of the program's under `home`."""
    folders = ("CONFIG", "STATE", "CACHE", "DATA")
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        **{f"XDG_{folder}_HOME": str(home / folder.lower()) for folder in folders},
    }
