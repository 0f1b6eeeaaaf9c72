"""The server's log: ids and codes only, to stderr, to a file, or to both."""

import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
SIZE, TURNS = 1_000_000, 3


class PrivateFile(RotatingFileHandler):
    """A file that only its owner can read, moved aside when it is full."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        if os.name == "posix":
            os.fchmod(handle, 0o600)
        return os.fdopen(handle, "a", encoding="utf-8")


def log_to(file: Path | None, *, verbose: bool) -> None:
    """Set the log up. OSError: the file cannot be written.

    Only what this package says goes in: others could quote what was written in a chat. What is
    critical is for whoever runs the server, and on stderr without being asked for.
    """
    logger = logging.getLogger("server_stub")
    logger.propagate = False
    logger.setLevel(logging.DEBUG)
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    handlers[0].setLevel(logging.INFO if verbose else logging.CRITICAL)
    if file is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handlers.append(PrivateFile(file, maxBytes=SIZE, backupCount=TURNS))
    logger.handlers[:] = handlers
    for handler in handlers:
        handler.setFormatter(logging.Formatter(FORMAT))
    if not verbose:
        handlers[0].setFormatter(logging.Formatter("server-stub: %(message)s"))
    logging.getLogger("asyncio").setLevel(logging.CRITICAL + 1)
    logging.getLogger("websockets").setLevel(logging.CRITICAL + 1)
