"""The small things the program remembers, in one JSON file that is replaced whole."""

import asyncio
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec

from operator_tui.store.paths import private_folder
from operator_tui.store.ports import Remembered, StoreError

_LONGEST = 64 * 1024


class FileSettings:
    """`Settings` in a file. An unreadable one is as good as none: nothing in it is precious."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def load(self) -> Remembered:
        """What was saved last, else the defaults."""
        return await asyncio.to_thread(self.read)

    async def save(self, remembered: Remembered) -> None:
        """Replace the file, or leave it as it is and raise `StoreError`."""
        await asyncio.to_thread(self.write, remembered)

    def read(self) -> Remembered:
        """`load`, for the start of the program, before there is an event loop."""
        try:
            with self._path.open("rb") as file:
                return msgspec.json.decode(file.read(_LONGEST), type=Remembered)
        except (OSError, msgspec.MsgspecError, UnicodeError, RecursionError):
            return Remembered()

    def write(self, remembered: Remembered) -> None:
        """`save`, waiting for the disk."""
        try:
            folder = private_folder(self._path.parent)
            _replace(folder, self._path, msgspec.json.encode(remembered))
        except OSError as error:
            raise StoreError("disk") from error


def _replace(folder: Path, path: Path, data: bytes) -> None:
    """Write beside the file and rename over it: whoever reads sees the old one or the new one."""
    number, name = tempfile.mkstemp(dir=folder, prefix=path.name)  # made with mode 0600
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise
