"""Slips that people make who have never written a play: each is told once, with what to do."""

from pathlib import Path

import pytest

from server_stub.plays import intents
from server_stub.plays.checking import check, check_text
from server_stub.plays.play import Say
from server_stub.plays.problems import Problem
from server_stub.plays.reading import parse

START = ("== start", "opens chat", "says Hi")
LISTEN = ("listen", "  if silence 2m -> end", "  else -> end")


def found(*lines: str) -> list[Problem]:
    return check_text("\n".join(lines), "try.play", intents.built_in())


def told(*lines: str) -> list[tuple[int, str]]:
    return [(one.line, one.suggestion) for one in found(*lines)]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("60", 'Did you mean "60s"?'),
        ("60S", 'Did you mean "60s"?'),
        ("60 seconds", 'Did you mean "60s"?'),
        ("2 min", 'Did you mean "2m"?'),
        ("-3s", 'Did you mean "3s"?'),
        ("1h90m", 'Did you mean "2h30m"?'),
        ("1m1h", 'Did you mean "1h1m"?'),
        ("٣s", "Write 4s"),
        ("99999999d", "Write 4s"),
        ("0s", "if silence 60s"),
    ],
)
def test_a_wrong_time_is_told_with_the_right_one(written: str, hint: str) -> None:
    ((line, suggestion),) = told(*START, "listen", f"if silence {written} -> end", "else -> end")
    assert line == 5
    assert hint in suggestion


@pytest.mark.parametrize("time", ["61m", "90s", "1.5s", "1h30m", "2d", "1m500ms"])
def test_a_time_that_means_one_thing_is_right(time: str) -> None:
    assert found(*START, "listen", f"if silence {time} -> end", "else -> end") == []


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("Says Hello", "says"),
        ("says: Hello", "says"),
        ("says[en]: Hello", "says"),
        ("Leaves  Site", "leaves site"),
        ("AFTER 3s says x", "after"),
        ("Mood angry", "mood"),
    ],
)
def test_a_capital_or_a_colon_is_told_and_the_line_is_read(line: str, word: str) -> None:
    (problem,) = found("language en", *START, line, *LISTEN)
    assert (problem.line, problem.what) == (5, f'This is written "{word}".')


def test_a_play_in_capitals_with_colons_is_told_line_by_line_and_nothing_follows_from_it() -> None:
    lines = ("Title: A", "Level: novise", *START, "Listen:", "If Silence 2m -> end", "Else -> end")
    assert [line for line, _ in told(*lines)] == [1, 2, 2, 6, 7, 7, 8]
    assert {(2, 'Did you mean "novice"?'), (7, 'Did you mean "silence"?')} <= set(told(*lines))


@pytest.mark.parametrize("blank", ["\t", "\u00a0", "   ", "\u2003"])
def test_any_blank_parts_two_words(blank: str) -> None:
    lines = ("teaches R-70 apology", *START, "shares screen Pay", "mood angry", *LISTEN)
    assert found(*(line.replace(" ", blank) for line in lines)) == []


@pytest.mark.parametrize("arrow", ["→", "⇒", "–>", "—>"])
def test_an_arrow_that_an_editor_made_is_one(arrow: str) -> None:
    lines = (*START, "listen", f"if silence 1m {arrow} a", f"else{arrow}a", "== a", f"{arrow} end")
    assert found(*lines) == []


@pytest.mark.parametrize("text", ["[laughs] hi", "[en hi", "[] x", "[2] of 3", "[nl] Hoi"])
def test_what_stands_after_a_blank_is_said_as_it_is(text: str) -> None:
    action = parse(f"== start\nopens chat\nsays {text}\n-> end", "x.play").first.steps[1].action
    assert isinstance(action, Say)
    assert action.texts == {"": text}


def test_a_language_that_stands_apart_would_be_read_out() -> None:
    lines = ("language en, nl", "== start", "opens chat", "says [en] Hi", "says [nl] Hoi", *LISTEN)
    assert [line for line, hint in told(*lines) if "Leave no blank" in hint] == [4, 5]


def test_every_mistake_of_one_line_is_told() -> None:
    lines = ("teaches R-0 a, R-70 b, R-147 c", *START, "listen", "if sory sad, anger -> nowhere")
    problems = [one.what for one in found(*lines)]
    for word in ("R-0 a", "R-147 c", "sory", "sad,", "anger"):
        assert any(f'"{word}"' in what for what in problems), word
    assert not any("R-70" in what for what in problems)


