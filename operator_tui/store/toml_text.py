"""The operator's own TOML files as text: what they say, and where in them a name stands."""

import re
from pathlib import Path

LARGEST = 64 * 1024
"""Bytes that are read at most, of a file that is not for texts."""


def read_text(path: Path, largest: int = LARGEST) -> str | None:
    """What the file says, which is nothing when there is none; None when it cannot be read, or is
    not written in UTF-8."""
    try:
        with path.open("rb") as file:
            return file.read(largest).decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeError):
        return None


def line_of(text: str, name: str) -> int:
    """Where `name` gets its value, or is a table's; the first line when it is not found."""
    named = re.compile(rf"\s*\[*\s*[\"']?{re.escape(name)}[\"']?\s*[=.\]]")
    return next((n for n, line in enumerate(text.splitlines(), 1) if named.match(line)), 1)
