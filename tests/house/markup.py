"""A stranger's text is never markup: no way of showing a text may parse it."""

import ast
from collections.abc import Iterable, Iterator

from tests.house.source import Source, calls, dotted, keyword, last_name

NEED_MARKUP_FALSE = {"Static", "Label", "OptionList", "notify"}
"""They take `markup`, which is True unless said otherwise."""
NEED_CONTENT = {
    **dict.fromkeys(("Button", "Checkbox", "RadioButton", "TabPane", "Tab"), (0, {"label"})),
    "DiscoveryHit": (0, {"display", "help"}),
    "Hit": (1, {"match_display", "help"}),
}
"""They parse what they show, and have no switch: which argument that is, and which keywords."""
SHOWN_ATTRIBUTES = {
    *("border_title", "border_subtitle", "BORDER_TITLE", "BORDER_SUBTITLE"),
    *("tooltip", "placeholder"),
}
BANNED_CALLS = {"from_markup", "from_ansi", "from_text", "render_str", "render_markup", "highlight"}
BANNED_NAMES = {
    *("Markdown", "MarkdownViewer", "RichLog", "DataTable", "Tree", "DirectoryTree"),
    *("Pretty", "Log"),
}
BANNED_IMPORTS = {"rich.markup", "textual.markup", "rich.markdown", "rich.ansi"}
PLACEHOLDER_AS_IT_IS = {"Input"}
"""It makes a plain Text of its placeholder itself, and measures it as a str before."""
MAKE_CONTENT = {"Content", "Text"}
NO_MARKUP_LEFT = {*MAKE_CONTENT, "escape"}


class Known:
    """What the rest of the interface tells: who makes Content, who derives from Static."""

    def __init__(self, trees: Iterable[ast.AST]) -> None:
        self.makers = set[str]()
        self.parsing = set(NEED_MARKUP_FALSE)
        nodes = [node for tree in trees for node in ast.walk(tree)]
        for node in nodes:
            match node:
                case ast.FunctionDef(name=name, returns=ast.expr() as made):
                    if ast.unparse(made).strip("'\"") in MAKE_CONTENT:
                        self.makers.add(name)
                case _:
                    pass
        classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
        for _ in classes:  # as often as one could derive from another
            self.parsing |= {one.name for one in classes if self.parses(one)}

    def parses(self, node: ast.ClassDef) -> bool:
        """Whether the class derives from one that parses, and leaves the switch as it is."""
        derived = any(last_name(base) in self.parsing for base in node.bases)
        return derived and not any(is_init(call) and says_no_markup(call) for call in calls(node))

    def is_content(self, value: ast.expr | None) -> bool:
        """Whether the value is surely no str that is still to be parsed."""
        match value:
            case None | ast.Constant(value=None):
                return True
            case ast.Call(func=ast.Name(id=name)):
                return name in NO_MARKUP_LEFT or name in self.makers
            case ast.Call(func=ast.Attribute(value=owner, attr=name)):
                if last_name(owner) in MAKE_CONTENT:
                    return name not in BANNED_CALLS
                return name in self.makers
            case ast.IfExp(body=body, orelse=orelse):
                return self.is_content(body) and self.is_content(orelse)
            case _:
                return False


def is_init(call: ast.Call) -> bool:
    """`super().__init__(...)`"""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "__init__"


def says_no_markup(call: ast.Call) -> bool:
    """Whether `markup=False` is said in so many words."""
    value = keyword(call, "markup")
    return isinstance(value, ast.Constant) and value.value is False


def parsed_texts(source: Source, known: Known | None = None) -> Iterator[str]:
    """Every place that could hand a text to a markup parser."""
    known = known or Known([source.tree])
    for node in ast.walk(source.tree):
        match node:
            case ast.Call():
                yield from in_call(source, node, known)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from in_assignment(source, target, value, known)
            case ast.AnnAssign(target=target, value=value):
                yield from in_assignment(source, target, value, known)
            case ast.ImportFrom(module=module, names=names):
                yield from in_import(source, node, module or "", names)
            case ast.FunctionDef(name="render", returns=ast.Name(id="str")):
                yield source.at(node, "render() -> str is parsed: return Content")
            case _:
                pass


def in_call(source: Source, call: ast.Call, known: Known) -> Iterator[str]:
    """Widgets without `markup=False`, labels that are no Content, and parsers themselves."""
    name = last_name(call.func)
    if name in known.parsing and not says_no_markup(call):
        yield source.at(call, f"{name}(...) without markup=False")
    if name in NEED_CONTENT:
        at, names = NEED_CONTENT[name]
        texts = [*call.args[at : at + 1], *(keyword(call, one) for one in names)]
        if not all(known.is_content(text) for text in texts):
            yield source.at(call, f"{name}(...) parses its text: hand it Content")
    if name in BANNED_CALLS and isinstance(call.func, ast.Attribute):
        yield source.at(call, f"{dotted(call.func)}(...) parses markup")
    placeholder = keyword(call, "placeholder")
    if name not in PLACEHOLDER_AS_IT_IS and not known.is_content(placeholder):
        yield source.at(call, "placeholder= is parsed: hand it Content")


def in_assignment(
    source: Source, target: ast.expr, value: ast.expr | None, known: Known
) -> Iterator[str]:
    """Titles, tooltips and placeholders are parsed when they are set."""
    name = last_name(target)
    if name not in SHOWN_ATTRIBUTES or known.is_content(value):
        return
    if isinstance(target, ast.Name) and name.islower():
        return  # a local of that name
    yield source.at(target, f"{name} is parsed: hand it Content")


def in_import(
    source: Source, node: ast.ImportFrom, module: str, names: list[ast.alias]
) -> Iterator[str]:
    """Widgets that parse whatever they show, and the parsers."""
    if module in BANNED_IMPORTS:
        yield source.at(node, f"{module} parses markup")
    if module.startswith(("textual", "rich")):
        for alias in names:
            if alias.name in BANNED_NAMES:
                yield source.at(node, f"{alias.name} parses what it shows, or takes no Content")
