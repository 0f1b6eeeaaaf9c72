"""Numbers out of range, and frames of which the part that matters can be read."""

from typing import Any

import msgspec
import pytest
from msgspec import structs

from operator_tui.desk.commands import Command
from operator_tui.desk.events import Event
from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.text import SafeAddress, clean
from operator_tui.wire import codec
from operator_tui.wire.codec import WireError, from_client, from_server, read_event
from operator_tui.wire.frames import FromClient, FromServer, Result
from tests.wire.examples import CHAT, DESK
from tests.wire.kinds import leaves

inspect = msgspec.inspect
MOST = 2**53 - 1


def is_bounded(kind: inspect.Type) -> bool:
    match kind:
        case inspect.IntType(ge=least, le=most) | inspect.FloatType(ge=least, le=most):
            return least is not None and most is not None
        case _:
            return True


def test_every_number_that_arrives_has_a_least_and_a_greatest_value() -> None:
    seen: set[type] = set()
    kinds = inspect.multi_type_info([FromServer, FromClient, Event, Command, Desk])
    found = [where for one in kinds for where, kind in leaves(one, seen) if not is_bounded(kind)]
    assert found == []
    assert len(seen) > 40


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "-1", "1e6", '"1"'])
def test_a_rate_that_is_no_rate_is_an_error(number: str) -> None:
    with pytest.raises(WireError):
        from_server(f'{{"t":"heartbeat","rate":{number}}}')


@pytest.mark.parametrize("number", [str(MOST + 1), "-1", "1.5", "1e30", "true", "9" * 400])
@pytest.mark.parametrize("member", ["seq", "head", "now"])
def test_a_place_out_of_range_is_an_error(member: str, number: str) -> None:
    frame = f'{{"t":"heartbeat","{member}":{number}}}'
    for read in (from_server, from_client):
        with pytest.raises(WireError):
            read(frame)


def test_the_greatest_place_is_read() -> None:
    frame: Any = from_server(f'{{"t":"heartbeat","head":{MOST}}}')
    assert frame.head == MOST


@pytest.mark.parametrize("stars", ["0", "6", "NaN", "null", "[]", "1e0000001000"])
def test_an_event_with_a_number_out_of_range_cannot_be_read(stars: str) -> None:
    with pytest.raises(WireError):
        read_event(f'{{"kind":"rated","chat":"c","stars":{stars}}}'.encode())


@pytest.mark.parametrize(
    "reason", ['"code":"Über"', '"code":5', '"detail":7', '"code":[],"detail":{}', '"duplicate":1']
)
def test_a_result_counts_though_its_reason_cannot_be_read(reason: str) -> None:
    frame = from_server(f'{{"t":"result","n":3,"id":"op-3","ok":false,"seq":9,{reason}}}')
    assert frame == Result(3, "op-3", ok=False, seq=9)


@pytest.mark.parametrize(
    "broken", ['"n":0.5,"id":"a","ok":true', '"n":1,"ok":true', '"n":1,"id":"a"']
)
def test_a_result_of_nobody_knows_what_is_an_error(broken: str) -> None:
    with pytest.raises(WireError):
        from_server(f'{{"t":"result",{broken}}}')


def told(*chats: Chat) -> str:
    desk = structs.replace(DESK, chats={chat.id: chat for chat in chats})
    return "".join(part.piece for part in codec.snapshot(desk, 12))


@pytest.mark.parametrize("spelled", ["received_at", r"received\u005fat"])
def test_more_chats_than_a_screen_can_show_are_no_desk(
    spelled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codec, "CHATS_LIMIT", 3)
    four = told(*(structs.replace(CHAT, id=f"c-{n}") for n in range(4)))
    with pytest.raises(WireError, match="more than 3 chats"):
        codec.read_desk(four.replace("received_at", spelled))


def test_a_text_cannot_pass_for_more_chats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "CHATS_LIMIT", 1)
    page = clean('"received_at":1,' * 5, SafeAddress)
    assert codec.read_desk(told(structs.replace(CHAT, page=page))).chats["c-1"].page == page
