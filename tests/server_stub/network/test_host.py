import asyncio
import socket
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any

import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from operator_tui.desk.signals import OperatorTyping
from operator_tui.wire.frames import FRAME_LIMIT
from server_stub import speaking
from server_stub.peer import Peer
from server_stub.service.practice import Caller, Practice
from server_stub.visitors.acts import Acted
from tests.server_stub.scripted import START, Scripted, after, opens, says
from tests.server_stub.serving import TOKEN, Serving, client, serving

SANNE = (after(-60, "sanne", opens("sanne", "anna")), after(-30, "sanne", says("It leaks 💧")))


@pytest.fixture
async def server() -> AsyncIterator[Serving]:
    async with serving(Scripted(*SANNE)) as served:
        yield served


async def test_a_first_hello_gets_the_whole_desk_with_its_past(server: Serving) -> None:
    async with client(server.url) as anna:
        welcome = await anna.hello()
        assert (welcome["mode"], welcome["head"], welcome["last_n"]) == ("snapshot", 2, 0)
        assert welcome["operator"] == {"id": "anna", "name": "Anna"}
        assert (welcome["now"], welcome["rate"]) == (START, 0.0)
        part = await anna.gets("snapshot")
        desk = msgspec.json.decode(part["piece"])
        chat = desk["chats"]["chat-sanne"]
        assert (part["last"], part["seq"], desk["seq"]) == (True, 2, 2)
        assert (chat["received_at"], chat["unanswered"]) == (START - 60_000, 1)
        assert anna.socket.subprotocol == "operator.v1"


async def test_a_reply_comes_back_as_an_event_and_then_as_its_result(server: Serving) -> None:
    async with client(server.url) as anna:
        await anna.hello()
        await anna.sends(
            t="op",
            n=1,
            id="op-1",
            made=START,
            command={"kind": "message", "chat": "chat-sanne", "text": "Hoi"},
        )
        event = await anna.gets("event")
        result = await anna.gets("result")
        assert event["seq"] == 3
        assert event["event"]["message"]["origin"] == {"device": "laptop", "n": 1, "op": "op-1"}
        assert (result["ok"], result["seq"], result["id"]) == (True, 3, "op-1")
        assert server.stage.heard == [("sanne", "Hoi")]


async def test_a_client_that_comes_back_gets_what_it_missed_and_its_old_result(
    server: Serving,
) -> None:
    async with client(server.url) as anna:
        epoch = (await anna.hello())["epoch"]
        await anna.asks(1, "op-1", "message", chat="chat-sanne", text="Hoi")
    async with client(server.url) as anna:
        welcome = await anna.hello(epoch=epoch, seq=2)
        assert (welcome["mode"], welcome["last_n"]) == ("resume", 1)
        assert (await anna.gets("event"))["seq"] == 3
        again = await anna.asks(1, "op-1", "message", chat="chat-sanne", text="Hoi")
        assert (again["ok"], again["duplicate"]) == (True, True)
        assert server.stage.heard == [("sanne", "Hoi")]


async def test_refusals_use_their_number_and_say_why(server: Serving) -> None:
    async with client(server.url) as anna:
        await anna.hello()
        unknown = await anna.asks(1, "a", "dance", chat="chat-sanne")
        long = await anna.asks(2, "b", "message", chat="chat-sanne", text="x" * 4_001)
        nobody = await anna.asks(3, "c", "message", chat="chat-nobody", text="Hoi")
        fine = await anna.asks(4, "d", "message", chat="chat-sanne", text="x" * 4_000)
        codes = [one.get("code") for one in (unknown, long, nobody, fine)]
        assert codes == ["unknown_command", "too_long", "unknown_chat", None]


@pytest.mark.parametrize(
    ("frame", "code", "error"),
    [
        ({"t": "dance"}, 4400, "bad_frame"),
        ({"t": "op", "n": "1"}, 4400, "bad_frame"),
        ({"t": "hello", "v": 1, "device": "d", "device_name": ""}, 4400, "bad_frame"),
        ({"t": "op", "n": 5, "id": "x", "made": 1, "command": {}}, 4408, "gap"),
    ],
)
async def test_a_client_out_of_step_is_told_and_closed(
    server: Serving, frame: dict[str, Any], code: int, error: str
) -> None:
    async with client(server.url) as anna:
        await anna.hello()
        await anna.sends(**frame)
        assert (await anna.gets("error"))["code"] == error
        assert await anna.closed() == code


