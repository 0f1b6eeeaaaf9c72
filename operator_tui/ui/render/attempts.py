"""How the attempts to connect stand, in plain words."""

from math import ceil

from operator_tui.link.backend import Connection
from operator_tui.ui.words import tr


def next_try(connection: Connection, local: float) -> str:
    """When the next attempt comes, at the local moment `local`."""
    left = ceil(connection.next_try - local) if connection.next_try is not None else 0
    return tr("next try in {n} s", n=left) if left > 0 else tr("trying now")


def failure(connection: Connection) -> str:
    """Why the last attempt failed, without a full stop; empty: none has failed."""
    match connection.failure:
        case "":
            return ""
        case "refused":
            return tr("Nobody answers there")
        case "name":
            return tr("There is no machine of that name")
        case "timeout":
            return tr("No answer came in time")
        case "ended":
            return tr("The server ended the connection")
        case "too_long":
            return tr("The server sends more than can be read")
        case "http 404" | "no_websocket":
            return tr("There is no operator.v1 at that address")
        case code if code.startswith("http "):
            return tr("The server answers with error {code}", code=code.removeprefix("http "))
        case _:
            return tr("There is no way to the server now")
