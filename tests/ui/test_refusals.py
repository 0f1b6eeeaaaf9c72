import re
from itertools import takewhile
from pathlib import Path

import pytest

from operator_tui.link.backend import NotEnteredError
from operator_tui.ui.refusals import Words, refusal

PROTOCOL = Path(__file__).parents[2] / "docs" / "protocol.md"
TABLE = "| code | the command is refused because |"


def codes() -> list[str]:
    """The server's, as its protocol lists them, and those of this machine."""
    _, _, below = PROTOCOL.read_text(encoding="utf-8").partition(f"{TABLE}\n|---|---|\n")
    rows = takewhile(lambda line: line.startswith("|"), below.splitlines())
    own = re.findall(r"`(\w+)`", (NotEnteredError.__doc__ or "").partition("`code`:")[2])
    return [*(row.split("|")[1].strip() for row in rows), *own]


def test_the_tables_are_read() -> None:
    assert {"unknown_command", "no_place_left", "outbox_full", "ended"} <= set(codes())


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("detail", ["", "Marieke"])
def test_every_code_of_the_protocol_is_told_in_a_sentence(code: str, detail: str) -> None:
    said = refusal(code, detail)
    assert not re.search(r"\(|_|\{", said), said
    assert said[0].isupper() or said[0].isdigit()
    assert said.endswith(".")


def test_a_code_that_nobody_knows_is_told_as_it_is() -> None:
    assert "full_moon" in refusal("full_moon")


@pytest.mark.parametrize("code", codes())
def test_a_cause_says_nothing_of_where_the_text_is(code: str) -> None:
    assert "text is" not in refusal(code)
    assert "draft" not in refusal(code)


def test_the_place_of_the_text_is_said_after_the_cause() -> None:
    cause = refusal("chat_closed")
    said = {refusal("chat_closed", words=words) for words in Words}
    assert len(said) == len(Words)
    assert all(one.startswith(cause) for one in said)
