import pickle
import traceback
from pathlib import Path

import pytest

from operator_tui.store.secret import (
    VARIABLE,
    Secret,
    TokenError,
    token_from_environment,
    token_from_file,
)

CANARY = "canary-token"


def token_file(folder: Path, text: str = CANARY, mode: int = 0o600) -> Path:
    path = folder / "token"
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_private_file_gives_the_token_without_its_line_end(tmp_path: Path) -> None:
    assert token_from_file(token_file(tmp_path, f"{CANARY}\n")).reveal() == CANARY


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_file_that_others_can_read_is_refused_with_what_to_do(tmp_path: Path, mode: int) -> None:
    with pytest.raises(TokenError, match="chmod 600"):
        token_from_file(token_file(tmp_path, mode=mode))


@pytest.mark.parametrize("text", ["", "\n", "canary word", "canarÿ", "canary\nb", "canary\x1b"])
def test_what_is_no_token_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    with pytest.raises(TokenError) as error:
        token_from_file(token_file(tmp_path, text))
    assert "canar" not in str(error.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TokenError, match="No such file"):
        token_from_file(tmp_path / "nothing")


def test_the_variable_is_removed_once_it_is_read() -> None:
    environment = {VARIABLE: CANARY, "HOME": "/"}
    token = token_from_environment(environment)
    assert token is not None
    assert token.reveal() == CANARY
    assert environment == {"HOME": "/"}
    assert token_from_environment(environment) is None


def test_a_secret_shows_itself_nowhere() -> None:
    secret = Secret(CANARY)
    assert CANARY not in f"{secret} {secret!r} {[secret]} {secret!s}"
    shown = traceback.format_exception(ValueError(secret))
    assert CANARY not in "".join(shown)
    with pytest.raises(TypeError):
        pickle.dumps(secret)
