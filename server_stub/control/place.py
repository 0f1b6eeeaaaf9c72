"""Where the control socket of a server is: both sides find it from the state folder alone."""

import os
import socket
import warnings
from hashlib import blake2b
from pathlib import Path

import platformdirs

from server_stub.control.errors import OrderError

NAME = "ctl.sock"
LONGEST = 100
"""Bytes: systems take no longer addresses of local sockets than about this."""
NO_SOCKETS = "This system has no local sockets, so nothing can be thrown in from outside."


def socket_path(folder: Path) -> Path:
    """In the state folder; in the user's runtime folder where that one's path is too long.

    OrderError: this system has no such sockets.
    """
    if not hasattr(socket, "AF_UNIX"):
        raise OrderError(NO_SOCKETS)
    path = folder.absolute() / NAME
    if len(os.fsencode(path)) <= LONGEST:
        return path
    short = blake2b(os.fsencode(folder.resolve()), digest_size=8).hexdigest()
    with warnings.catch_warnings():  # where there is no such folder it falls back on another
        warnings.simplefilter("ignore")
        runtime = platformdirs.user_runtime_path("operator-tui", appauthor=False)
    return runtime / f"{short}.sock"
