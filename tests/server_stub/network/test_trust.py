import asyncio
import logging
import os
import socket
import ssl
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from websockets.exceptions import InvalidHandshake, InvalidMessage

from server_stub import speaking
from server_stub.arguments import read
from server_stub.log_file import log_to
from server_stub.network import host, token_watch
from server_stub.network.doors import Doors
from server_stub.network.tls import TlsError, tls_of
from server_stub.network.token_files import good_tokens, token_file, tokens_in
from server_stub.network.token_watch import watch
from server_stub.state_folder import FolderError, private_folder
from tests.link.certificates import made
from tests.server_stub.scripted import Scripted, after, opens
from tests.server_stub.serving import client, serving

SANNE = (after(-60, "sanne", opens("sanne", "anna")),)
posix = pytest.mark.skipif(os.name != "posix", reason="permissions are posix's")


async def test_a_token_that_is_taken_back_ends_its_connections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(token_watch, "LOOKS_EVERY", 0.01)
    async with serving() as server:
        server.tokens.renew(tokens_in(tmp_path, ["anna", "bram"]))
        tokens = good_tokens(tmp_path, ["anna", "bram"])
        watching = asyncio.create_task(
            watch(tmp_path, ["anna", "bram"], server.tokens, server.house)
        )
        own, other = (client(server.url, tokens[one]) for one in ("anna", "bram"))
        async with own as anna, other as bram:
            await anna.hello()
            await bram.hello(device="bram-s")
            token_file(tmp_path, "anna").unlink()
            assert await anna.closed() == 4401
            assert (await bram.asks(1, "a", "availability", available=True))["ok"]
        with pytest.raises(InvalidHandshake, match="401"):
            async with client(server.url, tokens["anna"]):
                pass
        watching.cancel()


async def test_a_token_taken_back_before_the_hello_lets_nobody_in() -> None:
    async with serving() as server, client(server.url) as anna:
        assert server.tokens.renew({"anna": "another"}) == {"anna", "bram"}
        await anna.sends(t="hello", v=1, device="laptop", device_name="")
        assert await anna.closed() == 4401
        assert not server.house.begun


@posix
def test_a_token_that_others_can_read_is_no_longer_good(tmp_path: Path) -> None:
    tokens_in(tmp_path, ["anna", "bram"])
    token_file(tmp_path, "anna").chmod(0o644)
    assert list(good_tokens(tmp_path, ["anna", "bram"])) == ["bram"]


async def test_no_more_come_in_than_there_is_room_for() -> None:
    async with serving(doors=Doors(most=5, most_from_one=2)) as server:
        async with client(server.url), client(server.url):
            with pytest.raises((InvalidMessage, OSError, EOFError)):
                async with client(server.url):
                    pass
        async with client(server.url) as anna:
            assert (await anna.hello())["mode"] == "snapshot"


def test_doors_count_each_address_and_all_together() -> None:
    doors = Doors(most=3, most_from_one=2)
    assert [doors.enter(one) for one in ("a", "a", "a", "b", "c")] == [1, 1, 0, 1, 0]
    doors.leave("a")
    assert [doors.enter(one) for one in ("c", "a")] == [1, 0]


async def test_who_does_not_upgrade_in_time_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "OPEN_WITHIN", 0.05)
    async with serving() as server:
        port = int(server.url.split(":")[2].split("/")[0])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /operator HTTP/1.1\r\n")
        assert await reader.read() == b""
        writer.close()


async def test_who_says_no_hello_in_time_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaking, "HELLO_WITHIN", 0.05)
    async with serving() as server, client(server.url) as anna:
        assert await anna.closed() == 4408


async def test_over_tls_only_who_trusts_the_certificate_talks(tmp_path: Path) -> None:
    files = made(tmp_path)
    trusting = ssl.create_default_context(cafile=files.ca)
    async with serving(Scripted(*SANNE), tls=tls_of(files.cert, files.key)) as server:
        assert server.url.startswith("wss://")
        async with client(server.url, tls=trusting) as anna:
            assert (await anna.hello())["operator"]["id"] == "anna"
        with pytest.raises(ssl.SSLCertVerificationError):
            async with client(server.url, tls=ssl.create_default_context()):
                pass
        plain = server.url.replace("wss:", "ws:")
        with pytest.raises((InvalidMessage, OSError, EOFError)):
            async with client(plain):
                pass


