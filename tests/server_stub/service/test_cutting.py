import pytest
from msgspec import json, structs

from operator_tui.desk.entries import Author, AuthorKind, Line, LineKind, Message
from operator_tui.desk.events import ChatOpened, TransferredIn
from operator_tui.desk.model import (
    Answer,
    Channel,
    Chat,
    Desk,
    Operator,
    Passed,
    PassedCause,
    Visitor,
)
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.wire.codec import encode, encode_event, snapshot
from operator_tui.wire.frames import FRAME_LIMIT, EventFrame
from server_stub.service import cutting
from server_stub.service.cutting import cut_chat, cut_event, message_id, snapshot_of

LONGEST = clean("💧" * 4_000, SafeText)
NAME = clean("Sanne", SafeLine)
AUTHOR = Author(AuthorKind.VISITOR, NAME)
FORM = tuple(Answer(NAME, LONGEST) for _ in range(30))
VISITOR = Visitor("sanne", NAME, form=FORM)


def message(n: int, text: SafeText) -> Message:
    return Message(message_id("c", n), AUTHOR, text, n)


def chat(*texts: SafeText, ident: str = "c") -> Chat:
    timeline = tuple(message(n, text) for n, text in enumerate(texts))
    return Chat(ident, VISITOR, Channel.WEB, "nl", 1, 1, timeline=timeline)


def test_the_longest_transfer_fits_a_frame() -> None:
    passed = Passed(NAME, PassedCause.BY_HAND, 1, LONGEST, 30_000)
    event = TransferredIn("c", chat(*[LONGEST] * 20), passed)
    frame = EventFrame(2**53 - 1, 2**53 - 1, encode_event(cut_event(event)))
    assert len(encode(frame).encode()) <= FRAME_LIMIT
    cut = cut_event(event)
    assert isinstance(cut, TransferredIn)
    assert cut.chat_value.timeline[-1] == event.chat_value.timeline[-1]


def test_the_longest_form_fits_a_frame() -> None:
    event = ChatOpened("c", VISITOR, Channel.WEB, "nl", 1)
    frame = EventFrame(1, 1, encode_event(cut_event(event)))
    assert len(encode(frame).encode()) <= FRAME_LIMIT


def test_a_chat_keeps_its_last_twenty_messages_and_the_lines_between_them() -> None:
    short = clean("hi", SafeText)
    line = Line(LineKind.LEFT, 5)
    whole = chat(*[short] * 25)
    mixed = structs.replace(whole, timeline=(*whole.timeline[:24], line, whole.timeline[24]))
    kept = cut_chat(mixed).timeline
    assert kept == (*whole.timeline[5:24], line, whole.timeline[24])


def test_what_fits_is_not_touched() -> None:
    small = structs.replace(chat(clean("hi", SafeText)), visitor=Visitor("sanne", NAME))
    assert json.encode(cutting.encoded(cut_chat(small))) == json.encode(cutting.encoded(small))


def test_a_desk_too_long_for_a_snapshot_travels_with_fewer_messages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cutting, "SNAPSHOT_BYTES", 200 * 1024)
    chats = {f"c{n}": chat(LONGEST, LONGEST, ident=f"c{n}") for n in range(10)}
    desk = Desk(Operator("anna", NAME), chats=chats, seq=9)
    cut = snapshot_of(desk)
    assert len(cutting.encoded(cut)) <= cutting.SNAPSHOT_BYTES
    assert list(cut.chats) == list(chats)
    assert {len(one.timeline) for one in cut.chats.values()} == {1}


def test_every_part_of_a_snapshot_fits_a_frame() -> None:
    desk = Desk(Operator("anna", NAME), chats={"c": chat(*[LONGEST] * 3)})
    assert all(len(encode(part).encode()) <= FRAME_LIMIT for part in snapshot(snapshot_of(desk), 9))


def test_message_ids_differ_by_chat_and_number_and_are_the_same_again() -> None:
    ids = [message_id("a", 1), message_id("a", 2), message_id("b", 1), message_id("a", 1)]
    assert len(set(ids)) == 3
    assert ids[0] == ids[3]
