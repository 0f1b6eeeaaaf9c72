import inspect
import re
from pathlib import Path
from typing import get_args

import pytest
from msgspec import Struct, structs

from operator_tui.desk import browsing, entries, model
from operator_tui.desk.commands import Command
from operator_tui.desk.events import Event, Unreadable
from operator_tui.desk.policy import Policy
from operator_tui.desk.signals import Signal
from operator_tui.wire.frames import Frame, Limits
from server_stub import house
from server_stub.service import browsing as looking_around
from server_stub.service import orders, passing, queue, turn

PAGE = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"[a-z_]+", PAGE))

INSIDE = (
    *(Policy, Limits, model.Chat, entries.Message, entries.Line, model.Visitor, model.Passed),
    *(entries.Author, entries.Canned, entries.Origin, model.Earlier, model.Answer, model.Colleague),
    *(browsing.Browsing, browsing.Suggestion, browsing.Invitation),
)
OVERLAID = {
    "overlay",
    "beyond",
    "unreadable",
    "colleagues",
    "waiting",
    "browsing",
    "delivery",
    "refusal",
}
"""What a client has for itself: no server sends it."""


def tagged() -> list[type[Struct]]:
    kinds = [*get_args(Frame), *get_args(Event), *get_args(Command), *get_args(Signal)]
    return [kind for kind in kinds if kind is not Unreadable]


@pytest.mark.parametrize("kind", [*tagged(), *INSIDE], ids=lambda kind: kind.__name__)
def test_every_kind_and_every_member_is_on_the_page(kind: type[Struct]) -> None:
    members = {field.encode_name for field in structs.fields(kind)} - OVERLAID
    tag = kind.__struct_config__.tag
    assert members | ({str(tag)} if tag else set()) <= WORDS


@pytest.mark.parametrize(
    "choice",
    [entries.LineKind, entries.AuthorKind, model.PassedCause, model.Channel],
    ids=lambda choice: choice.__name__,
)
def test_every_choice_is_on_the_page(choice: type[entries.LineKind]) -> None:
    assert {str(one.value) for one in choice} <= WORDS


def test_every_refusal_and_every_close_is_on_the_page() -> None:
    sources = [inspect.getsource(one) for one in (orders, passing, queue, turn, looking_around)]
    codes = {code for source in sources for code in re.findall(r'RefusalError\("(\w+)"', source)}
    assert len(codes) >= 9
    assert codes | set(house.MISSTEPS) <= WORDS
    assert all(str(code) in PAGE for code in house.MISSTEPS.values())
