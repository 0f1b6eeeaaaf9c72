"""Where the program's files are. Folders are for their owner alone."""

from pathlib import Path

import platformdirs
from msgspec import Struct

APP = "operator-tui"


class Paths(Struct, frozen=True):
    """Every file and folder the client uses."""

    config: Path
    """`config.toml`: written by the operator, read by the program."""
    canned: Path
    """The operator's own canned replies."""
    keys: Path
    """The operator's own keys."""
    themes: Path
    """The operator's own themes, one TOML file each."""
    settings: Path
    """What the program itself remembers."""
    desks: Path
    """A database for each server, operator and window."""
    log: Path


HOLDS = {
    "config": "your settings",
    "canned": "your canned replies",
    "keys": "your keys",
    "themes": "your themes, a file each",
    "settings": "what the program remembers",
    "desks": "chats and drafts kept",
    "log": "the program's log",
}
"""What each holds, in a word."""


def paths() -> Paths:
    """The files by this system's customs; none of them need exist."""
    config = platformdirs.user_config_path(APP, appauthor=False)
    state = platformdirs.user_state_path(APP, appauthor=False)
    return Paths(
        config=config / "config.toml",
        canned=config / "canned.toml",
        keys=config / "keys.toml",
        themes=config / "themes",
        settings=state / "settings.json",
        desks=state / "desks",
        log=platformdirs.user_log_path(APP, appauthor=False) / "operator-tui.log",
    )


def private_folder(path: Path) -> Path:
    """The folder, made if need be, and closed to everybody else."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path
