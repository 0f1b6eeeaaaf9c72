import inspect
import re
from pathlib import Path
from typing import get_args

import pytest
from msgspec import Struct, structs

from server_stub.guests import connection, doings, frames, guests

PAGE = (Path(__file__).parents[3] / "docs" / "protocol.md").read_text(encoding="utf-8")
OURS = PAGE[PAGE.index("# The visitor protocol") :]
WORDS = set(re.findall(r"[a-z_]+", OURS))


@pytest.mark.parametrize(
    "kind",
    [*get_args(frames.FromVisitor), *get_args(frames.ToVisitor), frames.Limits],
    ids=lambda kind: kind.__name__,
)
def test_every_frame_and_every_member_is_on_the_page(kind: type[Struct]) -> None:
    members = {field.encode_name for field in structs.fields(kind)}
    tag = kind.__struct_config__.tag
    assert members | ({str(tag)} if tag else set()) <= WORDS


def test_every_refusal_and_every_close_is_on_the_page() -> None:
    sources = "".join(inspect.getsource(one) for one in (connection, doings, guests))
    closes = re.findall(r'Closing\((\d{4})(?:, "(\w+)")?\)', sources)
    assert len(closes) >= 8
    assert all(code in OURS for code, _ in closes)
    assert {error for _, error in closes if error} <= WORDS
    refusals = set(re.findall(r'return .*"(\w+)"', inspect.getsource(doings.Doings)))
    assert {"not_open", "empty", "no_chat", "chat_open"} <= refusals <= WORDS


@pytest.mark.parametrize(
    "limit",
    [frames.FRAME_LIMIT, frames.TEXT_LIMIT, frames.NAME_LIMIT, guests.VISITORS],
)
def test_every_limit_is_on_the_page(limit: int) -> None:
    assert f"{limit:,}" in OURS
