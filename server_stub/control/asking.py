"""`server-stub ctl`: an order for a server that runs on this machine."""

import shlex
import socket
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from server_stub.control.door import Answer
from server_stub.control.errors import OrderError
from server_stub.control.orders import usage
from server_stub.control.place import socket_path
from server_stub.told import Exit, say

WITHIN = 20.0
"""Real seconds after which a server that does not answer counts as stuck: longer than that waits
for its disk (`door.KEPT_WITHIN`)."""
LOOK = "See with list how things stand before you order it again."


def ask(folder: Path, words: Sequence[str]) -> int:
    """Have an order carried out and tell what became of it; `-`: the orders on stdin."""
    if not words or words[0] in {"help", "--help", "-h"}:
        for line in usage():
            say(line)
        return Exit.FINE
    try:
        path, code = socket_path(folder), Exit.FINE
        for order in _orders(words):
            answer = _asked(path, order)
            for line in answer.lines:
                say(line)
            code = code if answer.ok else Exit.WRONG
    except OrderError as error:
        say(str(error))
        return Exit.USAGE
    return code


def _orders(words: Sequence[str]) -> Iterator[Sequence[str]]:
    if list(words) != ["-"]:
        yield words
        return
    for line in sys.stdin:
        try:
            order = shlex.split(line, comments=True)
        except ValueError as error:
            raise OrderError(f"{line.strip()[:40]}: {error}.") from error
        if order:
            yield order


def _asked(path: Path, words: Sequence[str]) -> Answer:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(WITHIN)
            _connect(connection, path)
            told = [word.encode(errors="replace").decode() for word in words]
            connection.sendall(msgspec.json.encode(told) + b"\n")
            with connection.makefile("rb") as file:
                return msgspec.json.decode(file.readline(), type=Answer)
    except TimeoutError as error:
        what = f"No answer within {WITHIN:g} s; the order may have been done."
        raise OrderError(what, LOOK) from error
    except (OSError, msgspec.MsgspecError) as error:
        what = "The server broke off before it answered; the order may have been done."
        raise OrderError(what, LOOK) from error


def _connect(connection: socket.socket, path: Path) -> None:
    try:
        connection.connect(str(path))
    except OSError as error:
        what = f"No server listens at {path}."
        hint = "Start one with server-stub serve --state FOLDER, and name the same folder here."
        raise OrderError(what, hint) from error
