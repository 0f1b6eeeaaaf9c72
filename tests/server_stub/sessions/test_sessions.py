from pathlib import Path

import pytest

from operator_tui.desk.policy import ReplyClock
from operator_tui.desk.time import MINUTE, SECOND
from server_stub.plays.problems import ProblemsError
from server_stub.plays.toml_lines import line_at, lines_of
from server_stub.sessions.session import Session
from server_stub.sessions.session_file import load, names, read

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
        ('at = "-1m30s"', "at = 5", 'visitor[0].at: 5 is no time. Did you mean "5s"?'),
        ('at = "-1m30s"', "", 'missing required field "at"'),
        ("places = 3", "places = 0", "policy.places"),
        ("places = 3", "plaices = 3", 'Did you mean "places"?'),
        ("places = 3", 'about = "two"', 'unknown field "about". Put it above the first [ or [[.'),
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


def test_every_mistake_of_form_and_meaning_is_told_with_its_line(tmp_path: Path) -> None:
    text = (
        'name = "try"\nabot = "A try"\n[policy]\nplaices = 3\nreply_within = "60"\n'
        '[[operator]]\nid = "anna"\nlanguages = "en"\n'
        '[[visitor]]\nid = "tom"\nplay = "blue_won"\nat = "5 s"\n'
        '[[visitor]]\nid = "tom"\nplay = "blue_one"\nat = "0s"\n'
        '[[event]]\nvisitor = "thom"\nat = "1m"\ndoes = "mod angry"\n'
    )
    told = mistakes(tmp_path, text).splitlines()
    lines = [int(one.split("line ")[1].split(",")[0]) for one in told]
    assert lines == [2, 4, 5, 6, 8, 11, 12, 14, 18, 20]
    assert 'abot". Did you mean "about"?' in told[0]
    assert 'reply_within: "60" is no time. Did you mean "60s"?' in told[2]
    assert 'missing required field "name"' in told[3]
    assert 'Write languages = ["en"].' in told[4]
    assert 'at: "5 s" is no time. Did you mean "5s"?' in told[6]
    assert "is there already" in told[7]


def test_a_name_that_is_missing_makes_nobody_else_unknown(tmp_path: Path) -> None:
    text = GOOD.replace('id = "anna"\n', "")
    (told,) = mistakes(tmp_path, text).splitlines()
    assert 'missing required field "id"' in told


