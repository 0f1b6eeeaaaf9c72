"""A token and words go through a whole run, and through a crash: which files have them?"""

from pathlib import Path

import pytest

from operator_tui.desk.text import clean
from tests.server_stub.scripted import Scripted, after, opens, says
from tests.server_stub.serving import TOKEN, serving
from tests.walk.program import Program, running

SAID, TYPED = "kanarie-gezegd", "kanarie-getypt"
SIZE = (100, 30)
AT_DEBUG = """
import asyncio, functools, logging, pathlib, sys, threading
from operator_tui import log
log.start_log = functools.partial(log.start_log, level=logging.DEBUG)
from operator_tui.ui.screens.leaving import Leaving

def crashes(self):
    words, token = str(self._screen.desk.chats), secret.read_text()
    async def forgotten():
        raise ValueError(words + token)
    threading.Thread(target=lambda: {}[words + token]).start()
    asyncio.get_running_loop().create_task(forgotten())
    raise ValueError(words + token)

if "crash" in sys.argv:
    sys.argv.remove("crash")
    secret = pathlib.Path(sys.argv[sys.argv.index("--token-file") + 1])
    Leaving.quit = crashes
from operator_tui.cli import main
sys.exit(main(sys.argv[1:]))
"""


def home_in(folder: Path) -> Path:
    (folder / "token").write_text(TOKEN)
    (folder / "token").chmod(0o600)
    return folder


def files_with(home: Path, word: str) -> set[str]:
    """The folders, below home, of the files that hold the word."""
    return {
        path.relative_to(home).parts[-2] if path.parent != home else path.name
        for path in home.rglob("*")
        if path.is_file() and word.encode() in path.read_bytes()
    }


async def works(program: Program) -> None:
    """Read what the visitor said, begin an answer, and send another."""
    await program.shows("Eve", SAID)
    program.presses("enter")
    program.types(f"{TYPED} one")
    program.presses("enter")
    program.types(f"{TYPED} two")
    await program.shows("one", "two")


def shows_no_words(program: Program) -> None:
    """The report of a crash stands in the terminal, and what it was dealing with does not."""
    left = program.terminal.plain
    assert "ValueError" in left
    assert "in crashes" in left
    assert "Drafts and unsent texts are kept" in left
    assert SAID not in left
    assert TYPED not in left
    assert SAID.encode() in program.written, "on the desk it was to be read"
    assert TOKEN.encode() not in program.written


@pytest.mark.thorough
async def test_token_and_words_stand_in_no_file_but_the_desks_own(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    words = says(SAID)
    stage = Scripted(after(0, "eve", opens("eve")), after(0, "eve", words))
    async with serving(stage) as served:
        arguments = ["connect", served.url, "--token-file", str(home / "token")]
        async with running(home, [*arguments, "crash"], SIZE, AT_DEBUG) as program:
            await works(program)
            program.presses("ctrl+q")
            assert await program.ends() == 1
            shows_no_words(program)
        async with running(home, arguments, SIZE, AT_DEBUG) as program:
            await program.shows(SAID)
            assert await program.leaves() == 0
    logs = list(home.rglob("*.log"))
    told = "".join(path.read_text() for path in logs)
    assert "link live" in told
    assert told.count("in crashes") == 1
    assert "KeyError" in told, "of the thread"
    assert files_with(home, TOKEN) == {"token"}
    for word in (SAID, TYPED, clean("Eve")):
        assert files_with(home, word) == {"desks"}
