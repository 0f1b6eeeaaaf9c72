"""Everything that docs/scenarios.md has people write and type."""

import re
import shlex
import sys
from io import StringIO
from pathlib import Path

import pytest

from server_stub.__main__ import main
from server_stub.arguments import read as arguments
from server_stub.plays import intents
from server_stub.plays.actions import ACTIONS, MOODS, read_action
from server_stub.plays.branches import read_branch
from server_stub.plays.checking import check_text
from server_stub.plays.headings import KEYS, read_heading
from server_stub.sessions import session_file

PAGE = (Path(__file__).parents[3] / "docs" / "scenarios.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
PLAYS = [text for kind, text in BLOCKS if kind == "text" and "== start" in text]
SESSIONS = [text for kind, text in BLOCKS if kind == "toml" and text.startswith("name =")]
INTENTS = next(text for kind, text in BLOCKS if kind == "toml" and "[intents]" in text)
SCRIPT = next(text for kind, text in BLOCKS if kind == "text" and "== start" not in text)
COMMANDS = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]
TEXTS = re.findall(r"`([^`\n]+)`", PAGE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("teapot.play").write_text(PLAYS[0], encoding="utf-8")
    Path("teapot.txt").write_text(SCRIPT, encoding="utf-8")
    Path("monday.toml").write_text(SESSIONS[0], encoding="utf-8")
    return tmp_path


def test_every_play_on_the_page_is_without_a_mistake() -> None:
    for text in PLAYS:
        assert check_text(text, "page.play", intents.built_in()) == []


def test_every_session_on_the_page_loads(folder: Path) -> None:
    for number, text in enumerate(SESSIONS):
        (folder / f"s{number}.toml").write_text(text, encoding="utf-8")
        assert session_file.read(folder / f"s{number}.toml").visitors or number


def test_the_intents_on_the_page_are_understood(folder: Path) -> None:
    (folder / "intents").mkdir()
    (folder / "intents" / "en.toml").write_text(INTENTS, encoding="utf-8")
    known = intents.extended(folder / "intents")
    assert intents.means("voucher", "Here is a gift card.", "en", known)
    assert intents.means("apology", "Mea culpa!", "en", known)
    assert intents.means("apology", "Sorry!", "en", known)


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("server-stub")])
def test_every_command_of_the_page_is_understood(command: str, folder: Path) -> None:
    words = shlex.split(command)[1:]
    options = arguments(words)
    if options.mode in {"check", "try"}:
        sys.stdin = StringIO("Hi Nora\nI'll send you the lid\n")
        try:
            assert main(words) == 0
        finally:
            sys.stdin = sys.__stdin__


def test_the_tutorials_script_brings_the_play_to_its_end(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["try", "teapot.play", "--script", "teapot.txt"]) == 0
    told = capsys.readouterr().out
    assert "[if apology -> calm]" in told
    assert "Nora Pike: Lovely, thank you!" in told
    assert "(the play is over)" in told
    assert "line 26: if silence 2m -> end" in told


def test_every_action_intent_heading_and_mood_is_on_the_page() -> None:
    for word in (*ACTIONS, "says", "wanders", "shares screen", *KEYS, *MOODS, *intents.names()):
        assert f"`{word}" in PAGE, word


def test_the_examples_in_the_tables_are_right() -> None:
    seen = 0
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        first = re.match(r"`([^`]+)`", cells[0]) if line.startswith("|") else None
        if first is None:
            continue
        text = first.group(1)
        if text.startswith(("if ", "else")):
            read_branch(1, text, intents.names())
        elif text.split()[0] in KEYS and len(cells) == 3:
            read_heading(cells[2].strip("`"), {})
        elif any(text.startswith(action) for action in (*ACTIONS, "says", "wanders", "shares")):
            read_action(text)
        else:
            continue
        seen += 1
    assert seen > 35
