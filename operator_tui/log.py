"""The one logging set-up: a rotating file for its owner alone. Ids and codes, never words."""

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TypeAlias, cast

from operator_tui import crash
from operator_tui.store.paths import private_folder

SIZE, FILES = 1_000_000, 3
QUIET = ("websockets", "asyncio", "markdown_it")
"""At DEBUG the first logs the Authorization header and every frame."""


_Caught: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class _PrivateFile(RotatingFileHandler):
    """Made with mode 0600, not changed to it afterwards."""

    def _open(self) -> TextIOWrapper:
        number = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return cast("TextIOWrapper", os.fdopen(number, self.mode, encoding=self.encoding))


class _Wordless(logging.Formatter):
    """An error is told without its words. What asyncio says of a task goes on with the repr of
    its error: all but the first line is left out."""

    def formatException(self, ei: "_Caught") -> str:  # noqa: N802 - logging's name for it
        return crash.report(ei[1]) if ei[1] is not None else ""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        if record.name == "asyncio":
            record.message = record.message.partition("\n")[0]
        return super().formatMessage(record)


def start_log(path: Path, level: int = logging.INFO) -> None:
    """Log to `path` from now on; without a log when the disk does not let us."""
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    root = logging.getLogger()
    root.setLevel(level)
    try:
        private_folder(path.parent)
        handler = _PrivateFile(path, maxBytes=SIZE, backupCount=FILES, encoding="utf-8")
    except OSError:
        root.addHandler(logging.NullHandler())
        return
    handler.setFormatter(_Wordless("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
