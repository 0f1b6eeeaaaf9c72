import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_tui.desk.advance import advance
from operator_tui.desk.commands import Command, WriteMessage
from operator_tui.desk.events import Event, Logged, MessageWritten, TransferredIn
from operator_tui.desk.model import Desk, Overlay, Passed, PassedCause
from operator_tui.desk.text import SafeLine, SafeText, clean, encode_hook
from operator_tui.wire import decoding
from operator_tui.wire.codec import (
    PIECE,
    UnknownFrame,
    WireError,
    chat_in,
    encode,
    encode_command,
    encode_event,
    from_client,
    from_server,
    read_command,
    read_desk,
    read_event,
    snapshot,
)
from operator_tui.wire.frames import (
    FRAME_LIMIT,
    TEXT_LIMIT,
    Error,
    EventFrame,
    Frame,
    FromClient,
    FromServer,
    Op,
    Page,
    Snapshot,
)
from tests.wire.examples import (
    ASKED,
    CHAT,
    COMMANDS,
    DESK,
    EVENTS,
    FROM_CLIENT,
    FROM_SERVER,
    PRIVATE,
)
from tests.wire.kinds import leaves


def plain(value: object) -> object:
    """A value to compare by content: desks, chats and events compare by identity."""
    return json.loads(msgspec.json.encode(value, enc_hook=encode_hook))


def name(value: object) -> str:
    return type(value).__name__


def event_frame(event: str, seq: int = 5) -> str:
    return f'{{"t":"event","seq":{seq},"at":1,"event":{event}}}'


def written(text_json: str) -> bytes:
    author = '{"kind":"visitor"}'
    message = f'{{"entry":"message","id":"m-1","author":{author},"text":{text_json},"at":1}}'
    return f'{{"kind":"message","chat":"c-1","message":{message}}}'.encode()


@pytest.mark.parametrize("frame", FROM_SERVER, ids=name)
def test_what_a_server_sends_arrives_as_it_was(frame: Frame) -> None:
    assert plain(from_server(encode(frame))) == plain(frame)
    assert plain(from_server(encode(frame).encode())) == plain(frame)


@pytest.mark.parametrize("frame", FROM_CLIENT, ids=name)
def test_what_a_client_sends_arrives_as_it_was(frame: Frame) -> None:
    assert plain(from_client(encode(frame))) == plain(frame)


@pytest.mark.parametrize("event", EVENTS, ids=name)
def test_an_event_arrives_as_it_was(event: Event) -> None:
    frame = from_server(encode(EventFrame(5, 1, encode_event(event))))
    assert isinstance(frame, EventFrame)
    arrived = read_event(frame.event)
    assert type(arrived) is type(event)
    assert plain(arrived) == plain(event)


@pytest.mark.parametrize("command", COMMANDS, ids=name)
def test_a_command_arrives_as_it_was(command: Command) -> None:
    frame = from_client(encode(Op(1, "op-1", 1, encode_command(command))))
    assert isinstance(frame, Op)
    assert read_command(frame.command) == command


def test_text_is_cleaned_by_its_type_on_the_way_in() -> None:
    event = read_event(written(r'"\u001b[31mred\u202e"'))
    assert isinstance(event, MessageWritten)
    assert type(event.message.text) is SafeText
    assert event.message.text == "␛[31mred�"


@pytest.mark.parametrize(
    ("spelled", "text"),
    [
        (r'"a\ud800b"', "a�b"),
        (r'"a\udc00b"', "a�b"),
        (r'"\uD83D\uDE00"', "😀"),
        (r'"\ud83d\ud83d\ude00"', "�😀"),
        (r'"\ud83d\n\\ud83d"', "�\n\\ud83d"),
        (r'"\\\ud800"', "\\�"),
        (r'"\\\\\ud800\\ud800"', "\\\\�\\ud800"),
    ],
)
def test_a_lone_surrogate_does_not_make_a_message_unreadable(spelled: str, text: str) -> None:
    event = read_event(written(spelled))
    assert isinstance(event, MessageWritten)
    assert event.message.text == text


