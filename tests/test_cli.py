import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from operator_tui import __version__

USAGE, NOT_CONNECTED = 2, 3


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def ran(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "STATE")}
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-m", "operator_tui", *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        env=environment | folders | variables,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def configured(home: Path, text: str) -> Path:
    path = home / "config" / "operator-tui" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_version_and_help_load_neither_textual_nor_websockets(argument: str) -> None:
    program = (
        "import sys\n"
        "from operator_tui.cli import main\n"
        "try:\n"
        f"    main(['{argument}'])\n"
        "finally:\n"
        "    heavy = {'textual', 'websockets', 'rich', 'asyncio'} & set(sys.modules)\n"
        "    print('heavy:', sorted(heavy))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30
    )
    assert "heavy: []" in done.stdout


def test_the_version_is_the_packages_own(home: Path) -> None:
    assert ran(home, "--version").stdout.strip() == f"operator-tui {__version__}"


def test_without_a_command_it_says_what_there_is(home: Path) -> None:
    done = ran(home)
    assert done.returncode == 0
    for command in ("demo", "connect", "config", "paths", "doctor"):
        assert command in done.stdout


def test_config_prints_what_is_in_force_and_where_from(home: Path) -> None:
    path = configured(home, 'icons = "ascii"\n')
    done = ran(home, "config", "--theme", "day")
    assert done.returncode == 0
    assert str(path) in done.stdout
    assert 'icons = "ascii"' in done.stdout
    assert 'theme = "day"' in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dance"], "invalid choice"),
        (["demo", "--lang", "de"], "invalid choice"),
        (["demo", "--theme", "nigth"], "night"),
        (["connect", "ws://shop.example/operator"], "--insecure-plaintext"),
        (["connect", "wss://shop.example/operator"], "--token-file"),
        (["connect", "wss://shop.example/operator", "--token-file", "/nowhere"], "No such file"),
    ],
)
def test_a_mistake_on_the_command_line_is_code_2(
    home: Path, arguments: list[str], said: str
) -> None:
    done = ran(home, *arguments)
    assert done.returncode == USAGE
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_config_prints_what_is_in_force_beside_the_mistakes_which_are_code_2(home: Path) -> None:
    configured(home, 'languag = "nl"\nicons = "ascii"')
    done = ran(home, "config")
    assert done.returncode == USAGE
    assert 'config.toml, line 1: there is no setting "languag" (did you mean "language"?)' in (
        done.stderr
    )
    assert 'icons = "ascii"' in done.stdout


def test_a_mistake_in_the_configuration_does_not_keep_the_desk_from_starting(home: Path) -> None:
    configured(home, 'languag = "nl"')
    assert "the desk needs a terminal" in ran(home, "demo").stderr


def test_without_a_terminal_nothing_is_painted(home: Path) -> None:
    token = home / "token"
    token.write_text("x" * 32)
    token.chmod(0o600)
    for command in (["demo"], ["connect", "ws://127.0.0.1:1/operator", "--token-file", str(token)]):
        done = ran(home, *command)
        assert (done.returncode, done.stdout) == (USAGE, "")
        assert (
            done.stderr == "operator-tui: the desk needs a terminal: start it without <, > and |\n"
        )


def test_doctor_tells_every_mistake_in_the_operators_files(home: Path) -> None:
    folder = configured(home, 'icon = "ascii"\nname = 3\n').parent
    (folder / "canned.toml").write_text('[hallo]\ntext = "Hoi"\n[greeting]\ntext = "Hi"\n')
    (folder / "themes").mkdir()
    (folder / "themes" / "mine.toml").write_text('name = "mine\n')
    done = ran(home, "doctor")
    told = done.stdout
    assert done.returncode == USAGE
    for mistake in (
        'config.toml, line 1: there is no setting "icon"',
        'config.toml, line 2: "name" must be a text',
        'canned.toml, line 1: "hallo" is no reply',
        'canned.toml, line 3: "greeting" is no reply',
        "mine.toml, line 1: a quotation mark is not closed",
    ):
        assert mistake in told


def test_a_theme_that_cannot_be_used_is_not_offered(home: Path) -> None:
    folder = configured(home, 'theme = "nope"\n').parent
    (folder / "themes").mkdir()
    (folder / "themes" / "broken.toml").write_text("x = ")
    told = ran(home, "doctor").stdout
    assert '"nope" (there are colour_blind, day, high_contrast, mono, night)' in told
    assert "broken.toml, line 1" in told


def test_doctor_says_when_the_files_are_fine(home: Path) -> None:
    done = ran(home, "doctor")
    told = done.stdout
    assert done.returncode == 0
    assert "config      none: the defaults are used" in told
    assert "canned      none of your own" in told
    assert "themes      colour_blind, day" in told


def test_a_token_file_that_others_can_read_is_code_2(home: Path) -> None:
    token = home / "token"
    token.write_text("canary-token")
    token.chmod(0o644)
    done = ran(home, "connect", "wss://shop.example/operator", "--token-file", str(token))
    assert done.returncode == USAGE
    assert "chmod 600" in done.stderr
    assert "canary-token" not in done.stderr


def test_paths_names_every_file(home: Path) -> None:
    done = ran(home, "paths")
    assert done.returncode == 0
    assert str(home / "config" / "operator-tui" / "config.toml") in done.stdout
    assert "your canned replies" in done.stdout
    assert not (home / "config").exists(), "asking makes nothing"


def test_doctor_tells_versions_colour_and_encoding(home: Path) -> None:
    done = ran(home, "doctor", TERM="xterm-256color")
    assert done.returncode == 0
    for word in ("textual", "websockets", "256", "UTF-8", "not measured"):
        assert word in done.stdout


def test_doctor_says_what_to_set_where_the_encoding_is_old(home: Path) -> None:
    assert "set LANG" in ran(home, "doctor", PYTHONIOENCODING="latin-1").stdout


def test_the_log_is_for_its_owner_alone_and_keeps_the_library_quiet(tmp_path: Path) -> None:
    program = (
        "import logging, pathlib, sys\n"
        "from operator_tui.log import start_log\n"
        "start_log(pathlib.Path(sys.argv[1]), logging.DEBUG)\n"
        "logging.getLogger('websockets.client').debug('> Authorization: Bearer canary')\n"
        "logging.getLogger('operator_tui.link').info('link live')\n"
    )
    path = tmp_path / "log" / "operator-tui.log"
    subprocess.run([sys.executable, "-c", program, str(path)], check=True, timeout=30)
    text = path.read_text()
    assert "link live" in text
    assert "canary" not in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
