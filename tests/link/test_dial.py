"""The opening of one connection, against servers that answer it with anything but an upgrade."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from errno import ECONNREFUSED, ENETUNREACH
from socket import gaierror
from typing import cast

import pytest

from operator_tui.link import socket
from operator_tui.link.server import Server
from operator_tui.link.socket import RefusedError, UnreachableError, dial
from operator_tui.store.secret import Secret


class Answering:
    """A server that answers every request with the same bytes, or not at all with None."""

    def __init__(self, answer: bytes | None) -> None:
        self.answer, self.heard, self.port = answer, list[bytes](), 0
        self.busy: set[asyncio.Task[None]] = set()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.busy.add(cast("asyncio.Task[None]", asyncio.current_task()))
        with suppress(ConnectionError):
            self.heard.append(await reader.readuntil(b"\r\n\r\n"))
            if self.answer is not None:
                writer.write(self.answer)
                writer.write_eof()
            await reader.read()
        writer.transport.abort()

    async def dialled(self) -> None:
        await dial(Server(f"ws://127.0.0.1:{self.port}/operator", Secret("correct-horse")))


@asynccontextmanager
async def answering(answer: bytes | None) -> AsyncIterator[Answering]:
    one = Answering(answer)
    async with await asyncio.start_server(one.accept, "127.0.0.1", 0) as server:
        one.port = server.sockets[0].getsockname()[1]
        yield one
    await asyncio.gather(*one.busy)


def redirect(location: str, status: int = 301) -> bytes:
    return f"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\n\r\n".encode()


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
async def test_no_redirect_is_followed(status: int) -> None:
    async with answering(b"") as elsewhere:
        there = f"ws://user:word@127.0.0.1:{elsewhere.port}/"
        async with answering(redirect(there, status)) as server:
            with pytest.raises(UnreachableError, match=str(status)):
                await server.dialled()
            assert len(server.heard) == 1
        assert elsewhere.heard == []


@pytest.mark.parametrize(
    "answer",
    [
        redirect("/operator"),
        redirect("http://127.0.0.1:1/"),
        redirect("mailto:eve@shop.example"),
        redirect("ws://[::1/"),
        redirect("ws://127.0.0.1:99999/"),
        redirect("ws://127.0.0.1:1/#fragment"),
        redirect("ws://sh\u00f6p\u202e.example/"),
        redirect(""),
        b"",
        b"HTTP/1.1 503 No\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
        b"HTTP/1.1 503 No\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 503 No\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
        b"HTTP/1.1 999 \xff\xfe\r\n\x00: \xff\r\n\r\n",
        b"HTTP/2 101\r\n\r\n",
        b"HTTP/1.1 101 " + b"x" * 20_000,
        b"HTTP/1.1 101 Switching Protocols\r\n" + b"X: y\r\n" * 2_000,
        b"\x15\x03\x01\x00\x02\x02\x28",
    ],
)
async def test_an_answer_that_is_no_upgrade_is_only_a_failed_attempt(answer: bytes) -> None:
    async with answering(answer) as server:
        with pytest.raises(UnreachableError):
            await server.dialled()


@pytest.mark.parametrize(("status", "reason"), [(401, "token"), (403, "forbidden")])
async def test_what_only_a_person_can_mend_is_told_apart(status: int, reason: str) -> None:
    async with answering(f"HTTP/1.1 {status} No\r\n\r\n".encode()) as server:
        with pytest.raises(RefusedError) as refused:
            await server.dialled()
        assert refused.value.reason == reason


async def test_a_server_that_accepts_and_says_nothing_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "OPEN_WITHIN", 0.05)
    async with answering(None) as server:
        with pytest.raises(UnreachableError, match="TimeoutError"):
            await server.dialled()


@pytest.mark.parametrize("proxy", ["nonsense://", "socks5h://127.0.0.1:1", "http://[::1", "http:"])
async def test_a_proxy_that_cannot_be_used_is_only_a_failed_attempt(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("wss_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, proxy)
    with pytest.raises(UnreachableError):
        await dial(Server("wss://shop.invalid/operator", Secret("correct-horse")))


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (b"HTTP/1.1 404 Not Found\r\n\r\n", "http 404"),
        (b"220 mail.example ESMTP\r\n", "no_websocket"),
        (b"HTTP/1.1 200 OK\r\n\r\n", "http 200"),
    ],
)
async def test_what_answers_but_is_no_server_of_ours_is_told_apart(
    answer: bytes, failure: str
) -> None:
    async with answering(answer) as server:
        with pytest.raises(UnreachableError) as caught:
            await server.dialled()
        assert caught.value.failure == failure


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (ConnectionRefusedError(ECONNREFUSED, "no"), "refused"),
        (OSError(f"Multiple exceptions: [Errno {ECONNREFUSED}] Connect call failed"), "refused"),
        (gaierror("no such name"), "name"),
        (TimeoutError(), "timeout"),
        (OSError(ENETUNREACH, "no network"), "way"),
        (ValueError("a proxy that is no address"), "way"),
    ],
)
def test_what_stands_in_the_way_has_a_name(error: Exception, failure: str) -> None:
    assert socket.failure_of(error) == failure