async def test_binary_frames_and_floods_are_refused(server: Serving) -> None:
    async with client(server.url) as anna:
        await anna.hello()
        await anna.socket.send(b"{}")
        assert await anna.closed() == 4400
    async with client(server.url) as anna:
        await anna.hello()
        await anna.socket.send("x" * (FRAME_LIMIT + 1))
        assert await anna.closed() == 1009


async def test_another_version_is_told_so(server: Serving) -> None:
    async with client(server.url) as anna:
        await anna.sends(t="hello", v=2, device="laptop", device_name="")
        assert (await anna.gets("error"))["code"] == "version"
        assert await anna.closed() == 4406


async def test_a_second_window_on_one_database_fences_the_first(server: Serving) -> None:
    async with client(server.url) as first, client(server.url) as second:
        await first.hello()
        await second.hello()
        assert (await first.gets("error"))["code"] == "fenced"
        assert await first.closed() == 4409
        assert (await second.asks(1, "a", "no_answer_needed", chat="chat-sanne"))["ok"]


async def test_two_devices_of_one_operator_see_the_same_log(server: Serving) -> None:
    async with client(server.url) as laptop, client(server.url) as phone:
        await laptop.hello()
        await phone.hello(device="phone")
        await laptop.asks(1, "a", "message", chat="chat-sanne", text="Hoi")
        assert (await phone.gets("event"))["event"]["message"]["text"] == "Hoi"


async def test_a_client_ahead_of_the_log_starts_a_new_epoch(server: Serving) -> None:
    async with client(server.url) as phone, client(server.url) as laptop:
        await phone.hello(device="phone")
        epoch = (await laptop.hello())["epoch"]
        async with client(server.url) as restored:
            welcome = await restored.hello(device="old", epoch=epoch, seq=99)
            assert welcome["mode"] == "snapshot"
            assert welcome["epoch"] != epoch
        assert {await phone.closed(), await laptop.closed()} == {1012}


async def test_a_client_of_a_run_that_nobody_knows_starts_a_new_epoch(server: Serving) -> None:
    async with client(server.url) as phone:
        welcome = await phone.hello(device="phone")
        known = {"epoch": welcome["epoch"], "seq": welcome["head"]}
        async with client(server.url) as laptop:
            assert (await laptop.hello(**known, run=welcome["run"]))["mode"] == "resume"
        async with client(server.url) as stranger:
            assert (await stranger.hello(device="old", **known))["mode"] == "resume"
        async with client(server.url) as other:
            again = await other.hello(device="older", **known, run="of-a-lost-state")
            assert (again["mode"], again["run"]) == ("snapshot", welcome["run"])
            assert again["epoch"] != welcome["epoch"]
        assert await phone.closed() == 1012


async def test_colleagues_and_queue_are_told_on_coming_in(server: Serving) -> None:
    async with client(server.url) as anna:
        await anna.hello()
        signals = [(await anna.gets("signal"))["signal"] for _ in range(4)]
        queue, browsing, bram, sim = signals
        assert queue == {"kind": "queue", "length": 0}
        assert browsing == {"kind": "browsing"}
        assert (bram["colleague"]["id"], bram["colleague"].get("available")) == ("bram", None)
        assert (sim["colleague"]["id"], sim["colleague"]["available"]) == ("sim", True)


async def test_what_stands_in_no_log_is_told_once_on_coming_in(server: Serving) -> None:
    async with client(server.url) as anna:
        await anna.hello()
        told = list[str]()
        async for frame in anna.socket:
            told.append(str(frame))
            if '"heartbeat"' in told[-1]:
                break
    signals = [frame for frame in told if '"signal"' in frame]
    assert signals
    assert len(signals) == len(set(signals))


async def test_a_heartbeat_tells_a_new_rate_at_once(server: Serving) -> None:
    async with client(server.url) as anna:
        await anna.hello()
        assert (await anna.gets("heartbeat"))["rate"] == 0.0
        server.house.set_rate(4.0)
        beat = await anna.gets("heartbeat")
        assert (beat["rate"], beat["head"]) == (4.0, 2)
        server.house.set_rate(0.0)


async def test_older_messages_come_in_pages(server: Serving) -> None:
    for n in range(60):
        server.stage.script.append(Acted("sanne", START, says(f"line {n}")))
    async with client(server.url) as anna:
        await anna.hello()
        await anna.sends(t="history", chat="chat-sanne")
        last = await anna.gets("page")
        await anna.sends(t="history", chat="chat-sanne", before=last["messages"][0]["id"])
        first = await anna.gets("page")
        texts = [one["text"] for one in first["messages"] + last["messages"]]
        assert texts == ["It leaks 💧", *(f"line {n}" for n in range(60))]
        assert (last["more"], first.get("more")) == (True, None)
        await anna.sends(t="history", chat="chat-nobody")
        assert (await anna.gets("page"))["code"] == "unknown_chat"


