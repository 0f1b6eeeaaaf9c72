"""The operators' tokens on disk: one file each, which only its owner can read."""

import os
from collections.abc import Iterable
from pathlib import Path

from server_stub.service.operators import new_token


class TokenFileError(Exception):
    """A token file that cannot be used; the text says which, why and what to do."""


def tokens_in(folder: Path, operators: Iterable[str]) -> dict[str, str]:
    """Each operator's token; one that has none yet gets a random one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {operator: _token(token_file(folder, operator)) for operator in operators}


def token_file(folder: Path, operator: str) -> Path:
    """Where the operator's token stands."""
    return folder / f"{operator.replace(':', '_')}.token"


def _token(path: Path) -> str:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _known(path)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        token = new_token()
        file.write(f"{token}\n")
    return token


def _known(path: Path) -> str:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise TokenFileError(f"{path}: others may read this token. Run chmod 600 on it.")
    token = path.read_text(encoding="utf-8").strip()
    if not token:
        raise TokenFileError(f"{path}: no token in it. Delete the file to get a new one.")
    return token
