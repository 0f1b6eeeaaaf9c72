"""What is said of a file that is no TOML: the store's `TomlFault`s, translated."""

from operator_tui.ui.words import mark, tr

FAULTS = (
    mark("a quotation mark is not closed"),
    mark("after = comes a text in quotation marks, a number, true or false"),
    mark('a line is a name, "=" and a value'),
    mark("something stands behind the value"),
    mark(r"a \ in a text is written \\"),
    mark("a bracket is not closed"),
    mark("the same name stands above already"),
    mark("this is not TOML"),
)
"""The values of `TomlFault`, which `ui` cannot import."""


def toml_fault(fault: str) -> str:
    """The fault in the operator's language."""
    return tr(fault) if fault in FAULTS else tr("this is not TOML")