def test_a_certificate_that_is_none_says_so(tmp_path: Path) -> None:
    cert, key, _ = made(tmp_path)
    assert tls_of(None, None) is None
    with pytest.raises(TlsError, match=r"cert\.pem with .*cert\.pem: not a certificate"):
        tls_of(cert, cert)
    with pytest.raises(TlsError, match="No such file"):
        tls_of(tmp_path / "nowhere", key)


@pytest.mark.parametrize("arguments", [["--cert", "c"], ["--key", "k"]])
def test_certificate_and_key_go_together(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        read(["serve", *arguments])


def test_with_tls_other_hosts_may_come() -> None:
    options = read(["serve", "--host", "0.0.0.0", "--cert", "c", "--key", "k"])  # noqa: S104
    assert options.cert == Path("c")


@posix
def test_a_folder_into_which_others_look_keeps_nothing(tmp_path: Path) -> None:
    assert private_folder(tmp_path / "new").stat().st_mode & 0o777 == 0o700
    (tmp_path / "new").chmod(0o755)
    with pytest.raises(FolderError, match="chmod 700"):
        private_folder(tmp_path / "new")


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    logger = logging.getLogger("server_stub")
    before = logger.handlers[:], logger.propagate, logger.level
    others = {name: logging.getLogger(name).level for name in ("asyncio", "websockets")}
    path = tmp_path / "logs" / "server.log"
    log_to(path, verbose=False)
    yield path
    for handler in logger.handlers:
        handler.close()
    logger.handlers[:], logger.propagate, logger.level = before
    for name, level in others.items():
        logging.getLogger(name).setLevel(level)


def seen(log_file: Path) -> tuple[str, int]:
    """What stands in the log, and who may read it."""
    return log_file.read_text(encoding="utf-8"), log_file.stat().st_mode & 0o777


def test_what_is_critical_is_told_to_whoever_runs_the_server(log_file: Path) -> None:
    told = StringIO()
    terminal = logging.getLogger("server_stub").handlers[0]
    assert isinstance(terminal, logging.StreamHandler)
    terminal.setStream(told)
    logging.getLogger("server_stub.somewhere").error("an order came to nothing")
    logging.getLogger("server_stub.somewhere").critical("visitors turn in a circle")
    assert told.getvalue() == "server-stub: visitors turn in a circle\n"
    assert "CRITICAL server_stub.somewhere visitors" in seen(log_file)[0]


async def test_the_log_has_names_and_codes_but_no_words_and_no_tokens(log_file: Path) -> None:
    async with serving(Scripted(*SANNE)) as server, client(server.url) as anna:
        await anna.hello()
        await anna.asks(1, "op-1", "message", chat="chat-sanne", text="canary-words")
        await anna.asks(2, "op-2", "message", chat="nobody", text="canary-words")
        await anna.sends(t="op", n=3, id="op-3", made=1, command="canary-words", more=["canary"])
        await anna.sends(t="canary")
        assert await anna.closed() == 4400
    told, mode = seen(log_file)
    assert "operator anna device laptop in" in told
    assert "op op-2 refused: unknown_chat" in told
    assert "canary" not in told
    assert "anna-s-token" not in told
    assert os.name != "posix" or mode == 0o600


async def test_a_port_scan_is_no_accident(log_file: Path) -> None:
    async with serving() as server:
        port = int(server.url.split(":")[2].split("/")[0])
        for noise in (b"", b"\x16\x03\x01\x00\xff", b"GET / HTTP/9\r\n\r\n", b"\x00" * 9_000):
            with socket.create_connection(("127.0.0.1", port)) as bound:
                bound.sendall(noise)
        async with client(server.url) as anna:
            await anna.hello()
    assert "Error" not in seen(log_file)[0]
