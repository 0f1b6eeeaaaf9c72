"""Every text the operator reads goes through `tr()`: what looks like one and does not, is found."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import Source, calls, docstrings, last_name

TRANSLATED = {"tr": 1, "trn": 2, "trp": 2, "trnp": 3, "mark": 1}
"""How many texts each takes, from its first argument on."""
SHOWS = {"Content", "Static", "Label", "notify", "Text", "Segment", "styled", "Button"}
SHOWN_ATTRIBUTES = {"border_title", "border_subtitle", "BORDER_TITLE", "BORDER_SUBTITLE"}
NOT_READ = {
    *("query", "query_one", "query_one_optional", "query_children", "has_class", "set_class"),
    *("add_class", "remove_class", "toggle_class", "parse", "style", "colour", "split", "compile"),
    *("debug", "info", "warning", "error", "exception", "get_component_rich_style", "getLogger"),
    *("TypeVar", "cast", "joinpath", "encode", "TypeAliasType", "NewType"),
}
"""Calls whose texts are selectors, styles, patterns or the log's."""
NOT_READ_KEYWORDS = {"classes", "id", "name", "group", "key", "style", "selector", "pattern"}
A_WORD = r"(?:[^\W\d_]{2,}|\x00)"
LOOKS_LIKE_A_SENTENCE = re.compile(
    rf"{A_WORD}['’]?[^\W\d_]{{0,2}}[,;:.!?…]? {A_WORD}(?![\w=])|^[^\W\d_]{{2,}}[!?…]$"
)
HAS_A_WORD = re.compile(r"[^\W\d_]{2,}")


def untranslated(source: Source) -> Iterator[str]:
    """Texts that would reach the screen in English, whatever the language."""
    skipped = set(not_read(source.tree))
    for node in ast.walk(source.tree):
        text = text_of(node)
        if text is None or node in skipped:
            continue
        if looks_like_a_sentence(text):
            yield source.at(node, f"{shown(text)!r} is not translated")
    for node in shown_directly(source.tree):
        text = text_of(node)
        if text is not None and HAS_A_WORD.search(text.replace("\0", "")) and node not in skipped:
            yield source.at(node, f"{shown(text)!r} is shown, and not translated")
    yield from not_literal(source)


def text_of(node: ast.AST) -> str | None:
    """A literal text; in an f-string every value is a NUL, since it stands for words too."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        texts = [text_of(one) if isinstance(one, ast.Constant) else "\0" for one in node.values]
        return "".join(text or "" for text in texts)
    return None


def looks_like_a_sentence(text: str) -> bool:
    """Two words beside each other, at least one of them written out."""
    found = LOOKS_LIKE_A_SENTENCE.search(text)
    return found is not None and HAS_A_WORD.search(found[0]) is not None


def shown(text: str) -> str:
    return text.replace("\0", "{}")[:60]


def not_read(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node inside something that no operator reads, or that is translated already."""
    yield from (told.value for told in docstrings(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=func, args=args, keywords=keywords):
                if last_name(func) in TRANSLATED or last_name(func) in NOT_READ:
                    yield from (one for arg in args for one in ast.walk(arg))
                named = (one.value for one in keywords if one.arg in NOT_READ_KEYWORDS)
                yield from (one for value in named for one in ast.walk(value))
            case ast.Raise() | ast.Assert():
                yield from ast.walk(node)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.endswith("CSS"):
                yield from ast.walk(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield from ast.walk(value) if name.endswith("CSS") else ()
            case ast.JoinedStr(values=values):
                yield from (one for one in values if isinstance(one, ast.Constant))
            case _:
                pass
    yield from annotations(tree)


def annotations(tree: ast.AST) -> Iterator[ast.AST]:
    """Types that are written as strings."""
    for node in ast.walk(tree):
        match node:
            case ast.arg(annotation=ast.expr() as note):
                yield from ast.walk(note)
            case ast.AnnAssign(annotation=note):
                yield from ast.walk(note)
            case ast.FunctionDef(returns=ast.expr() as note):
                yield from ast.walk(note)
            case ast.AsyncFunctionDef(returns=ast.expr() as note):
                yield from ast.walk(note)
            case _:
                pass


def shown_directly(tree: ast.AST) -> Iterator[ast.expr]:
    """What is handed to something that shows it, where one word is a text already."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=func, args=[first, *_]) if last_name(func) in SHOWS:
                yield first
            case ast.Assign(targets=[target], value=value) if last_name(target) in SHOWN_ATTRIBUTES:
                yield value
            case _:
                pass


def not_literal(source: Source) -> Iterator[str]:
    """A translation is found by its English text, which must stand in the source as it is.

    A plain name is let through: a table made with `mark()` is translated when it is shown.
    """
    others = set(named_here(source.tree))
    for call in calls(source.tree):
        name = last_name(call.func)
        for text in call.args[: TRANSLATED.get(name, 0) if name not in others else 0]:
            literal = isinstance(text, ast.Constant) and isinstance(text.value, str)
            named = isinstance(text, ast.Name | ast.Attribute | ast.Subscript) and name != "mark"
            if not literal and not named:
                yield source.at(call, f"{name}(...) needs its English text as a literal")


def named_here(tree: ast.AST) -> Iterator[str]:
    """What the module itself defines or imports, not counting the module of words."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name):
                yield name
            case ast.ImportFrom(module=str() as module, names=names):
                if not module.endswith("words"):
                    yield from (alias.asname or alias.name for alias in names)
            case _:
                pass
