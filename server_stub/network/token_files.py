"""The operators' tokens on disk: one file each, which only its owner can read."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from server_stub.service.operators import new_token
from server_stub.state_folder import private_folder


class TokenFileError(Exception):
    """A token file that cannot be used; the text says which, why and what to do."""


def tokens_in(folder: Path, operators: Iterable[str]) -> dict[str, str]:
    """Each operator's token; one that has none yet gets a random one."""
    private_folder(folder)
    return {operator: _token(token_file(folder, operator)) for operator in operators}


def good_tokens(folder: Path, operators: Iterable[str]) -> dict[str, str]:
    """The tokens as the files have them now; without those that are gone or cannot be used."""
    good = {}
    for operator in operators:
        with suppress(OSError, ValueError, TokenFileError):
            good[operator] = _known(token_file(folder, operator))
    return good


def token_file(folder: Path, operator: str) -> Path:
    """Where the operator's token stands."""
    return folder / f"{operator}.token"


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
