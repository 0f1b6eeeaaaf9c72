import asyncio
from typing import Any

import pytest
from msgspec import structs

from operator_tui.desk.entries import Message
from operator_tui.desk.time import HOUR, SECOND
from server_stub.guests import connection
from server_stub.guests.frames import FRAME_LIMIT
from tests.server_stub.guests.visited import Page, Visited, anna_at_work, page, visited, writes
from tests.server_stub.scripted import POLICY, START, Scripted, after, opens, says
from tests.server_stub.serving import Client, client


async def event(operator: Client, kind: str) -> dict[str, Any]:
    """The next event of this kind."""
    while (one := (await operator.gets("event"))["event"])["kind"] != kind:
        continue
    return dict(one)


def said(server: Visited, operator: str = "anna") -> list[str]:
    return [
        str(entry.text)
        for chat in server.chats(operator)
        for entry in chat.timeline
        if isinstance(entry, Message)
    ]


async def test_a_question_comes_to_an_operator_with_what_the_browser_says(
    server: Visited, anna: Client, noor: Page
) -> None:
    await noor.starts("Does it shrink?", language="nl")
    opened = await event(anna, "chat_opened")
    assert (opened["visitor"]["name"], opened["language"]) == ("Noor", "nl")
    assert (opened["visitor"]["browser"], opened["visitor"]["system"]) == ("Chrome", "Linux")
    assert opened["page"] == "https://shop.example/coats"
    assert (await event(anna, "message"))["message"]["text"] == "Does it shrink?"
    talking = await noor.stands("talking")
    assert talking["operator"] == "Anna"
    question = await noor.reads("visitor")
    assert (question["id"], question["text"]) == ("q1", "Does it shrink?")
    assert (await noor.reads("joined"))["name"] == "Anna"


async def test_a_reply_and_its_typing_sign_reach_the_visitor_and_notes_do_not(
    server: Visited, anna: Client, noor: Page
) -> None:
    await noor.starts()
    chat = (await event(anna, "chat_opened"))["chat"]
    await anna.sends(t="signal", signal={"kind": "operator_typing", "chat": chat})
    assert (await noor.gets("typing"))["t"] == "typing"
    await anna.asks(1, "op-1", "note", chat=chat, text="Be careful with this one")
    await writes(anna, 2, chat, "Hello Noor")
    reply = await noor.reads("operator")
    assert (reply["name"], reply["text"]) == ("Anna", "Hello Noor")
    assert reply["seq"] == 3


async def test_the_visitors_typing_is_seen_and_its_text_only_where_policy_allows(
    server: Visited, anna: Client, noor: Page
) -> None:
    await noor.starts()
    chat = (await event(anna, "chat_opened"))["chat"]
    assert (await noor.stands("talking")).get("preview", False) is False
    await noor.sends(t="typing", on=True, text="my card number is")
    while (signal := await anna.gets("signal"))["signal"]["kind"] != "visitor_typing":
        continue
    while signal.get("ttl") == 0 or signal["signal"]["kind"] != "visitor_typing":
        signal = await anna.gets("signal")
    assert signal["signal"] == {"kind": "visitor_typing", "chat": chat}


async def test_where_policy_allows_it_the_visitor_is_told_so() -> None:
    open_policy = structs.replace(POLICY, typing_preview=True)
    async with visited(policy=open_policy) as server, anna_at_work(server), page(server) as noor:
        await noor.comes()
        await noor.starts()
        assert (await noor.stands("talking"))["preview"] is True


async def test_a_message_sent_twice_is_there_once(
    server: Visited, anna: Client, noor: Page
) -> None:
    await noor.starts("One")
    await noor.says("Two", "m1")
    await noor.says("Two", "m1")
    await noor.starts("One")
    await noor.says("Three", "m2")
    while (await noor.reads("visitor"))["text"] != "Three":
        continue
    assert said(server) == ["One", "Two", "Three"]


async def test_who_comes_back_reads_on_where_it_stopped(
    server: Visited, anna: Client, noor: Page
) -> None:
    await noor.starts()
    chat = (await event(anna, "chat_opened"))["chat"]
    joined = await noor.reads("joined")
    await noor.socket.close()
    await event(anna, "visitor_left")
    await writes(anna, 1, chat, "Are you still there?")
    async with page(server) as again:
        state = await again.comes_back(noor)
        assert state["phase"] == "talking"
        whole = [await again.gets("entry") for _ in range(3)]
        assert [one["kind"] for one in whole] == ["visitor", "joined", "operator"]
        await event(anna, "visitor_returned")
        await again.socket.close()
    async with page(server) as third:
        await third.comes_back(noor, log=state["log"], seq=joined["seq"])
        assert (await third.gets("entry"))["text"] == "Are you still there?"


