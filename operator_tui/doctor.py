"""Looks at the terminal: what it can show, and what to set where it cannot."""

import locale
import os
import platform
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from select import select

from operator_tui import __version__

PARTS = ("textual", "rich", "websockets", "msgspec")
GLYPHS = "●→▣‖■◕◷↶"
"""Signs of the unicode set that some terminals draw two cells wide."""
ANSWER_WITHIN = 0.5
"""Seconds for the terminal to say where its cursor is."""
_WHERE = "\x1b[6n"
_HERE = re.compile(rb"\x1b\[\d+;(\d+)R")


def examined(environment: Mapping[str, str]) -> Iterator[str]:
    """What was found, a line each."""
    yield f"operator-tui {__version__}"
    yield f"python      {platform.python_version()} on {platform.system()}"
    for part in PARTS:
        yield f"{part:11} {_version(part)}"
    yield f"terminal    {environment.get('TERM', 'unknown')}, {_size()}"
    yield f"colour      {colour(environment)}"
    yield f"encoding    {encoding(sys.stdout.encoding)}"
    yield f"signs       {signs(wide_glyphs())}"


def colour(environment: Mapping[str, str]) -> str:
    """How many colours there are."""
    term = environment.get("TERM", "")
    if environment.get("NO_COLOR"):
        return "none, as NO_COLOR asks; every state has its own shape and word"
    if environment.get("COLORTERM", "") in {"truecolor", "24bit"} or term.endswith("-direct"):
        return "all 16 million"
    if "256color" in term:
        return "256: themes are approximated. If it can do more, set COLORTERM=truecolor"
    return "few, it seems: try --theme mono, or set COLORTERM=truecolor if it can do more"


def encoding(name: str | None) -> str:
    """Whether the terminal is written to in UTF-8."""
    found = name or locale.getpreferredencoding(do_setlocale=False)
    if found.lower().replace("-", "") == "utf8":
        return "UTF-8"
    return f"{found}: set LANG to a UTF-8 locale, such as C.UTF-8"


def signs(wide: str | None) -> str:
    """What the measured widths mean; None: they could not be measured."""
    if wide is None:
        return "not measured: not a terminal, or it does not answer"
    if wide:
        return f'{" ".join(wide)} are two cells wide here: use --icons ascii, or icons = "ascii"'
    return "one cell each: the unicode set fits"


def wide_glyphs() -> str | None:
    """Those of `GLYPHS` that this terminal draws wider than one cell; None when it cannot tell."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    try:
        with _raw(sys.stdin.fileno()):
            widths = {glyph: _width(glyph) for glyph in GLYPHS}
    except (OSError, ImportError, UnicodeError):
        return None
    if None in widths.values():
        return None
    return "".join(glyph for glyph, width in widths.items() if width != 1)


def _width(glyph: str) -> int | None:
    """Draw it at the start of the line, ask where the cursor is, and wipe the line."""
    sys.stdout.write(f"\r{glyph}{_WHERE}")
    sys.stdout.flush()
    column = _column(sys.stdin.fileno())
    sys.stdout.write("\r\x1b[K")
    sys.stdout.flush()
    return None if column is None else column - 1


def _column(terminal: int) -> int | None:
    answer = b""
    while len(answer) < 64 and select([terminal], [], [], ANSWER_WITHIN)[0]:
        answer += os.read(terminal, 1)
        if found := _HERE.search(answer):
            return int(found[1])
    return None


@contextmanager
def _raw(terminal: int) -> Iterator[None]:
    """The terminal neither echoes its answer nor waits for Enter."""
    import termios  # noqa: PLC0415  not there on Windows
    import tty  # noqa: PLC0415

    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal)
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _version(part: str) -> str:
    try:
        return version(part)
    except PackageNotFoundError:
        return "not found"


def _size() -> str:
    try:
        size = os.get_terminal_size()
    except OSError:
        return "size unknown"
    return f"{size.columns} by {size.lines}"
