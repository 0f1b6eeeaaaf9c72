"""The token: from a file that only its owner can read, or from the environment. Shown nowhere."""

import stat
from collections.abc import MutableMapping
from pathlib import Path

VARIABLE = "OPERATOR_TUI_TOKEN"
_LONGEST = 4_096


class Secret:
    """A text that hides in every repr, format and traceback; `reveal()` is the only way to it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one header it goes into."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(...)"

    def __reduce__(self) -> str:
        raise TypeError("a Secret is never written down")


class TokenError(Exception):
    """There is no usable token; the message says what to do."""


def token_from_file(path: Path) -> Secret:
    """The token in `path`; a file that others can read too is refused (`TokenError`)."""
    try:
        mode = path.stat().st_mode
        if stat.S_IMODE(mode) & 0o077:
            raise TokenError(
                f"{path}: others on this machine may read it. chmod 600 {path}, then try again."
            )
        with path.open(encoding="utf-8") as file:
            text = file.read(_LONGEST).strip()
    except (OSError, UnicodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise TokenError(f"{path}: {why}") from error
    return _checked(text, str(path))


def token_from_environment(environment: MutableMapping[str, str]) -> Secret | None:
    """The token in `OPERATOR_TUI_TOKEN`, which is removed, so that no child inherits it."""
    text = environment.pop(VARIABLE, None)
    return None if text is None else _checked(text.strip(), VARIABLE)


def _checked(text: str, source: str) -> Secret:
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise TokenError(f"{source}: one line of printable ASCII without blanks is a token")
    return Secret(text)
