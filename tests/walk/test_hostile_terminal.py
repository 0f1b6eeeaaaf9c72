from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.walk.attacks import ATTACKS, BEL, CANARY, ESC
from tests.walk.hostile_server import TOKEN, HostileServer, serving
from tests.walk.program import Program, running
from tests.walk.storm import Storm
from tests.walk.terminal import ViolationError
from tests.walk.tour import Tour

FEW = ("csi", "osc_8_bit", "osc_52", "dcs", "markup_action", "bidi", "surrogates", "combining")
THEMES = Path(__file__).parents[2] / "themes"
CONFIG = 'name = "\\u001b]2;PWNED\\u0007"\ntheme = "evil"\n'
CANNED = """\
"\\u001b]2;PWNED\\u0007" = 1
[[reply]]
id = "greeting"
text = "Hi {name}, \\u001b]52;c;UFdORUQ=\\u0007 \\u009b2J [@click=app.quit]x[/] \\u202e"
tags = ["\\u001b[2J", "[/a/path]"]
"\\u001b[31mPWNED" = "\\u0090q"
"""
NEUTRALISED = """
import sys
from operator_tui.desk import text
text.clean = lambda raw, kind=text.SafeText: kind(raw)
from operator_tui.cli import main
sys.exit(main(sys.argv[1:]))
"""


def homely(home: Path, config: str = CONFIG) -> Path:
    """A home with hostile files of the operator's own, downloaded from somewhere."""
    folder = home / "config" / "operator-tui"
    (folder / "themes").mkdir(parents=True)
    (folder / "config.toml").write_text(config)
    (folder / "canned.toml").write_text(CANNED)
    theme = (THEMES / "night.toml").read_text().split("\n", 3)[3]
    facts = (f'{fact} = "{CANARY} \\u001b]2;PWNED\\u0007 [red]"' for fact in ("title", "about"))
    (folder / "themes" / "evil.toml").write_text("\n".join(('name = "evil"', *facts, theme)))
    (folder / "themes" / f"{ESC}]2;{CANARY}{BEL}.toml").write_text("")
    (home / "token").write_text(TOKEN)
    (home / "token").chmod(0o600)
    return home


@asynccontextmanager
async def touring(
    home: Path, size: tuple[int, int], attacks: Mapping[str, str] = ATTACKS, code: str = ""
) -> AsyncIterator[Tour]:
    async with serving(HostileServer(attacks)) as server:
        arguments = ["connect", server.url, "--token-file", str(home / "token")]
        async with running(home, arguments, size, code) as program:
            server.noticed = program.noticed
            yield Tour(program, server)


def left_clean(home: Path, program: Program) -> None:
    """Nothing is left on the terminal, and nothing of a stranger's in the log."""
    assert program.terminal.plain == ""
    log = next(home.rglob("operator-tui.log")).read_text()
    assert log.replace("\n", "").isprintable(), log
    assert CANARY not in log
    assert "tok0" not in log


@pytest.mark.thorough
async def test_hostile_words_reach_the_screen_as_words_only(tmp_path: Path) -> None:
    home = homely(tmp_path)
    async with touring(home, (80, 24), {name: ATTACKS[name] for name in FEW}) as tour:
        await tour.begins()
        await tour.program.shows("canned.toml")
        await tour.chats()
        await tour.sheets()
        await tour.card()
        assert await tour.leaves() == 0
    assert "␛" in tour.program.terminal.seen
    left_clean(home, tour.program)


@pytest.mark.parametrize(
    "config", [CONFIG + '"\\u001b]2;PWNED\\u0007" = 1', 'theme = "\\u001b[2J"', "\x1b]2;PWNED\x07"]
)
async def test_a_hostile_configuration_is_told_in_words_only(tmp_path: Path, config: str) -> None:
    home = homely(tmp_path, config)
    async with running(home, ["config"], (80, 24)) as program:
        assert await program.ends() == 2
    assert "config.toml" in program.terminal.plain


@pytest.mark.thorough
async def test_what_a_server_says_when_it_lets_nobody_in_is_not_passed_on(tmp_path: Path) -> None:
    home = homely(tmp_path)
    (home / "token").write_text("another-token")
    async with touring(home, (80, 24)) as tour:
        assert await tour.program.ends() == 3
    assert "refused the token" in tour.program.terminal.plain
    assert CANARY not in tour.program.terminal.plain


@pytest.mark.thorough
@pytest.mark.parametrize(("code", "close"), [("version", 4406), ("bad_frame", 4400)])
async def test_a_server_that_ends_it_at_once_is_told_in_words_only(
    tmp_path: Path, code: str, close: int
) -> None:
    async def ends(server: HostileServer) -> None:
        await server.says(t="error", code=code, detail=f"{ESC}]2;{CANARY}{BEL}")
        await server.hangs_up(close, f"{ESC}]2;{CANARY}{BEL}")

    home = homely(tmp_path)
    async with touring(home, (80, 24)) as tour:
        tour.server.greeting = ends
        assert await tour.program.ends() == 3
    assert CANARY not in tour.program.terminal.plain


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20)])
async def test_every_attack_on_every_screen_is_words_only(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    home = homely(tmp_path)
    async with touring(home, size) as tour:
        await tour.begins()
        await tour.everything()
        storm = Storm(tour)
        await storm.happenings()
        await storm.garbage()
        await tour.everything()
        await storm.resized((100, 30), size)
        await storm.lost_and_found()
        await storm.stopped()
        assert await tour.leaves() == 0
    assert set("␛␀␡�") <= tour.program.terminal.seen
    assert tour.program.terminal.bells
    left_clean(home, tour.program)


@pytest.mark.thorough
async def test_the_terminal_catches_a_program_that_cleans_nothing(tmp_path: Path) -> None:
    home = homely(tmp_path)
    async with touring(home, (80, 24), code=NEUTRALISED) as tour:
        with pytest.raises(ViolationError):
            await tour.chats()
