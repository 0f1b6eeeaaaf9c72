"""Which server: its address, checked, and the token for it."""

import ipaddress
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from operator_tui.store.secret import Secret


class AddressError(Exception):
    """The address cannot be used; the message says why and what would do."""


class Server(Struct, frozen=True):
    """A server, and how this desk proves who it is."""

    url: str
    token: Secret
    ca_file: Path | None = None
    """More certificates to believe, besides the system's."""

    @property
    def name(self) -> str:
        """Host and port, for people."""
        return urlsplit(self.url).netloc


def checked_address(url: str, *, plaintext: bool = False) -> str:
    """`url` if the desk may connect to it, else `AddressError`.

    Without TLS everybody on the way reads the token and the visitors, so `ws://` goes to this
    machine only, unless `plaintext`.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressError(f"{url}: {error}") from error
    if parts.scheme not in {"ws", "wss"} or not host or port == 0:
        raise AddressError(f"{url}: an address looks like wss://shop.example/operator")
    if parts.username is not None or parts.query or parts.fragment:
        raise AddressError("the address must hold no user, query or fragment: see --token-file")
    if parts.scheme == "ws" and not plaintext and not is_loopback(host):
        raise AddressError(
            f"{url}: without TLS others could read everything. Use wss://,"
            " or add --insecure-plaintext on a network you trust."
        )
    return url


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine by its very name."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
