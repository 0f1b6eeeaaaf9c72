"""The operator's own TOML files as text: what they say, and where in them a name stands."""

import re
from pathlib import Path

LARGEST = 64 * 1024
"""Bytes that a file which is not for texts may have."""


def read_text(path: Path, largest: int = LARGEST) -> str | None:
    """What the file says, which is nothing when there is none; None when it cannot be read, is not
    written in UTF-8, or has more than `largest` bytes: half of it could say what all of it does
    not."""
    try:
        with path.open("rb") as file:
            raw = file.read(largest + 1)
            return raw.decode("utf-8-sig") if len(raw) <= largest else None
    except FileNotFoundError:
        return None if path.is_symlink() else ""  # what a link leads to may be back tomorrow
    except (OSError, UnicodeError):
        return None


def line_of(text: str, name: str) -> int:
    """Where `name` gets its value, or is a table's; the first line when it is not found."""
    named = re.compile(rf"\s*\[*\s*[\"']?{re.escape(name)}[\"']?\s*[=.\]]")
    return next((n for n, line in enumerate(text.splitlines(), 1) if named.match(line)), 1)
