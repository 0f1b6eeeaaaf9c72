import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_stub.plays import intents
from server_stub.plays.checking import check, check_text
from server_stub.plays.problems import Problem, ProblemsError
from server_stub.plays.reading import parse
from server_stub.tools.checking import check as check_files

START = ("== start", "opens chat", "says Hi")
LISTEN = ("listen", "  if silence 2m -> end", "  else -> end")


def found(*lines: str) -> list[Problem]:
    return check_text("\n".join(lines), "try.play", intents.built_in())


def the_only(*lines: str) -> Problem:
    (problem,) = found(*lines)
    return problem


def test_a_play_without_a_mistake_has_none() -> None:
    assert found("title A", *START, *LISTEN) == []


def test_a_scene_that_nothing_leads_to_is_told() -> None:
    problem = the_only(*START, *LISTEN, "== lonely", "-> end")
    assert (problem.line, "lonely" in problem.what) == (7, True)
    assert '"-> lonely"' in problem.suggestion


def test_a_scene_that_only_a_misspelt_arrow_leads_to_is_not_told_too() -> None:
    problem = the_only(
        *START, "listen", "if silence 1m -> wating", "else -> end", "== waiting", "-> end"
    )
    assert problem.suggestion == 'Did you mean "waiting"?'


@pytest.mark.parametrize(
    ("lines", "line", "what"),
    [
        (("== start", "opens chat", "says Hi"), 3, "no way out"),
        ((*START, "listen"), 4, "for nothing"),
        ((*START, "-> a", "== a", "says x", "-> start"), 1, "nothing leads to the end"),
    ],
)
def test_a_scene_without_a_way_out_is_told(lines: tuple[str, ...], line: int, what: str) -> None:
    assert any(problem.line == line and what in problem.what for problem in found(*lines))


def test_a_scene_without_a_silence_branch_is_told() -> None:
    problem = the_only(*START, "listen", "  else -> end")
    assert problem.line == 4
    assert "if silence 2m" in problem.suggestion


def test_a_line_that_cannot_be_read_is_told_and_not_what_follows_from_it() -> None:
    problem = the_only(*START, "listen", "  if silense 60s -> end", "  else -> end")
    assert problem.suggestion == 'Did you mean "silence"?'


def test_a_missing_translation_is_told_once_for_each_message() -> None:
    told = found(
        "language nl, en",
        "== start",
        "opens chat",
        "says[nl] Hoi",
        "after 1s says[nl] Ja",
        "says[en] Yes",
        "says 2024",
        *LISTEN,
    )
    assert [(one.line, "en is missing" in one.what) for one in told] == [(4, True)]


def test_a_heading_in_one_language_of_two_is_told() -> None:
    problem = the_only("language nl, en", "title[nl] A", *START, *LISTEN)
    assert (problem.line, problem.suggestion) == (2, "Add title[en].")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("boomerang after 3h", "after 3h"),
        ("boomerang after 30h", "after 1d6h"),
        ("boomerang", "how long the silence was"),
    ],
)
def test_a_boomerang_outside_its_window_is_told(line: str, what: str) -> None:
    problem = the_only("channel messaging", *START, line, *LISTEN)
    assert problem.line == 5
    assert what in problem.what


@pytest.mark.parametrize("line", ["boomerang after 12h", "boomerang 24h", "reactivates after 2d"])
def test_inside_its_window_it_is_not(line: str) -> None:
    assert found("channel messaging", *START, line, *LISTEN) == []


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ((*START, "boomerang after 14h", *LISTEN), "does not come back"),
        (("channel messaging", *START, "leaves site", *LISTEN), "Nobody sees the website"),
        (("== start", "says Hi", "opens chat", *LISTEN), "no chat yet"),
        (("== start", "goes to https://x.example", *LISTEN), "Nobody opens"),
        ((*START, "closes chat", "says Bye", "-> end"), "closed by then"),
        (("== start", "2m ago says Hi", "opens chat", *LISTEN), "The past belongs"),
        (("level expert", "level novice", *START, *LISTEN), "in line 1 already"),
        ((*START, "listen", "if silence 1m -> end", "if silence 2m -> end"), "1m comes first"),
        ((*START, "listen", "if silence 1m -> end", "else -> end", "else -> end"), '"else" above'),
        (
            (
                *START,
                "listen",
                'if apology "x" -> end',
                "if apology -> end",
                "if silence 1m -> end",
            ),
            "always tried first",
        ),
        ((*START, *LISTEN, "== start", "-> end"), "already"),
        (("title " + "x" * 121, *START, *LISTEN), "at most 120"),
        ((*START[:2], "says " + "x" * 4_001, *LISTEN), "at most 4,000"),
    ],
)
def test_what_never_happens_in_a_chat_is_told(lines: tuple[str, ...], what: str) -> None:
    assert any(what in problem.what for problem in found(*lines))
    assert all(problem.suggestion for problem in found(*lines))


def test_all_mistakes_are_told_at_once_in_the_order_of_the_lines() -> None:
    told = found(
        "titel A",
        "language nl, en",
        "== start",
        "opens chat",
        "says[nl] Hoi",
        "mood angri",
        "listen",
        "if apologie -> end",
        "else -> nowhere",
        "== lonely",
        "listen",
    )
    assert [one.line for one in told] == sorted(one.line for one in told)
    assert {one.line for one in told} == {1, 5, 6, 8, 9, 10, 11}


