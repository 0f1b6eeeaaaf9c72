"""The bundled server, run as a program of its own, as any other server would run."""

import asyncio
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Annotated, Self

import msgspec
from msgspec import Meta, Struct

from operator_tui.desk.text import SafeText, clean
from operator_tui.link.backend import CouldNotConnectError
from operator_tui.link.server import Server
from operator_tui.store.secret import Secret

STARTS_WITHIN = 10.0
"""Seconds for the server to say its port."""
ENDS_WITHIN = 2.0
"""Seconds for it to end by itself, and again after it was asked to."""
COMMAND = (sys.executable, "-m", "server_stub", "demo")
OPERATOR_PATH = "/operator"


class _Started(Struct):
    """The one line of JSON that the server writes; it may say more."""

    port: Annotated[int, Meta(ge=1, le=65_535)]


class BundledServer:
    """The server's process, started at once and ended by `close`.

    It holds the reading end of a pipe from us: should this program be killed, it ends too.
    """

    def __init__(self, options: Sequence[str] = (), command: Sequence[str] = ()) -> None:
        self._token = Secret(secrets.token_urlsafe(32))
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  closed in `close`
        self._process = subprocess.Popen(  # noqa: S603  our own program, no shell
            [*(command or COMMAND), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            start_new_session=True,  # a Ctrl+C in the terminal is for the desk alone
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def find(self) -> Server:
        """Where it listens. Raises `CouldNotConnectError` when it does not start within 10 s."""
        try:
            async with asyncio.timeout(STARTS_WITHIN):
                line = await asyncio.to_thread(self._first_line)
            started = msgspec.json.decode(line, type=_Started)
        except (TimeoutError, OSError, msgspec.MsgspecError) as error:
            await asyncio.to_thread(self._end)
            raise CouldNotConnectError("server", self._said()) from error
        return Server(f"ws://127.0.0.1:{started.port}{OPERATOR_PATH}", self._token)

    def close(self) -> None:
        """End the server, and let go of everything that tied us to it."""
        self._end()
        for file in (self._process.stdout, self._errors):
            if file is not None:
                file.close()

    def _end(self) -> None:
        """By the end of its input, else by asking, else by force."""
        with suppress(OSError):
            self._input.close()
        for end in (self._process.terminate, self._process.kill):
            try:
                self._process.wait(ENDS_WITHIN)
                break
            except subprocess.TimeoutExpired:
                end()
        self._process.wait()

    @property
    def _input(self) -> IO[bytes]:
        if self._process.stdin is None:
            raise RuntimeError("the server was started without a pipe to it")
        return self._process.stdin

    def _first_line(self) -> bytes:
        """Hand the token over and read the server's line; the pipe stays open behind it."""
        self._input.write(self._token.reveal().encode() + b"\n")
        self._input.flush()
        if self._process.stdout is None:
            raise RuntimeError("the server was started without a pipe from it")
        return self._process.stdout.readline(4_096)

    def _said(self) -> SafeText:
        """The end of what it wrote to stderr."""
        size = self._errors.seek(0, 2)
        self._errors.seek(max(0, size - 2_000))
        return clean(self._errors.read().decode(errors="replace").strip(), SafeText)
