from pathlib import Path

import pytest

from server_stub.__main__ import main
from server_stub.load.closed_loop import Speed, computed
from server_stub.load.crowd import library
from server_stub.load.many import measured
from server_stub.load.telling import CHATS, table

SCENARIOS = Path(__file__).parents[3] / "docs" / "scenarios.md"


@pytest.mark.thorough
def test_more_chats_at_once_make_every_reply_later_and_no_operator_faster() -> None:
    rows = computed(CHATS, library(), Speed(), hours=3.0)
    assert [row.mean for row in rows] == sorted(row.mean for row in rows)
    assert [row.in_time for row in rows] == sorted((row.in_time for row in rows), reverse=True)
    assert all(row.busy <= 1.01 for row in rows)


@pytest.mark.thorough
def test_who_types_faster_answers_sooner() -> None:
    slow, fast = (computed((2,), library(), Speed(typing=of), hours=2.0)[0] for of in (3.0, 8.0))
    assert fast.mean < slow.mean
    assert fast.replies > slow.replies


@pytest.mark.thorough
def test_the_page_for_trainers_has_the_table_that_is_computed() -> None:
    rows = list(table(computed(CHATS, library(), Speed()), Speed()))
    assert "\n".join(rows) in SCENARIOS.read_text(encoding="utf-8")


@pytest.mark.thorough
def test_a_small_crowd_is_measured() -> None:
    cost = measured(200, 2, library())
    assert 5 < cost.every < 20
    assert cost.bytes > 500


@pytest.mark.parametrize("wrong", [["--visitors", "0"], ["--typing", "fast"], ["--reply", "x"]])
def test_a_mistake_on_the_command_line_is_told(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as info:
        main(["load", *wrong])
    assert info.value.code == 2
