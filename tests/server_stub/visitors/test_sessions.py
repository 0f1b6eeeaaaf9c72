from pathlib import Path

import pytest

from operator_tui.desk.policy import ReplyClock
from operator_tui.desk.time import MINUTE, SECOND
from server_stub.visitors.problems import ProblemsError
from server_stub.visitors.session import Session
from server_stub.visitors.session_file import load, names, read

GOOD = """
name = "try"
about = "A try"
[policy]
places = 3
first_reply_within = "20s"
reply_clock = "last"
automatic_transfer_after = "2m"
[[operator]]
id = "anna"
name = "Anna"
[[visitor]]
id = "tom"
play = "blue_one"
at = "-1m30s"
operator = "anna"
"""


def session(tmp_path: Path, text: str) -> Session:
    path = tmp_path / "try.toml"
    path.write_text(text, encoding="utf-8")
    return read(path)


def mistakes(tmp_path: Path, text: str) -> str:
    with pytest.raises(ProblemsError) as error:
        session(tmp_path, text)
    return str(error.value)


@pytest.mark.parametrize("name", names())
def test_every_built_in_session_loads(name: str) -> None:
    assert load(name).name == name


def test_times_are_read_as_people_write_them(tmp_path: Path) -> None:
    good = session(tmp_path, GOOD)
    assert good.visitors[0].at == -90 * SECOND
    assert good.policy.first_reply_within == 20 * SECOND
    assert good.policy.automatic_transfer_after == 2 * MINUTE
    assert good.policy.reply_clock is ReplyClock.LAST
    assert good.policy.places == 3
    assert good.policy.reply_within == MINUTE


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'play = "blue_one"',
            'play = "blue_won"',
            'visitor[0].play: there is no "blue_won". Did you mean "blue_one"?',
        ),
        ('play = "blue_one"', 'play = "../sessions/tour"', "visitor[0].play"),
        (
            'operator = "anna"',
            'operator = "ana"',
            'visitor[0].operator: there is no "ana". Did you mean "anna"?',
        ),
        (
            'operator = "anna"',
            'scene = "hullo"',
            'visitor[0].scene: there is no "hullo". Did you mean "hello"?',
        ),
        (
            'operator = "anna"',
            'language = "sv"',
            'visitor[0].language: the play does not speak "sv"',
        ),
        (
            'operator = "anna"',
            'operater = "anna"',
            'visitor[0]: the table contains unknown field "operater". Did you mean',
        ),
        ('at = "-1m30s"', 'at = "soon"', 'visitor[0].at: "soon" is no time. Write 4s'),
        ('at = "-1m30s"', "at = 5", 'visitor[0].at: "5" is no time'),
        ('at = "-1m30s"', "", 'missing required field "at"'),
        ("places = 3", "places = 0", "policy.places"),
        ("places = 3", "plaices = 3", 'Did you mean "places"?'),
        ('"20s"', '"soon"', "policy.first_reply_within"),
        ('name = "try"', "name = ", "file: Invalid value"),
        ('id = "anna"', 'id = "an na"', "operator[0].id"),
    ],
)
def test_a_mistake_names_file_and_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    message = mistakes(tmp_path, GOOD.replace(old, new, 1))
    assert message.startswith("try.toml, ")
    assert told in message


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("blue_one", "blue_won").replace('operator = "anna"', 'operator = "bo"')
    twice = text + '[[visitor]]\nid = "tom"\nplay = "blue_one"\nat = "0s"\n'
    assert len(mistakes(tmp_path, twice).splitlines()) == 3


HISTORY = GOOD + '[[visitor.history]]\nby = "visitor"\nago = "1m"\ntext.en = "Hi"\n'


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('ago = "1m"', 'ago = "2m"', "history[0].ago: this was before"),
        ('text.en = "Hi"', "", "history[0]: it has either"),
        ('text.en = "Hi"', 'does = "leave site"', 'history[0].does: "leave site" is not'),
        ('text.en = "Hi"', 'does = "says[en] Hi"', "a message is a text here"),
        ('text.en = "Hi"', 'does = "pauses 3s"', "leaves no trace"),
        ('by = "visitor"', 'by = "somebody"', "history[0].by"),
        (
            'operator = "anna"\n[[visitor.history]]\nby = "visitor"',
            '[[visitor.history]]\nby = "operator"',
            "nobody has this chat",
        ),
    ],
)
def test_a_mistake_in_the_past_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in HISTORY
    assert told in mistakes(tmp_path, HISTORY.replace(old, new, 1))


def test_a_play_beside_the_session_goes_before_the_library(tmp_path: Path) -> None:
    (tmp_path / "blue_one.play").write_text("title Mine\n== start\nopens chat\n", encoding="utf-8")
    assert session(tmp_path, GOOD).plays["blue_one"].heading.title == {"": "Mine"}


def test_a_mistake_in_a_play_is_told_with_the_session(tmp_path: Path) -> None:
    (tmp_path / "blue_one.play").write_text("== start\nmood angri\n", encoding="utf-8")
    assert "blue_one.play, line 2" in mistakes(tmp_path, GOOD)


def test_an_unknown_session_says_which_there_are() -> None:
    with pytest.raises(ProblemsError, match="tour"):
        load("tuor")


def test_a_session_without_anybody_to_practise_is_a_mistake(tmp_path: Path) -> None:
    assert "nobody practises" in mistakes(tmp_path, 'name = "a"\nabout = "b"\n')
