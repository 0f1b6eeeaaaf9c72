"""What `server-stub serve` prints: what programs read first, then what a person does next."""

import errno
import shlex
from collections.abc import Sequence
from pathlib import Path

from operator_tui.desk.entries import Id
from server_stub.network.token_files import token_file
from server_stub.opening import Opening


class Announced:
    """How operators come in at `url`, whose tokens are in `folder`.

    `believes`: the certificate that has to be named to their desks, where nobody has signed it.
    """

    def __init__(
        self,
        url: str,
        folder: Path,
        operators: Sequence[Id],
        opening: Opening,
        believes: Path | None = None,
    ) -> None:
        self._url, self._opening = url, opening
        self._more = "" if believes is None else f" --ca-file {shlex.quote(str(believes))}"
        self._tokens = {one: token_file(folder, one) for one in operators}

    def at_first(self) -> None:
        """The lines that programs read: the address, and where each token is."""
        goes_on = "  goes on" if self._opening.goes_on else ""
        print(f"{self._url}  seed {self._opening.begun.seed}{goes_on}")
        for operator, path in self._tokens.items():
            print(f"token of {operator}: {path}", flush=True)

    def at_last(self) -> None:
        """For people: the command of each operator's desk, when it begins, and how it ends."""
        for operator, path in self._tokens.items():
            command = f"operator-tui connect {self._url} --token-file {shlex.quote(str(path))}"
            print(f"desk of {operator}: {command}{self._more}")
        begins = "goes on" if self._opening.goes_on else "begins"
        when = f"The session {begins} when the first desk comes in."
        print(f"{when} Ctrl+C ends the server.", flush=True)


def why_not(error: OSError, host: str, port: int) -> str:
    """Why nobody can listen there, and what to do."""
    match error.errno:
        case errno.EADDRINUSE:
            what = f"port {port} is in use; another server may be running."
            return f"{what} Name another one with --port, or --port 0 for any that is free."
        case errno.EACCES:
            return f"port {port} is not for everybody to use. Name one above 1023 with --port."
        case errno.EADDRNOTAVAIL:
            return f"this machine has no address {host}. --host 0.0.0.0 listens on all it has."
        case _:
            return f"{host}, port {port}: {error.strerror}."
