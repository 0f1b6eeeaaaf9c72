"""What is pasted stays a text: no part of it may be taken for a key.

Textual looks for escape sequences inside a bracketed paste too, and hands what it does not know on
as keys: a pasted ESC leaves the composer, and the letters behind it are keys of the list. Most
terminals take ESC out of a paste, but not all (tmux does not). So it is made visible here, as
`clean` would, before Textual reads it.
"""

import sys
from collections.abc import Iterable
from typing import Final

from textual._xterm_parser import XTermParser
from textual.message import Message

ESC: Final = "\x1b"
STARTS, ENDS = "\x1b[200~", "\x1b[201~"
SHOWN: Final = "\u241b"


class PasteGuard:
    """Goes over what the terminal sends, in whatever chunks, and remembers where it is."""

    def __init__(self) -> None:
        self._pasting = False
        self._begun = ""
        """The end of the last chunk that may be the beginning of a mark."""

    def guarded(self, data: str) -> str:
        """`data` with every ESC inside a paste made visible."""
        passed: list[str] = []
        text = self._begun + data
        told = 0 if self._pasting else len(self._begun)  # a key must not wait, so that went out
        while True:
            mark = ENDS if self._pasting else STARTS
            before, found, after = text.partition(mark)
            self._begun = "" if found else beginning(before, mark)
            if self._pasting:
                kept = before[: len(before) - len(self._begun)]
                passed.append(kept.replace(ESC, SHOWN) + found)
            else:
                passed.append((before + found)[told:])
            if not found:
                return "".join(passed)
            self._pasting, text, told = not self._pasting, after, 0


def beginning(text: str, mark: str) -> str:
    """As much of `mark` as `text` ends with."""
    sizes = range(len(mark) - 1, 0, -1)
    return next((mark[:size] for size in sizes if text.endswith(mark[:size])), "")


class GuardedParser(XTermParser):
    """Textual's reader of the terminal, behind a guard."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._guard = PasteGuard()

    def feed(self, data: str) -> Iterable[Message]:
        """Messages for what the terminal sent; an empty text is its end."""
        guarded = self._guard.guarded(data)
        return super().feed(guarded) if guarded or not data else ()


def guard_pastes() -> None:
    """From now on Textual's drivers read through the guard. It has no public place for one."""
    if sys.platform == "win32":
        from textual.drivers import win32 as reading  # noqa: PLC0415
    else:
        from textual.drivers import linux_driver as reading  # noqa: PLC0415
    vars(reading)["XTermParser"] = GuardedParser
