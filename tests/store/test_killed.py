import signal
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from operator_tui.desk.kept import DraftKey
from tests.house.source import ROOT
from tests.store.desks import KEY, desk_in

MOMENTS = ("begun", "written", "committed", "taken")


def killed(folder: Path, moment: str, nth: int) -> list[str]:
    """What a program said to be safe before it was killed at that moment."""
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{KEY}.db"
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.crashing", str(path), moment, str(nth)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    return done.stdout.split("\n")[:-1]


async def holds(folder: Path, safe: list[str]) -> None:
    """All that was said to be safe is there, at most one step more, and nothing by halves."""
    replies = sum(line.startswith("reply") for line in safe)
    drafts = sum(line.startswith("draft") for line in safe)
    with desk_in(folder) as desk:
        kept = desk.kept
        assert desk.aside is None
        count = len(kept.outbox)
        assert replies <= count <= replies + 1
        assert [row.id for row in kept.outbox] == [f"op{n}" for n in range(1, count + 1)]
        assert (kept.place.seq, kept.place.next_n) == ((count, count + 1) if count else (0, 1))
        assert kept.desk is not None or count == 0
        begun = set(range(count + 1, drafts + 1))
        assert {DraftKey(f"c{n}") for n in begun} <= desk.drafts.kept.keys()
        assert len(desk.drafts.kept) <= len(begun) + 1
        for n in range(1, count + 1):
            assert [one.id for one in await desk.transcripts.older(f"c{n}")] == [f"m{n}"]
        assert await desk.transcripts.older(f"c{count + 1}") == ()


@pytest.mark.parametrize("moment", MOMENTS)
async def test_what_was_said_to_be_safe_outlives_the_kill(tmp_path: Path, moment: str) -> None:
    safe = killed(tmp_path / "desks", moment, 11)
    assert safe
    await holds(tmp_path / "desks", safe)


@pytest.mark.thorough
@pytest.mark.parametrize(("moment", "nth"), [*product(MOMENTS, range(1, 20))])
async def test_whenever_the_kill_comes(tmp_path: Path, moment: str, nth: int) -> None:
    await holds(tmp_path / "desks", killed(tmp_path / "desks", moment, nth))
