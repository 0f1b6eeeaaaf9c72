"""A terminal that believes nothing: whatever is not on its list of harmless sequences fails."""

import re
from base64 import b64decode
from codecs import getincrementaldecoder
from unicodedata import category

from rich.cells import split_graphemes

MARKS = 4
"""Combining marks in one cell: what `clean` lets through."""
CONTEXT = 60
ANSWERS = {"2026": b"\x1b[?2026;2$y", "2048": b"\x1b[?2048;0$y"}
"""It can paint whole frames at once, and tells of a new size by signal only."""

_TEXT = "[^\x00-\x1f\x7f-\x9f]"
_MODES = "25|7|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048"
_POINTERS = "default|pointer|text|crosshair|grab|grabbing|move|help|wait|not-allowed|[a-z]+-resize"
_COUNTED = r"\d+[ ](?:new|passed|late)"
_TITLE = rf"(?:\({_COUNTED}(?:,[ ]{_COUNTED})*\)[ ])?operator-tui"

ALLOWED = re.compile(
    rf"""
      (?P<style>     \x1b\[ [0-9;:]* m )
    | (?P<move>      \x1b\[ (?P<row>\d+) ; (?P<column>\d+) H )
    | (?P<mode>      \x1b\[\? (?P<number>{_MODES}) (?P<set>[hl]) )
    | (?P<query>     \x1b\[\? (?P<asked>2026|2048) \$p )
    | (?P<keyboard>  \x1b\[ (?: >25u | <u ) )
    | (?P<title>     \x1b\]2; (?P<words>{_TITLE}) \x07 )
    | (?P<pointer>   \x1b\]22; (?:{_POINTERS}) \x07 )
    | (?P<clipboard> \x1b\]52;c; (?P<copied>[A-Za-z0-9+/]*=*) \x07 )
    | (?P<bell>      \x07 )
    | (?P<newline>   \r?\n )
    | (?P<text>      {_TEXT}+ )
    """,
    re.VERBOSE,
)
UNFINISHED = re.compile(
    rf"(?: \r | \x1b (?: \[ [?<>]? [0-9;:]* \$? | \] (?: 2 | 22 | 52 )? (?: ; {_TEXT}* )? )? ) \Z",
    re.VERBOSE,
)
"""What a chunk may end in the middle of."""


class ViolationError(Exception):
    """Something was written that could act on a terminal; shown with what it follows."""


class Terminal:
    """Reads what a program writes, strictly, and keeps the screen that comes of it.

    A copy to the clipboard is a violation unless `may_copy`: only a person may ask for one.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.title = ""
        self.bells = 0
        self.copied: list[str] = []
        self.may_copy = False
        self.answers: list[bytes] = []
        """What the terminal itself says: to be written to the program."""
        self.full_screen = False
        self.modes: dict[str, bool] = {}
        self.plain = ""
        """What was written outside the full screen, before it and after it."""
        self.seen: set[str] = set()
        """Every character that ever stood on the screen."""
        self._decode = getincrementaldecoder("utf-8")("strict").decode
        self._rest, self._before = "", ""
        self._row, self._column, self._adrift = 0, 0, False
        self._cells: list[list[str]] = []
        self.resize(columns, rows)

    def resize(self, columns: int, rows: int) -> None:
        """Another size: what is outside it is gone."""
        blank = [" "] * columns
        kept = [(row + blank)[:columns] for row in self._cells[:rows]]
        self._cells = [*kept, *(list(blank) for _ in range(rows - len(kept)))]
        self.columns = columns

    @property
    def text(self) -> str:
        """The screen, a line each."""
        return "\n".join("".join(row).rstrip() for row in self._cells)

    def feed(self, data: bytes) -> None:
        """Take what was written. Raises `ViolationError` at the first thing that is not allowed."""
        try:
            self._rest += self._decode(data)
        except UnicodeDecodeError as error:
            raise ViolationError(f"no UTF-8: {data[error.start : error.end + 20]!r}") from error
        at = 0
        while at < len(self._rest):
            found = self._next(at)
            if found is None:
                break
            self._obey(found)
            at = found.end()
            self._before = (self._before + found[0])[-CONTEXT:]
        self._rest = self._rest[at:]

    def _next(self, at: int) -> "re.Match[str] | None":
        """What stands at `at`; None when it is not all there yet."""
        found = ALLOWED.match(self._rest, at)
        if found is None and not UNFINISHED.match(self._rest, at):
            self._violated("not allowed", self._rest[at : at + CONTEXT])
        return found

    def finish(self) -> None:
        """The program has ended: nothing may be left half said."""
        self._decode(b"", final=True)
        if self._rest:
            self._violated("never finished", self._rest)
        left = [mode for mode in ("1000", "1003", "1004", "1049", "2004") if self.modes.get(mode)]
        if left:
            self._violated("left on", str(left))

    def _violated(self, what: str, found: str) -> None:
        raise ViolationError(f"{what}: {found!r}, after {self._before!r}\n{self.text}")

    def _obey(self, found: "re.Match[str]") -> None:
        if not self.full_screen and found.lastgroup in {"text", "newline"}:
            self.plain += found[0]
        match found.lastgroup:
            case "move":
                self._row, self._column = int(found["row"]) - 1, int(found["column"]) - 1
                self._adrift = False
            case "mode":
                self._mode(found["number"], found["set"] == "h")
            case "query":
                self.answers.append(ANSWERS[found["asked"]])
            case "title":
                self.title = found["words"]
            case "clipboard":
                self._copy(found)
            case "bell":
                self.bells += 1
            case "newline":
                self._adrift = self.full_screen
                self._row, self._column = min(self._row + 1, len(self._cells) - 1), 0
            case "text":
                self._write(found[0])

    def _mode(self, number: str, on: bool) -> None:
        self.modes[number] = on
        if number == "1049":
            self.full_screen, self._adrift = on, False

    def _copy(self, found: "re.Match[str]") -> None:
        text = b64decode(found["copied"], validate=True).decode()
        if not self.may_copy:
            self._violated("copied without being asked to", text)
        for line in text.split("\n"):
            self._check(line)
        self.copied.append(text)

    def _write(self, text: str) -> None:
        if (
            self._adrift
        ):  # a line end is the painter's own only where it says at once where it goes on
            self._violated("a line end inside a text", text)
        self._check(text)
        self.seen.update(text)
        for start, end, width in split_graphemes(text)[0]:
            self._put(text[start:end], width)

    def _put(self, sign: str, width: int) -> None:
        if not 0 <= self._row < len(self._cells):
            return  # a painting of before the last resize
        row, last = self._cells[self._row], self.columns - 1
        if width == 0:
            row[min(max(self._column - 1, 0), last)] += sign
            return
        if self._column <= last:
            row[self._column] = sign
        if width == 2 and self._column < last:
            row[self._column + 1] = ""
        self._column += width

    def _check(self, text: str) -> None:
        """No character may be one that a terminal obeys, hides or reorders by."""
        marks = 0
        for sign in text:
            marks = marks + 1 if category(sign)[0] == "M" else 0
            if marks > MARKS or forbidden(sign):
                self._violated(f"U+{ord(sign):04X} in a text", text)


def forbidden(sign: str) -> bool:
    """Controls, format characters but the joiners, surrogates, line ends, noncharacters."""
    code = ord(sign)
    if category(sign) in {"Cc", "Cs", "Zl", "Zp"} or 0xFDD0 <= code <= 0xFDEF:
        return True
    return (category(sign) == "Cf" and sign not in "\u200c\u200d") or code & 0xFFFE == 0xFFFE
