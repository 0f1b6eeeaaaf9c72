import os
import subprocess
import sys
from pathlib import Path

import pytest

from server_stub.__main__ import main
from server_stub.plays.outline import outline
from server_stub.plays.reading import parse
from server_stub.visitors.routes import routes

PLAY = """
title Try
language en, nl
visitor Tom
fact The lid is in stock.
== start
opens chat
after 1s says[en] Hello \x1b]0;owned\x07there
         says[nl] Hoi
listen
  if apology     -> calm
  if silence 60s -> calm
  else           -> gone
== calm
types 30s
after 5s says[en] Fine
says[nl] Mooi
-> end
== gone
closes chat
-> end
"""


@pytest.fixture
def play(tmp_path: Path) -> str:
    (tmp_path / "try.play").write_text(PLAY, encoding="utf-8")
    return str(tmp_path / "try.play")


def tried(play: str, *lines: str, capsys: pytest.CaptureFixture[str]) -> str:
    script = Path(play).with_suffix(".txt")
    script.write_text("\n".join(lines), encoding="utf-8")
    assert main(["try", play, "--script", str(script)]) == 0
    return capsys.readouterr().out


def test_a_script_is_played_with_times_and_the_tree_shows_what_was_taken(
    play: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tried(play, "# kind", "So sorry!", capsys=capsys)
    assert "What is true: The lid is in stock." in told
    assert "0:00  (Tom opens the chat)" in told
    assert "[if apology -> calm]" in told
    assert "  x if apology -> calm" in told
    assert "  . else -> gone" in told
    assert "1 of 3 branches were taken." in told
    assert "Never taken:" in told


def test_strangers_texts_are_clean_on_the_terminal(
    play: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tried(play, "Right", capsys=capsys)
    assert "\x1b" not in told
    assert "\x07" not in told
    assert "there" in told


def test_time_passes_only_when_it_is_let(play: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = tried(play, "/wait 20s", "/wait", capsys=capsys)
    assert "[if silence 60s -> calm]" in told
    assert "Tom: Fine" in told


def test_what_is_said_at_a_time_is_heard_while_the_visitor_types(
    play: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tried(play, "0:07 sorry", "0:20 Are you there?", "/wait", capsys=capsys)
    assert "[if apology -> calm]" in told
    typing, asked = told.index("(Tom types for 30s)"), told.index("0:20  you: Are you there?")
    assert typing < asked < told.index("Tom: Fine")


def test_what_should_have_been_said_by_now_is_said_at_once(
    play: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tried(play, "0:01 sorry", capsys=capsys)
    assert "0:01  you: sorry" not in told
    assert told.index("0:01 is over") < told.index("you: sorry")


def test_commands_show_the_tree_close_and_quit(
    play: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tried(play, "/tree", "/quit", "sorry", capsys=capsys).count("0 of 3") == 2
    assert "(the play is over)" in tried(play, "/close", capsys=capsys)
    assert "/invite" in tried(play, "/help", capsys=capsys)


def test_events_are_thrown_in_as_in_a_session(
    play: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ("0:06 /share Pay now", "/leave", "/say Hi", "/wait", "/return", "/burst 2 one / two")
    told = tried(play, *lines, "/do mood happy", "/do dances", capsys=capsys)
    shares, leaves = told.index("0:06  (Tom shares the screen: Pay now)"), told.index("Tom leaves")
    assert shares < leaves < told.index("Tom has left the website. Have it return first.")
    assert told.index("nothing more happens") < told.index("Tom is back on")
    assert "0:06  Tom: one\n" in told
    assert "0:07  Tom: two\n" in told
    assert '"dances" is not something a visitor does' in told


def test_a_visitor_who_is_made_to_close_the_chat_is_at_the_end(
    play: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tried(play, "/do closes chat", "Are you there?", capsys=capsys)
    assert told.index("(Tom closes the chat)") < told.index("(the play is over)")
    assert "Are you there?" not in told


@pytest.mark.thorough
def test_who_reads_only_the_beginning_gets_no_traceback(play: str) -> None:
    for mode in (["try", play, "--walk"], ["ctl", "help"]):
        command = [sys.executable, "-m", "server_stub", *mode]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.close()
            assert process.stderr is not None
            assert process.stderr.read() == b""
            assert process.wait(30) == 141


def test_a_browsing_visitor_comes_when_it_is_invited(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "invite.txt"
    script.write_text("/invite Can I help you?\n", encoding="utf-8")
    assert main(["try", "looking_at_sofas", "--lang", "en", "--script", str(script)]) == 0
    assert "Would the Fjord get through" in capsys.readouterr().out


def test_another_language_and_one_it_lacks(play: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["try", play, "--lang", "nl", "--walk"]) == 0
    assert main(["try", play, "--lang", "fi", "--walk"]) == 1
    assert 'it does not speak "fi"' in capsys.readouterr().out


def test_a_walk_takes_every_branch_and_says_which_it_cannot(
    play: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["try", play, "--walk"]) == 0
    told = capsys.readouterr().out
    assert "3 ways from beginning to end." in told
    assert "line 12: (silence 60s) -> calm" in told
    assert 'line 13: "Right." -> gone' in told
    Path(play).write_text(PLAY.replace("else ", 'if "sorry" -> calm\n  else '), encoding="utf-8")
    assert main(["try", play, "--walk"]) == 1
    assert "does not come to an end" in capsys.readouterr().out


def test_a_play_that_cannot_be_read_tells_all_its_mistakes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.play").write_text("== start\nmood angri\nopens chats\n", encoding="utf-8")
    assert main(["try", str(tmp_path / "bad.play")]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 2


@pytest.mark.thorough
def test_the_same_seed_gives_the_same_play_in_every_process(play: str) -> None:
    def run(hashing: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "server_stub", "try", play, "--seed", "3", "--walk"],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": hashing},
            timeout=60,
        )
        return done.stdout

    assert run("1") == run("2")


def test_a_session_is_not_tried_and_a_misspelt_play_is_guessed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "monday.toml").write_text('name = "x"\n', encoding="utf-8")
    assert main(["try", str(tmp_path / "monday.toml")]) == 1
    assert "server-stub serve" in capsys.readouterr().out
    assert main(["try", str(tmp_path / "late_parcle")]) == 1
    assert 'Did you mean "late_parcel"?' in capsys.readouterr().out


def test_a_play_of_a_thousand_scenes_has_a_tree(tmp_path: Path) -> None:
    scenes = [
        f'== s{n}\nsays x\nlisten\nif "go" -> s{n + 1}\nif silence 1m -> end\n'
        for n in range(1_200)
    ]
    play = parse("\n".join(["== start", "opens chat", "-> s0", *scenes, "== s1200\n-> end"]), "x")
    lines = list(outline(play, ()))
    assert len(lines) == 2 * 1_200 + 3
    assert lines[-1].strip() == ". if silence 1m -> end"
    assert len(list(routes(play))) == 2 * 1_200


@pytest.mark.parametrize(
    ("mode", "name", "told"),
    [
        ("try", "monday.toml", "this is a session"),
        ("try", "README.md", "this is no play."),
        ("serve", "tom.play", "this is a play"),
        ("serve", "README.md", "this is no session."),
        ("check", "README.md", "neither a play (.play) nor a session (.toml)"),
    ],
)
def test_a_file_of_another_kind_is_told_in_one_line(
    mode: str, name: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text("# Read me\n\n- one\n- two\n", encoding="utf-8")
    assert main([mode, str(tmp_path / name)]) != 0
    out, err = capsys.readouterr()
    lines = [line for line in (out + err).splitlines() if "mistake" not in line]
    assert len(lines) == 1
    assert told in lines[0]


def test_what_was_said_before_the_visitor_comes_back_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    past = (
        "channel messaging\nvisitor Hilda\n== start\n15h ago says Will it be back?\n"
        "14h50m ago operator says Tomorrow.\nboomerang\nsays Any news?\n-> end\n"
    )
    (tmp_path / "hilda.play").write_text(past, encoding="utf-8")
    told = tried(str(tmp_path / "hilda.play"), capsys=capsys)
    asked, answered = told.index("Hilda, 15h ago: Will it"), told.index("you, 14h50m ago: Tomorrow")
    assert asked < answered < told.index("(Hilda is back after 14h50m)")


def test_what_is_typed_after_the_end_goes_nowhere(
    play: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["bye", "Is that all?", "", "ls"])
    monkeypatch.setattr("builtins.input", lambda _: next(typed))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert main(["try", play]) == 0
    assert capsys.readouterr().out.count("Enter: leave.") == 2
    assert next(typed) == "ls"
