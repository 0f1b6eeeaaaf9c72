"""Builds the wheel, installs it into a fresh environment and asks it for its themes and data."""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PROBE = """
import pathlib, operator_tui
from operator_tui.store import canned_files, theme_files
root = pathlib.Path(operator_tui.__file__).parent
assert "site-packages" in str(root), root
assert set(theme_files.theme_names()) >= {"day", "night", "mono"}
assert all(theme_files.load_theme(name) for name in theme_files.theme_names())
assert {reply.language for reply in canned_files.bundled()} == {"en", "nl", "pl", "fi"}
from server_stub.guests.files import Files
assert Files()
print("the visitors' page, themes and canned replies are in the wheel")
"""


def main() -> int:
    """Exit code 0 when everything that the program needs travels in the wheel."""
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(room), ".")
        wheel = next(room.glob("*.whl"))
        venv.create(room / "env", with_pip=True)
        python = str(room / "env" / "bin" / "python")
        run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", str(wheel))
        run(python, "-c", PROBE, cwd=room)
        run(python, "-m", "operator_tui", "--version", cwd=room)
        run(python, "-m", "server_stub", "--help", cwd=room)
    return 0


def run(*command: str, cwd: Path | None = None) -> None:
    """Run one command; its failure is ours."""
    subprocess.run(command, check=True, cwd=cwd)  # noqa: S603 - our own commands, no shell


if __name__ == "__main__":
    sys.exit(main())