async def test_leaving_and_returning_are_told_with_the_page(
    server: Visited, anna: Client, noor: Page
) -> None:
    await noor.starts()
    await event(anna, "message")
    await noor.sends(t="page", page="https://shop.example/returns")
    assert (await event(anna, "page_changed"))["page"] == "https://shop.example/returns"
    await noor.socket.close()
    await event(anna, "visitor_left")
    server.passes(40)
    assert server.chats()[0].left_at == START
    async with page(server) as again:
        await again.comes_back(noor, page="https://shop.example/delivery")
        assert (await event(anna, "visitor_returned"))["page"] == "https://shop.example/delivery"
    await event(anna, "visitor_left")


async def test_a_web_chat_that_has_ended_is_gone_for_the_visitor(
    server: Visited, anna: Client, noor: Page
) -> None:
    await noor.starts("My secret question")
    chat = (await event(anna, "chat_opened"))["chat"]
    log = (await noor.stands("talking"))["log"]
    await anna.asks(1, "op-1", "close", chat=chat)
    ended = await noor.stands("ended")
    assert (ended["by"], ended["operator"]) == ("operator", "Anna")
    assert ended["log"] != log
    async with page(server) as again:
        await again.comes_back(noor)
        await again.starts("Another one", id="q2")
        assert (await again.reads("visitor"))["seq"] == 1


async def test_a_messaging_chat_stays_and_goes_on_whenever_one_writes(
    server: Visited, anna: Client, noor: Page
) -> None:
    await noor.starts("First", channel="messaging")
    chat = (await event(anna, "chat_opened"))["chat"]
    log = (await noor.stands("talking"))["log"]
    await anna.asks(1, "op-1", "close", chat=chat)
    assert (await noor.stands("ended"))["log"] == log
    await noor.says("Second", "m1")
    opened = await event(anna, "chat_opened")
    assert opened["chat"] != chat
    assert opened["visitor"]["earlier"]["count"] == 1
    async with page(server) as again:
        await again.comes_back(noor)
        kinds = [(await again.gets("entry"))["kind"] for _ in range(5)]
        assert kinds == ["visitor", "joined", "ended", "visitor", "joined"]


async def test_a_messaging_chat_that_was_silent_for_half_a_day_comes_back_as_a_boomerang(
    server: Visited, anna: Client, noor: Page
) -> None:
    await noor.starts(channel="messaging")
    chat = (await event(anna, "chat_opened"))["chat"]
    await writes(anna, 1, chat, "We will look into it")
    server.passes(13 * HOUR / SECOND)
    await noor.says("Any news?", "m1")
    assert (await event(anna, "reactivated"))["silence"] == 13 * HOUR


async def test_the_visitor_shares_closes_and_rates(
    server: Visited, anna: Client, noor: Page
) -> None:
    await noor.starts()
    await noor.sends(t="screen", on=True, shows="A red coat")
    assert (await event(anna, "screen_shared"))["shows"] == "A red coat"
    await noor.sends(t="close")
    assert (await event(anna, "closed"))["by"] == "visitor"
    assert (await noor.stands("ended"))["by"] == "visitor"
    await noor.sends(t="rate", stars=4)
    assert (await event(anna, "rated"))["stars"] == 4
    await noor.sends(t="rate", stars=1)
    assert (await noor.stands("ended"))["stars"] == 4


async def test_a_rating_counts_after_the_operator_has_closed(
    server: Visited, anna: Client, noor: Page
) -> None:
    await noor.starts()
    chat = (await event(anna, "chat_opened"))["chat"]
    await anna.asks(1, "op-1", "close", chat=chat)
    await noor.stands("ended")
    await noor.sends(t="rate", stars=5)
    assert await event(anna, "rated") == {"kind": "rated", "chat": chat, "stars": 5}


async def test_who_waits_is_told_how_many_come_first_and_a_transfer_is_told(
    server: Visited, anna: Client
) -> None:
    async with (
        page(server) as one,
        page(server) as two,
        page(server) as three,
        page(server) as four,
    ):
        for n, person in enumerate((one, two, three, four)):
            await person.comes()
            await person.starts(f"Question {n}")
            await person.reads("visitor")
        assert four.state["ahead"] == 1
        first, second = (chat.id for chat in server.chats())
        note = "Knows more about wool"
        await anna.asks(1, "op-1", "transfer", chat=first, to=None, note=note)
        assert (await three.reads("joined"))["name"] == "Anna"
        assert (await one.reads("joined"))["name"] == "Anna"
        assert (await one.reads("joined"))["name"] == "Marieke Postma"
        await anna.asks(2, "op-2", "transfer", chat=second, to=None, note=note)
        assert (await two.reads("passed_on"))["name"] == "Anna"
        assert two.state["phase"] == "waiting"


