"""By which names this server may be asked for: no other name may lead a browser to it."""

import socket
from collections.abc import Iterable

from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
ANY = ("0.0.0.0", "::")  # noqa: S104
USUAL = {"http": 80, "https": 443}
"""Ports that nobody writes behind a name."""


class Names:
    """The names of one listening socket, and what web pages of its own come from.

    A connection's own address is one too: a name that somebody else made lead here has no number.
    """

    def __init__(self, names: Iterable[str], bound: socket.socket, *, tls: bool) -> None:
        self._scheme = "https" if tls else "http"
        host, self._port = bound.getsockname()[:2]
        every = (*LOOPBACK, *map(in_url, names), in_url(host))
        self._hosts = frozenset(host for name in every for host in self._with_port(name))

    def has(self, peer: ServerConnection, request: Request) -> bool:
        """Whether the request asks for this server by one of them, and says so once."""
        hosts = [name.lower() for name in request.headers.get_all("Host")]
        return len(hosts) == 1 and hosts[0] in self._hosts | self._of(peer)

    def origins(self, peer: ServerConnection) -> frozenset[str]:
        """What an `Origin` header of one of the server's own pages says."""
        return frozenset(f"{self._scheme}://{host}" for host in self._hosts | self._of(peer))

    def _of(self, peer: ServerConnection) -> frozenset[str]:
        local = peer.local_address
        return frozenset(self._with_port(in_url(local[0]))) if local else frozenset()

    def _with_port(self, name: str) -> list[str]:
        full = f"{name}:{self._port}".lower()
        return [full, name.lower()] if self._port == USUAL[self._scheme] else [full]


def in_url(name: str) -> str:
    """A name or an address as an address of a page has it."""
    return f"[{name}]" if ":" in name and not name.startswith("[") else name


def shown(host: str, names: Iterable[str]) -> str:
    """The name under which clients can be told to connect: `host`, unless that means any."""
    if host not in ANY:
        return in_url(host)
    return in_url(next(iter(names), None) or outward() or host)


def outward() -> str | None:
    """This machine's address towards others; None when it has none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trying:
        try:
            trying.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(trying.getsockname()[0])