SHOP = '[[arrivals]]\nid = "shop"\nplays = ["late_parcel"]\nrates = [{ per_hour = 4 }]\n'
SIM = '[[colleague]]\nid = "sim"\nname = "Sim"\noffers = ["accepts", "ignores"]\n'


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "anna"', 'id = "an na"', '"an na" is not an id. Use letters'),
        ('id = "anna"', 'id = "an:na"', '"an:na" is not an id. Use letters'),
        ('id = "tom"', 'id = ":queue"', '":queue" is not an id. Use letters'),
        ('id = "sim"', f'id = "{"s" * 41}"', 's..." is not an id.'),
        ("per_hour = 4", "per_hour = -4", "-4 is not a number that is possible here. Write one"),
        ("per_hour = 4", 'per_hour = "4"', '"4" is not a number. Write a number, without'),
        ('"ignores"', '"ignore"', 'Did you mean "ignores"? Known: accepts, declines, ignores.'),
        ('["late_parcel"]', '"late_parcel"', 'Write plays = ["late_parcel"].'),
        ('["late_parcel"]', "[]", "The list is empty."),
        ("places = 3", 'places = "two"', '"two" is not a whole number.'),
        ("places = 3", "reply_within = 60", '60 is no time. Did you mean "60s"?'),
        ("places = 3", "reply_within = true", "true is no time. Write 4s"),
        ("places = 3", "places = 2.5", "2.5 is not a whole number. Write a whole number."),
        ("places = 3", 'typing_preview = "yes"', "Write true or false, without quotation marks."),
        ("places = 3", "typing_preview = 1", "1 is not true or false. Write true or false."),
        ('at = "-1m30s"', 'at = "-1m30s"\nlanguage = 1979-05-27', "A date is not a language."),
        ('at = "-1m30s"', 'at = "-1m30s"\nname = 07:32:00', "A time of day is not a text."),
        ('"anna"\n[[arr', '"anna"\nhistory = [1]\n[[arr', "Write { by = ... }."),
        ('id = "sim"', 'id = "sim"\nlanguages = ["English"]', '"English" is not a language.'),
        ('["late_parcel"]', "[3]", "3 is not a text. Put it in quotation marks."),
        ("[[colleague]]", "[colleague]", "A table is not a list. Write [[colleague]]."),
    ],
)
def test_a_mistake_of_form_is_told_in_the_words_of_the_file(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    text = GOOD + SHOP + SIM
    assert old in text
    message = mistakes(tmp_path, text.replace(old, new, 1))
    assert told in message
    assert not any(sign in message for sign in ("regex", "enum", "Expected", "stand-in", "\n"))


def test_a_mistake_of_form_hides_no_name_that_means_nothing(tmp_path: Path) -> None:
    text = (
        'name = "try"\nabout = "A try"\n[[operator]]\nid = "an na"\nname = "Anna"\n'
        '[[visitor]]\nid = "tom"\nplay = "blue_won"\nat = "5 s"\noperator = "anna"\n'
        '[[visitor]]\nid = "ann"\nplay = "blue_one"\nat = "0s"\nscene = "hullo"\n'
        '[[visitor]]\nid = "eve"\nplay = "blue_one"\nat = "0s"\noperator = "bram"\n'
        '[[event]]\nvisitor = "thom"\nat = "1m"\ndoes = "mood angry"\n'
        '[[colleague]]\nid = "sim"\nname = "Sim"\noffers = ["accept", "decline"]\n'
    )
    told = mistakes(tmp_path, text).splitlines()
    lines = [int(one.split("line ")[1].split(",")[0]) for one in told]
    assert lines == [4, 8, 9, 15, 20, 22, 28, 28]


def test_what_stands_in_for_a_mistake_is_not_judged(tmp_path: Path) -> None:
    history = 'history = [{ by = "visitor", ago = "90s", text = "hi" }]\n'
    told = mistakes(tmp_path, f"{GOOD}{history}scene = 'hello'\n")
    assert told.startswith("try.toml, line 17, visitor[0].history[0].text: ")
    assert "\n" not in told


def test_a_list_of_tables_is_told_as_it_is_written(tmp_path: Path) -> None:
    told = mistakes(tmp_path, f"visitor = [1]\n{GOOD[: GOOD.index('[[visitor')]}")
    assert told.endswith("1 is not a table. Write [[visitor]] and its lines under it.")


def test_no_name_is_proposed_that_means_nothing_in_that_table(tmp_path: Path) -> None:
    told = mistakes(tmp_path, GOOD.replace('id = "tom"', 'id = "tom"\nlimits = 1'))
    assert told == 'try.toml, line 14, visitor[0]: the table contains unknown field "limits".'


def test_who_has_the_id_of_an_operator_is_named_as_the_colleague_it_is(tmp_path: Path) -> None:
    told = mistakes(tmp_path, f'{GOOD}[[colleague]]\nname = "A"\nid = "anna"\n')
    assert told.startswith('try.toml, line 19, colleague[0].id: the id "anna" is there already.')


@pytest.mark.parametrize("key", ["a.b", "a[0]", "a.b[0].c", "[", ""])
def test_a_key_that_means_nothing_takes_nobody_away(tmp_path: Path, key: str) -> None:
    event = '[[event]]\nvisitor = "tom"\nat = "1m"\ndoes = "mood angry"\n'
    told = mistakes(tmp_path, GOOD.replace('id = "tom"', f'id = "tom"\n"{key}" = 1') + event)
    assert told == f'try.toml, line 12, visitor[0]: the table contains unknown field "{key}".'


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("[policy]", "[policy", 4), ('name = "try"', "name = try", 2), ('"20s"', '"20s', 6)],
)
def test_what_is_no_toml_says_the_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    assert mistakes(tmp_path, GOOD.replace(old, new, 1)).startswith(f"try.toml, line {line}, ")


def test_a_key_is_found_in_nested_and_repeated_tables() -> None:
    text = (
        'name = "x"\nabout = """\nat = 3\n"""\n[[colleague]]\nid = "a"\n'
        '[[colleague.passes]]\nto = "b"\n[[colleague.passes]]\nto = "c"\n'
        '[[colleague]]\nid = "d"\n[[colleague.passes]]\nto = "e"\n[patience]\nmean = "1m"\n'
    )
    lines = lines_of(text)
    assert "at" not in lines
    assert lines["colleague[0].passes[1].to"] == 10
    assert lines["colleague[1].passes[0].to"] == 14
    assert lines["patience.mean"] == 16
    assert line_at("colleague[1].passes[0].note.en", lines) == 13
    assert line_at("nowhere", lines) == 1
