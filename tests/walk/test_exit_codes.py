import asyncio
import fcntl
import os
import pty
import struct
import sys
import termios
from pathlib import Path

import pytest

from tests.link.small_server import Peer, playing

LONGEST = 20.0
"""Seconds; a program that goes on for longer is killed, and its exit code says so."""

CRASHING = """
import sys
from operator_tui.cli import main
from operator_tui.ui.app import OperatorApp
OperatorApp.on_mount = lambda self: 1 / 0
sys.exit(main(sys.argv[1:]))
"""
UNSTARTABLE = """
import sys
from operator_tui.cli import main
from operator_tui.link import bundled
bundled.COMMAND = (sys.executable, "-c", "import sys; sys.exit('the library has no tour')")
sys.exit(main(sys.argv[1:]))
"""


async def ran(folder: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    """Run Python on a terminal of its own; the exit code, and all that was written to it."""
    terminal, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {key: os.environ[key] for key in ("PATH",)} | {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *arguments),
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env=environment | variables,
    )
    os.close(inner)
    too_late = asyncio.get_running_loop().call_later(LONGEST, process.kill)
    written = await asyncio.to_thread(_all_of, terminal)
    too_late.cancel()
    return await process.wait(), written


def _all_of(terminal: int) -> str:
    written = b""
    try:
        while data := os.read(terminal, 65_536):
            written += data
    except OSError:  # the other end is closed
        os.close(terminal)
    return written.decode(errors="replace")


async def resuming(peer: Peer) -> None:
    await peer.stays()


@pytest.mark.thorough
async def test_a_refused_token_ends_with_3_and_its_reason(tmp_path: Path) -> None:
    async with playing(resuming) as url:
        code, written = await ran(
            tmp_path,
            "-m",
            "operator_tui",
            "connect",
            url,
            OPERATOR_TUI_TOKEN="wrong-canary",  # noqa: S106
        )
    assert code == 3
    assert "The server refused the token" in written
    assert "wrong-canary" not in written


@pytest.mark.thorough
async def test_a_bundled_server_that_does_not_start_ends_with_3_and_its_words(
    tmp_path: Path,
) -> None:
    code, written = await ran(tmp_path, "-c", UNSTARTABLE, "demo")
    assert code == 3
    assert "The bundled server did not start." in written
    assert "the library has no tour" in written


async def test_a_crash_does_not_exit_0(tmp_path: Path) -> None:
    code, written = await ran(tmp_path, "-c", CRASHING, "demo")
    assert code == 1
    assert "ZeroDivisionError" in written
