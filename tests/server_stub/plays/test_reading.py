import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_tui.desk.model import Channel
from operator_tui.desk.text import SafeAddress, SafeText, clean
from server_stub.plays.play import (
    Feel,
    Goto,
    Hears,
    Listen,
    OpensChat,
    Otherwise,
    Pause,
    Play,
    Reactivate,
    Return,
    Say,
    Silent,
    Step,
    Type,
    Wait,
)
from server_stub.plays.reading import FOLDER, parse, read


def play(*lines: str) -> Play:
    return parse("\n".join(lines), "try.play")


def said(text: str) -> str:
    action = play("== start", f"says[en] {text}").first.steps[0].action
    assert isinstance(action, Say)
    return action.texts["en"]


def spoken(steps: tuple[Step, ...]) -> list[dict[str, str]]:
    return [dict(step.action.texts) for step in steps if isinstance(step.action, Say)]


def test_the_model_play_runs_as_it_stands() -> None:
    coat = read(FOLDER / "wrong_coat.play")
    assert list(coat.scenes) == [
        "start", "details", "impatient", "calmed", "waiting", "solved", "bye", "gone",
    ]  # fmt: skip
    assert coat.languages == ("nl", "en")
    assert (coat.heading.on_site, coat.heading.earlier, coat.heading.typing) == (200_000, 2, 4.0)
    assert (coat.heading.system, coat.heading.browser) == ("Windows 11", "Firefox")
    assert coat.heading.teaches[1] == "R-55 kept promise"


def test_every_value_knows_its_line() -> None:
    start = play("title A", "", "== start", "# why", "opens chat", "listen", "  else -> end").first
    assert start.line == 3
    assert start.steps[0].line == 5
    assert isinstance(start.then, Listen)
    assert (start.then.line, start.then.branches[0].line) == (6, 7)


def test_a_message_in_several_languages_is_one_message() -> None:
    steps = play("== start", "after 3s says[nl] Hoi", "  says[en] Hi").first.steps
    assert [step.after for step in steps] == [3_000]
    assert spoken(steps) == [{"nl": "Hoi", "en": "Hi"}]


def test_the_same_language_again_is_the_next_message() -> None:
    steps = play(
        "== s", "says[nl] een", "says[en] one", "after 1s says[nl] twee", "after 1s says[en] two"
    ).first.steps
    assert spoken(steps) == [{"nl": "een", "en": "one"}, {"nl": "twee", "en": "two"}]


def test_a_time_of_its_own_begins_another_message() -> None:
    steps = play("== s", "says[nl] een", "after 2s says[en] two").first.steps
    assert len(steps) == 2


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("opens chat", OpensChat()),
        ("types", Type(4_000)),
        ("types 7s", Type(7_000)),
        ("pauses 1m30s", Pause(90_000)),
        (
            "returns to https://shop.example/a b",
            Return(clean("https://shop.example/a b", SafeAddress)),
        ),
        ("mood angry", Feel("angry", 1.4)),
        ("waits", Wait()),
        ("reactivates after 14h", Reactivate(14 * 3_600_000)),
    ],
)
def test_an_action_is_read(line: str, action: object) -> None:
    assert play("== start", line).first.steps[0].action == action


def test_branches_are_read_in_their_order() -> None:
    then = play(
        "== a",
        "listen",
        '  if apology "sorry*" “mijn fout” -> a',
        "  if silence 2m -> end",
        "  else -> end",
    ).first.then
    assert isinstance(then, Listen)
    hears, silent, otherwise = (branch.when for branch in then.branches)
    assert isinstance(hears, Hears)
    assert hears.intents == ("apology",)
    assert hears.words.phrases == ("sorry*", "mijn fout")
    assert silent == Silent(120_000, "2m")
    assert otherwise == Otherwise()


def test_a_scene_without_a_way_on_is_an_end() -> None:
    assert play("== start", "opens chat").first.then == Goto(1, "end")


def test_the_heading_tells_who_it_is_in_each_language() -> None:
    heading = play(
        "visitor[nl] Sanne", "visitor[pl] Zofia", "channel messaging",
        "form[nl] Bestelnummer: 12: a", "form[nl] Waarom? Daarom", "earlier 1 chat, last 30d ago",
        "== start",
    ).heading  # fmt: skip
    assert heading.visitor == {"nl": "Sanne", "pl": "Zofia"}
    assert heading.channel is Channel.MESSAGING
    assert [(one.question, one.answer) for one in heading.form["nl"]] == [
        ("Bestelnummer", "12: a"),
        ("Waarom?", "Daarom"),
    ]
    assert (heading.earlier, heading.earlier_ago) == (1, 30 * 86_400_000)


@pytest.mark.parametrize(
    "text",
    [
        'he said "no" -> and left',
        "# 48213",
        "== not a scene",
        "if silence 60s -> end",
        "[/bold] [@click=app.quit]x[/]",
        "key: value, {a: [1, 2]} & *x !tag | > %",
        "says[nl] nested",
        "\\n is not a line \\",
        "'''\"\"\"",
        "🙈 ł ż 你好 हिन्दी",
        "-> end",
        "after 3s I left",
    ],
)
def test_odd_text_stands_unquoted(text: str) -> None:
    assert said(text) == text


def test_a_message_may_have_four_thousand_characters() -> None:
    assert said("x" * 4_000) == "x" * 4_000


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=200))
def test_any_line_of_text_is_read_as_it_is_cleaned(text: str) -> None:
    from operator_tui.desk.text import clean

    bare = text.strip()
    if bare:
        assert said(bare) == clean(bare, SafeText)


def test_a_file_from_a_word_processor_is_read() -> None:
    assert parse("\ufefftitle A\r\n== start\r\nopens chat\r\n", "x.play").heading.title == {"": "A"}
