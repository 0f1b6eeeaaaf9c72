import json
import random
from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_tui.desk.text import encode_hook
from operator_tui.wire.codec import (
    WireError,
    chat_in,
    encode,
    from_client,
    from_server,
    read_command,
    read_desk,
    read_event,
)
from operator_tui.wire.frames import EventFrame, Op
from tests.wire.examples import COMMANDS, DESK, EVENTS, FROM_CLIENT, FROM_SERVER, PRIVATE

Json: TypeAlias = Any
FRAMES = [encode(frame).encode() for frame in (*FROM_SERVER, *FROM_CLIENT)]
INNER = [msgspec.json.encode(value, enc_hook=encode_hook) for value in (*EVENTS, *COMMANDS, DESK)]
READERS: list[Callable[[bytes], object]] = [
    from_server,
    from_client,
    read_event,
    read_command,
    chat_in,
    lambda data: read_desk(data.decode(errors="surrogateescape")),
]
ODD: list[Json] = [
    *(None, True, 0, -1, 2**53, 2**64, 10**30, 0.5, 1e300, "", PRIVATE, "\x1b[2J", "c-1", "\ud800"),
    *([], {}, [PRIVATE], {"t": PRIVATE}, {"kind": "message"}, {"kind": PRIVATE}, "x" * 5_000),
]


def outcome(read: Callable[[bytes], object], data: bytes) -> object:
    try:
        return read(data)
    except WireError as error:
        return error


def read_with_all(data: bytes) -> None:
    """Every reader answers with a value or a `WireError`, which quotes nothing."""
    for read in READERS:
        value = outcome(read, data)
        if isinstance(value, WireError):
            assert PRIVATE not in str(value)
            assert len(str(value)) < 300
            assert str(value).isprintable()
        elif isinstance(value, EventFrame):
            read_with_all(bytes(value.event))
        elif isinstance(value, Op):
            read_with_all(bytes(value.command))


def with_bytes_changed(data: bytes, luck: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(luck.randint(1, 4)):
        at = luck.randrange(len(changed) + 1)
        match luck.randrange(4):
            case 0:
                changed[at : at + luck.randint(1, 9)] = b""
            case 1:
                changed[at:at] = luck.choice([b'"', b"\\", b"{", b"]", b"\\ud800", b"\xed\xa0\x80"])
            case 2:
                changed[at : at + 1] = luck.randbytes(1)
            case _:
                changed[at:at] = changed[at : at + luck.randint(1, 40)]
    return bytes(changed)


def with_values_changed(value: Json, luck: random.Random) -> Json:
    """The same JSON with some of its values, keys or elements replaced, left out or doubled."""
    if luck.random() < 0.08:
        return luck.choice(ODD)
    if isinstance(value, dict):
        kept = {key: with_values_changed(one, luck) for key, one in value.items()}
        if kept and luck.random() < 0.1:
            kept.pop(luck.choice(list(kept)))
        if luck.random() < 0.05:
            kept[luck.choice([PRIVATE, "t", "kind", "chat", "text"])] = luck.choice(ODD)
        return kept
    if isinstance(value, list):
        return [with_values_changed(one, luck) for one in value * luck.choice([1, 1, 1, 2])]
    return value


def bombard(times: int, seed: int) -> None:
    luck = random.Random(seed)
    for _ in range(times):
        data = luck.choice(FRAMES if luck.random() < 0.5 else INNER)
        if luck.random() < 0.5:
            read_with_all(with_bytes_changed(data, luck))
        else:
            read_with_all(json.dumps(with_values_changed(json.loads(data), luck)).encode())


@given(st.binary(max_size=300))
def test_any_bytes_are_a_value_or_an_error(data: bytes) -> None:
    read_with_all(data)


def test_every_frame_cut_anywhere_is_a_value_or_an_error() -> None:
    for data in FRAMES[::3]:
        for end in range(0, len(data), 7):
            read_with_all(data[:end])


def test_damaged_frames_are_a_value_or_an_error() -> None:
    bombard(6_000, seed=1)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(10))
def test_many_damaged_frames_are_a_value_or_an_error(seed: int) -> None:
    bombard(15_000, seed=100 + seed)
