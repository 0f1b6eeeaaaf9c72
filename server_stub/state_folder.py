"""The folder in which a server keeps what must not be lost, nor read by others."""

import os
from pathlib import Path


class FolderError(Exception):
    """A folder that cannot be used; the text says why and what to do."""


def private_folder(folder: Path) -> Path:
    """The folder, made if need be; only its owner may look into it. FolderError, OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        raise FolderError(f"{folder}: others may look into it. Run chmod 700 on it.")
    return folder
