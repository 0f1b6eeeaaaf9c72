import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from websockets.asyncio.server import ServerConnection
from websockets.datastructures import Headers
from websockets.http11 import Request

from server_stub.network.names import Names, shown
from server_stub.network.tls import Shown, seen_of, tls_of
from tests.link.certificates import made, signed_by_itself


def peer(address: str) -> ServerConnection:
    return cast("ServerConnection", SimpleNamespace(local_address=(address, 8765)))


def bound(host: str, port: int = 8765) -> socket.socket:
    where: Any = SimpleNamespace(getsockname=lambda: (host, port))
    return cast("socket.socket", where)


def request(*hosts: str) -> Request:
    return Request("/operator", Headers([("Host", host) for host in hosts]))


def has(names: Names, *hosts: str, at: str = "192.0.2.3") -> bool:
    return names.has(peer(at), request(*hosts))


def test_the_address_that_a_connection_came_to_is_the_servers_own() -> None:
    names = Names((), bound("0.0.0.0"), tls=True)  # noqa: S104
    assert has(names, "192.0.2.3:8765")
    assert has(names, "[fd00::1]:8765", at="fd00::1")
    assert not has(names, "192.0.2.4:8765")
    assert not has(names, "192.0.2.3:8766")
    assert not has(names, "evil.example:8765")
    assert "https://192.0.2.3:8765" in names.origins(peer("192.0.2.3"))


def test_names_that_were_given_count_in_any_case_and_once() -> None:
    names = Names(["Trainer.example", "fd00::7"], bound("0.0.0.0"), tls=True)  # noqa: S104
    assert has(names, "trainer.EXAMPLE:8765")
    assert has(names, "[fd00::7]:8765")
    assert not has(names, "trainer.example:8765", "trainer.example:8765")
    assert not has(names)


@pytest.mark.parametrize(("port", "tls"), [(443, True), (80, False)])
def test_the_usual_port_need_not_be_written(port: int, tls: bool) -> None:
    names = Names(["trainer.example"], bound("0.0.0.0", port), tls=tls)  # noqa: S104
    assert has(names, "trainer.example")
    assert not has(Names(["trainer.example"], bound("0.0.0.0"), tls=tls), "trainer.example")  # noqa: S104


def test_what_is_told_to_others_leads_here() -> None:
    assert shown("192.0.2.3", ["trainer.example"]) == "192.0.2.3"
    assert shown("0.0.0.0", ["trainer.example"]) == "trainer.example"  # noqa: S104
    assert shown("::", ["fd00::7"]) == "[fd00::7]"
    assert shown("::1", ()) == "[::1]"


def test_a_certificate_says_whose_it_is(tmp_path: Path) -> None:
    cert, key, _ = made(tmp_path)
    tls = tls_of(cert, key)
    assert tls is not None
    assert seen_of(cert, tls) == Shown(("127.0.0.1",))


def test_a_certificate_that_nobody_else_has_signed_says_so(tmp_path: Path) -> None:
    cert, key, _ = signed_by_itself(tmp_path)
    tls = tls_of(cert, key)
    assert tls is not None
    assert seen_of(cert, tls) == Shown(("127.0.0.1",), by_itself=True)
