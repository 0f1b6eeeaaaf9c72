from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_stub.plays.problems import Problem, ProblemsError
from server_stub.plays.reading import parse, read


def problems(*lines: str) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as error:
        parse("\n".join(lines), "try.play")
    return error.value.problems


@pytest.mark.parametrize(
    ("line", "suggestion"),
    [
        ("share screen", 'Did you mean "shares screen"?'),
        ("leave site", 'Did you mean "leaves site"?'),
        ("say[nl] Hoi", 'Did you mean "says"?'),
        ("mood angri", 'Did you mean "angry"?'),
        ("pauses abc", "Write 4s"),
        ("after soon says[en] Hi", "Write 4s"),
        ("after 3s", "after 3s says"),
        ("rates 6", "1, 2, 3, 4 or 5"),
        ("returns to", "address"),
        ("says[english] Hi", "says[en]"),
        ("says[en]", "same line"),
        ("leaves site now", "Leave it out"),
        ("-> two words", "One word"),
        ("if apology -> start", "listen"),
    ],
)
def test_a_mistake_in_a_scene_is_named_with_a_way_out(line: str, suggestion: str) -> None:
    (problem,) = problems("title A", "== start", line)
    assert (problem.file, problem.line) == ("try.play", 3)
    assert suggestion in problem.suggestion


@pytest.mark.parametrize(
    ("line", "suggestion"),
    [
        ("if apologie -> start", 'Did you mean "apology"?'),
        ("if silense 60s -> start", 'Did you mean "silence"?'),
        ("if retour -> start", 'quotation marks: "retour"'),
        ("if silence -> start", "if silence 60s"),
        ("if silence x -> start", "Write 4s"),
        ("if apology", "-> scene"),
        ("if -> start", "else"),
        ("else apology -> start", '"if"'),
        ('if "sorry -> start', ""),
        ('if "*" -> start', ""),
        ("else -> strat", 'Did you mean "start"?'),
        ("opens chat", "Begin a new one"),
    ],
)
def test_a_mistake_in_a_branch_is_named_with_a_way_out(line: str, suggestion: str) -> None:
    found = problems("== start", "listen", line, "else -> end")
    assert found[0].line == 3
    assert suggestion in found[0].suggestion


@pytest.mark.parametrize(
    ("line", "suggestion"),
    [
        ("titel A", 'Did you mean "title"?'),
        ("opens chat", '"== name"'),
        ("level novise", 'Did you mean "novice"?'),
        ("channel phone", "messaging, web"),
        ("teaches R-147 more", "R-146"),
        ("typing fast", "4 chars/s"),
        ("on-site long", "Write 4s"),
        ("earlier many", "2 chats"),
        ("language dutch", "nl, en"),
        ("system[nl] Windows", "without it"),
        ("form 48213", "Order number"),
        ("title", ""),
    ],
)
def test_a_mistake_in_the_heading_is_named_with_a_way_out(line: str, suggestion: str) -> None:
    (problem,) = problems(line, "== start")
    assert problem.line == 1
    assert suggestion in problem.suggestion


def test_all_mistakes_are_told_at_once_in_the_order_of_the_lines() -> None:
    found = problems(
        "titel A", "== start", "mood angri", "-> nowhere", "== start", "shares screens", "== end"
    )
    assert [problem.line for problem in found] == [1, 3, 4, 5, 6, 7]


def test_a_mistake_reads_as_file_line_what_and_suggestion() -> None:
    (problem,) = problems("== start", "mood angri")
    assert str(problem) == 'try.play, line 2: "angri" is not a mood. Did you mean "angry"?'


def test_a_language_that_the_heading_does_not_name_is_a_mistake() -> None:
    (problem,) = problems("language nl, en", "== start", "says[nl] Hoi", "says[ne] Hi")
    assert (problem.line, problem.suggestion) == (4, "Known: en, nl.")


def test_a_message_over_the_limit_says_how_long_it_is() -> None:
    (problem,) = problems("== start", "says[en] " + "x" * 4_001)
    assert problem.what == "4,001 characters; a message has at most 4,000."


def test_a_play_without_a_scene_is_a_mistake() -> None:
    assert problems("title A")[0].suggestion == 'Begin one: "== start".'


def test_a_file_that_is_no_text_is_told_and_not_raised(tmp_path: Path) -> None:
    (tmp_path / "bad.play").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProblemsError, match=r"bad\.play"):
        read(tmp_path / "bad.play")
    with pytest.raises(ProblemsError, match=r"none\.play"):
        read(tmp_path / "none.play")


@given(st.lists(st.text(max_size=40), max_size=12))
def test_no_text_at_all_breaks_the_reader(lines: list[str]) -> None:
    with suppress(ProblemsError):
        assert parse("\n".join(lines), "x.play").scenes
