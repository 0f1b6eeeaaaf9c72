"""The project's own source as syntax trees, for the rules of the house."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the root, its text, its tree."""

    path: str
    text: str
    tree: ast.Module

    def at(self, node: ast.AST, what: str) -> str:
        """A finding, as editors like to read it."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"


def snippet(text: str, path: str = "operator_tui/ui/snippet.py") -> Source:
    """A text as if it stood in the file `path`."""
    return Source(path, text, ast.parse(text))


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file of the folders."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(
        snippet(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
        for path in paths
    )


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in the tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def dotted(node: ast.AST) -> str:
    """`a.b.c` as it is written; `().c` where something is computed before the last name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "()"


def last_name(node: ast.AST) -> str:
    """The last of dotted names: what is called, whatever it is called on."""
    return dotted(node).rpartition(".")[2]


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """The value of a keyword of the call."""
    return next((one.value for one in call.keywords if one.arg == name), None)


def docstrings(tree: ast.AST) -> list[ast.Expr]:
    """Every string that stands alone, as a docstring of whatever is above it."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]