def test_only_so_many_surrogates_are_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MENDED_MOST", 3)
    assert read_event(written(r'"\ud800\ud801\ud802"')) is not None
    with pytest.raises(WireError):
        read_event(written(r'"\ud800\ud801\ud802\ud803"'))


def test_an_unknown_frame_is_told_from_a_broken_one() -> None:
    assert from_server('{"t":"weather","x":[1]}') == UnknownFrame("weather")
    for broken in ('{"t":"result"}', '{"x":1}', '{"t":5}', "[]", "null", "", '{"t":"weather"'):
        with pytest.raises(WireError):
            from_server(broken)


def test_a_client_has_no_business_sending_unknown_frames() -> None:
    with pytest.raises(WireError, match="unknown frame weather"):
        from_client('{"t":"weather"}')
    with pytest.raises(WireError):
        from_client(encode(Error("gap")))


def test_a_signal_of_an_unknown_kind_is_lost_and_no_more() -> None:
    assert from_server('{"t":"signal","signal":{"kind":"moon"}}') == UnknownFrame("signal")
    with pytest.raises(WireError):
        from_server('{"t":"signal","signal":')


def test_the_kind_of_an_unknown_frame_is_harmless() -> None:
    with pytest.raises(WireError) as refusal:
        from_server(r'{"t":"\u001b[2J"}')
    assert "\x1b" not in str(refusal.value)


def test_an_event_that_cannot_be_read_still_has_its_number() -> None:
    for event in ('{"kind":"sunrise"}', '{"kind":"rated","stars":9}', "5", "null"):
        frame = from_server(event_frame(event, seq=77))
        assert isinstance(frame, EventFrame)
        assert frame.seq == 77


def test_an_unknown_event_is_told_from_one_that_cannot_be_read() -> None:
    assert read_event(b'{"kind":"sunrise","chat":"c-1"}') is None
    for broken in (b'{"kind":"rated","chat":"c-1","stars":9}', b"{}", b"5", b"null", b""):
        with pytest.raises(WireError):
            read_event(broken)


def test_the_chat_of_an_event_that_cannot_be_read_is_named_where_it_can_be() -> None:
    assert chat_in(b'{"kind":"rated","chat":"c-1","stars":9}') == "c-1"
    assert chat_in(rb'{"kind":"rated","chat":"\u001b"}') is None
    assert chat_in(b'{"kind":"policy"}') is None
    assert chat_in(b"5") is None


def test_a_command_says_with_which_code_to_refuse_it() -> None:
    long = "x" * (TEXT_LIMIT + 1)
    refused = {
        '{"kind":"dance"}': "unknown_command",
        '{"kind":"remove"}': "bad_frame",
        f'{{"kind":"message","chat":"c","text":"{long}"}}': "too_long",
        f'{{"kind":"transfer","chat":"c","to":null,"note":"{long}"}}': "too_long",
        f'{{"kind":"close","chat":"c","reason":"{long}"}}': "too_long",
    }
    for raw, code in refused.items():
        with pytest.raises(WireError) as refusal:
            read_command(raw.encode())
        assert refusal.value.code == code


def test_a_text_of_just_the_limit_is_taken_whole() -> None:
    command = WriteMessage("c-1", clean("x" * TEXT_LIMIT))
    assert read_command(encode_command(command)) == command


def test_unknown_fields_are_ignored() -> None:
    read_command(b'{"kind":"remove","chat":"c-1","text":5,"more":{"a":[null]}}')
    from_server(encode(Error("gap"))[:-1] + ',"more":1e3}')


