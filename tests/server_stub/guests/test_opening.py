import asyncio
import http.client
import socket
from http import HTTPStatus

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin, Subprotocol

from server_stub import speaking
from server_stub.guests.files import FILES, FOLDER
from tests.server_stub.guests.visited import LINK, Visited, anna_at_work, page
from tests.server_stub.serving import client, serving


def fetched(at: str, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    asked = http.client.HTTPConnection(at, timeout=5)
    asked.request("GET", path, headers=headers)
    answer = asked.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read().decode()


async def fetch(served: Visited, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    return await asyncio.to_thread(fetched, served.at, path, **headers)


async def refused(
    served: Visited, protocol: str = "visitor.v1", path: str = "/visitor/ws", **headers: str
) -> int:
    with pytest.raises(InvalidStatus) as info:
        async with connect(
            f"ws://{served.at}{path}",
            additional_headers=headers,
            subprotocols=[Subprotocol(protocol)],
            proxy=None,
        ):
            pass
    return info.value.response.status_code


async def test_the_page_and_its_files_come_under_a_strict_policy(server: Visited) -> None:
    for path, (name, kind) in FILES.items():
        status, headers, body = await fetch(server, path)
        assert (status, headers["Content-Type"]) == (HTTPStatus.OK, kind)
        assert body == FOLDER.joinpath(name).read_text(encoding="utf-8")
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


async def test_a_query_is_for_the_page_and_other_paths_are_nothing(server: Visited) -> None:
    status, _, _ = await fetch(server, "/visitor?lang=fi&channel=messaging")
    assert status == HTTPStatus.OK
    for path in ("/visitor/", "/visitor/../arguments.py", "/visitor/%2e%2e/host.py", "/visitors"):
        status, _, _ = await fetch(server, path)
        assert status == HTTPStatus.NOT_FOUND


async def test_every_file_of_the_page_is_served_and_no_other() -> None:
    served = {name for name, _ in FILES.values()}
    assert served == {path.name for path in FOLDER.iterdir() if path.is_file()}


async def test_the_page_is_only_there_for_a_name_of_ours(server: Visited) -> None:
    status, _, _ = await fetch(server, "/visitor", Host="shop.example")
    assert status == HTTPStatus.FORBIDDEN
    port = int(server.at.split(":")[1])
    with pytest.raises(InvalidStatus) as info:
        async with connect(
            f"ws://shop.example:{port}/visitor/ws",
            sock=socket.create_connection(("127.0.0.1", port)),
            origin=Origin(f"http://{server.at}"),
            subprotocols=[Subprotocol("visitor.v1")],
            proxy=None,
        ):
            pass
    assert info.value.response.status_code == HTTPStatus.FORBIDDEN


async def test_the_socket_is_only_for_the_servers_own_page(server: Visited) -> None:
    port = server.at.split(":")[1]
    assert await refused(server) == HTTPStatus.FORBIDDEN
    for origin in (
        "null",
        "http://shop.example",
        f"https://{server.at}",
        f"http://127.0.0.2:{port}",
    ):
        assert await refused(server, Origin=origin) == HTTPStatus.FORBIDDEN
    async with page(server, Origin=f"http://localhost:{port}") as noor:
        assert (await noor.comes())["log"]


async def test_each_door_speaks_its_own_protocol(server: Visited) -> None:
    own = f"http://{server.at}"
    assert await refused(server, "operator.v1", Origin=own) == HTTPStatus.BAD_REQUEST
    bearer = {"Authorization": "Bearer anna-s-token"}
    assert await refused(server, path="/operator", **bearer) == HTTPStatus.BAD_REQUEST


async def test_without_a_link_there_is_no_door_at_all() -> None:
    async with serving() as served:
        at = served.url.split("/")[2]
        status, _, _ = await asyncio.to_thread(fetched, at, "/visitor")
        assert status == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("link", ["", "another-link", LINK + "x", "ł" * 64])
async def test_only_who_has_the_link_comes_in(server: Visited, link: str) -> None:
    async with page(server) as stranger:
        await stranger.sends(t="hello", v=1, link=link)
        assert (await stranger.gets("error"))["code"] == "link"
        assert await stranger.closed() == 4401


async def test_another_version_is_told_so(server: Visited) -> None:
    async with page(server) as noor:
        await noor.sends(t="hello", v=2, link=LINK)
        assert (await noor.gets("error"))["code"] == "version"
        assert await noor.closed() == 4406


async def test_who_does_not_say_hello_is_let_go(
    server: Visited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaking, "HELLO_WITHIN", 0.02)
    async with page(server) as mute:
        assert await mute.closed() == 4408


async def test_a_page_cannot_be_somebody_else_by_name_alone(server: Visited) -> None:
    async with page(server) as noor, page(server) as thief:
        await noor.comes()
        await thief.comes(visitor=noor.welcome["visitor"], key="0" * 64)
        assert thief.welcome["visitor"] != noor.welcome["visitor"]


async def test_no_page_names_itself(server: Visited) -> None:
    async with page(server) as noor:
        await noor.comes(visitor="sanne", key="")
        assert noor.welcome["visitor"] != "sanne"


async def test_a_link_lets_twenty_in_and_the_next_when_one_has_gone(server: Visited) -> None:
    async with anna_at_work(server):
        pages = [page(server) for _ in range(20)]
        people = [await one.__aenter__() for one in pages]
        try:
            for person in people:
                await person.comes()
            async with page(server) as late:
                await late.sends(t="hello", v=1, link=LINK)
                assert (await late.gets("error"))["code"] == "full"
                assert await late.closed() == 4429
            await people[0].socket.close()
            async with page(server) as next_one:
                await next_one.comes()
        finally:
            for one in pages:
                await one.__aexit__(None, None, None)


async def test_the_same_visitor_in_a_second_window_fences_the_first(server: Visited) -> None:
    async with page(server) as first, page(server) as second:
        await first.comes()
        await second.comes_back(first)
        assert (await first.gets("error"))["code"] == "fenced"
        assert await first.closed() == 4409


async def test_before_the_first_operator_there_is_nothing_to_ask(server: Visited) -> None:
    async with page(server) as noor:
        assert (await noor.comes()).get("open", False) is False
        await noor.starts()
        assert (await noor.gets("refused"))["code"] == "not_open"
        async with client(server.operators) as anna:
            await anna.hello()
            assert (await noor.gets("state"))["open"] is True
