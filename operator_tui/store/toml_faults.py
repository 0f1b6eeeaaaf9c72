"""What is wrong in a file that is no TOML, in plain words: the parser's own are for programmers."""

import re
import tomllib
from enum import StrEnum
from typing import NamedTuple


class TomlFault(StrEnum):
    """The mistakes people make; each value is what is said of it (`ui` has the translations)."""

    UNCLOSED = "a quotation mark is not closed"
    UNQUOTED = "after = comes a text in quotation marks, a number, true or false"
    NO_EQUALS = 'a line is a name, "=" and a value'
    TRAILING = "something stands behind the value"
    BACKSLASH = r"a \ in a text is written \\"
    BRACKET = "a bracket is not closed"
    TWICE = "the same name stands above already"
    OTHER = "this is not TOML"


class TomlError(NamedTuple):
    """A fault, and the line it stands on (from 1)."""

    line: int
    fault: TomlFault


PATTERNS = {
    r"Illegal character '\\n'|Unterminated string|Expected \"'": TomlFault.UNCLOSED,
    r"Invalid value": TomlFault.UNQUOTED,
    r"Expected '=' after|Invalid statement|Invalid initial character": TomlFault.NO_EQUALS,
    r"Expected newline or end of document": TomlFault.TRAILING,
    r"Unescaped|Invalid hex": TomlFault.BACKSLASH,
    r"Unclosed|Expected '\]": TomlFault.BRACKET,
    r"Cannot|twice|Duplicate": TomlFault.TWICE,
}
"""By what `tomllib` says."""


def fault_in(text: str, error: tomllib.TOMLDecodeError | RecursionError) -> TomlError:
    """Where `text` stopped being TOML, and why."""
    said = str(error)
    found = re.search(r"at line (\d+)", said)
    line = int(found[1]) if found else len(text.rstrip().splitlines())
    for pattern, fault in PATTERNS.items():
        if re.search(pattern, said):
            at = line if found or fault is not TomlFault.UNCLOSED else _last_opened(text)
            return TomlError(max(1, at), fault)
    return TomlError(max(1, line), TomlFault.OTHER)


def _last_opened(text: str) -> int:
    """The line of the last triple quotation mark, for a text that ran on to the end of the file."""
    at = max(text.rfind('"""'), text.rfind("'''"))
    return text.count("\n", 0, at) + 1 if at >= 0 else len(text.rstrip().splitlines())