def test_a_frame_over_its_limit_is_refused_before_it_is_decoded() -> None:
    room = FRAME_LIMIT - len('{"t":"weather","x":""}')
    assert from_server(f'{{"t":"weather","x":"{"x" * room}"}}') == UnknownFrame("weather")
    for long in ("x" * (room + 1), "é" * (room // 2 + 1)):
        frame = f'{{"t":"weather","x":"{long}"}}'
        for data in (frame, frame.encode()):
            with pytest.raises(WireError, match="over 65536"):
                from_server(data)


def test_a_frame_over_its_limit_is_not_sent() -> None:
    long = msgspec.structs.replace(ASKED, text=clean("語" * TEXT_LIMIT))
    with pytest.raises(WireError, match=r"Page of .* bytes is over"):
        encode(Page("c-1", (long,) * 8))


@pytest.mark.parametrize(
    "opening", ["[", '{"a":', '{"t":"weather","x":[', '{"t":"event","event":[']
)
def test_deep_nesting_is_an_error_like_any_other(opening: str) -> None:
    deep = (opening + "[" * FRAME_LIMIT)[:FRAME_LIMIT]
    for read in (from_server, from_client):
        with pytest.raises(WireError):
            read(deep)
    with pytest.raises(WireError):
        read_event(deep.encode())


def joined(parts: list[Snapshot]) -> str:
    return "".join(part.piece for part in parts)


def test_a_desk_arrives_in_parts_that_each_fit_into_a_frame() -> None:
    text = clean('"\\語👨' * 1_000)
    long = msgspec.structs.replace(CHAT, timeline=(msgspec.structs.replace(ASKED, text=text),) * 20)
    chats = {f"c-{i}": msgspec.structs.replace(long, id=f"c-{i}") for i in range(10)}
    desk = msgspec.structs.replace(DESK, chats=chats)
    parts = list(snapshot(desk, 12))
    assert len(parts) > 10
    assert [part.part for part in parts] == list(range(len(parts)))
    assert [part.last for part in parts] == [False] * (len(parts) - 1) + [True]
    assert max(len(encode(part).encode()) for part in parts) < 4 * PIECE + 200
    assert plain(read_desk(joined(parts))) == plain(desk)


def test_what_is_laid_over_a_desk_does_not_travel() -> None:
    laid = msgspec.structs.replace(CHAT, overlay=Overlay(unsent=3, draft=True))
    desk = msgspec.structs.replace(DESK, chats={"c-1": laid})
    assert read_desk(joined(list(snapshot(desk, 12)))).chats["c-1"].overlay == Overlay()


def test_of_a_transferred_chat_only_what_is_in_the_log_travels() -> None:
    passed = Passed(clean("Bram", SafeLine), PassedCause.BY_HAND, 1)
    laid = msgspec.structs.replace(CHAT, overlay=Overlay(unsent=3))
    came = Logged(DESK.seq + 1, 1, TransferredIn("c-9", laid, passed))
    text = joined(list(snapshot(advance(DESK, came), 13)))
    assert '"c-9"' in text
    assert "overlay" not in text


def test_a_desk_that_cannot_be_read_is_an_error() -> None:
    text = joined(list(snapshot(DESK, 12)))
    for broken in ("", "{}", text[:-1], text.replace('"c-1":', '"c-2":', 1), "[" * 100_000):
        with pytest.raises(WireError):
            read_desk(broken)


def test_an_error_names_the_place_and_never_what_was_written() -> None:
    with pytest.raises(WireError, match=r"\$\.message\.author\.kind") as refusal:
        read_event(written('"x"').replace(b"visitor", PRIVATE.encode()))
    assert PRIVATE not in str(refusal.value)
    with pytest.raises(WireError) as refusal:
        read_event(written('"x"').replace(b'"entry":"', b'"entry":"two\\n' + PRIVATE.encode()))
    assert PRIVATE not in str(refusal.value)


def is_raw(kind: msgspec.inspect.Type) -> bool:
    """A text that is neither clean by its type nor held to a pattern."""
    return isinstance(kind, msgspec.inspect.StrType) and kind.pattern is None


def test_no_text_arrives_that_is_not_safe_by_its_type() -> None:
    seen: set[type] = set()
    kinds = msgspec.inspect.multi_type_info([FromServer, FromClient, Event, Command, Desk])
    found = [where for one in kinds for where, kind in leaves(one, seen) if is_raw(kind)]
    assert found == ["Snapshot.piece"]
    assert TransferredIn in seen


@given(st.text(max_size=50))
def test_any_text_of_an_operator_survives_the_journey_as_it_was_shown(text: str) -> None:
    command = WriteMessage("c-1", clean(text))
    assert read_command(encode_command(command)) == command
