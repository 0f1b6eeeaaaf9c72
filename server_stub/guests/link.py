"""The link that lets visitors in: a capability for one practice session, and a key for each."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from operator_tui.desk.entries import Id

CAPABILITY_BYTES = 24
NAME_BYTES = 9
LINK_FILE = "visitors.link"
BY_HAND = "by-hand-"
"""Begins the name of everybody who has come in by a link."""


def new_capability() -> str:
    """A random capability, safe in the fragment of an address."""
    return secrets.token_urlsafe(CAPABILITY_BYTES)


def new_visitor() -> Id:
    """A name for somebody who has come in by the link; no page chooses its own."""
    return f"{BY_HAND}{secrets.token_hex(NAME_BYTES)}"


def is_by_hand(visitor: Id) -> bool:
    """Whether this is such a name."""
    return visitor.startswith(BY_HAND)


def capability_in(folder: Path, *, goes_on: bool) -> str:
    """The capability of the session kept in `folder`; another session has another. OSError."""
    path = folder / LINK_FILE
    if goes_on and path.is_file() and (kept := path.read_text(encoding="ascii").strip()):
        return kept
    made = new_capability()
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{made}\n")
    return made


class Link:
    """Knows its capability, and by it the key of every visitor that it ever let in."""

    def __init__(self, capability: str) -> None:
        self._secret = capability.encode("utf-8", "surrogatepass")

    def opened_by(self, capability: str) -> bool:
        """Whether this is the capability; in constant time."""
        return hmac.compare_digest(capability.encode("utf-8", "surrogatepass"), self._secret)

    def key(self, visitor: Id) -> str:
        """What only this visitor's page is told, and shows when it comes back."""
        return hmac.new(self._secret, visitor.encode(), hashlib.sha256).hexdigest()

    def is_key(self, visitor: Id, key: str) -> bool:
        """Whether the key is this visitor's; in constant time."""
        offered = key.encode("utf-8", "surrogatepass")
        return hmac.compare_digest(offered, self.key(visitor).encode())