def test_words_between_conditions_are_not_needed() -> None:
    lines = (*START, "listen", 'if apology or "x" -> end', "if silence 1m -> end", "else -> end")
    ((line, hint),) = told(*lines)
    assert (line, hint) == (5, "Leave it out.")


def test_what_stands_below_the_end_of_a_scene_is_told_once() -> None:
    lines = ("== start", "-> calm", "opens chat", "says Hi", *LISTEN, "== calm", "-> end")
    assert [line for line, _ in told(*lines)] == [3]


def test_branches_without_a_listen_are_told_once() -> None:
    lines = (*START, "if silence 1m -> end", "if apology -> end", "else -> end")
    assert [line for line, _ in told(*lines)] == [4]


def test_an_else_above_an_if_is_told() -> None:
    lines = (*START, "listen", "else -> end", "if apology -> end", "if silence 1m -> end")
    assert told(*lines) == [(5, "Put it last.")]


@pytest.mark.parametrize(
    ("lines", "line", "what"),
    [
        ((*START, "-> a", "== a", *LISTEN[:1], "if silence 1m -> end", "else -> start"), 2, "open"),
        ((*START, "closes chat", "-> a", "== a", "says Bye", "-> end"), 7, "closed by then"),
        ((*START, "stops sharing", "-> end"), 4, "not shared"),
        ((*START, "returns to https://x.example", "-> end"), 4, "has not left"),
        ((*START, "leaves site", "leaves site", "-> end"), 5, "left the website already"),
        (("== start", "waits 1m", "rates 5", "opens chat", "-> end"), 3, "no chat yet"),
    ],
)
def test_what_cannot_be_done_along_a_way_is_told(
    lines: tuple[str, ...], line: int, what: str
) -> None:
    (problem,) = found(*lines)
    assert problem.line == line
    assert what in problem.what


def test_nothing_is_said_of_what_comes_behind_a_line_that_cannot_be_read() -> None:
    lines = ("== start", "open chat", "says Hi", "-> a", "== a", "says Ho", *LISTEN)
    assert [line for line, _ in told(*lines)] == [2]


def test_who_only_ignores_invitations_needs_no_chat() -> None:
    assert found("== start", "ignores invitation", "-> end") == []


@pytest.mark.parametrize(
    ("raw", "place", "what"),
    [
        ("says Café".encode("latin-1"), "line 3", "not in UTF-8"),
        ("\ufeff== start\nopens chat\nsays Hi\n-> end".encode("utf-16-le"), "line 1", "UTF-16"),
        (bytes(range(256)), "file", "no text"),
        (b"says a\x00b", "line 3", "U+0000"),
        (b"says a\x1b[2Jb", "line 3", "U+001B"),
        ("says a\u202eb".encode(), "line 3", "U+202E"),
    ],
)
def test_a_file_in_another_encoding_says_where(
    raw: bytes, place: str, what: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.play"
    whole = raw.startswith((b"\xff", b"\x00"))
    path.write_bytes(raw if whole else b"== start\nopens chat\n" + raw + b"\n-> end\n")
    (problem,) = check(path)
    assert place in str(problem)
    assert what in problem.what


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"])
def test_lines_end_as_any_editor_ends_them(end: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.play"
    path.write_bytes(b"\xef\xbb\xbf" + end.join(line.encode() for line in (*START, "-> end")))
    assert check(path) == []


def test_a_bad_letter_does_not_hide_the_other_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "a.play"
    path.write_bytes(b"== start\nopens chat\nsays Caf\xe9\nmood angri\n-> end\n")
    assert [one.line for one in check(path)] == [3, 4]


def test_many_scenes_that_nothing_leads_to_are_all_told() -> None:
    scenes = [line for n in range(400) for line in (f"== s{n}", f"-> t{n}")]
    problems = found("== start", "opens chat", "-> end", *scenes)
    assert {one.line for one in problems} >= set(range(4, 804))


def test_a_line_that_leads_nowhere_anyway_hides_no_missing_way_out() -> None:
    lines = (*START, "listen", "else -> b", "mood happy", "== b", "mood angri", "rates 6")
    assert [line for line, _ in told(*lines)] == [4, 6, 7, 8, 9]


def test_a_misspelt_listen_or_branch_may_be_the_way_out() -> None:
    for line in ("listn", "-> two words", "els -> end"):
        assert len(found(*START, line)) == 1, line
