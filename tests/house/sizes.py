"""Nothing grows until nobody reads it: limits on the lines of files, classes and functions."""

import ast
from collections.abc import Iterator

from tests.house.source import Source, docstrings

FILE, TEST_FILE, CLASS, FUNCTION = 250, 400, 150, 30


def too_big(source: Source) -> Iterator[str]:
    """Files by all their lines, classes and functions by their lines without docstrings."""
    limit = TEST_FILE if source.path.startswith("tests/") else FILE
    lines = len(source.text.splitlines())
    if lines > limit:
        yield f"{source.path}: {lines} lines, at most {limit}"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and length(node) > CLASS:
            yield source.at(node, f"class {node.name}: {length(node)} lines, at most {CLASS}")
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if length(node) > FUNCTION and not is_one_match(node):
            yield source.at(node, f"function {node.name}: {length(node)} lines, at most {FUNCTION}")


def length(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a class or function, without its decorators and any docstring in it."""
    told = sum(lines(one) for one in docstrings(node))
    return lines(node) - told


def lines(node: ast.stmt) -> int:
    """From the first to the last line of a statement."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def is_one_match(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether the body is one `match` with one statement an arm: a table, however long."""
    body = [one for one in node.body if one not in docstrings(node)]
    if len(body) != 1 or not isinstance(body[0], ast.Match):
        return False
    return all(len(case.body) == 1 and is_simple(case.body[0]) for case in body[0].cases)


def is_simple(statement: ast.stmt) -> bool:
    """One call or value, and no statement that holds others."""
    simple = ast.Return | ast.Expr | ast.Assign | ast.AugAssign | ast.Raise | ast.Pass
    return isinstance(statement, simple)