@pytest.mark.parametrize(
    "frame",
    [
        {"t": "dance"},
        {"t": "say", "id": 7, "text": "x"},
        {"t": "say", "id": "a b", "text": "x"},
        {"t": "rate", "stars": 6},
        {"t": "start", "id": "x", "name": "n", "text": "t", "channel": "fax"},
        {"t": "hello", "v": 1, "link": "a-link-for-this-session"},
        {"t": "say", "id": "x", "text": "x" * FRAME_LIMIT},
    ],
)
async def test_a_frame_nobody_can_read_ends_the_connection(
    noor: Page, frame: dict[str, Any]
) -> None:
    await noor.sends(**frame)
    assert (await noor.gets("error"))["code"] == "bad_frame"
    assert await noor.closed() == 4400


async def test_what_is_unknown_in_a_frame_is_ignored(noor: Page) -> None:
    await noor.starts(mood="angry")
    assert (await noor.reads("visitor"))["id"] == "q1"


@pytest.mark.parametrize(
    ("text", "code"), [("x" * 2_001, "too_long"), ("", "empty"), (" \n\t", "empty")]
)
async def test_a_text_that_cannot_be_taken_is_refused_whole(
    server: Visited, noor: Page, text: str, code: str
) -> None:
    await noor.starts("Hello")
    await noor.says(text, "m1")
    assert await noor.gets("refused") == {"t": "refused", "id": "m1", "code": code}
    await noor.says("🌧" * 2_000, "m2")
    while (await noor.reads("visitor"))["id"] != "m2":
        continue
    assert said(server) == ["Hello", "🌧" * 2_000]


async def test_without_a_chat_nothing_is_said_and_two_at_once_there_are_not(noor: Page) -> None:
    await noor.says("Hello?", "m1")
    assert (await noor.gets("refused"))["code"] == "no_chat"
    await noor.starts()
    await noor.starts(id="q2")
    assert (await noor.gets("refused"))["code"] == "chat_open"


async def test_hostile_texts_reach_the_operator_harmless(server: Visited, noor: Page) -> None:
    await noor.starts(
        "\x1b[2Jred\u202eevil\ud800".encode(errors="replace").decode(), name="\x1b]0;x\x07"
    )
    await noor.reads("visitor")
    chat = server.chats()[0]
    assert "\x1b" not in chat.visitor.name + said(server)[0]
    assert "\u202e" not in said(server)[0]


async def test_a_page_that_talks_too_fast_is_read_slowly_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        waits.append(seconds)
        await sleep(0)

    async with visited(local=lambda: 0.0) as server, anna_at_work(server), page(server) as noor:
        monkeypatch.setattr(connection, "BEAT_EVERY", 3_600.0)
        await noor.comes()
        monkeypatch.setattr(connection, "sleep", noted)
        await noor.starts()
        for n in range(8):
            await noor.says(f"line {n}", f"m{n}")
        while (await noor.reads("visitor"))["text"] != "line 7":
            continue
        assert [one for one in waits if one < 3_600][:6] == [0, 0, 0, 0, 0, 0.5]


async def test_an_idle_page_is_told_that_it_is(
    server: Visited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "IDLE_AFTER", 0.02)
    async with page(server) as noor:
        await noor.comes()
        assert (await noor.gets("error"))["code"] == "idle"
        assert await noor.closed() == 4408


async def test_a_connection_is_not_open_for_ever(
    server: Visited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "OPEN_AT_MOST", 0.05)
    async with page(server) as noor:
        await noor.comes()
        assert await noor.closed() == 1012


async def test_simulated_visitors_and_several_played_by_hand_stand_side_by_side() -> None:
    sanne = (after(-60, "sanne", opens("sanne", "anna")), after(-30, "sanne", says("It leaks")))
    async with (
        visited(Scripted(*sanne)) as server,
        anna_at_work(server),
        client(server.operators, "bram-s-token") as bram,
        page(server) as noor,
        page(server) as piet,
    ):
        await bram.hello()
        for person, name in ((noor, "Noor"), (piet, "Piet")):
            await person.comes()
            await person.starts(name=name)
            await person.reads("visitor")
        everybody = server.chats() + server.chats("bram")
        assert sorted(str(chat.visitor.name) for chat in everybody) == ["Noor", "Piet", "Sanne"]


async def test_after_a_restart_of_the_server_the_chat_goes_on_where_it_was() -> None:
    async with visited() as server, anna_at_work(server) as anna, page(server) as noor:
        await noor.comes()
        await noor.starts("Does it shrink?")
        chat = (await event(anna, "chat_opened"))["chat"]
        await writes(anna, 1, chat, "No")
        practice = server.house.practice
    async with visited(practice=practice) as server, page(server) as again:
        await again.comes_back(noor, log="an-old-log", seq=3)
        async with anna_at_work(server):
            kinds = [(await again.gets("entry"))["kind"] for _ in range(3)]
            assert kinds == ["visitor", "joined", "operator"]
            await again.says("And the lining?", "m9")
            assert (await again.reads("visitor"))["id"] == "m9"