def test_files_and_folders_are_checked_and_strangers_texts_printed_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "evil.play").write_text("== start\n\x1b]0;owned\x07 hi\n", encoding="utf-8")
    (tmp_path / "good.play").write_text("\n".join((*START, *LISTEN)), encoding="utf-8")
    (tmp_path / "s.toml").write_text("name = 3", encoding="utf-8")
    assert check_files([str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "\x1b" not in told
    assert "\x07" not in told
    assert "evil.play, line 2" in told
    assert "s.toml" in told
    assert told.splitlines()[-1].startswith("3 files: ")
    assert check_files([str(tmp_path / "good.play")]) == 0
    assert check_files([str(tmp_path / "none.play")]) == 1
    assert "none.play" in capsys.readouterr().out


def test_a_teams_own_intents_are_known_beside_the_play(tmp_path: Path) -> None:
    text = "\n".join((*START, "listen", "if voucher -> end", "if silence 1m -> end"))
    (tmp_path / "a.play").write_text(text, encoding="utf-8")
    assert len(check(tmp_path / "a.play")) == 1
    (tmp_path / "intents").mkdir()
    own = tmp_path / "intents" / "en.toml"
    own.write_text('[intents]\nvoucher = ["voucher*"]\n', encoding="utf-8")
    assert check(tmp_path / "a.play") == []
    own.write_text('[intents]\nvoucher = ["*"]\n', encoding="utf-8")
    assert "no word to listen for" in str(check(tmp_path / "a.play")[0])


WORDS = (
    *("== start", "opens chat", "says", "says[nl] Hoi", "listen", "if", "else -> end", "-> end"),
    *("if apology -> start", "if silence 60s -> end", "after", "3s", "boomerang", "14h", "2m ago"),
    *("transferred from", "note", "wanders", "shares screen[en] x", "channel messaging", "[", '"'),
    *(
        "language nl, en",
        "title[",
        "fact[en] x",
        "operator says",
        "waits",
        "types 9999d",
        "\x1b[2J",
    ),
)


@given(st.lists(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=4), max_size=14))
def test_no_text_at_all_breaks_reader_or_check(lines: list[list[str]]) -> None:
    text = "\n".join(" ".join(words) for words in lines)
    assert check_text(text, "x.play", intents.built_in()) is not None
    with suppress(ProblemsError):
        assert parse(text, "x.play").scenes


PIECES = (
    *("hi", "Hello,", "my order #48213", "didn't arrive!!", "is this --> normal?", "see [/a/path]"),
    *(
        '"why?"',
        "50% off: yes",
        "@support",
        "https://x.example/?a=b&c=[d]",
        "if not,",
        "else",
        "- no",
    ),
    *(
        "{name}",
        "| col |",
        "& co",
        "*please*",
        "'quoted'",
        "key: value",
        "> quote",
        "!important",
        "`x`",
    ),
    *(
        "zł 89,90",
        "größer",
        "😕☕",
        "łódź",
        "ääkkösiä",
        "\\n",
        "# hash",
        "== x ==",
        "~",
        "^",
        "1. first",
    ),
)


@given(st.integers(0, 2**32))
def test_sentences_as_people_write_them_survive_unquoted(seed: int) -> None:
    chance = random.Random(seed)
    text = " ".join(chance.choices(PIECES, k=chance.randint(1, 12)))
    play = parse("\n".join((*START[:2], f"says[en] {text}", *LISTEN)), "x.play")
    (said,) = (step.action for step in play.first.steps[1:])
    assert said.texts["en"] == text  # type: ignore[union-attr]


def test_plays_beside_a_session_are_checked_with_it_and_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.play").write_text("\n".join((*START, "listen", "else -> end")), "utf-8")
    session = 'name = "s"\nabout = "a"\n[[operator]]\nid = "anna"\nname = "Anna"\n'
    visitor = '[[visitor]]\nid = "v"\nplay = "mine"\nat = "1s"\n'
    (tmp_path / "s.toml").write_text(session + visitor, encoding="utf-8")
    for names in ([str(tmp_path / "s.toml")], [str(tmp_path)]):
        assert check_files(names) == 1
        told = capsys.readouterr().out
        assert told.count("listens for ever") == 1
        assert told.endswith("\n2 files: 1 mistake.\n")


def test_what_can_still_be_judged_beside_a_mistake_of_form_is_told_and_nothing_that_follows() -> (
    None
):
    told = found(
        *("== start", "says Hi", "opens chat", "listen", "  if apolgy -> nowhere"),
        *("  if silence 60s -> more", "== more", "closes chat", "says Bye", "sings", "listen"),
        *("  if silence 2m -> fin", "  else -> end"),
    )
    assert [(one.line, one.what[:22]) for one in told] == [
        (2, "There is no chat yet."),
        (5, '"apolgy" is no intent.'),
        (5, 'There is no scene "now'),
        (9, "The chat is closed by "),
        (10, '"sings" is not somethi'),
        (12, 'There is no scene "fin'),
    ]


def test_behind_a_line_that_cannot_be_read_nobody_knows_whether_the_chat_is_open() -> None:
    problem = the_only(*START, "closes chat", "opens chatt", "says Hi again", "-> end")
    assert problem.line == 5
    assert 'Did you mean "opens chat"?' in problem.suggestion


def test_a_scene_that_is_not_there_is_told_and_not_that_nothing_leads_out() -> None:
    problem = the_only(*START, "listen", "  if silence 2m -> fin")
    assert problem.what == 'There is no scene "fin".'