async def test_a_message_in_a_snapshot_of_many_parts_is_put_together(server: Serving) -> None:
    for n in range(20):
        server.stage.script.append(Acted("sanne", START, says(f"{n} " + '"' * 3_000)))
    async with client(server.url) as anna:
        await anna.hello()
        parts = [await anna.gets("snapshot")]
        while not parts[-1].get("last"):
            parts.append(await anna.gets("snapshot"))
        desk = msgspec.json.decode("".join(part["piece"] for part in parts))
        assert [part["part"] for part in parts] == list(range(len(parts)))
        assert desk["chats"]["chat-sanne"]["timeline"][-1]["text"].startswith("19 ")


async def refused(url: str, **headers: str) -> int:
    with pytest.raises(InvalidStatus) as info:
        async with connect(url, additional_headers=headers, proxy=None):
            pass
    return info.value.response.status_code


async def test_only_who_has_a_token_comes_in_and_never_a_web_page(server: Serving) -> None:
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    elsewhere = server.url.replace("/operator", "/visitor")
    assert await refused(server.url) == HTTPStatus.UNAUTHORIZED
    assert await refused(server.url, Authorization="Bearer wrong") == HTTPStatus.UNAUTHORIZED
    assert await refused(server.url, Authorization=f"Basic {TOKEN}") == HTTPStatus.UNAUTHORIZED
    assert await refused(elsewhere, **bearer) == HTTPStatus.NOT_FOUND
    page = await refused(server.url, Origin="http://127.0.0.1", **bearer)
    assert page == HTTPStatus.FORBIDDEN


async def test_a_name_that_is_not_ours_is_refused(server: Serving) -> None:
    port = int(server.url.split(":")[2].split("/")[0])
    bound = socket.create_connection(("127.0.0.1", port))
    url = f"ws://shop.example:{port}/operator"
    with pytest.raises(InvalidStatus) as info:
        async with connect(
            url, sock=bound, additional_headers={"Authorization": f"Bearer {TOKEN}"}, proxy=None
        ):
            pass
    assert info.value.response.status_code == HTTPStatus.FORBIDDEN


async def test_a_client_that_talks_too_fast_is_read_slowly_and_never_refused() -> None:
    async with serving(Scripted(*SANNE), local=lambda: 0.0) as server, client(server.url) as anna:
        await anna.hello()
        command = {"kind": "tick_step", "chat": "chat-sanne", "step": 1}
        for n in range(1, 23):
            await anna.sends(t="op", n=n, id=f"op-{n}", made=START, command=command)
        results = [await anna.gets("result") for _ in range(1, 23)]
        assert [one["n"] for one in results if one["ok"]] == list(range(1, 23))


async def test_a_connection_that_fails_while_it_is_let_in_leaves_nobody_behind(
    server: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ValueError("a mistake of the program")

    async with client(server.url) as anna:
        with monkeypatch.context() as patch:
            patch.setattr(Practice, "admit", fails)
            await anna.sends(t="hello", v=1, device="laptop", device_name="a laptop")
            assert await anna.closed() == 1011
    assert server.house.practice.floor.present == {"sim"}
    async with client(server.url) as anna:
        await anna.hello()
        assert server.house.practice.floor.present == {"anna", "sim"}


async def test_a_client_that_does_not_read_is_let_go(
    server: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaking, "SEND_WITHIN", 0.05)
    ended = asyncio.Event()
    leave = server.house.leave

    def left(operator: str, device: str, peer: Peer) -> None:
        leave(operator, device, peer)
        ended.set()

    monkeypatch.setattr(server.house, "leave", left)
    flood = Acted("sanne", START, says("🌻" * 4_000))
    async with client(server.url) as anna:
        await anna.hello()
        server.stage.script += [flood] * 700
        server.house.heard(Caller("anna", "laptop", 1), OperatorTyping("chat-sanne"))
        await ended.wait()
        assert server.house.practice.floor.present == {"sim"}


async def test_a_client_that_has_gone_silent_is_let_go() -> None:
    moment = [0.0]
    async with (
        serving(Scripted(*SANNE), local=lambda: moment[0]) as server,
        client(server.url) as anna,
    ):
        await anna.hello()
        await anna.gets("heartbeat")
        moment[0] = 15.0
        server.house.set_rate(0.0)
        assert await anna.closed() == 4408


async def test_who_does_not_ask_for_our_protocol_is_refused(server: Serving) -> None:
    assert await refused(server.url, Authorization=f"Bearer {TOKEN}") == HTTPStatus.BAD_REQUEST
