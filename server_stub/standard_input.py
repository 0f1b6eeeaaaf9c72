"""The parent's end of the line: a token on it, and its end is the end of the program."""

import asyncio
import os
import threading

LONGEST_LINE = 4_096


class StandardInput:
    """Reads descriptor 0 in a thread of its own, past any buffer that could hold exit up."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.line: asyncio.Future[str] = self._loop.create_future()
        """The first line; empty when there was none."""
        self.ended = asyncio.Event()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        got, told = b"", False
        while chunk := _chunk():
            got = (got + chunk)[:LONGEST_LINE]
            if not told and b"\n" in got:
                told = self._tell(got)
        if not told:
            self._tell(got)
        self._later(self.ended.set)

    def _tell(self, got: bytes) -> bool:
        line = got.split(b"\n", 1)[0].decode(errors="replace").strip()
        self._later(self.line.set_result, line)
        return True

    def _later(self, *call: object) -> None:
        """The loop may be closed already when the program ends for another reason."""
        try:
            self._loop.call_soon_threadsafe(*call)  # type: ignore[arg-type]
        except RuntimeError:
            return


def _chunk() -> bytes:
    try:
        return os.read(0, LONGEST_LINE)
    except OSError:
        return b""
