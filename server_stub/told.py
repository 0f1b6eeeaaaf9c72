"""What the server's tools tell whoever runs them: lines, and an exit code."""

import sys
from enum import IntEnum

from operator_tui.desk.text import SafeText, clean


class Exit(IntEnum):
    """What the exit code of a tool says."""

    FINE = 0
    WRONG = 1
    """It failed, found a mistake, or was refused."""
    USAGE = 2
    """A mistake on the command line, or in what it names."""
    INTERRUPTED = 128 + 2
    """As a shell tells of SIGINT."""
    NOT_READ = 128 + 13
    """As a shell tells of SIGPIPE."""


def say(text: str) -> None:
    """Print what strangers may have written: cleaned, and whatever the terminal can show."""
    for line in text.split("\n"):
        shown = clean(line, SafeText)
        encoding = sys.stdout.encoding or "ascii"
        print(shown.encode(encoding, "replace").decode(encoding))
