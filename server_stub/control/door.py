"""The control socket: one order a connection, a line of JSON each way."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from operator_tui.crash import report
from server_stub.control.errors import OrderError
from server_stub.peer import Closing
from server_stub.state_folder import private_folder

log = logging.getLogger(__name__)

LONGEST = 64 * 1024
"""Bytes of an order."""
WITHIN = 5.0
"""Real seconds in which an order has to come, and its answer has to be taken."""
KEPT_WITHIN = 10.0
"""Real seconds after which it is told that the disk has not kept what an order did."""
NOT_KEPT = (
    f"The disk has not kept this within {KEPT_WITHIN:g} s: desks show it once it has.",
    "Do not order it again; list says how things stand.",
)
FAILED = (
    "The order failed by a mistake of the program, and may be done in part. The server's log says"
    " where; see with list how things stand."
)
Do = Callable[[Sequence[str]], list[str]]


class Answer(Struct, frozen=True):
    """What became of an order."""

    ok: bool
    lines: tuple[str, ...]


def opened(path: Path) -> socket.socket:
    """The socket, for its owner alone. OrderError: another server has it. OSError, FolderError."""
    private_folder(path.parent)
    if _is_alive(path):
        raise OrderError(f"{path}: another server listens there.")
    path.unlink(missing_ok=True)
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        bound.bind(str(path))
        path.chmod(0o600)  # nobody can have connected: it does not listen yet
        bound.listen()
    except OSError:
        bound.close()
        raise
    return bound


def _is_alive(path: Path) -> bool:
    """Whether somebody answers; the socket of a server that was killed stays behind."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as trying:
        trying.settimeout(WITHIN)
        with contextlib.suppress(OSError):
            trying.connect(str(path))
            return True
    return False


async def _at_once() -> None:
    """Nothing outlives the process."""


async def attend(
    bound: socket.socket,
    path: Path,
    do: Do,
    until_kept: Callable[[], Awaitable[None]] = _at_once,
) -> None:
    """Carry out orders until cancelled; then the socket is gone.

    `until_kept`: waits until what they changed is kept; before that nothing is answered.
    """

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        broke_off = OSError, ValueError, TimeoutError, asyncio.IncompleteReadError
        with contextlib.closing(writer), contextlib.suppress(*broke_off):
            async with asyncio.timeout(WITHIN):
                line = await reader.readline()
            answer = await _kept(_done(line, do), until_kept)
            async with asyncio.timeout(WITHIN):
                writer.write(msgspec.json.encode(answer) + b"\n")
                await writer.drain()

    try:
        async with await asyncio.start_unix_server(serve, sock=bound, limit=LONGEST) as server:
            await server.serve_forever()
    finally:
        _remove(path)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


async def _kept(answer: Answer, until_kept: Callable[[], Awaitable[None]]) -> Answer:
    try:
        async with asyncio.timeout(KEPT_WITHIN):
            await until_kept()
    except TimeoutError:
        return Answer(ok=False, lines=(*answer.lines, *NOT_KEPT)) if answer.ok else answer
    except Closing:
        return Answer(ok=False, lines=("The disk did not take it, and the session stands still.",))
    return answer


def _done(line: bytes, do: Do) -> Answer:
    try:
        words = msgspec.json.decode(line, type=list[str])
        return Answer(ok=True, lines=tuple(do(words)))
    except msgspec.MsgspecError:
        return Answer(ok=False, lines=("This is no order.",))
    except OrderError as error:
        return Answer(ok=False, lines=tuple(str(error).splitlines()))
    except Exception as error:  # told to whoever gave the order, and the session goes on
        log.warning("an order failed: %s", report(error))
        return Answer(ok=False, lines=(FAILED,))
