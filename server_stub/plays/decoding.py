"""Files that people wrote in any editor, as text: UTF-8, or told where it is none."""

import re

from server_stub.plays.problems import Problem, ProblemsError

_HINT = "Save the file as UTF-8 in your editor."
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def decoded(raw: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text, its lines parted by `\\n`, and what in it is no UTF-8; read as well as it can be.

    Raises `ProblemsError` when it is no text at all.
    """
    problems = list[Problem]()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text, line = _otherwise(raw, file), raw.count(b"\n", 0, error.start) + 1
        what = "This is UTF-16." if raw[:2] in _UTF_16 else "A letter here is not in UTF-8."
        problems.append(Problem(file, line, what, _HINT))
    return text.replace("\r\n", "\n").replace("\r", "\n"), problems


def unseen(text: str, file: str) -> list[Problem]:
    """Lines with characters that nobody sees, and that steer a terminal."""
    return [
        Problem(file, number, f"An unseen character (U+{ord(found[0]):04X}).", "Leave it out.")
        for number, line in enumerate(text.split("\n"), start=1)
        if (found := _UNSEEN.search(line))
    ]


def _otherwise(raw: bytes, file: str) -> str:
    """What an older editor may have meant."""
    if raw[:2] in _UTF_16:
        return raw.decode("utf-16", "replace")
    if b"\0" in raw:
        raise ProblemsError([Problem(file, 0, "This is no text.", _HINT, where="file")])
    return raw.decode("cp1252", "replace")
